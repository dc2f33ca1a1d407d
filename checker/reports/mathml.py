"""LaTeX as MathML, which browsers typeset without a script; its source as code, where that fails.

What is typeset was written by others, and latex2mathml lets markup through (of \\text{<script>} it makes an element, of
\\href a link). So only its tree is used: it is written out here, with the elements and attributes that are listed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

from checker.visible import one_line, visible

LONGEST, DEEPEST = 8000, 60
"""Characters and levels of a formula that is typeset; more is shown as it is written."""

_ELEMENTS = frozenset(
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtable "
    "mtd mtext mtr munder munderover".split()
)
_ATTRIBUTES = frozenset(
    "accent accentunder columnalign displaystyle fence form linethickness lspace mathvariant maxsize minsize "
    "movablelimits rspace scriptlevel separator stretchy symmetric width".split()
)
_VALUE = re.compile(r"[a-z-]+|[-+]?[0-4]?(\.\d+)?(em|ex|px|pt|mu)?")
_REPLACED = [
    (re.compile(r"(?<!\\)%[^\n]*"), ""),
    (re.compile(r"\\(?:label|tag\*?|color|cssId|vspace\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])"), ""),
    (re.compile(r"\\(?:textcolor|colorbox|href|style|class)\s*\{[^{}]*\}"), ""),
    (re.compile(r"\\math(?:bb|bbm|ds)\s*(?:\{\s*1\s*\}|1)"), "𝟙"),
]
_ALIGNMENT = re.compile(r"(?<!\\)&|\\\\(?:\[[^\]]*\])?\s*$")
_NAMED = re.compile(r"[A-Za-z]{2,}")


class _NotTypeset(Exception):
    """The formula has something in it that is not typeset here."""


@lru_cache(maxsize=4096)
def typeset(latex: str) -> str:
    """The formula as a <math> element, with its source as alternative text, or its source as <code>."""
    source = one_line(latex)
    try:
        inner = _converted(visible(latex))
    except Exception:  # whatever goes wrong in a library that reads what strangers wrote, the source can be shown
        return code(source)
    return f'<math displaystyle="true" alttext="{html.escape(source)}">{inner}</math>' if inner else ""


def code(latex: str) -> str:
    """The formula as it is written."""
    return f"<code>{html.escape(one_line(latex))}</code>"


def _converted(latex: str) -> str:
    if len(latex) > LONGEST:
        raise _NotTypeset
    for pattern, replacement in _REPLACED:
        latex = pattern.sub(replacement, latex)
    if r"\begin" not in latex:
        latex = _ALIGNMENT.sub("", latex)
    if not latex.strip():
        return ""
    root = convert_to_element(one_line(latex), display="block")
    return "".join(part for child in root for part in _written(child, 0))


def _written(element: Element, depth: int) -> Iterator[str]:
    tag, text = element.tag, html.unescape(element.text or "")
    if tag == "menclose" and depth <= DEEPEST:  # browsers have no element for it
        yield f'<mrow class="{"boxed" if element.get("notation") == "box" else "struck"}">'
        for child in element:
            yield from _written(child, depth + 1)
        yield "</mrow>"
        return
    if tag not in _ELEMENTS or "\\" in text or depth > DEEPEST:
        raise _NotTypeset
    attributes = "".join(
        f' {name}="{value}"' for name, value in element.items() if name in _ATTRIBUTES and _VALUE.fullmatch(value)
    )
    yield f"<{tag}{attributes}>{html.escape(text)}"
    children = list(element)
    for place, child in enumerate(children):
        yield from _written(child, depth + 1)
        if tag == "mrow" and _is_function(child) and place + 1 < len(children) and not _opens(children[place + 1]):
            yield '<mspace width="0.17em"></mspace>'
    yield f"</{tag}>"


def _is_function(element: Element) -> bool:
    """Whether it is log, exp, …, perhaps with an index or a power."""
    base = element if element.tag in ("mi", "mo") else next(iter(element), element)
    return element.tag in ("mi", "mo", "msub", "msup", "msubsup") and bool(_NAMED.fullmatch(base.text or ""))


def _opens(element: Element) -> bool:
    first = next(element.iter("mo"), None) if element.tag == "mrow" else element
    return first is not None and html.unescape(first.text or "")[:1] in tuple("([{|,)+-=/")
