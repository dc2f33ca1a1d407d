"""Displays as lines: chains of relations and the arrows between them, and the transitions that they make.

    a = b = c              a transition for each relation
    E1 ⇒ E2                E1 is a line of its own; the arrow with the first relation of E2 is one transition
    E1 ⇔ E2                one transition for the arrow, none for the equations
A display that opens with a sign continues the line before it.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.reading.layout.pieces import ROWS, Gap, Member, Piece, Remark, Sign
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Environment, Group, Item, text_of
from checker.reading.tex.signs import PLAIN_FUNCTIONS
from checker.reading.tex.tokens import Place, Token
from checker.reading.words.sentences import CUE


@dataclass(frozen=True)
class Link:
    """left sign right. `first`: nothing of its chain stands before it; `arrow`: it is the conclusion of E1 ⇒ E2.

    words: what is said beside it; spoiled: why the row cannot be read for certain, though its sides can. condition: it
    stands behind "if" and its like; constraint: behind "subject to"; beside: behind another formula of its row;
    meaning: behind "where". imposed: by what stands over its sign.
    """

    left: Member
    sign: str
    right: Member
    place: Place
    chain: int
    first: bool
    arrow: bool = False
    words: str = ""
    spoiled: str = ""
    condition: bool = False
    constraint: bool = False
    beside: bool = False
    meaning: bool = False
    imposed: bool = False


@dataclass(frozen=True)
class Statement:
    """Relations that are said together: of a chain, or of several joined by "and" or "or"."""

    links: tuple[Link, ...]
    word: str = "and"


@dataclass(frozen=True)
class Equivalence:
    """E1 ⇔ E2."""

    left: Statement
    right: Statement
    place: Place
    words: str = ""


Step = Link | Equivalence | Statement


DENIAL = re.compile(
    r"^(?!\()[^()]{0,60}\b(?:is not|are not|not equal|not true|false|incorrect|wrong|untrue|never|"
    r"isn't|does not|doesn't)\b",
    re.IGNORECASE,
)
"""Words beside a formula that may deny it."""
_WHERE = re.compile(r"\b(?:where|with)\W*$", re.IGNORECASE)
_MEANING_FOLLOWS = re.compile(r"\bwhere\W*$", re.IGNORECASE)
"""Words before what says what a name in the formula means."""
_CONSTRAINT_FOLLOWS = re.compile(r"(?:\bsubject to|\bs\.?\s?t\.?)\W*$", re.IGNORECASE)
"""Words between what is minimised and its constraint."""


_BETWEEN = "a row stands between the parts of a chain, and it is not certain which of them goes on"


@dataclass
class _Chain:
    """A chain being collected. uncertain: from which sign on it may go on with another row than the last.

    beside: it stands in columns of its own. aside: behind a formula of its row and "where".
    """

    number: int
    members: list[Member] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    arrow: Sign | None = None
    words: dict[int, list[str]] = field(default_factory=dict)
    joined: str = ""
    continued: int = 0
    listed: bool = False
    same_row: bool = False
    indented: bool = False
    uncertain: int = sys.maxsize
    behind_words: bool = False
    beside: bool = False
    aside: bool = False
    condition: bool = False
    constraint: bool = False
    meaning: bool = False
    spoiled: str = ""

    def say(self, words: str) -> None:
        """Words that stand beside the last sign so far."""
        self.words.setdefault(max(len(self.signs) - 1, 0), []).append(words)
        if DENIAL.search(words):
            self.spoiled = "the words beside the formula may deny it"

    @property
    def all_words(self) -> str:
        return "; ".join(words for each in self.words.values() for words in each)

    @property
    def last(self) -> Member | None:
        return self.members[-1] if self.members else None


class Lines:
    """Collects the steps of displays one after the other; a part ends with `begin_part`."""

    def __init__(self) -> None:
        self.chains = 0
        self.last: _Chain | None = None
        self.passed = False
        """A chain of the display goes on behind what stands aside."""

    def begin_part(self) -> None:
        """Nothing before is continued."""
        self.last = None

    def steps(self, pieces: Sequence[Piece]) -> list[Step]:
        """The steps of a display."""
        self.passed = False
        chains = self._collected(pieces)
        found: list[Step] = []
        at = 0
        while at < len(chains):
            at = self._emitted(chains, at, found)
        if chains:
            self.last = chains[-1]
        if self.passed and all(isinstance(step, Link) for step in found):
            found.sort(key=_place_of)
        return found

    def _new(self) -> _Chain:
        self.chains += 1
        return _Chain(self.chains)

    def _collected(self, pieces: Sequence[Piece]) -> list[_Chain]:
        chains: list[_Chain] = []
        ahead: list[str] = []
        current: _Chain | None = None
        for at, piece in enumerate(pieces):
            if isinstance(piece, Member):
                if current is None or len(current.members) > len(current.signs):
                    current = self._new()
                    current.listed = _behind_comma(pieces, at)
                    before = pieces[at - 1] if at else None
                    current.beside = isinstance(before, Gap) and before.word == "beside"
                    current.indented = isinstance(before, Gap) and before.word == "indented"
                    current.same_row = isinstance(before, Gap) and before.word in ("beside", ",", ";")
                    where = isinstance(before, Remark) and bool(_WHERE.search(before.words))
                    current.same_row |= where
                    current.aside = where and _behind_formula(pieces, at)
                    words_before = before.words if isinstance(before, Remark) else ""
                    current.behind_words = (
                        at > 1
                        and isinstance(before, Remark)
                        and isinstance(pieces[at - 2], Member)
                        and not _CONSTRAINT_FOLLOWS.search(words_before)
                    )
                    current.constraint = bool(chains and _CONSTRAINT_FOLLOWS.search(words_before))
                    current.condition = bool(chains and CUE.search(words_before.strip()) and not current.constraint)
                    current.meaning = bool(chains and _MEANING_FOLLOWS.search(words_before))
                    chains.append(current)
                    for words in ahead:
                        current.say(words)
                    ahead.clear()
                current.members.append(piece)
            elif isinstance(piece, Sign) and piece.arrow:
                if current is None and not chains and self.last is not None:
                    chains.append(self._resumed())
                current = self._new()
                current.arrow = piece
                chains.append(current)
            elif isinstance(piece, Sign):
                if current is None or not current.members:
                    before = pieces[at - 1] if at else None
                    aligned = isinstance(before, Gap) and before.word == "aligned"
                    resumed = self._continued(chains, current, aligned)
                    if resumed is None:
                        resumed = self._new()
                        resumed.members.append(Member((), piece.place))
                        resumed.spoiled = "nothing stands before the sign"
                        chains.append(resumed)
                    current = resumed
                if len(current.signs) < len(current.members):
                    current.signs.append(piece)
            elif isinstance(piece, Remark):
                if chains:
                    chains[-1].say(piece.words)
                elif self.last is not None or DENIAL.search(piece.words):
                    ahead.append(piece.words)
            elif isinstance(piece, Gap):
                current = self._after_gap(pieces, at, chains, current)
        self._spoil(chains)
        return [chain for chain in chains if chain.members]

    def _spoil(self, chains: list[_Chain]) -> None:
        """A member without a relation behind a comma would be lost; so the line before it is not read."""
        for before, chain in itertools.pairwise(chains):
            if chain.listed and not chain.signs and before.signs:
                before.spoiled = "something without a relation of its own stands behind the formula or below it"
            if chain.behind_words and chain.signs and not before.signs:
                chain.spoiled = "words stand between the parts of one side"

    def _resumed(self) -> _Chain:
        """The last chain of the display before, of which nothing is emitted again."""
        assert self.last is not None
        chain = self.last
        chain.continued = len(chain.signs)
        return chain

    def _continued(self, chains: list[_Chain], current: _Chain | None, aligned: bool) -> _Chain | None:
        """The chain that a sign at the beginning of a row or display goes on with: of several formulas in the row
        before, the first one where signs are aligned, and not what is explained behind "where"."""
        if current is not None and current.arrow is not None and not current.members:
            # \Rightarrow = …: the arrow says no more than the sign
            chains.remove(current)
            current = None
        own = [chain for chain in chains if chain.members and not chain.beside]  # what stands beside ends with its row
        main = [chain for chain in own if not (chain.aside or aligned and chain.same_row)]
        if main:
            if main[-1] is not own[-1]:
                self.passed = True
            elif main[-1].same_row and own[-2:-1] and own[-2].signs:  # which of two formulas in a row it goes on with
                main[-1].uncertain = min(main[-1].uncertain, len(main[-1].signs))
            if main[-1].indented and main[-1].signs and any(each.signs for each in main[:-1]):
                main[-1].uncertain = min(main[-1].uncertain, len(main[-1].signs))
            return main[-1]
        if self.last is None:
            return None
        resumed = self._resumed()
        chains.append(resumed)
        return resumed

    def _after_gap(
        self, pieces: Sequence[Piece], at: int, chains: list[_Chain], current: _Chain | None
    ) -> _Chain | None:
        gap = pieces[at]
        assert isinstance(gap, Gap)
        if current is not None and len(current.signs) >= len(current.members) > 0:
            if gap.word != "missing":
                return current  # a row that ends with a sign goes on in the next
            current.members.append(Member((), gap.place))
            current.spoiled = "the side behind the sign is missing"
            return None
        following = next((p for p in pieces[at + 1 :] if not isinstance(p, Remark)), None)
        if gap.word in ("and", "or") and current is not None and isinstance(following, Member):
            chain = self._new()
            chain.joined, chain.condition, chain.constraint = gap.word, current.condition, current.constraint
            chains.append(chain)
            return chain
        return None

    def _emitted(self, chains: list[_Chain], at: int, found: list[Step]) -> int:
        """Append the steps of the chain at that place, with what is joined to it; returns the next place."""
        group = [chains[at]]
        end = at + 1
        while end < len(chains) and chains[end].joined == "or" and len(chains[end].members) > 1:
            group.append(chains[end])
            end += 1
        following = chains[end] if end < len(chains) else None
        chain = group[0]
        if chain.arrow is not None and chain.arrow.sign == "<=>":
            before, behind = self._before(chains, at), self._with_and(chains, at, group)
            left = self._statement(before) if before else Statement(())
            right = _joined_statement([self._links(c) for c in behind], "or" if len(group) > 1 else "and")
            if left.links and right.links:
                words = "; ".join(filter(None, (c.all_words for c in group)))
                found.append(Equivalence(left, right, chain.arrow.place, words))
            else:
                found += right.links
            return max(end, at + len(behind))
        if following is not None and following.arrow is not None and following.arrow.sign == "<=>":
            if chain.arrow is not None:
                found += self._links(chain)[:1]
            if not chain.continued:
                return end
        if len(group) > 1:
            links = tuple(link for each in group for link in self._links(each))
            found.append(Statement(links, "or"))
            return end
        found += self._links(chain)
        return end

    def _with_and(self, chains: list[_Chain], at: int, group: list[_Chain]) -> list[_Chain]:
        end = at + len(group)
        while end < len(chains) and chains[end].joined == "and" and len(chains[end].members) > 1:
            group = [*group, chains[end]]
            end += 1
        return group

    def _before(self, chains: list[_Chain], at: int) -> list[_Chain]:
        found: list[_Chain] = []
        place = at - 1
        while place >= 0:
            found.insert(0, chains[place])
            if not chains[place].joined:
                break
            place -= 1
        return found

    def _statement(self, chains: list[_Chain]) -> Statement:
        return _joined_statement([self._links(chain, every=True) for chain in chains], chains[-1].joined or "and")

    def _links(self, chain: _Chain, every: bool = False) -> tuple[Link, ...]:
        links = []
        arrow = chain.arrow is not None and chain.arrow.sign != "<=>"
        start = 0 if every else chain.continued
        for number, sign in enumerate(chain.signs):
            if number < start or number + 1 >= len(chain.members):
                continue
            left, right = chain.members[number], chain.members[number + 1]
            place = chain.arrow.place if arrow and not number and chain.arrow else sign.place
            links.append(
                Link(
                    left,
                    sign.sign,
                    right,
                    place,
                    chain.number,
                    not number,
                    arrow and not number,
                    "; ".join(chain.words.get(number, ())),
                    chain.spoiled or (_BETWEEN if number >= chain.uncertain else ""),
                    chain.condition,
                    chain.constraint,
                    chain.same_row,
                    chain.meaning,
                    sign.imposed,
                )
            )
        return tuple(links)


def _behind_formula(pieces: Sequence[Piece], at: int) -> bool:
    """A relation stands before it in its row."""
    for piece in reversed(pieces[:at]):
        if isinstance(piece, Sign) or isinstance(piece, Gap) and piece.word in ROWS:
            return isinstance(piece, Sign)
    return False


def _place_of(step: Step) -> tuple[int, int]:
    return (step.place.line, step.place.column) if isinstance(step, Link) else (0, 0)


def _behind_comma(pieces: Sequence[Piece], at: int) -> bool:
    before = pieces[at - 1] if at else None
    return isinstance(before, Gap)


def _joined_statement(parts: Sequence[tuple[Link, ...]], word: str = "and") -> Statement:
    return Statement(tuple(link for links in parts for link in links), word)


# --- members as LaTeX -----------------------------------------------------------------------------------------------


_UPRIGHT = (r"\mathrm", r"\operatorname", r"\mathsf", r"\mathit")
_COMMANDS = frozenset(
    "log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan max min det sup inf lim arg dim "
    "ker deg gcd sqrt Pr".split()
)
"""The functions that LaTeX itself has a command for."""


def written(member: Member) -> str:
    """The member as it was written, with macros expanded, on one line."""
    return _written(member.items).strip()


def _written(items: Sequence[Item]) -> str:
    text = ""
    for at, item in enumerate(items):
        piece = _piece(item)
        if at and isinstance(item, Group) and text_of(items[at - 1]) in _UPRIGHT and _is_joined(item.items):
            piece = "{" + text_of(item.items[0]).lstrip("\\") + "}"
        glue = " " if text and text[-1].isalpha() and piece[:1].isalpha() and _ends_in_command(text) else ""
        if isinstance(item, Token) and item.spaced and text and not glue:
            glue = " "
        text += glue + piece
    return text


def _piece(item: Item) -> str:
    if isinstance(item, Group):
        return item.mark + "{" + _written(item.items) + "}"
    if isinstance(item, Environment):
        return f"\\begin{{{item.name}}}{_written(item.items)}\\end{{{item.name}}}"
    if item.kind == t.WORDS:
        return f"\\text{{{item.text}}}"
    if item.kind == t.ROW:
        return r" \\ "
    name = item.text[1:] if item.kind == t.COMMAND else ""
    return rf"\operatorname{{{name}}}" if name in PLAIN_FUNCTIONS and name not in _COMMANDS else item.text


def _is_joined(items: Sequence[Item]) -> bool:
    """Letters that were joined to one name, as those of \\mathrm{tr}."""
    if len(items) != 1 or not isinstance(items[0], Token):
        return False
    return items[0].kind == t.WORDS or items[0].text.lstrip("\\") in PLAIN_FUNCTIONS


def _ends_in_command(text: str) -> bool:
    stripped = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return stripped.endswith("\\")
