"""What is written comes back the same, and nothing else comes back."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.grading.answers import Marked
from checker.grading.plain import Damaged, from_plain, to_plain
from checker.marks import Student
from tests.grading.records import marks, part, record, student
from tests.reports.records import HOSTILE_DOCUMENT

WHOLE = student(
    "alice",
    record(
        part("a", "proved", "refuted", "supported", marked=marks(person=["a reason"])),
        part("b", "undecided", "unreadable", "assumed", marked=marks(overridden="", given=1.5)),
        part("c", most=None),
        unreadable=True,
    ),
    problems=("scan.pdf: cannot be read",),
    sources={"alice.md": "# (a)\n"},
)


@pytest.mark.parametrize("value", [WHOLE, Marked(record(part("a", "refuted")), (":3: no",)), HOSTILE_DOCUMENT])
def test_data_come_back_as_they_were(value):
    assert from_plain(type(value), json.loads(json.dumps(to_plain(value)))) == value


def places(plain, path=()):
    """The path of everything inside."""
    items = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


FREE = ("sources", "counterexample")
"""Mappings, of which every key and some values may be anything."""
PLACES = [
    path
    for path in places(to_plain(WHOLE))
    if not set(FREE).intersection(path[:-1]) and path[-1] != "max_marks"  # None in a part, and nowhere else
]


@given(st.sampled_from(PLACES), st.sampled_from([None, 3.5, "text", True, [], {}, [[]], {"a": 1}]))
def test_a_value_of_another_kind_is_refused(path, other):
    plain = copy.deepcopy(to_plain(WHOLE))
    inner = plain
    for key in path[:-1]:
        inner = inner[key]
    before, inner[path[-1]] = inner[path[-1]], other
    expected = to_plain(WHOLE)
    if _fits(path[-1], before, other):
        assert to_plain(from_plain(Student, plain)) == plain
    else:
        with pytest.raises(Damaged, match=r"^Student"):
            from_plain(Student, plain)
    assert to_plain(WHOLE) == expected


def _fits(key, before, other):
    """Whether the other value is of a kind that may stand there."""
    may_be_none = ("marked", "counterexample", "first_wrong", "overridden", "given")
    numbers = ("seconds", "marks", "max_marks", "up_to", "given")
    if other is None:
        return key in may_be_none
    if key in FREE:
        return isinstance(other, dict) and (key == "counterexample" or not other)
    if key in numbers:
        return other == 3.5
    if key in ("overridden",):
        return other == "text"
    if isinstance(before, list):
        return other == []
    return type(before) is type(other) and not isinstance(before, dict)


@given(st.sampled_from([path for path in PLACES if isinstance(path[-1], str)]))
def test_a_field_that_is_missing_or_too_many_is_refused(path):
    for change in (lambda inner: inner.pop(path[-1]), lambda inner: inner.update({"other": 1})):
        plain = copy.deepcopy(to_plain(WHOLE))
        inner = plain
        for key in path[:-1]:
            inner = inner[key]
        change(inner)
        with pytest.raises(Damaged):
            from_plain(Student, plain)
