"""Documents to lines: what each display claims, where, in which scope, and what part it plays.

The text is read from top to bottom. A sentence that declares changes the scope; a display makes lines; words before a
display may impose its first equation, declare it, or name its reason.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import replace

from checker.reading.blocks import Display, Document, Heading, Paragraph, Problem, Words
from checker.reading.course import NOTHING, Course
from checker.reading.cues import (
    denies,
    gets_from_zero,
    gives,
    looks_back_at_display,
    opens,
    sets_to_zero,
    supposes,
)
from checker.reading.declarations import Declarer
from checker.reading.formulas import Formulas
from checker.reading.layout import relations_shown
from checker.reading.records import Line, PartText, Reading
from checker.reading.scope import Scope
from checker.reading.sentences import Chain, Clause, Said, chains_of
from checker.reading.tokens import Source, Unreadable
from checker.reading.transitions import add_lines


def read_text(document: Document, scope: Scope | None = None, *, claims: bool = False) -> Reading:
    """The lines of a document. `scope` is what is known beforehand (the givens of a question).

    claims: whatever is displayed is a claim, that neither defines nor imposes anything.
    """
    return _Reader(document, scope, claims).read()


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\"'*]|$)|(?<=[.!?])$")


class _Reader:
    """Goes through a document once; the scope grows as it declares and defines."""

    def __init__(self, document: Document, before: Scope | None, claims: bool) -> None:
        self.document, self.formulas = document, Formulas(document, before)
        self.course = Course(self.formulas.scope, before, claims)
        self.sentence: list[Clause] = []
        self.problems: list[Unreadable] = []

    def read(self) -> Reading:
        for block in self.document.blocks:
            if isinstance(block, Heading):
                self.heading(block)
            elif isinstance(block, Paragraph):
                self.paragraph(block)
            elif isinstance(block, Display):
                self.display(block)
            elif isinstance(block, Problem):
                self.problems.append(Unreadable(block.message, block.place))
        self.close_sentence()
        parts = tuple(
            PartText(name, title, tuple(lines), foreign=number in self.course.foreign)
            for number, (name, title, lines) in enumerate(self.course.parts)
        )
        return Reading(self.document.title, parts, tuple(self.problems))

    # --- headings and words

    def heading(self, heading: Heading) -> None:
        self.close_sentence()
        name = heading.title if heading.part is None else heading.part
        self.course.begin_part(name, heading.title, foreign=heading.foreign)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Sentence by sentence; what stands last may go on in the display that follows."""
        self.close_sentence()
        for piece in paragraph.pieces:
            if isinstance(piece, Words):
                self.say(piece.text)
            else:
                self.mention(piece.source)
        self.settle_words()

    def say(self, text: str) -> None:
        parts = _SENTENCE_END.split(text)
        for number, part in enumerate(parts):
            if number:
                self.close_sentence()
            if part:
                self.sentence.append(Said(part))
                self.course.words += part + " "

    def mention(self, source: Source) -> None:
        self.course.words += f"${' '.join(source.text.split())}$ "
        pieces, problem = self.formulas.of(source), self.formulas.problem(source)
        if pieces is not None:
            self.sentence += chains_of(pieces)
        elif problem is not None and opens(self.sentence):
            self.problems.append(problem)

    def settle_words(self) -> None:
        """What the words so far say of the display that follows."""
        course, words = self.course, self.course.words
        supposing = supposes(words) and not denies(words)
        course.imposing |= sets_to_zero(words) or supposing and course.question is None
        course.imposing_zero |= gets_from_zero(words)
        if words.strip():
            course.giving, course.giving_on = gives(words, self.sentence), False

    def close_sentence(self) -> None:
        """Take in a sentence that has ended; one with "where" behind a display may define what stands in it."""
        if opens(self.sentence):
            course = self.course
            new = course.new_names() if looks_back_at_display(self.sentence) else frozenset()
            try:
                declarer, found = self.declared(new)
                if course.is_circular(found):
                    declarer, found = self.declared(frozenset())
                elif new:
                    course.define_in_display(found)
                course.scope = replace(found, used=found.used | new)
                self.problems += declarer.problems
            except RecursionError:
                self.too_deep(self.sentence)
        elif self.course.question is not None:
            self.define_aside(self.sentence)
        self.sentence = []

    def declared(self, new: frozenset[str]) -> tuple[Declarer, Scope]:
        """The scope after the sentence, which may define the names in `new` although they have been used."""
        scope = self.course.scope
        declarer = Declarer(replace(scope, used=scope.used - new), self.course.question)
        declarer.sentence(self.sentence)
        return declarer, declarer.finish()

    def define_aside(self, sentence: Sequence[Clause]) -> None:
        """New names that an answer defines in a sentence of another kind."""
        declarer = Declarer(self.course.scope, self.course.question)
        with contextlib.suppress(RecursionError):
            declarer.aside(sentence)
            self.course.scope = declarer.scope

    def too_deep(self, sentence: Sequence[Clause]) -> None:
        """Of a sentence whose formulas no one can go through, what it says of its letters is not known."""
        declarer = Declarer(self.course.scope, self.course.question)
        declarer.unsure(sentence)
        self.course.scope = declarer.finish()
        place = next(member.place for clause in sentence if isinstance(clause, Chain) for member in clause.members)
        self.problems.append(Unreadable("a formula of the sentence is nested too deeply", place))

    # --- displays

    def display(self, display: Display) -> None:
        self.settle_words()
        course = self.course
        giving, words = course.giving, course.words
        self.close_sentence()
        if not course.parts:
            course.begin_part_quietly()
        problem = self.formulas.problem(display.source)
        if display.hidden:
            problem = Unreadable("it stands where a reader may not see it", display.place)
        course.lines_before = (len(course.lines), course.scope)
        if problem is not None:
            self.unread(display, problem)
        else:
            add_lines(course, course.flow.steps(self.formulas.of(display.source) or ()), words, giving)
        course.words, course.giving_on = "", giving

    def unread(self, display: Display, problem: Unreadable) -> None:
        """A display whose braces do not match: as many lines as it shows relations."""
        count = max(1, relations_shown(self.formulas.tokens_of(display.source)))
        place = problem.place or display.place
        text = " ".join(display.source.text.split())
        for _ in range(count):
            self.course.add(Line(0, 0, place, "=", text, "", self.course.scope, NOTHING, problem=problem))
