"""Where in a file text may stand that no reader sees: in white, of no size, in boxes that are not set, behind the end.

What is displayed there is not read, and what is said there declares nothing. This errs towards hiding: a colour in
numbers, for one, is not known to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from checker.reading.documents.blocks import Block, Display, Formula, Paragraph
from checker.reading.documents.definitions import group_end
from checker.reading.documents.delimiters import Lines
from checker.reading.tex.colours import is_seen, resolved
from checker.reading.tex.macros import Macro, Macros
from checker.reading.tex.tokens import Place

Range = tuple[int, int]
LONGEST = 20_000
"""Characters of the longest group that is looked through."""
SMALLEST = 5.0
"""Points of the smallest letters, and hundredths of the smallest scale, that are read."""

_TO_GROUPS_END = re.compile(
    r"\\color\s*(?P<model>\[[^\]]*\])?\s*\{(?P<colour>[^{}]*)\}|\\fontsize\s*\{\s*(?P<size>[\d.]*)[^{}]*\}|\\transparent\s*\{"
)
_ARGUMENT = re.compile(
    r"\\textcolor\s*(?P<model>\[[^\]]*\])?\s*\{(?P<colour>[^{}]*)\}\s*(?={)|\\scalebox\s*\{\s*(?P<size>[\d.]*)[^{}]*\}\s*(?={)"
    r"|\\(?:sbox|savebox|newsavebox)\s*(?:\{[^{}]*\}|\\[A-Za-z]+)\s*(?:\[[^\]]*\])*(?={)"
    r"|\\setbox\s*(?:\d+|\\[A-Za-z]+)\s*=?\s*\\[hv]box\s*(?={)|\\[hv]?phantom\s*(?={)|\\resizebox\s*\{[^{}]*\}\s*\{[^{}]*\}\s*(?={)"
)
_TO_THE_END = re.compile(r"\\end\s*\{document\}|\\endinput\b")
_ELEMENT = re.compile(r"<(?P<name>[a-z][a-z0-9]*)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_HIDING = re.compile(
    r"\bhidden\b|\bclass\s*=|(?:display|visibility|opacity|font|position|height|width|clip|transform|text-indent|"
    r"left|top|margin|overflow|filter|background)[\w-]*\s*:",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"\bcolor\s*[:=]\s*[\"']?(?P<colour>[^;\"']*)", re.IGNORECASE)
_NOT_SHOWN = frozenset(("template", "script", "style", "noscript", "head", "title", "meta", "object"))
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]+\]:[^\n]*", re.MULTILINE)


def in_markdown(text: str) -> list[Range]:
    """Where a reader of a Markdown file may see nothing."""
    found = [match.span() for match in _REFERENCE.finditer(text)]
    for match in _ELEMENT.finditer(text):
        colour = _COLOUR.search(match["attributes"])
        unseen = colour is not None and not is_seen(colour["colour"].strip())
        if match["name"].lower() in _NOT_SHOWN or unseen or _HIDING.search(match["attributes"]):
            closing = re.compile(rf"</{match['name']}\s*>", re.IGNORECASE).search(text, match.end())
            found.append((match.start(), closing.end() if closing else len(text)))
    return found


def in_latex(text: str, macros: Macros) -> list[Range]:
    """Where a reader of what LaTeX makes of a file may see nothing."""
    found = [(match.start(), len(text)) for match in _TO_THE_END.finditer(text)][:1]
    for match in _TO_GROUPS_END.finditer(text):
        if _unseen(match, macros):
            found.append((match.start(), _end_of_group(text, match.end())))
    for match in _ARGUMENT.finditer(text):
        end = group_end(text, match.end(), LONGEST)
        if _unseen(match, macros):
            found.append((match.start(), end or len(text)))
    return found + list(_dropped(text, macros))


def _unseen(match: re.Match[str], macros: Macros) -> bool:
    names = match.groupdict()
    if names.get("colour") is not None:
        return names.get("model") is not None or not is_seen(resolved(names["colour"], macros.colours))
    if names.get("size"):
        size = float(names["size"]) if re.fullmatch(r"\d+\.?\d*|\.\d+", names["size"]) else 0.0
        return size < (SMALLEST if "fontsize" in match[0] else SMALLEST / 100)
    return True


def _end_of_group(text: str, start: int) -> int:
    """Where the group around an offset is closed, or the next colour is chosen."""
    depth = 0
    for match in re.finditer(r"\\color\b|\\.|[{}]|%[^\n]*", text[start:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0 or not depth and match[0] == r"\color":
            return start + match.start()
    return len(text)


def _dropped(text: str, macros: Mapping[str, Macro]) -> Iterator[Range]:
    """The arguments of the text's own commands that do not show all of them."""
    names = [
        name for name, macro in macros.items() if any(f"#{n + 1}" not in macro.body for n in range(macro.arguments))
    ]
    if not names:
        return
    calls = re.compile("(?:" + "|".join(map(re.escape, names)) + r")(?![A-Za-z])\s*(?={)")
    for match in calls.finditer(text):
        end: int | None = match.end()
        while end is not None and text[end : end + 1] == "{":
            last, end = end, group_end(text, end, LONGEST)
            if end is not None:
                yield last, end


# --- blocks ---------------------------------------------------------------------------------------------------------


def without_hidden(blocks: Sequence[Block], text: str, ranges: Sequence[Range], first_line: int = 1) -> list[Block]:
    """The blocks, displays marked where they may not be seen, and paragraphs without what may not be."""
    if not ranges:
        return list(blocks)
    lines = Lines(text, first_line)
    places = [(lines.place(a), lines.place(b)) for a, b in ranges]
    return [_without(block, places) for block in blocks]


def _without(block: Block, places: Sequence[tuple[Place, Place]]) -> Block:
    if isinstance(block, Display):
        return replace(block, hidden=_inside(block.place, places))
    if isinstance(block, Paragraph):
        kept = (p for p in block.pieces if not _inside(p.source.place if isinstance(p, Formula) else p.place, places))
        return replace(block, pieces=tuple(kept))
    return block


def _inside(place: Place, places: Sequence[tuple[Place, Place]]) -> bool:
    at = (place.line, place.column)
    return any((a.line, a.column) <= at < (b.line, b.column) for a, b in places)
