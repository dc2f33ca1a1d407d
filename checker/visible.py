"""Text that others wrote, made harmless to show: no escape sequences, no turned writing, no broken characters."""

from __future__ import annotations

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_SPACES = dict.fromkeys(map(ord, "\t\v\f\r\x85\u2028\u2029"), " ")
_OTHERS = dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF], "\ufffd")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_SHOWN = _PICTURES | _OTHERS | _SURROGATES | _SPACES | {ord("\n"): "\n"}


def visible(text: str) -> str:
    """The text with ␛ for an escape character and so on; line ends stay, other white space becomes blanks."""
    return text if text.isascii() and text.isprintable() else text.translate(_SHOWN)


def one_line(text: str) -> str:
    """The same on one line, its white space collapsed."""
    return " ".join(visible(text).split())
