"""What the pages share: the frame, their one style sheet and script, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from checker.reports.grading.script import SCRIPT
from checker.reports.grading.style import GRADING_CSS
from checker.reports.html_parts import text
from checker.reports.style import CSS

_STYLE = CSS + GRADING_CSS


def page(title: str, body: Iterable[str], *, kind: str, head: str = "") -> Iterator[str]:
    """A whole page. Besides the escaping its policy forbids all that is not this style sheet and this script."""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{text(title)}</title>\n{head}<style>{_STYLE}</style>\n</head>\n"
    yield f'<body class="{kind}">\n'
    for piece in body:
        yield f"{piece}\n"
    yield f"<script>{SCRIPT}</script>\n</body>\n</html>\n"


def href(path: str, target: str = "") -> str:
    """The address of a file of the report, and of a place in it."""
    return quote(path) + (f"#{quote(target)}" if target else "")


def link(address: str, said: str) -> str:
    """A link, of an address that `href` made."""
    return f'<a href="{address}">{text(said)}</a>'


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_hash(_STYLE)}'; script-src 'sha256-{_hash(SCRIPT)}'; "
    "base-uri 'none'; form-action 'none'"
)
