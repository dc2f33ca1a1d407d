"""Documents to lines: what each display claims, where, in which scope, and what part it plays.

The text is read from top to bottom. A sentence that declares changes the scope; a display makes lines; words before a
display may impose its first equation, declare it, or name its reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.reading.blocks import Display, Document, Formula, Heading, Paragraph, Problem, Words
from checker.reading.declarations import Declarer
from checker.reading.grammar import parse_list
from checker.reading.kinds import kinds_in
from checker.reading.layout import Member, Piece, pieces_of, relations_shown
from checker.reading.lines import Equivalence, Lines, Link, Statement, Step, written
from checker.reading.macros import expand
from checker.reading.names import letter_key, name_of
from checker.reading.naming import definition_of, is_new, using
from checker.reading.reasons import reason
from checker.reading.scope import Scope, Shorthand
from checker.reading.sentences import (
    BEFORE_FACT,
    BEFORE_FIRST,
    NO_DECLARATION,
    Chain,
    Clause,
    Said,
    chains_of,
    declares,
    opens_declaration,
)
from checker.reading.syntax import (
    Applied,
    Big,
    Bracket,
    Call,
    Chance,
    Derivative,
    Dots,
    Gradient,
    Letter,
    Node,
    Number,
    Phrase,
    Quotient,
    Relation,
    Scripted,
    Several,
    same,
    walk,
)
from checker.reading.tokens import Beyond, Place, Source, Token, Unreadable, tokenize
from checker.reading.trees import items_of
from checker.reading.usage import lexicon_of, names_of, scope_of, usage_of

SIGNS = {
    "=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!=": r"\neq", ":=": ":=", "~=": r"\approx", "~": r"\sim",
    "in": r"\in", "prop": r"\propto", "=>": "=>", "<=>": "<=>",
}  # fmt: skip
"""The relations of the contract; any other sign is shown as ∼."""

SETTING = re.compile(
    r"\b(?:set(?:ting|s)?(?!\s+of\b)|equat(?:e|ing)|put(?:ting)?)\s+(?:[\w'-]+\s+){0,4}?"
    r"(?:derivatives?|gradients?|partials?|it|this|them|these|both|that|expressions?|equations?|result|one|each|\$[^$]*(?:partial|nabla|frac\s*\{?d)[^$]*\$)"
    r"[^.;]*?\b(?:to|equal|as|=)\W*(?:be\W+)?(?:equal\W+(?:to\W+)?)?\$?(?:zero\b|0)\$?(?:\s+(?:for|and|at)\b[^.;]{0,40})?\W*$"
    r"|\b(?:equat(?:e|ing)|set(?:ting)?|put(?:ting)?)\s+(?:equal\s+)?to\s+\$?(?:zero|0)\$?\W*$",
    re.IGNORECASE,
)
"""Words that end in setting a derivative to zero."""
GETTING = re.compile(
    r"[\s,:]*\b(?:(?:(?:and|we|this|which|solving|then|so)\s+)*(?:gives?|yields?|get|obtain|have|gave|find|results? in))\W*(?:us\W*)?$",
    re.IGNORECASE,
)
"""Words behind those: what is displayed is imposed where it has 0 on the right."""
SUPPOSING = re.compile(
    r"(?:^|[.!?:]\s+|,\s*|\band\s+)(?:now\s+|next\s+|we\s+|let us\s+)*(?:suppose|assume|assuming|supposing)\b[^.!?,;]*$",
    re.IGNORECASE,
)
"""Words that end in "suppose that …", with no main clause behind it."""
CONCLUDING = re.compile(r"\b(?:so|then|hence|therefore|thus|we get|we obtain|gives|yields)\b\W*$", re.IGNORECASE)
WRITING = re.compile(r"^\W*(?:(?:and|now|then|so|first|next|also)\W+)*(?:we\s+)?(?:can\s+)?write\b", re.IGNORECASE)
"""An opening that defines what is new, and claims of what is not."""
GIVING = re.compile(r"^\W*(?:(?:and|now|then|so|first|next|also)\W+)*(?:we|i|let us)\s+(?:are given|are also given|define|let|denote|introduce|know)\b", re.IGNORECASE)
"""Other openings of a sentence that declares what is displayed behind it."""
SOLUTIONS = ("hat", "star")
SOLUTION_LABELS = ("ML", "MLE", "MAP", "ml", "mle", "map", "opt", "OLS", "ols")


@dataclass(frozen=True)
class Line:
    """One transition of a text.

    role: "" for a claim, or "definition", "imposed", "given", "equivalence". alone: it stands alone between its sides,
    so that it may be a hypothesis even where it is wrong. premise: E1 of E1 ⇒ E2. imposed: what is imposed by "= 0".
    second: the statement read in another way that is as likely.
    """

    part: int
    number: int
    place: Place
    sign: str
    left: str
    right: str
    scope: Scope
    statement: Node
    role: str = ""
    alone: bool = False
    premise: Node | None = None
    imposed: Node | None = None
    rule: str = ""
    arrow: bool = False
    chain: int = 0
    second: Node | None = None
    problem: Unreadable | None = None

    @property
    def shown_sign(self) -> str:
        """The relation as the contract writes it."""
        if self.role == "equivalence":
            return "<=>"
        return "=>" if self.arrow else SIGNS.get(self.sign, r"\sim")


@dataclass(frozen=True)
class Judged:
    """A line with the verdict and the role that it was found to have."""

    line: Line
    verdict: str
    role: str


@dataclass(frozen=True)
class PartText:
    """A heading and its lines."""

    name: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Reading:
    """A text read: its parts, and what could not be read at all, each with its place."""

    title: str
    parts: tuple[PartText, ...]
    problems: tuple[Unreadable, ...] = ()

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]


CHECKED = frozenset(("=", ":=", "<", ">", "<=", ">=", "!=", "prop"))
"""The signs of lines whose sides are read; a line with another sign is undecided."""

NOTHING = Number("0", Place(1, 1))


def read_text(document: Document, scope: Scope | None = None, *, claims: bool = False) -> Reading:
    """The lines of a document. `scope` is what is known beforehand (the givens of a question).

    claims: whatever is displayed is a claim, that neither defines nor imposes anything.
    """
    reader = _Reader(document, scope)
    reader.claims = claims
    return reader.read()


class _Reader:
    """Goes through a document once; the scope grows as it declares and defines."""

    def __init__(self, document: Document, before: Scope | None) -> None:
        self.document, self.macros, self.question = document, document.macros, before
        self.problems: list[Unreadable] = []
        self.tokens: dict[int, tuple[Token, ...]] = {}
        self.pieces: dict[int, tuple[Piece, ...]] = {}
        self.broken: dict[int, Unreadable] = {}
        self.scope = self._first_scope(before)
        self.flow = Lines()
        self.parts: list[tuple[str, str, list[Line]]] = []
        self.words = ""
        self.imposing = self.imposing_zero = self.giving = False
        self.sentence: list[Clause] = []
        self.imposed_letters: frozenset[str] = frozenset()
        self.imposing_zero = self.giving_on = False
        self.claims = False

    # --- the whole text

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
        parts = tuple(PartText(name, title, tuple(lines)) for name, title, lines in self.parts)
        return Reading(self.document.title, parts, tuple(self.problems))

    def _first_scope(self, before: Scope | None) -> Scope:
        sources = [*self._sources()]
        declared = [self._tokens(s) for s in self._declared_sources()]
        tokens = [self._tokens(source) for source in sources]
        names = names_of(tokens, declared)
        if before is not None:
            names |= before.lexicon.names
        for source in sources:
            self._pieces(source, names)
        formulas = [self.pieces[id(source)] for source in sources if id(source) in self.pieces]
        lexicon = lexicon_of(formulas, names)
        scope = scope_of(usage_of(formulas, lexicon), lexicon)
        return scope if before is None else joined(before, scope)

    def _sources(self) -> list[Source]:
        found = []
        for block in self.document.blocks:
            if isinstance(block, Display):
                found.append(block.source)
            elif isinstance(block, Paragraph):
                found += [piece.source for piece in block.pieces if isinstance(piece, Formula)]
        return found

    def _declared_sources(self) -> list[Source]:
        """Inline formulas behind words that declare."""
        found = []
        for block in self.document.blocks:
            if isinstance(block, Paragraph):
                words = ""
                for piece in block.pieces:
                    if isinstance(piece, Words):
                        words = piece.text
                    elif re.search(r"\b(?:let|define|denote|write|where)\b\W*$", words, re.IGNORECASE) or opens_declaration(words) or re.search(r"\b(and|,)\W*$", words):
                        found.append(piece.source)
        return found

    def _tokens(self, source: Source) -> tuple[Token, ...]:
        known = self.tokens.get(id(source))
        if known is None:
            try:
                known = expand(tokenize(source), self.macros)
            except Unreadable as problem:
                self.broken[id(source)] = problem
                known = ()
            self.tokens[id(source)] = known
        return known

    def _pieces(self, source: Source, names: frozenset[str]) -> None:
        tokens = self._tokens(source)
        if not tokens:
            return
        try:
            self.pieces[id(source)] = pieces_of(items_of(tokens, names))
        except Unreadable as problem:
            self.broken[id(source)] = problem
        except RecursionError:
            self.broken[id(source)] = Unreadable("the formula is nested too deeply", source.place)

    # --- headings and words

    def heading(self, heading: Heading) -> None:
        self.close_sentence()
        self.begin_part(heading.title, heading.title)

    def begin_part(self, name: str, title: str) -> None:
        self.parts.append((name, title, []))
        self.flow.begin_part()
        self.words, self.imposing, self.imposing_zero, self.giving = "", False, False, False
        self.imposed_letters = frozenset()

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
        parts = re.split(r"(?<=[.!?])\s+(?=[A-Z(\"'*]|$)|(?<=[.!?])$", text)
        for number, part in enumerate(parts):
            if number:
                self.close_sentence()
            if part:
                self.sentence.append(Said(part))
                self.words += part + " "

    def mention(self, source: Source) -> None:
        self.words += f"${' '.join(source.text.split())}$ "
        pieces = self.pieces.get(id(source))
        if pieces is not None:
            self.sentence += chains_of(pieces)
        elif id(source) in self.broken and self.declares():
            self.problems.append(self.broken[id(source)])

    def declares(self) -> bool:
        return bool(self.sentence) and isinstance(self.sentence[0], Said) and opens_declaration(self.sentence[0].text)

    def settle_words(self) -> None:
        """What the words so far say of the display that follows."""
        words = self.words
        supposing = bool(SUPPOSING.search(words.rstrip(" :,"))) and not NO_DECLARATION.search(_last_sentence(words))
        self.imposing |= bool(SETTING.search(words)) or supposing and self.question is None
        self.imposing_zero |= bool(GETTING.search(words) and SETTING.search(GETTING.sub("", words)))
        open_sentence = bool(self.sentence) and not re.search(r"[.!?]\s*$", words)
        last = self.sentence[-1] if self.sentence else None
        ends_in_words = isinstance(last, Said)
        first = self.sentence[0] if self.sentence else None
        opens = self.declares() and not WRITING.match(first.text) or isinstance(first, Said) and bool(GIVING.match(first.text))
        declaring = opens and declares(self.sentence) and not _aside(self.sentence)
        if words.strip():
            supposing = SUPPOSING.search(words.rstrip(" :,"))
            self.giving_on = False
            self.giving = bool(open_sentence and ends_in_words and declaring and not supposing)

    def close_sentence(self) -> None:
        """Take in a sentence that has ended."""
        if self.declares():
            declarer = Declarer(self.scope, self.question)
            try:
                declarer.sentence(self.sentence)
                self.scope = declarer.finish()
                self.problems += declarer.problems
            except RecursionError:
                self.too_deep(self.sentence)
        self.sentence = []

    def too_deep(self, sentence: Sequence[Clause]) -> None:
        """Of a sentence whose formulas no one can go through, what it says of its letters is not known."""
        declarer = Declarer(self.scope, self.question)
        declarer.unsure(sentence)
        self.scope = declarer.finish()
        place = next(member.place for clause in sentence if isinstance(clause, Chain) for member in clause.members)
        self.problems.append(Unreadable("a formula of the sentence is nested too deeply", place))

    # --- displays

    def display(self, display: Display) -> None:
        self.settle_words()
        giving, words = self.giving, self.words
        self.close_sentence()
        if not self.parts:
            self.begin_part_quietly()
        source = display.source
        problem = self.broken.get(id(source))
        if problem is not None:
            self.unread(display, problem)
        else:
            pieces = self.pieces.get(id(source), ())
            self.lines(self.flow.steps(pieces), words, giving)
        self.words, self.giving_on = "", giving

    def begin_part_quietly(self) -> None:
        before = self.words, self.imposing, self.imposing_zero, self.giving
        self.begin_part("", "")
        self.words, self.imposing, self.imposing_zero, self.giving = before

    def unread(self, display: Display, problem: Unreadable) -> None:
        """A display whose braces do not match: as many lines as it shows relations."""
        count = max(1, relations_shown(self._tokens(display.source)))
        place = problem.place or display.place
        text = " ".join(display.source.text.split())
        for _ in range(count):
            self.add(Line(0, 0, place, "=", text, "", self.scope, NOTHING, problem=problem))

    def add(self, line: Line) -> None:
        lines = self.parts[-1][2]
        lines.append(replace(line, part=len(self.parts) - 1, number=len(lines) + 1))

    def lines(self, steps: Sequence[Step], words: str, giving: bool) -> None:
        named = reason(words)
        chains: dict[int, list[Link]] = defaultdict(list)
        for step in steps:
            if isinstance(step, Link):
                chains[step.chain].append(step)
        for step in steps:
            if isinstance(step, Link):
                self.link(step, chains[step.chain], words, giving, named)
            elif isinstance(step, Equivalence):
                self.equivalence(step, named)
            else:
                self.alternatives(step)
            named = ""

    def link(self, link: Link, chain: Sequence[Link], words: str, giving: bool, named: str) -> None:
        line = Line(
            0, 0, link.place, link.sign, written(link.left), written(link.right), self.scope, NOTHING,
            arrow=link.arrow, rule=reason(link.words) or named, alone=link.first and len(chain) == 1, chain=link.chain,
        )  # fmt: skip
        if not link.first:
            self.no_longer_alone(link.chain)
        if link.spoiled:
            self.add(replace(line, problem=Unreadable(link.spoiled, link.place)))
            return
        if link.sign not in CHECKED:
            self.add(line)
            self.imposing = False
            return
        try:
            left, right = self.member(link.left), self.member(link.right)
            self.solve_names(left, right)
            relation = Relation(link.sign, left, right, link.place)
            premise = self.premise(link) if link.arrow else None
            line = replace(line, scope=self.scope, statement=relation, premise=premise, second=self.second(link, relation))
            line = self.role(line, link, chain, relation, words, giving)
            scope = using(self.scope, left, right)
        except (Unreadable, RecursionError) as problem:
            self.add(replace(line, problem=_as_unreadable(problem, link.left.place)))
            self.imposing = False
            return
        except Exception as error:  # a fault of ours costs one line, and not the document
            self.add(replace(line, problem=Beyond(f"the checker failed here ({type(error).__name__}: {error})", link.place)))
            self.imposing = False
            return
        self.add(line)
        self.scope = scope

    def no_longer_alone(self, chain: int) -> None:
        """A line that the next display goes on with is a link of a chain."""
        lines = self.parts[-1][2]
        for at, line in enumerate(lines):
            if line.chain == chain and line.alone:
                lines[at] = replace(line, alone=False)

    def member(self, member: Member) -> Node:
        nodes = parse_list(member.items, self.scope.lexicon, member.place)
        if len(nodes) > 1:
            return Bracket("", nodes, member.place)
        return nodes[0]

    def second(self, link: Link, relation: Relation) -> Node | None:
        """The link read in the other way where there is one."""
        if not any(isinstance(each, (Applied, Big, Quotient)) for each in walk(relation)):
            return None
        lexicon = replace(self.scope.lexicon, other=True)
        try:
            sides = [parse_list(m.items, lexicon, m.place) for m in (link.left, link.right)]
        except Unreadable:
            return None
        if any(len(side) != 1 for side in sides):
            return None
        other = Relation(relation.sign, sides[0][0], sides[1][0], relation.place)
        return None if same(other, relation) else other

    def premise(self, link: Link) -> Node | None:
        """The statement before the arrow."""
        lines = self.parts[-1][2]
        for line in reversed(lines):
            if line.problem is None and line.role != "equivalence":
                return line.imposed or line.statement
        return None

    def role(
        self, line: Line, link: Link, chain: Sequence[Link], relation: Relation, words: str, giving: bool
    ) -> Line:
        """Whether the line is imposed, declared, a definition, or a claim."""
        if self.claims:
            return line
        if self.imposing and link.first and link.sign in ("=", "<", ">", "<=", ">=", "!=") and not link.arrow:
            self.imposing = False
            return self.imposed(line, relation)
        zero = _zero_side(relation)
        imposing_zero, self.imposing, self.imposing_zero = self.imposing_zero, False, False
        solved = isinstance(relation.left, (Letter, Scripted)) and zero is not relation.left
        if imposing_zero and link.first and len(chain) == 1 and link.sign == "=" and not link.arrow and not solved:
            return self.imposed(line, relation)
        if zero is not None and not link.arrow and (zero is relation.left or link.first):
            imposed = self.imposed_zero(link, chain, relation, zero, words)
            if imposed is not None:
                return replace(self.imposed(line, relation), imposed=imposed)
        if link.sign == "=" and isinstance(relation.right, Bracket) and relation.right.kind == "":
            return self.ranged(line, relation)
        if link.sign in ("=", ":=") and link.first and not link.arrow:
            if giving and self.question is None and (not self.giving_on or self.goes_on(relation)):
                return self.given(line, relation)
            if self.defines(relation):
                return replace(line, role="definition")
        return line

    def imposed(self, line: Line, relation: Relation) -> Line:
        """An imposed equation; what it is solved for is one of its names, or of what is defined by them."""
        self.imposed_letters |= {letter_key(each) for each in walk(relation) if isinstance(each, Letter)}
        return replace(line, role="imposed")

    def imposed_zero(
        self, link: Link, chain: Sequence[Link], relation: Relation, zero: Node, words: str
    ) -> Node | None:
        """What "= 0" imposes; None where it is a claim."""
        if link is chain[-1] and len(chain) > 1 or not link.first:
            first = self.first_of(chain[0], link)
            if first is not None and isinstance(first, (Derivative, Gradient)):
                return relation
            return None
        if link.first and len(chain) == 1 and _named_derivative(zero, self.scope) and not CONCLUDING.search(words.rstrip(" :,")):
            return relation
        return None

    def first_of(self, first: Link, link: Link) -> Node | None:
        """The member that the chain begins with, perhaps in a display before."""
        lines = self.parts[-1][2]
        try:
            if first.first:
                return self.member(first.left)
        except Unreadable:
            return None
        start = self.flow.last
        return self.member(start.members[0]) if start is not None and start.number == link.chain and start.members else (
            None if not lines else None
        )

    def goes_on(self, relation: Relation) -> bool:
        """A display without words behind one that is given goes on with the model: p(x|y=k) = … behind p(y=k) = …"""
        left = relation.left
        stated = (*self.scope.factors, *(fact for fact in self.scope.facts if isinstance(fact, Relation)))
        return isinstance(left, Chance) and not any(same(left, each.left) for each in stated)

    def ranged(self, line: Line, relation: Relation) -> Line:
        """i = 1, …, N beside a formula says over what an index runs."""
        declarer = Declarer(self.scope, self.question)
        kinds_in(declarer, relation)
        self.scope = declarer.finish()
        if declarer.problems or not any(isinstance(item, Dots) for item in getattr(relation.right, "items", ())):
            raise Beyond("a list as one side of an equation", relation.place)
        return replace(line, role="given", scope=self.scope)

    def given(self, line: Line, relation: Relation) -> Line:
        """A displayed declaration."""
        declarer = Declarer(self.scope)
        declarer.statement(relation)
        self.scope = declarer.finish()
        if declarer.problems:
            return replace(line, problem=declarer.problems[0])
        return replace(line, role="given", scope=self.scope)

    def defines(self, relation: Relation) -> bool:
        defined = definition_of(relation.left, relation.right, self.scope)
        if defined is None:
            return False
        if isinstance(defined, Shorthand) and not isinstance(relation.left, Call):
            name = name_of(relation.left, self.scope)
            if name is None or not is_new(name, self.scope):
                return False
        declarer = Declarer(self.scope, self.question)
        if not declarer.define(relation.left, relation.right):
            return False
        self.scope = declarer.scope
        return True

    def solve_names(self, left: Node, right: Node) -> None:
        """A known letter with a hat, a star or MLE after an imposed equation is that variable's solution."""
        if not self.imposed_letters:
            return
        for node in (*walk(left), *walk(right)):
            plain = node
            while (next_plain := _without_mark(plain)) is not None:
                plain = next_plain
            if plain is node:
                continue
            name, bare = name_of(node, self.scope), name_of(plain, self.scope)
            if name is None or bare is None or name.power is None and not is_new(name, self.scope):
                continue
            if bare.key in self.imposed_letters:
                shorthand = Shorthand(node if isinstance(node, (Letter, Scripted)) else node, plain)
                self.scope = replace(self.scope, aliases=(*self.scope.aliases, shorthand))

    def equivalence(self, step: Equivalence, named: str) -> None:
        left, right = step.left.links, step.right.links
        line = Line(
            0, 0, step.place, "<=>", _shown(left), _shown(right), self.scope, NOTHING, role="equivalence",
            rule=reason(step.words) or named,
        )  # fmt: skip
        try:
            sides = tuple(self.joined(statement) for statement in (step.left, step.right))
            scope = using(self.scope, *sides)
        except (Unreadable, RecursionError) as problem:
            self.add(replace(line, problem=_as_unreadable(problem, step.place)))
            return
        self.imposing = False
        self.add(replace(line, statement=Several("and", sides, step.place)))
        self.scope = scope

    def joined(self, statement: Statement) -> Node:
        relations = tuple(
            Relation(link.sign, self.member(link.left), self.member(link.right), link.place) for link in statement.links
        )
        return relations[0] if len(relations) == 1 else Several(statement.word, relations, statement.links[0].place)

    def alternatives(self, statement: Statement) -> None:
        first = statement.links[0]
        line = Line(
            0, 0, first.place, "=", written(first.left), _shown(statement.links)[len(written(first.left)) :].lstrip(" ="),
            self.scope, NOTHING, alone=True, arrow=first.arrow,
        )  # fmt: skip
        try:
            node = self.joined(statement)
            scope = using(self.scope, node)
        except (Unreadable, RecursionError) as problem:
            self.add(replace(line, problem=_as_unreadable(problem, first.place)))
            return
        premise = self.premise(first) if first.arrow else None
        imposing, self.imposing = self.imposing, False
        self.add(replace(line, statement=node, premise=premise, role="imposed" if imposing else ""))
        self.scope = scope


# --- small questions ------------------------------------------------------------------------------------------------


def _aside(sentence: Sequence[Clause]) -> bool:
    """A sentence with "where", "for", "with" or "here" and words that do not declare what is displayed behind them."""
    first, last = sentence[0], sentence[-1]
    if not isinstance(first, Said) or not isinstance(last, Said):
        return False
    opens = re.match(r"^\W*(?:and\W+)?(?:where|for|with|here)\b", first.text, re.IGNORECASE)
    pattern = BEFORE_FIRST if first is last else BEFORE_FACT
    return bool(opens) and not pattern.fullmatch(last.text.lower().rstrip(" :"))


def _as_unreadable(problem: Unreadable | RecursionError, place: Place) -> Unreadable:
    return problem if isinstance(problem, Unreadable) else Unreadable("the formula is nested too deeply", place)


def _last_sentence(words: str) -> str:
    return re.split(r"(?<=[.!?])\s+", words.strip())[-1] if words.strip() else ""


def _zero_side(relation: Relation) -> Node | None:
    """The other side of an equation with 0."""
    if relation.sign != "=":
        return None
    for zero, other in ((relation.right, relation.left), (relation.left, relation.right)):
        if isinstance(zero, Number) and zero.text == "0":
            return other
    return None


def _named_derivative(node: Node, scope: Scope) -> bool:
    """The derivative of a function by its name, at its own arguments."""
    if not isinstance(node, (Derivative, Gradient)):
        return False
    body = node.body
    if isinstance(body, Call):
        return all(isinstance(a, (Letter, Scripted)) for a in body.arguments)
    variables = node.variables if isinstance(node, Derivative) else (node.variable,)
    name = name_of(body, scope)
    if name is None or name.power is not None or any(v is not None and same(v, body) for v in variables):
        return False
    if scope.definition_of(name.family) is not None or name.key in scope.lexicon.functions:
        return True
    return name.family not in scope.kinds and name.key not in scope.index_sets and name.key not in scope.sizes


def _without_mark(node: Node) -> Node | None:
    """The name without its hat, star or MLE."""
    if isinstance(node, Letter) and node.accents and node.accents[-1] in SOLUTIONS:
        return replace(node, accents=node.accents[:-1])
    if isinstance(node, Scripted) and isinstance(node.base, Letter):
        if node.base.accents and node.base.accents[-1] in SOLUTIONS:
            return replace(node, base=replace(node.base, accents=node.base.accents[:-1]))
        labels = [s for s in node.sub if isinstance(s, Phrase) and s.text in SOLUTION_LABELS]
        if labels:
            sub = tuple(s for s in node.sub if s not in labels)
            if sub or node.sup is not None or node.primes:
                return replace(node, sub=sub)
            return node.base
        if isinstance(node.sup, Phrase) and node.sup.text in SOLUTION_LABELS:
            return replace(node, sup=None) if node.sub else node.base
    return None


def _shown(links: Sequence[Link]) -> str:
    return ", ".join(f"{written(link.left)} {SIGNS.get(link.sign, link.sign)} {written(link.right)}" for link in links)


def joined(before: Scope, text: Scope) -> Scope:
    """What is known beforehand, with how the text uses its letters."""
    lexicon = replace(
        text.lexicon,
        functions=text.lexicon.functions | before.lexicon.functions,
        numbers=before.lexicon.numbers | text.lexicon.numbers,
        names=text.lexicon.names | before.lexicon.names,
        indices=(text.lexicon.indices | before.lexicon.indices) - before.sizes,
    )
    return replace(
        before,
        lexicon=lexicon,
        sizes=before.sizes | (text.sizes - set(before.index_sets)),
        superscripts=before.superscripts | text.superscripts,
        bare_superscripts=text.bare_superscripts,
        exponents=before.exponents | text.exponents,
        plain=before.plain | text.plain,
        outcomes=before.outcomes | text.outcomes,
    )
