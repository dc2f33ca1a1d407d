"""How a derivation file looks: docstring, imports, names, givens, parts; lines of moderate length."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from checker.authoring.source import Names, quoted

WIDTH = 110


def file_text(
    name: str, title: str, source: str, names: Names, givens: Sequence[str], body: str, lost: Sequence[str]
) -> str:
    """The text of a derivation file; `givens` are arguments of Givens, `lost` what the document has and it has not."""
    declarations = names.declarations()
    ours = sorted({"Derivation", "Givens", *names.ours}, key=lambda each: (each[0].islower(), each))
    lines = [f'"""{title.replace(chr(34), chr(39))}\n\nFrom {source}.']
    if lost:
        lines += ["", "Not in it:", *(f"    {each}" for each in lost)]
    lines = ["\n".join(lines).replace("\\", "\\\\") + '\n"""', ""]
    if names.sympy:
        lines += [f"from sympy import {', '.join(sorted(names.sympy, key=lambda each: (each[0].islower(), each)))}", ""]
    lines += [f"from checker import {', '.join(ours)}", "", *declarations, ""]
    lines += ["derivation = Derivation(", f'    "{name}",', f"    {quoted(title)},", "    Givens("]
    lines += [f"        {row}," for row in givens]
    lines += ["    ),", ")"]
    text = "\n".join(_folded(line) for line in "\n".join([*lines, body]).split("\n")) + "\n"
    ast.parse(text)
    return text


def _folded(line: str) -> str:
    """A line that is too long, broken inside its outermost brackets; a comment at its end stays with its beginning."""
    indent = len(line) - len(line.lstrip())
    if len(line) <= WIDTH or line.lstrip().startswith(("#", '"')):
        return line
    code, mark, comment = line.partition("  # line ")
    first, *rest = _broken(code.strip(), indent)
    return "\n".join([f"{first}{mark}{comment}", *rest])


def _broken(code: str, indent: int) -> list[str]:
    """Lines: up to the last outermost bracket, then what stands in it, a member a line, then the bracket's end."""
    pad = " " * indent
    opening, closing = _outermost(code)
    if indent + len(code) <= WIDTH or opening < 0:
        return [pad + code]
    lines = [pad + code[: opening + 1]]
    for member in _members(code[opening + 1 : closing]):
        lines += _broken(member, indent + 4)
    return [*lines, pad + code[closing:]]


def _outermost(code: str) -> tuple[int, int]:
    """Where the longest outermost bracket opens and closes; -1 where there is none."""
    best, depth, start = (-1, -1), 0, 0
    for place, sign in _signs(code):
        if sign in "([{":
            start = place if depth == 0 else start
            depth += 1
        elif sign in ")]}":
            depth -= 1
            if depth == 0 and place - start > best[1] - best[0]:
                best = start, place
    return best


def _members(inside: str) -> list[str]:
    """What outermost commas separate, each with its comma; a single one at its outermost plus and minus signs."""
    for marks in ((", ",), (" + ", " - ")):
        cuts, depth = [0], 0
        for place, sign in _signs(inside):
            depth += (sign in "([{") - (sign in ")]}")
            if depth == 0 and sign in ",+-" and any(inside.startswith(mark, place - (sign != ",")) for mark in marks):
                cuts.append(place + 1 if sign == "," else place)
        if len(cuts) > 1:
            break
    return [
        piece.strip() for piece in (inside[a:b] for a, b in zip(cuts, [*cuts[1:], None], strict=True)) if piece.strip()
    ]


def _signs(code: str) -> Iterator[tuple[int, str]]:
    """The characters outside of strings, with their places."""
    quoted = escaped = False
    for place, sign in enumerate(code):
        if not quoted and sign != '"':
            yield place, sign
        if sign == '"' and not escaped:
            quoted = not quoted
        escaped = sign == "\\" and not escaped
