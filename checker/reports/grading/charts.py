"""Pictures of numbers, as SVG that grows with the page; each says its numbers in words as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from checker.reports.grading.survey import Column, Group
from checker.reports.html_parts import text
from checker.reports.words import marks, several

_HEIGHT, _FOOT, _HEAD = 160, 22, 18
"""Of a histogram, in pixels: all of it, and the room for the marks below the columns and the counts above them."""


def histogram(columns: Sequence[Column], key: str, caption: str) -> Iterator[str]:
    """Columns, the marks below and the counts above them, and a caption with all of it in words."""
    said = f"{caption}: {'; '.join(_column_in_words(columns))}."
    yield f'<figure class="histogram"><svg role="img" aria-labelledby="{key}" width="100%" height="{_HEIGHT}">'
    most = max((column.count for column in columns), default=0)
    for place, column in enumerate(columns):
        yield _column(column, place, len(columns), most)
    floor = _HEIGHT - _FOOT
    yield f'<line class="axis" x1="0" x2="100%" y1="{floor}" y2="{floor}"></line></svg>'
    yield f'<figcaption id="{key}">{text(said)}</figcaption></figure>'


def _column(column: Column, place: int, columns: int, most: int) -> str:
    share = 100 / columns
    middle, floor = _percent((place + 0.5) * share), _HEIGHT - _FOOT
    low = f'<text x="{middle}" y="{_HEIGHT - 5}">{marks(column.low)}</text>'
    if not column.count:
        return low
    height = round((floor - _HEAD) * column.count / most, 1)
    at = f'x="{_percent((place + 0.1) * share)}" width="{_percent(0.8 * share)}"'
    bar = f'<rect class="bar" {at} y="{floor - height:g}" height="{height:g}" rx="2"></rect>'
    return f'{bar}<text class="count" x="{middle}" y="{floor - height - 5:g}">{column.count}</text>{low}'


def _column_in_words(columns: Sequence[Column]) -> Iterator[str]:
    for place, column in enumerate(columns, start=1):
        if column.count:
            low, high = marks(column.low), marks(column.high)
            whole = f"{low} or more" if place == len(columns) else f"{low} to below {high}"
            yield f"{several(column.count, 'student')} with {whole}"


def bars(groups: Sequence[Group], answers: int, link: Callable[[int], str], fine: str = "") -> Iterator[str]:
    """A bar for each group, what is said of it and the students in it; the group called `fine` is no mistake."""
    yield '<ul class="bars">'
    for group in groups:
        count = len(group.students)
        looks = "bar fine" if group.said == fine else "bar"
        width = _percent(100 * count / max(answers, 1))
        yield f'<li><span class="label">{text(group.said)}</span>'
        yield f'<svg role="img" aria-label="{count} of {answers}" width="100%" height="8">'
        yield '<rect class="ground" width="100%" height="8" rx="2"></rect>'
        yield f'<rect class="{looks}" width="{width}" height="8" rx="2"></rect></svg>'
        names = ", ".join(link(place) for place in group.students)
        yield f"<details><summary>{count} of {several(answers, 'student')}</summary><p>{names}</p></details></li>"
    yield "</ul>"


def _percent(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") + "%"
