"""The layout of a display: rows and columns to chains of members, arrows between them, and the words beside them.

What is found here depends on the signs alone, so that the number of transitions does not hang on what can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from checker.reading import tokens as t
from checker.reading.signs import (
    ADDITIVE,
    ARROWS,
    CLOSING,
    DIVISION,
    DOTS,
    FUNCTIONS,
    LIMITED,
    MULTIPLICATIVE,
    OPENING,
    OPENINGS,
    RELATIONS,
)
from checker.reading.tokens import Place, Token
from checker.reading.trees import OPERATORS, Environment, Group, Item

ROWS = {
    "aligned", "align", "align*", "alignat", "alignat*", "alignedat", "split", "gather", "gather*", "gathered",
    "multline", "multline*", "multlined", "eqnarray", "eqnarray*", "equation", "equation*", "flalign", "flalign*",
    "displaymath", "math", "IEEEeqnarray", "IEEEeqnarray*", "subequations", "dmath", "dmath*", "array", "tabular",
    "center", "dcases*", "xalignat", "minipage", "alignedat*", "flushleft", "empheq", "spreadlines",
}  # fmt: skip
"""Environments of rows; others (cases, matrices) are parts of a formula."""


@dataclass(frozen=True)
class Member:
    """One side of a relation: its items."""

    items: tuple[Item, ...]
    place: Place


@dataclass(frozen=True)
class Sign:
    """A sign between members ("=", "<=", …) or between statements ("=>", "<=>"), as the tables name it."""

    sign: str
    place: Place
    arrow: bool = False


@dataclass(frozen=True)
class Gap:
    """What separates statements: "row", "," or the words "and", "or"."""

    word: str
    place: Place


@dataclass(frozen=True)
class Remark:
    """Words beside a formula."""

    words: str
    place: Place


Piece = Member | Sign | Gap | Remark


@dataclass
class _Row:
    """Pieces of a display being collected."""

    pieces: list[Piece] = field(default_factory=list)
    open: list[Item] = field(default_factory=list)
    skip: int = 0
    strict: bool = True
    counted: list[Item] = field(default_factory=list)
    count: int = 0
    balance: int = 0
    closed: tuple[Member, int] | None = None

    def close(self) -> None:
        """End the member that is being collected."""
        items = _trimmed(self.open)
        if items:
            member = Member(tuple(items), _place(items[0]))
            self.pieces.append(member)
            self.closed = member, self.unclosed()
        self.open = []

    def reopen(self, at: int) -> None:
        """Go on with the member that is the piece at that place."""
        member = self.pieces.pop(at)
        assert isinstance(member, Member)
        self.open = list(member.items)
        if self.closed is not None and self.closed[0] is member:
            self.counted, self.count, self.balance = self.open, len(self.open), self.closed[1]

    def unclosed(self) -> int:
        """How many brackets are open in the member that is being collected; counted as it grows."""
        if self.counted is not self.open:
            self.counted, self.count, self.balance = self.open, 0, 0
        self.balance += _unclosed(self.open[self.count :])
        self.count = len(self.open)
        return self.balance

    def add(self, piece: Piece) -> None:
        self.close()
        self.pieces.append(piece)


def pieces_of(items: Sequence[Item]) -> tuple[Piece, ...]:
    """The members, signs, gaps and remarks of a display, in reading order."""
    return _settled(_collected(items, strict=True))


def _collected(items: Sequence[Item], strict: bool) -> list[Piece]:
    """The pieces; not `strict`: brackets that are never closed are closed at the end of their row."""
    row = _Row(strict=strict)
    first = True
    for columns in _by_column(_rows(items)):
        if not any(columns):
            continue
        if not first:
            _next_row(row, columns)
        first = False
        _columns(row, columns)
    if strict and row.unclosed() > 0:
        return _collected(items, strict=False)
    row.close()
    return row.pieces


def _place(item: Item) -> Place:
    return item.place


def _text(item: Item | None) -> str:
    return item.text if isinstance(item, Token) else ""


def _is(item: Item | None, kind: str) -> bool:
    return isinstance(item, Token) and item.kind == kind


# --- rows and columns -------------------------------------------------------------------------------------------


def _rows(items: Sequence[Item]) -> list[list[list[Item]]]:
    """Rows of columns; environments of rows are unwrapped, and boxes that hold a relation or a column."""
    rows: list[list[list[Item]]] = [[[]]]
    for item in _unwrapped(_system(items)):
        if _is(item, t.ROW):
            rows.append([[]])
        elif _is(item, t.ALIGN):
            rows[-1].append([])
        else:
            rows[-1][-1].append(item)
    return rows


def _by_column(rows: list[list[list[Item]]]) -> list[list[list[Item]]]:
    """The rows; of chains side by side that go on below, one pair of columns after the other."""
    pairs = max(len(row) + 1 for row in rows) // 2
    goes_on = any(
        _text(_rest([*row[2 * n], *row[min(2 * n + 1, len(row) - 1)]], 0)[0]) in RELATIONS
        for row in rows[1:]
        for n in range(1, pairs)
        if len(row) > 2 * n and _rest(row[2 * n] + row[min(2 * n + 1, len(row) - 1)], 0)
        and _holds_relation([item for column in row[2 * n - 2 : 2 * n] for item in column])
    )
    if pairs < 2 or not goes_on:
        return rows
    return [row[2 * n : 2 * n + 2] for n in range(pairs) for row in rows if any(row[2 * n : 2 * n + 2])]


def _system(items: Sequence[Item]) -> Sequence[Item]:
    """The rows of a system behind one big brace, or of `cases` that hold relations and stand alone."""
    solid = [item for item in items if not _is(item, t.SPACE)]
    if len(solid) > 1 and _text(solid[0]) in (r"\{", r"\lbrace") and _unclosed(solid) > 0:
        solid = solid[1:]
    if len(solid) == 1 and isinstance(solid[0], Environment) and solid[0].name.rstrip("*") in ("cases", "dcases", "rcases", *ROWS):
        first = [item for row in [solid[0].items] for item in row]
        if _holds_relation(first):
            return solid[0].items
    return items


def _unwrapped(items: Iterable[Item]) -> list[Item]:
    found: list[Item] = []
    for item in items:
        rows = isinstance(item, Environment) and item.name in ROWS
        inside = _unwrapped(item.items) if rows or isinstance(item, Group) and item.box else []  # type: ignore[union-attr]
        if rows or _shows_relation(inside):
            found += inside
        else:
            found.append(item)
    return found


def _holds_relation(items: Iterable[Item]) -> bool:
    return _shows_relation(_unwrapped(items))


def _shows_relation(items: Iterable[Item]) -> bool:
    """A relation outside brackets, or the end of a row or column."""
    depth = 0
    for item in items:
        text = _text(item)
        depth += (text in OPENING) - (text in CLOSING)
        if depth <= 0 and (text in RELATIONS or text in ARROWS) or _is(item, t.ALIGN) or _is(item, t.ROW):
            return True
    return False


def _next_row(row: _Row, columns: list[list[Item]]) -> None:
    """Whether the next row goes on with the last one, or begins anew."""
    flat = [item for column in columns for item in column if not _is(item, t.SPACE)]
    first = flat[0] if flat else None
    if row.strict and row.unclosed() > 0 or row.open and _is_operator(row.open[-1]):
        return
    if not row.open:
        if row.pieces and isinstance(row.pieces[-1], Sign):
            return
        if not isinstance(first, Token) or _text(first) not in ADDITIVE:
            row.add(Gap("row", _place(first) if first else Place(1, 1)))
            return
    if _text(first) in ADDITIVE or _text(first) in MULTIPLICATIVE or _text(first) in DIVISION:
        _reopen(row)
        return
    if _text(first) in CLOSING and row.unclosed() >= 0 and _text(first) not in (r"\rangle",):
        return
    row.add(Gap("row", _place(first) if first else Place(1, 1)))


def _reopen(row: _Row) -> None:
    """A row that starts with + goes on with the member above it, across remarks."""
    if row.open:
        return
    for at in range(len(row.pieces) - 1, -1, -1):
        piece = row.pieces[at]
        if isinstance(piece, Member):
            row.reopen(at)
            return
        if not isinstance(piece, (Remark, Gap)):
            return


def _unclosed(items: Sequence[Item]) -> int:
    return sum((_text(item) in OPENING) - (_text(item) in CLOSING) for item in items)


def _is_operator(item: Item) -> bool:
    text = _text(item)
    return text in ADDITIVE or text in MULTIPLICATIVE or text in DIVISION


def _columns(row: _Row, columns: list[list[Item]]) -> None:
    pairs = [[*columns[at], *(columns[at + 1] if at + 1 < len(columns) else ())] for at in range(0, len(columns), 2)]
    for number, column in enumerate(pairs):
        items = [item for item in column]
        solid = [item for item in items if not _is(item, t.SPACE)]
        if not solid:
            continue
        beside = number >= 1 and row.open != []
        if beside and row.unclosed() <= 0 and not _goes_on(solid[0]) and not _ends_open(row):
            if _is_remark(solid):
                row.add(Remark(_plain(solid), _place(solid[0])))
                continue
            row.add(Gap(",", _place(solid[0])))
        _scan(row, items)


def _goes_on(item: Item) -> bool:
    text = _text(item)
    return text in RELATIONS or text in ARROWS or _is_operator(item) or text in CLOSING or text in OPENINGS


def _ends_open(row: _Row) -> bool:
    return bool(row.open) and _is_operator(row.open[-1])


def _is_remark(items: Sequence[Item]) -> bool:
    """(why) in brackets, words, or an equation's number."""
    if any(_is(item, t.WORDS) for item in items):
        return not any(_text(item) in RELATIONS for item in items)
    texts = [_text(item) for item in items]
    return texts[0] == "(" and texts[-1] == ")" and all(_is(item, t.DIGIT) for item in items[1:-1])


def _plain(items: Sequence[Item]) -> str:
    return " ".join(filter(None, map(_text, items))).strip("() ")


# --- the signs of a row -----------------------------------------------------------------------------------------


def _scan(row: _Row, items: Sequence[Item]) -> None:
    depth = max(row.unclosed(), 0) if row.strict else 0
    ahead = _ahead(items)
    at = 0
    while at < len(items):
        item, text = items[at], _text(items[at])
        at += 1
        if text in OPENING:
            depth += 1 if row.strict or ahead.unclosed[at - 1] <= 0 else 0
        elif text in CLOSING:
            depth = max(depth - 1, 0)
        if depth or not isinstance(item, Token):
            row.open.append(item)
        elif text in OPENINGS:
            row.close()
        elif text in (r"\forall", r"\exists") and row.open:
            row.add(Remark(_plain(items[at - 1 :]), item.place))
            return
        elif text in (r"\overset", r"\stackrel", r"\xrightarrow", r"\xRightarrow"):
            at = _stacked(row, item, items, at)
        elif RELATIONS.get(text) == "<-" and ahead.words[at]:
            row.add(Remark(_plain(items[at:]), item.place))  # an arrow from a remark to the formula
            return
        elif item.kind == t.WORDS and item.text.lstrip().startswith(("#", r"\#", "//", "←")):
            row.add(Remark(_plain(items[at - 1 :]), item.place))
            return
        elif text in RELATIONS:
            row.add(Sign(RELATIONS[text], item.place))
            while at + 1 < len(items) and isinstance(items[at + 1], Group) and (
                _is(items[at], t.SUB) or _is(items[at], t.SUP)
            ):  # what stands below or above the sign, as in ∝_θ
                at += 2
        elif text in ARROWS:
            row.add(Sign(ARROWS[text], item.place, arrow=True))
        elif text in (",", ";", "."):
            _punctuation(row, item, ahead.solid[at])
        elif text in (r"\quad", r"\qquad"):
            _wide(row, item, items, at, ahead)
            at, row.skip = at + row.skip, 0
        elif item.kind == t.WORDS:
            _words(row, item, ahead.solid[at])
        elif item.kind != t.SPACE:
            row.open.append(item)


@dataclass(frozen=True)
class _Ahead:
    """What stands behind each place in a row, the end included: the next item that is no space, whether a relation
    outside brackets, how many brackets more are opened than closed, and whether words."""

    solid: list[Item | None]
    relation: list[bool]
    unclosed: list[int]
    words: list[bool]


def _ahead(items: Sequence[Item]) -> _Ahead:
    """Found in one pass from the end, so that a long row costs no more than its length."""
    found = _Ahead([None], [False], [0], [False])
    deepest: int | None = None  # a relation is outside the brackets from here on where as many or more follow it unclosed
    for item in reversed(items):
        text = _text(item)
        unclosed = found.unclosed[-1] + (text in OPENING) - (text in CLOSING)
        if text in RELATIONS or text in ARROWS or not isinstance(item, Token) and _holds_relation([item]):
            deepest = unclosed if deepest is None else max(deepest, unclosed)
        found.solid.append(found.solid[-1] if _is(item, t.SPACE) else item)
        found.relation.append(deepest is not None and unclosed <= deepest)
        found.unclosed.append(unclosed)
        found.words.append(found.words[-1] or _is(item, t.WORDS))
    for each in (found.solid, found.relation, found.unclosed, found.words):
        each.reverse()
    return found


def _stacked(row: _Row, item: Token, items: Sequence[Item], at: int) -> int:
    """\\overset{why}{=}: the sign, with the reason beside it."""
    groups = [each for each in items[at : at + 2] if isinstance(each, Group)]
    if item.text in (r"\xrightarrow", r"\xRightarrow"):
        row.add(Sign("=>", item.place, arrow=True))
        return at + 1
    if len(groups) == 2 and len(groups[1].items) == 1:
        text = _text(groups[1].items[0])
        if text in RELATIONS:
            words = " ".join(_text(each) for each in groups[0].items)
            defined = "def" in words.lower() or words in ("△", r"\triangle", r"\Delta")
            row.add(Sign(":=" if defined else RELATIONS[text], item.place))
            if any(_is(each, t.WORDS) for each in groups[0].items):
                row.pieces.append(Remark(words, item.place))
            return at + 2
        if text in ARROWS:
            row.add(Sign(ARROWS[text], item.place, arrow=True))
            return at + 2
    row.open.append(item)
    row.open.extend(groups)
    return at + len(groups)


def _rest(items: Sequence[Item], at: int) -> list[Item]:
    return [item for item in items[at:] if not _is(item, t.SPACE)]


def _punctuation(row: _Row, item: Token, following: Item | None) -> None:
    if item.text == "." and following is None:
        row.close()
    elif item.text == ".":
        row.open.append(item)
    else:
        row.add(Gap(item.text, item.place))


def _wide(row: _Row, item: Token, items: Sequence[Item], at: int, ahead: _Ahead) -> None:
    """A wide space parts statements where a new one begins behind it; else it is only space."""
    following = ahead.solid[at]
    if following is not None and _is_number_of_equation(row.open):
        row.open = []
        return
    if following is None or _goes_on(following) or not row.open or row.unclosed() > 0 or _is_operator(row.open[-1]):
        return
    if _text(following) in ("(", "[") and _one_bracket(items, at, ahead) and _is_aside(rest := _rest(items, at)):
        row.add(Remark(_plain(rest), _place(rest[0])))
        row.skip = len(items) - at
        return
    if ahead.relation[at] and row.pieces and _has_sign(row.pieces):
        row.add(Gap(",", item.place))


def _is_number_of_equation(items: Sequence[Item]) -> bool:
    """(2) alone."""
    if len(items) < 3 or _text(items[0]) != "(" or _text(items[-1]) != ")":
        return False
    return all(_is(item, t.DIGIT) for item in items[1:-1])


def _is_aside(items: Sequence[Item]) -> bool:
    """Words, a relation, or an equation's number in brackets."""
    return any(_is(item, t.WORDS) for item in items) or _holds_relation(items[1:-1]) or _is_number_of_equation(items)


def _one_bracket(items: Sequence[Item], at: int, ahead: _Ahead) -> bool:
    """The bracket that opens next is closed by the last item."""
    depth = 0
    for place in range(at, len(items)):
        text = _text(items[place])
        depth += (text in OPENING) - (text in CLOSING)
        if not depth and not _is(items[place], t.SPACE):
            return text in (")", "]") and ahead.solid[place + 1] is None
    return False


def _has_sign(pieces: Sequence[Piece]) -> bool:
    for piece in reversed(pieces):
        if isinstance(piece, Gap):
            return False
        if isinstance(piece, Sign):
            return True
    return False


_CONNECTIVES = {"and": "and", "or": "or", "&": "and"}
_BESIDE = re.compile(
    r"\W*(?:for|if|when|where|since|because|by|so|then|thus|hence|as|with|all|otherwise|else|i\.?e|from|using|let|"
    r"note|but|we|is|are|the|this|given|that|to|therefore|subject|such|assuming|only|in|on|at|while|whenever|due|"
    r"up|per|each|every|any|see|recall|here|def|definition|plug|after|which|or|and|also|\(|\[|#|\.|,|-)(?:\W|$)",
    re.IGNORECASE,
)
"""How words begin that stand beside a formula and not in it."""


_ARITHMETIC = re.compile(r"\W*(?:[-+*/^=<>·×]|times\b|plus\b|minus\b|divided\b|over\b|squared\b|\d)", re.IGNORECASE)
"""How words begin that are part of a formula."""


_ONE_WORD = re.compile(r"[A-Za-z][\w-]*")


def _words(row: _Row, item: Token, following: Item | None) -> None:
    """Words in a row: a function, a quantity, "and", or a remark."""
    words = item.text.strip()
    if words in FUNCTIONS or words in LIMITED:
        row.open.append(Token(t.COMMAND, f"\\{words}", item.place, item.spaced))
    elif words.strip(" ,.").lower() in _CONNECTIVES:
        row.add(Gap(_CONNECTIVES[words.strip(" ,.").lower()], item.place))
    elif not words.strip(" ,.:;"):
        return
    elif words in OPERATORS or len(words) == 1 and words.isalpha() or _is_operand(row, words, following, item.text != words):
        row.open.append(item)
    else:
        row.add(Remark(words, item.place))


def _is_operand(row: _Row, words: str, following: Item | None, spaced: bool) -> bool:
    """Whether the words are a quantity of the formula; in doubt they are, so that no part of a formula is lost."""
    before = row.open[-1] if row.open else None
    if before is not None and _is_operator(before):
        return True
    if isinstance(following, Token) and following.kind in (t.SUB, t.SUP):
        return True
    if row.open and _ARITHMETIC.match(words):
        return True
    if _text(following) in ("(", "[") and not following.spaced and not spaced and _ONE_WORD.fullmatch(words):  # type: ignore[union-attr]
        return not _BESIDE.match(words)
    if not row.open:
        last = row.pieces[-1] if row.pieces else None
        if isinstance(last, Sign):
            return not last.arrow and not words.startswith("(") and not (_BESIDE.match(words) and following is not None)
        if _text(following) in RELATIONS:
            return not _BESIDE.match(words) and len(words.split()) < 4
        return following is not None and _is_operator(following) and " " not in words
    if following is None or _goes_on(following) and not _is_operator(following):
        return False
    return not _BESIDE.match(words)


# --- after all rows -----------------------------------------------------------------------------------------------


def _trimmed(items: Sequence[Item]) -> list[Item]:
    kept = list(items)
    while kept and (_text(kept[-1]) in (",", ";", ".", ":") or _is(kept[-1], t.SPACE)):
        kept.pop()
    while kept and (_is(kept[0], t.SPACE) or _text(kept[0]) in (",", ";")):
        kept.pop(0)
    return kept


def _settled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Lists and ranges put together again: i = 1, …, N is one member, and x_i, μ_k ∈ R one statement."""
    leads = _leads_to_sign(pieces)
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if isinstance(piece, Member):
            begins = not found or not isinstance(found[-1], Sign)
            items = [*piece.items]
            while (following := _listed(pieces, at, begins and leads[at])) is not None:
                items += [Token(t.SYMBOL, ",", pieces[at].place), *following.items]
                at += 2
            piece = Member(tuple(items), piece.place)
        found.append(piece)
    return tuple(found)


def _listed(pieces: Sequence[Piece], at: int, before_sign: bool) -> Member | None:
    """The member behind a comma that stands inside a list: between dots, or between names before a sign."""
    before, gap, following = (*pieces[at - 1 : at + 2], None, None)[:3]
    if not isinstance(gap, Gap) or gap.word != "," or not isinstance(before, Member) or not isinstance(following, Member):
        return None
    return following if before_sign or _has_dots(following) or _text(before.items[-1]) in DOTS else None


def _has_dots(member: Member) -> bool:
    return len(member.items) == 1 and _text(member.items[0]) in DOTS


def _leads_to_sign(pieces: Sequence[Piece]) -> list[bool]:
    """Whether the members between commas end in a relation, from each place on."""
    found = [False]
    for piece in reversed(pieces):
        if isinstance(piece, Sign):
            found.append(not piece.arrow)
        else:
            in_list = isinstance(piece, Member) or isinstance(piece, Gap) and piece.word == ","
            found.append(in_list and found[-1])
    return found[::-1]


def relations_shown(tokens: Sequence[Token]) -> int:
    """How many relations a display shows whose braces do not match: outside braces, an arrow with what follows as one."""
    depth, count, arrow = 0, 0, False
    unclosed = sum((token.kind == t.OPEN) - (token.kind == t.CLOSE) for token in tokens)
    for token in tokens:
        depth = max(depth + (token.kind == t.OPEN) - (token.kind == t.CLOSE), 0)
        if depth > max(unclosed, 0):
            continue
        if token.text in ARROWS:
            count, arrow = count + 1, True
        elif token.text in RELATIONS:
            count, arrow = count + (not arrow), False
    return count
