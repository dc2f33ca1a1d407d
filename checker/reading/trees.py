"""Tokens as items: braces and environments nested, what only changes the looks dropped, other spellings made one.

Braces that show nothing vanish, so that what is read is what is printed; those of an argument stay as a Group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.reading import tokens as t
from checker.reading.signs import (
    ARGUMENTS,
    CLOSING,
    DROPPED,
    DROPPED_WITH_ARGUMENT,
    FUNCTIONS,
    LATIN_LOOKS,
    OPENING,
    PLAIN_FUNCTIONS,
    SUBSCRIPT_DIGITS,
    SUPERSCRIPT_DIGITS,
    TRANSPARENT,
    BLACKBOARD,
    UNICODE,
)
from checker.reading.tokens import Place, Token, Unreadable

MAX_DEPTH = 60
MAX_TOKENS = 20_000


@dataclass(frozen=True, slots=True)
class Group:
    """Items in braces; a box is shown around its content and is one operand."""

    items: tuple[Item, ...]
    place: Place
    box: bool = False
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """\\begin{name} … \\end{name} inside a formula."""

    name: str
    items: tuple[Item, ...]
    place: Place
    spaced: bool = False


Item = Token | Group | Environment

OPERATORS = frozenset(("Var", "Cov", "Corr", "var", "cov"))
"""Operators that plain letters in a row are taken for."""

_SPLIT_INSIDE = {r"\choose", r"\over", r"\atop", r"\brack"}
_TAKES_SCRIPT = (t.SUB, t.SUP)
_WITH_ARGUMENT = {"array", "alignat", "alignat*", "alignedat", "tabular", "subarray", "xalignat", "IEEEeqnarray",
                  "IEEEeqnarray*", "tblr", "NiceArray"}  # fmt: skip


def items_of(tokens: Sequence[Token], names: frozenset[str] = frozenset()) -> tuple[Item, ...]:
    """The items of a formula; `names` are the names of several letters that the text uses.

    Raises Unreadable for braces and environments that do not match, and for formulas that are too long or too deep.
    """
    if len(tokens) > MAX_TOKENS:
        raise Unreadable(f"the formula has {len(tokens)} signs; at most {MAX_TOKENS} are read", tokens[0].place)
    found, at = _nested(tuple(_unified(tokens)), 0, 0)
    if at < len(tokens) and at < len(tuple(_unified(tokens))):
        raise Unreadable("a '}' or \\end closes nothing", _place_at(tokens, at))
    items = _tidied(found, names)
    _check_brackets(items, 0)
    return items


def _check_brackets(items: Sequence[Item], around: int) -> None:
    """Refuse brackets that are nested too deeply, `around` of which are open, before anyone looks for their ends."""
    depth = around
    for item in items:
        if not isinstance(item, Token):
            _check_brackets(item.items, depth)
        elif item.text in OPENING:
            depth += 1
            if depth > MAX_DEPTH:
                raise Unreadable(f"the brackets are nested more than {MAX_DEPTH} deep", item.place)
        elif item.text in CLOSING:
            depth = max(depth - 1, around)


def _place_at(tokens: Sequence[Token], at: int) -> Place:
    return tokens[min(at, len(tokens) - 1)].place


def _unified(tokens: Sequence[Token]) -> list[Token]:
    """Unicode signs as commands, superscript digits as superscripts, := as one sign, \\not= as \\neq."""
    found: list[Token] = []
    for token in tokens:
        if token.kind in (t.LETTER, t.SYMBOL):
            token = _from_unicode(token, found)
        if token.kind == t.SYMBOL and found:
            token = _joined(found, token)
        if token.kind == t.COMMAND and found and found[-1].text == r"\not":
            found.pop()
            token = replace(token, text={r"\in": r"\notin"}.get(token.text, r"\neq"))
        found.append(token)
    return found


def _from_unicode(token: Token, found: list[Token]) -> Token:
    if token.text in SUPERSCRIPT_DIGITS:
        found.append(Token(t.SUP, "^", token.place))
        return Token(t.DIGIT, SUPERSCRIPT_DIGITS[token.text], token.place)
    if token.text in SUBSCRIPT_DIGITS:
        found.append(Token(t.SUB, "_", token.place))
        return Token(t.DIGIT, SUBSCRIPT_DIGITS[token.text], token.place)
    if token.text in BLACKBOARD:
        found += [Token(t.COMMAND, r"\mathbb", token.place, token.spaced), Token(t.OPEN, "{", token.place)]
        kind = t.DIGIT if BLACKBOARD[token.text].isdigit() else t.LETTER
        found.append(Token(kind, BLACKBOARD[token.text], token.place))
        return Token(t.CLOSE, "}", token.place)
    text = UNICODE.get(token.text) or LATIN_LOOKS.get(token.text)
    if text is None:
        return token
    if text.isalpha():
        return replace(token, text=text)
    kind = t.COMMAND if text.startswith("\\") else t.SYMBOL
    return replace(token, text=text, kind=kind)


def _joined(found: list[Token], token: Token) -> Token:
    last = found[-1]
    adjacent = not token.spaced
    if token.text == "." and len(found) > 1 and last.text == "." == found[-2].text:
        del found[-2:]
        return replace(token, text=r"\dots", kind=t.COMMAND, spaced=False)
    if token.text == "=" and last.text == ":" and adjacent:
        found.pop()
        return replace(token, text=":=", place=last.place, spaced=last.spaced)
    if token.text == "=" and last.text == r"\not":
        found.pop()
        return replace(token, text=r"\neq", kind=t.COMMAND, place=last.place)
    if token.text == "|" and last.text == "|" and adjacent:
        found.pop()
        return replace(token, text=r"\|", kind=t.COMMAND, place=last.place, spaced=last.spaced)
    return token


def _nested(tokens: Sequence[Token], at: int, depth: int, end: str = "") -> tuple[list[Item], int]:
    if depth > MAX_DEPTH:
        raise Unreadable(f"the braces are nested more than {MAX_DEPTH} deep", tokens[at].place)
    found: list[Item] = []
    while at < len(tokens):
        token = tokens[at]
        if token.kind == t.OPEN:
            inside, at = _nested(tokens, at + 1, depth + 1, "}")
            found.append(Group(tuple(inside), token.place, spaced=token.spaced))
        elif token.kind == t.BEGIN:
            inside, at = _nested(tokens, at + 1, depth + 1, token.text)
            found.append(Environment(token.text, tuple(inside), token.place, token.spaced))
        elif token.kind in (t.CLOSE, t.END):
            if (token.text if token.kind == t.END else "}") != end:
                what = rf"\end{{{token.text}}}" if token.kind == t.END else "'}'"
                raise Unreadable(f"{what} closes nothing that is open here", token.place)
            return found, at + 1
        else:
            found.append(token)
            at += 1
    if end:
        raise Unreadable(f"{_opening(end)} is never closed", tokens[-1].place if tokens else None)
    return found, at


def _opening(end: str) -> str:
    return "'{'" if end == "}" else rf"\begin{{{end}}}"


# --- what only changes the looks --------------------------------------------------------------------------------


def _tidied(items: Sequence[Item], names: frozenset[str]) -> tuple[Item, ...]:
    found: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        at += 1
        if isinstance(item, Group):
            found += _free_group(item, items, at, found, names)
        elif isinstance(item, Environment):
            inside = item.items[1:] if item.name in _WITH_ARGUMENT and item.items else item.items
            found.append(replace(item, items=_tidied(inside, names)))
        elif item.kind in _TAKES_SCRIPT:
            found.append(item)
            at = _argument(items, at, found, names)
        elif item.kind != t.COMMAND:
            found.append(item)
        else:
            at = _command(item, items, at, found, names)
    return tuple(_words_joined(found, names))


def _free_group(
    group: Group, items: Sequence[Item], at: int, found: list[Item], names: frozenset[str]
) -> tuple[Item, ...]:
    """A group that is no argument: its items, or itself where its braces matter."""
    inside = _tidied(group.items, names)
    scripted = at < len(items) and _kind(items[at]) in _TAKES_SCRIPT
    split = any(isinstance(item, Token) and item.text in _SPLIT_INSIDE for item in inside)
    of_function = bool(found) and isinstance(found[-1], Token) and found[-1].text.lstrip("\\") in FUNCTIONS
    thousands = len(inside) == 1 and _text(inside[0]) == ","
    if split or thousands or (scripted or of_function) and inside:
        return (Group(inside, group.place, spaced=group.spaced),)
    return inside


def _kind(item: Item) -> str:
    return item.kind if isinstance(item, Token) else ""


def _argument(items: Sequence[Item], at: int, found: list[Item], names: frozenset[str]) -> int:
    """Append the one item that is an argument, with its own arguments where it is a command."""
    while at < len(items) and (_kind(items[at]) == t.SPACE or _is_dropped(items[at])):
        at += 1
    if at >= len(items):
        return at
    item = items[at]
    if isinstance(item, Group):
        found.append(Group(_tidied(item.items, names), item.place, spaced=item.spaced))
        return at + 1
    if isinstance(item, Token) and item.kind == t.COMMAND:
        inside: list[Item] = []
        at = _command(item, items, at + 1, inside, names)
        found.append(Group(tuple(inside), item.place))
        return at
    if isinstance(item, Token) and item.kind in (t.SUB, t.SUP):  # x^_i, x_^2: a script of nothing
        raise Unreadable("a script of a script without braces", item.place)
    found.append(Group((item,), item.place))
    return at + 1


def _is_dropped(item: Item) -> bool:
    return isinstance(item, Token) and item.text in DROPPED


def _command(item: Token, items: Sequence[Item], at: int, found: list[Item], names: frozenset[str]) -> int:
    text = item.text
    if text in (r"\left", r"\right", r"\middle") or text.startswith((r"\big", r"\Big")) and text in DROPPED:
        return _delimiter(item, items, at, found)
    if text in DROPPED:
        return at
    if text in (r"\hspace", r"\hskip"):
        found.append(replace(item, kind=t.SPACE, text=r"\quad"))
    if text in DROPPED_WITH_ARGUMENT:
        return _skipped(items, at, DROPPED_WITH_ARGUMENT[text])
    if text in TRANSPARENT:
        return _transparent(item, items, at, found, names)
    upright = items[at] if at < len(items) and text in (r"\mathrm", r"\mathsf", r"\mathit", r"\rm") else None
    if isinstance(upright, Token) and upright.text in ("d", "e", "T") and text != r"\rm":
        found.append(replace(upright, place=item.place, spaced=item.spaced))
        return at + 1
    if isinstance(upright, Group) and len(upright.items) == 1 and _text(upright.items[0]) in ("d", "e", "T"):
        found.append(replace(upright.items[0], place=item.place, spaced=item.spaced))
        return at + 1
    found.append(item)
    if text == r"\operatorname" and at < len(items) and _text(items[at]) == "*":
        at += 1
    if text == r"\sqrt" and at < len(items) and _text(items[at]) == "[":
        close = next((i for i in range(at, len(items)) if _text(items[i]) == "]"), None)
        if close is None:
            raise Unreadable("the '[' of \\sqrt[ is never closed", item.place)
        found.append(Group(_tidied(items[at + 1 : close], names), item.place, box=True))
        at = close + 1
    for _ in range(ARGUMENTS.get(text, 0)):
        at = _argument(items, at, found, names)
    return at


def _text(item: Item) -> str:
    return item.text if isinstance(item, Token) else ""


def _delimiter(item: Token, items: Sequence[Item], at: int, found: list[Item]) -> int:
    """\\left( is (, \\left. is nothing, \\left| is a bar that opens and \\right| one that closes."""
    while at < len(items) and _kind(items[at]) == t.SPACE:
        at += 1
    text = _text(items[at]) if at < len(items) else ""
    directed = item.text in (r"\left", r"\right")
    if text == "." and directed:
        return at + 1
    side = {"left": "l", "right": "r"}.get(item.text.lstrip("\\")) or {"l": "l", "r": "r"}.get(item.text[-1])
    bar = {"|": "vert", r"\vert": "vert", r"\|": "Vert", r"\Vert": "Vert"}.get(text)
    if bar and side and item.text not in (r"\middle",):
        token = items[at]
        assert isinstance(token, Token)
        found.append(replace(token, kind=t.COMMAND, text=f"\\{side}{bar}"))
        return at + 1
    return at


def _skipped(items: Sequence[Item], at: int, arguments: int) -> int:
    for _ in range(arguments):
        if at < len(items) and _text(items[at]) == "*":
            at += 1
        if at < len(items) and _text(items[at]) == "[":
            at = next((i + 1 for i in range(at, len(items)) if _text(items[i]) == "]"), at)
        if at < len(items):
            at += 1
    return at


def _transparent(item: Token, items: Sequence[Item], at: int, found: list[Item], names: frozenset[str]) -> int:
    """A box is one operand, or, where it holds a relation, nothing; the note under a brace is dropped."""
    at = _skipped(items, at, TRANSPARENT[item.text])
    inside: list[Item] = []
    at = _argument(items, at, inside, names)
    if not inside:
        return at
    group = inside[0]
    assert isinstance(group, Group)
    found.append(replace(group, box=True))
    if item.text in (r"\underbrace", r"\overbrace"):
        while at + 1 < len(items) and _kind(items[at]) in _TAKES_SCRIPT:
            at += 2
    return at


# --- letters in a row --------------------------------------------------------------------------------------------


def _words_joined(items: Sequence[Item], names: frozenset[str]) -> list[Item]:
    """Runs of plain letters that are a function's name or a name that the text uses become one."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        run = _run(items, at)
        if len(run) > 1:
            found += _named(run, names)
        else:
            found.append(items[at])
        at += max(len(run), 1)
    return found


def _run(items: Sequence[Item], at: int) -> list[Token]:
    run: list[Token] = []
    while at < len(items):
        item = items[at]
        if not isinstance(item, Token) or item.kind != t.LETTER or not item.text.isascii() or run and item.spaced:
            break
        run.append(item)
        at += 1
    return run


def _named(run: list[Token], names: frozenset[str]) -> list[Token]:
    text = "".join(token.text for token in run)
    if text in names:
        return [replace(run[0], text=text)]
    if len(text) > 2 and text.istitle() and text not in OPERATORS:
        return [replace(run[0], text=text, kind=t.WORDS)]
    if len(text) > 3 and text not in PLAIN_FUNCTIONS and not text.endswith(("log", "exp", "ln")) and not text.startswith(("log", "exp")):
        return [replace(run[0], text=text)]  # a word, which the grammar refuses
    if text in PLAIN_FUNCTIONS or text == "Pr":
        return [replace(run[0], text=f"\\{text}", kind=t.COMMAND)]
    if text in OPERATORS:
        return [replace(run[0], text=text, kind=t.WORDS)]
    for function in ("log", "exp", "ln"):
        rest = len(text) - len(function)
        if 0 < rest <= 2 and text.endswith(function):
            return [*run[:rest], replace(run[rest], text=f"\\{function}", kind=t.COMMAND)]
        if 0 < rest <= 1 and text.startswith(function):
            return [replace(run[0], text=f"\\{function}", kind=t.COMMAND), *run[len(function) :]]
    return run
