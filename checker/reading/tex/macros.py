"""Macros: what commands stand for, and their expansion within a budget. How a text defines them is in `definitions`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from checker.reading.tex.colours import COLOURS, resolved
from checker.reading.tex.customs import custom, takes_arguments
from checker.reading.tex.signs import ARGUMENTS
from checker.reading.tex.tokens import (
    ALIGN,
    CLOSE,
    COMMAND,
    DIGIT,
    END,
    OPEN,
    ROW,
    SPACE,
    SUB,
    SUP,
    SYMBOL,
    WORDS,
    Place,
    Source,
    Token,
    Unreadable,
    tokenize,
)

TOKENS_OUT = 20_000
"""How many tokens expansion may add."""
DEPTH = 50
"""How deep macros may stand in what macros expand to."""
_STEPS = 100_000


@dataclass(frozen=True)
class Macro:
    """What a command stands for: `body` with #1 … #arguments, the first of them optional where there is a `default`.

    starred: a star behind the command is part of the call. final: what comes out is not expanded again.
    """

    arguments: int
    default: str | None
    body: str
    starred: bool = False
    final: bool = False


@dataclass(frozen=True)
class Macros(Mapping[str, Macro]):
    """Macros by command, with its backslash, and the text's own names of colours; never changed."""

    table: Mapping[str, Macro] = field(default_factory=lambda: MappingProxyType({}))
    colours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __getitem__(self, command: str) -> Macro:
        return self.table[command]

    def __iter__(self) -> Iterator[str]:
        return iter(self.table)

    def __len__(self) -> int:
        return len(self.table)

    def __hash__(self) -> int:
        return hash((frozenset(self.table.items()), frozenset(self.colours.items())))

    def __reduce__(self) -> tuple[object, ...]:
        return macros_of, (dict(self.table), dict(self.colours))


def macros_of(table: Mapping[str, Macro], colours: Mapping[str, str] = MappingProxyType({})) -> Macros:
    """Macros that hold a copy of `table`, and of colours as `own_colours` gives them."""
    return Macros(MappingProxyType(dict(table)), MappingProxyType(dict(colours)))


NO_MACROS = macros_of({})


def expand(tokens: tuple[Token, ...], macros: Macros) -> tuple[Token, ...]:
    """The tokens with every macro expanded: the text's own, and what is customary and undeclared.

    What a macro's body gives carries the place of the call; arguments keep their own places. Raises Unreadable, with
    the macro and its place, where an argument is missing or expansion exceeds TOKENS_OUT or DEPTH.
    """
    return tuple(_Expansion(tokens, macros).run())


class _Expansion:
    """A stack of tokens still to be read, each with the depth of macros that it came out of."""

    def __init__(self, tokens: tuple[Token, ...], macros: Macros) -> None:
        self.macros, self.todo = macros, [(token, 0) for token in reversed(tokens)]
        self.most, self.steps = len(tokens) + TOKENS_OUT, 0
        self.out: list[Token] = []

    def run(self) -> list[Token]:
        while self.todo:
            token, depth = self.todo.pop()
            macro = self._meaning(token) if token.kind == COMMAND and depth >= 0 else None
            if macro is None:
                self.out.append(token)
                if token.text in COLOURS and self.macros.colours:
                    self._colour(token)
            else:
                self._call(token, macro, depth)
        return self.out

    def _colour(self, command: Token) -> None:
        """Put a colour that is seen where the text's own is for it."""
        if self.todo and self.todo[-1][0].kind == OPEN:
            name = written(self._argument(command))
            colour = list(_body(f"{{{resolved(name, self.macros.colours)}}}", command))
            self.todo += [(token, -1) for token in reversed(colour)]

    def _meaning(self, token: Token) -> Macro | None:
        own = self.macros.get(token.text)
        if own is not None:
            return own
        groups, optional = self._groups() if takes_arguments(token.text) else (0, False)
        found = custom(token.text, groups, optional, self._is_script())
        return None if found is None else Macro(*found)

    def _groups(self) -> tuple[int, bool]:
        """How many brace groups follow, up to three, and whether an option in square brackets stands before them."""
        ahead = [token for token, _ in self.todo[-1:-400:-1]]
        optional = bool(ahead) and ahead[0].text == "["
        at = next((i + 1 for i, t in enumerate(ahead) if t.text == "]"), 0) if optional else 0
        count = 0
        while count < 3 and at < len(ahead) and ahead[at].kind == OPEN:
            at, count = _behind_group(ahead, at), count + 1
        return count, optional

    def _is_script(self) -> bool:
        return bool(self.out) and (
            self.out[-1].kind == SUP or (self.out[-1].kind == OPEN and len(self.out) > 1 and self.out[-2].kind == SUP)
        )

    def _call(self, call: Token, macro: Macro, depth: int) -> None:
        if depth >= DEPTH:
            raise Unreadable(f"the macro {call.text} expands without end", call.place)
        arguments = self._arguments(call, macro)
        body = _substituted(call, macro, arguments)
        self.steps += 1 + len(body)
        if self.steps > _STEPS or len(self.out) + len(self.todo) + len(body) > self.most:
            raise Unreadable(f"the macro {call.text} expands to more than {TOKENS_OUT} tokens", call.place)
        deeper = -1 if macro.final else depth + 1
        if len(body) > 1 and self._is_argument() and not any(t.kind in (ALIGN, ROW) for t in body):
            body = [Token(OPEN, "{", call.place), *body, Token(CLOSE, "}", call.place)]
        self.todo += [(token, deeper) for token in reversed(body)]

    def _is_argument(self) -> bool:
        """Whether the command or script before takes the macro as its argument, whole as TeX does: \\frac1\\dx."""
        if not self.out:
            return False
        last = self.out[-1]
        if last.kind == OPEN:
            return False  # the macro is the first thing in an argument, and not the argument
        if last.kind in (SUP, SUB) or ARGUMENTS.get(last.text, 0) > 0:
            return True
        at = len(self.out) - 1
        if last.kind == CLOSE:
            depth = 0
            while at >= 0:
                depth += {CLOSE: 1, OPEN: -1}.get(self.out[at].kind, 0)
                if not depth:
                    break
                at -= 1
        return at > 0 and ARGUMENTS.get(self.out[at - 1].text, 0) > 1

    def _arguments(self, call: Token, macro: Macro) -> list[list[Token]]:
        if macro.starred and self._next_is("*"):
            self.todo.pop()
        if macro.default is None:
            return [self._argument(call) for _ in range(macro.arguments)]
        first = self._option() if self._next_is("[") else list(_body(macro.default, call))
        return [first, *(self._argument(call) for _ in range(macro.arguments - 1))]

    def _next_is(self, symbol: str) -> bool:
        return bool(self.todo) and self.todo[-1][0].kind == SYMBOL and self.todo[-1][0].text == symbol

    def _argument(self, call: Token) -> list[Token]:
        """The argument of a macro: a brace group, without its braces, or a single token."""
        while self.todo and self.todo[-1][0].kind == SPACE:
            self.todo.pop()
        if not self.todo or self.todo[-1][0].kind in (CLOSE, ALIGN, ROW, END):
            raise Unreadable(f"the macro {call.text} lacks an argument, as in {call.text}{{x}}", call.place)
        token, _ = self.todo.pop()
        if token.kind != OPEN:
            return [token]
        return self._until(CLOSE, None, call)

    def _option(self) -> list[Token]:
        opening, _ = self.todo.pop()
        return self._until(SYMBOL, "]", opening)

    def _until(self, kind: str, text: str | None, opening: Token) -> list[Token]:
        taken: list[Token] = []
        depth = 0
        while self.todo:
            token, _ = self.todo.pop()
            if not depth and token.kind == kind and text in (None, token.text):
                return taken
            depth += {OPEN: 1, CLOSE: -1}.get(token.kind, 0)
            taken.append(token)
        raise Unreadable(f"the argument of {opening.text} is never closed", opening.place)


def _behind_group(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for i in range(at, len(tokens)):
        depth += {OPEN: 1, CLOSE: -1}.get(tokens[i].kind, 0)
        if not depth:
            return i + 1
    return len(tokens)


@lru_cache(maxsize=4096)
def _tokens_of(body: str) -> tuple[Token, ...]:
    return tokenize(Source(body, Place(1, 1)))


def _body(text: str, call: Token) -> Iterator[Token]:
    """The tokens of a macro's body, at the place of its call."""
    try:
        tokens = _tokens_of(text)
    except Unreadable as problem:
        raise Unreadable(f"the macro {call.text} cannot be read: {problem.message}", call.place) from None
    return (
        Token(token.kind, token.text, call.place, token.spaced if i else call.spaced) for i, token in enumerate(tokens)
    )


_PARAMETER = re.compile(r"#(\d)")


def _substituted(call: Token, macro: Macro, arguments: list[list[Token]]) -> list[Token]:
    """The body with its parameters replaced, within \\text too."""
    body, tokens, at = list(_body(macro.body, call)), [], 0
    while at < len(body):
        token = body[at]
        following = body[at + 1] if at + 1 < len(body) else token
        number = int(following.text) if token.text == "#" and following.kind == DIGIT else 0
        if 0 < number <= len(arguments):
            tokens += arguments[number - 1]
            at += 2
            continue
        tokens.append(_with_words(token, arguments) if token.kind == WORDS else token)
        at += 1
    return tokens


def _with_words(token: Token, arguments: list[list[Token]]) -> Token:
    def words(match: re.Match[str]) -> str:
        number = int(match[1])
        return written(arguments[number - 1]) if 0 < number <= len(arguments) else match[0]

    return replace(token, text=_PARAMETER.sub(words, token.text))


def written(tokens: Sequence[Token]) -> str:
    """Tokens as text again, one space where white space stood."""
    return "".join(f"{' ' if token.spaced and i else ''}{token.text}" for i, token in enumerate(tokens))
