"""Documents to lines: what each display claims, where, in which scope, and what part it plays.

The text is read from top to bottom. A sentence that declares changes the scope; a display makes lines; words before a
display may impose its first equation, declare it, or name its reason.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from checker.reading.documents.blocks import Display, Document, Heading, Paragraph, Problem, Words
from checker.reading.known.scope import Scope, Shaped
from checker.reading.layout.displays import pieces_of, relations_shown
from checker.reading.layout.pieces import Member, Piece, Remark, Sign
from checker.reading.lines.chains import Lines
from checker.reading.lines.conditions import before, case_of, turns_away
from checker.reading.lines.course import NOTHING, Course
from checker.reading.lines.formulas import Formulas
from checker.reading.lines.records import Line, PartText, Reading
from checker.reading.lines.transitions import add_lines
from checker.reading.meaning.byuse import with_vectors
from checker.reading.meaning.shapes import shapes_in
from checker.reading.tex.items import Item
from checker.reading.tex.tokens import Source, Unreadable
from checker.reading.words.cues import (
    denies,
    gets_from_zero,
    gives,
    goes_on_to_zero,
    opens,
    sets_to_zero,
    sets_what_follows,
    supposes,
)
from checker.reading.words.declarations import Declarer, distributing
from checker.reading.words.sentences import (
    Chain,
    Clause,
    Said,
    appositions,
    at_where,
    before_main_clause,
    chains_of,
    defines,
    from_opening,
)
from checker.reading.words.telling import told

MOST_WORDS = 2_000
"""How many of the last characters before a display may say what it is, however long the text without one."""


def read_text(document: Document, scope: Scope | None = None, *, claims: bool = False) -> Reading:
    """The lines of a document. `scope` is what is known beforehand (the givens of a question).

    claims: whatever is displayed is a claim, that neither defines nor imposes anything.
    """
    return _Reader(document, scope, claims).read()


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\"'*]|$)|(?<=[.!?])$")
_WHERE = re.compile(r"\W*(?:[Ww]here|with|[Hh]ere)\b")
"""Words behind a display that go on with it; "With $b = 1$, we get" goes on with the next one."""


_ONLY_WHERE = re.compile(r"\W*where\W*", re.IGNORECASE)


_AND = re.compile(r"\W*(?:and(?:\s+(?:so|hence|thus|therefore|also|then))?|so|hence|thus)\W*")
"""Words between two displays of one sentence."""


class _Reader:
    """Goes through a document once; the scope grows as it declares and defines."""

    def __init__(self, document: Document, before: Scope | None, claims: bool) -> None:
        self.document, self.formulas = document, Formulas(document, before)
        self.course = Course(self.formulas.scope, before, claims)
        self.sentence: list[Clause] = []
        self.problems: list[Unreadable] = []
        self.declared_before = False
        self.dangling: Sign | None = None
        """The sign with which the last formula in the words ends, if nothing stands behind it: "$p(x) =$"."""

    def read(self) -> Reading:
        blocks = self.document.blocks
        for block, following, next_but_one in zip_longest(blocks, blocks[1:], blocks[2:]):
            if isinstance(block, Heading):
                self.heading(block)
            elif isinstance(block, Paragraph):
                self.paragraph(block)
            elif isinstance(block, Display):
                behind = next_but_one if isinstance(next_but_one, Display) else None
                self.display(block, following if isinstance(following, Paragraph) else None, behind)
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
        if any(map(str.isalnum, paragraph.marker)):
            self.course.marked = paragraph.place
        for piece in paragraph.pieces:
            if isinstance(piece, Words):
                self.say(piece.text)
            else:
                self.mention(piece.source)
        self.settle_words()

    def say(self, text: str) -> None:
        if text.strip():
            self.dangling = None
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
        last = pieces[-1] if pieces else None
        self.dangling = last if isinstance(last, Sign) and not last.arrow else None
        if pieces is not None:
            chains = chains_of(pieces)
            self.sentence += chains
            self.course.scope = distributing(chains, self.course.scope)
        elif problem is not None and opens(self.sentence):
            self.problems.append(problem)

    def settle_words(self) -> None:
        """What the words so far say of the display that follows."""
        course = self.course
        if goes_on_to_zero(course.before, course.words):
            course.words = f"Setting it {course.words.lstrip()}"
        words = course.words[-MOST_WORDS:]
        supposing = supposes(words) and not denies(words)
        course.imposing |= sets_to_zero(words) or supposing and course.question is None
        course.imposing_zero |= gets_from_zero(words)
        course.setting = sets_what_follows(words)
        if words.strip():
            course.giving, course.giving_on = gives(words, from_opening(self.sentence)), False

    def close_sentence(self) -> None:
        """Take in a sentence that has ended."""
        case = case_of(self.sentence, self.course.scope)
        if case is not None:
            self.course.case, self.course.lingering, self.sentence = case, None, []
        if self.course.question is None and len(self.sentence) > 1:
            self.hold_fixed(self.sentence)
        self.name_apposed(self.sentence)
        self.sentence = from_opening(self.sentence)
        if self.course.question is None and not opens(self.sentence):
            self.sentence = told(self.sentence) or self.sentence
        where = [] if opens(self.sentence) or self.declared_before else self.sentence[at_where(self.sentence) :]
        if len(where) < len(self.sentence) and where and self.explains(where):
            self.declare(where)
            self.sentence = self.sentence[: -len(where)]
        if self.sentence and self.declared_before:
            self.declared_before = False
        elif opens(self.sentence):
            used = self.course.scope.used
            self.declare(self.sentence)
            self.name_apposed(self.sentence[len(before_main_clause(self.sentence)) :])
            if self.course.question is not None and not defines(self.sentence):
                self.define_aside(self.sentence, used)
        elif self.course.question is not None:
            self.define_aside(self.sentence, self.course.scope.used)
        elif self.sentence:
            declarer = Declarer(self.course.scope)
            with contextlib.suppress(RecursionError, Unreadable):
                declarer.mention(self.sentence)
                self.course.scope = declarer.scope
        self.sentence = []

    def explains(self, where: Sequence[Clause]) -> bool:
        """What stands from "where" on explains names of the formulas before it, and is no place at which it holds."""
        declarer = Declarer(self.course.scope, self.course.question)
        with contextlib.suppress(RecursionError, Unreadable):
            return declarer.explains(self.sentence[: -len(where)], where)
        return False

    def name_apposed(self, sentence: Sequence[Clause]) -> None:
        """What a noun's formula defines, in a sentence that says more of it."""
        chains = appositions(sentence)
        if chains and not opens(sentence):
            declarer = Declarer(self.course.scope, self.course.question)
            with contextlib.suppress(RecursionError, Unreadable):
                declarer.name(chains)
                self.course.scope = declarer.scope

    def hold_fixed(self, sentence: Sequence[Clause]) -> None:
        declarer = Declarer(self.course.scope)
        with contextlib.suppress(RecursionError, Unreadable):
            declarer.hold(sentence)
            self.course.scope = declarer.scope

    def define_aside(self, sentence: Sequence[Clause], used: frozenset[str]) -> None:
        """New names that an answer defines in a sentence of another kind. used: the names that were used before it."""
        declarer = Declarer(replace(self.course.scope, used=used), self.course.question)
        with contextlib.suppress(RecursionError, Unreadable):
            declarer.aside(sentence)
            self.course.scope = replace(declarer.scope, used=declarer.scope.used | self.course.scope.used)

    def declare(self, sentence: Sequence[Clause]) -> None:
        declarer = Declarer(self.course.scope, self.course.question)
        try:
            declarer.sentence(sentence)
            self.course.scope = declarer.finish()
            self.problems += declarer.problems
        except RecursionError:
            place = next(member.place for clause in sentence if isinstance(clause, Chain) for member in clause.members)
            self.not_understood(sentence, Unreadable("a formula of the sentence is nested too deeply", place))
        except Unreadable as problem:
            self.not_understood(sentence, problem)

    def declare_ahead(self, paragraph: Paragraph, display: Display) -> None:
        """What stands behind a display in the same sentence, "where $N_k = …$", is known in the display."""
        sentence: list[Clause] = []
        for piece in paragraph.pieces:
            if isinstance(piece, Words):
                first, *rest = _SENTENCE_END.split(piece.text)
                sentence.append(Said(first))
                if rest:
                    break
            else:
                sentence += chains_of(self.formulas.of(piece.source) or ())
        goes_on = bool(sentence) and isinstance(sentence[0], Said) and bool(_WHERE.match(sentence[0].text))
        if goes_on and before_main_clause(sentence) == sentence:
            self.declare(sentence)
            self.declared_before = True
        elif self.course.question is not None:
            self.name_ahead(sentence, display)

    def name_ahead(self, sentence: Sequence[Clause], display: Display) -> None:
        """A new name of an answer's display that the sentence behind it defines: "Let $N_k = …$" behind N_k/λ."""
        scope = self.course.scope
        declarer = Declarer(scope, self.course.question)
        with contextlib.suppress(RecursionError, Unreadable):
            declarer.aside(sentence)
            new = [each for each in declarer.scope.definitions if each not in scope.definitions]
            letters = {token.text for token in self.formulas.tokens_of(display.source)}
            if any(each.indices and each.key in letters for each in new):
                self.course.scope = declarer.scope

    def declare_beside(self, pieces: Sequence[Piece]) -> None:
        """What words in a display say of a name that they name alone, "\\text{where } N_k \\text{ is the number …}".

        And what stands in brackets beside a formula of an answer, (N_k = …).
        """
        for each in pieces:
            if isinstance(each, Remark) and each.inside and self.course.question is not None:
                self.define_beside(each.inside)
        at = next((at for at, each in enumerate(pieces) if isinstance(each, Remark) and _WHERE.match(each.words)), None)
        sentence = chains_of(self.formulas.within(pieces[at:])) if at is not None else []
        if len(sentence) > 2 and not any(isinstance(clause, Chain) and clause.signs for clause in sentence):
            self.declare(sentence)

    def define_beside(self, items: Sequence[Item]) -> None:
        """A new name that stands in brackets beside a formula; what cannot be read of it is not known."""
        before = self.course.scope.definitions
        with contextlib.suppress(Unreadable, RecursionError):
            chains = chains_of(pieces_of(items))
            self.define_aside(chains, self.course.scope.used)
            if self.course.scope.definitions == before:
                declarer = Declarer(self.course.scope, self.course.question)
                for chain in (each for each in chains if isinstance(each, Chain)):
                    declarer.gap(chain, Unreadable("what stands in brackets beside a formula is not understood"))
                self.course.scope = declarer.scope

    def not_understood(self, sentence: Sequence[Clause], problem: Unreadable) -> None:
        """Of a sentence that cannot be gone through, what it says of its letters is not known."""
        declarer = Declarer(self.course.scope, self.course.question)
        declarer.unsure(sentence)
        self.course.scope = declarer.finish()
        self.problems.append(problem)

    # --- displays

    def display(self, display: Display, following: Paragraph | None, behind: Display | None = None) -> None:
        self.settle_words()
        course = self.course
        giving, words = course.giving, course.words
        if turns_away(words):
            course.case = course.lingering = None
        same_sentence, before_this = bool(_AND.fullmatch(words)), course.condition
        head = self.sentence[-1] if self.sentence else None
        course.condition, self.sentence = before(self.sentence, course.scope)
        course.condition = course.condition or (before_this if same_sentence else None)
        self.close_sentence()
        if following is not None:
            self.declare_ahead(following, display)
        if not course.parts:
            course.begin_part_quietly()
        self.declare_beside(self.formulas.of(display.source) or ())
        if course.question is None:
            course.scope = with_vectors(replace(course.scope, matrices=self.shapes(display)))
        problem = self.formulas.problem(display.source)
        if display.hidden:
            problem = Unreadable("it stands where a reader may not see it", display.place)
        if problem is not None:
            self.unread(display, problem)
        else:
            pieces = self.formulas.of(display.source) or ()
            if self.dangling is not None and isinstance(head, Chain) and pieces and isinstance(pieces[0], Member):
                pieces = (head.members[-1], self.dangling, *pieces)  # "$p(x) =$" in the words before "a = …"
            elif course.flow.last is None and isinstance(head, Chain) and not head.signs and _opens_with_sign(pieces):
                pieces = (head.members[0], *pieces)  # "$p(x)$" in the words before "= …"
            explaining = self.formulas.of(behind.source) if behind is not None and _says_where(following) else None
            add_lines(course, course.flow.steps(pieces), words, giving, Lines().steps(explaining or ()))
        self.dangling = None
        course.before, course.words, course.giving_on = words, "", giving
        course.lingering = course.condition or course.lingering

    def shapes(self, display: Display) -> tuple[Shaped, ...]:
        """The names that a display uses as matrices, with their shapes."""
        chains = []
        for clause in chains_of(self.formulas.of(display.source) or ()):
            if isinstance(clause, Chain):
                with contextlib.suppress(RecursionError, Unreadable):
                    chains.append([self.course.member(member) for member in clause.members])
        return shapes_in(chains, self.course.scope)

    def unread(self, display: Display, problem: Unreadable) -> None:
        """A display whose braces do not match: as many lines as it shows relations."""
        count = max(1, relations_shown(self.formulas.tokens_of(display.source)))
        place = problem.place or display.place
        text = " ".join(display.source.text.split())
        for _ in range(count):
            self.course.add(Line(0, 0, place, "=", text, "", self.course.scope, NOTHING, problem=problem))


def _says_where(paragraph: Paragraph | None) -> bool:
    """Nothing but "where" stands in it."""
    words = [piece.text if isinstance(piece, Words) else "formula" for piece in paragraph.pieces] if paragraph else []
    return bool(_ONLY_WHERE.fullmatch("".join(words)))


def _opens_with_sign(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and isinstance(pieces[0], Sign) and not pieces[0].arrow
