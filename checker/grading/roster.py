"""A gradebook that Canvas exported, with the column of one assignment filled in and all else as it was, byte for byte.

Student,ID,SIS User ID,SIS Login ID,Section,Homework 4 (67890),Final Score
    Points Possible,,,,,10,(read only)
"Doe, Jane",12345,s123,jdoe,L01,,87.5
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_DELIMITERS = (",", ";", "\t")
_ASSIGNMENT = re.compile(r"(?P<name>.*\S)\s*\((?P<id>\d+)\)\s*", re.DOTALL)
_IDS = ("SIS User ID", "SIS Login ID")
_ENCODING = ("utf-8", "surrogateescape")
"""Whatever the bytes are, they come back."""


class Unusable(Exception):
    """A file that is no such gradebook, or in which the column is not certain; the message says what would be."""


@dataclass(frozen=True)
class Person:
    """Somebody to be found in the roster: a name, and the ID that Canvas gave, "" where none is known."""

    name: str
    identity: str = ""


@dataclass(frozen=True)
class Filled:
    """The file, filled in, and what a person should know.

    column: its header. points: what the file says the assignment is worth. matched: the names of those found. lost:
    why others were not, a line each. absent: the names in the roster for which nothing was found. replaced: the names
    whose cell had something else in it.
    """

    data: bytes
    column: str
    points: str
    matched: tuple[str, ...]
    lost: tuple[str, ...]
    absent: tuple[str, ...]
    replaced: tuple[str, ...]


def filled(data: bytes, marks: Mapping[Person, str], assignment: str = "") -> Filled:
    """The roster with these marks in the column of the assignment, or else in the only one that is empty.

    Raises Unusable where there is no roster in the data, or no such column, or more than one.
    """
    table = _Table(data)
    column = table.column(assignment)
    rows, lost = _matches(table, list(marks))
    replaced = []
    for person, row in rows.items():
        if table.cell(row, column).strip() not in ("", marks[person]):
            replaced.append(table.cell(row, 0))
        table.set(row, column, marks[person])
    absent = [table.cell(row, 0) for row in table.students if row not in rows.values()]
    return Filled(
        table.data(),
        table.header[column].strip(),
        table.points(column),
        tuple(person.name for person in rows),
        tuple(lost),
        tuple(absent),
        tuple(replaced),
    )


# --- the table ----------------------------------------------------------------------------------------------------


class _Table:
    """The rows of the file, each a list of fields as they are written, and the ends of its lines."""

    def __init__(self, data: bytes) -> None:
        if b"\0" in data:
            raise Unusable("this is no CSV file in UTF-8; export the gradebook from Canvas again")
        text = data.decode(*_ENCODING)
        self._mark = "\ufeff" if text.startswith("\ufeff") else ""
        self._rows, self._ends, self._delimiter = _parsed(text.removeprefix("\ufeff"))
        self.header = [_value(field) for field in self._rows[0]]
        self._places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(self.header)))}
        if self.header[0].strip().casefold() != "student" or "id" not in self._places:
            raise Unusable("the first row must begin with Student and ID, as in a gradebook that Canvas exports")
        self._possible = next((n for n in range(1, len(self._rows)) if self._is_points(n)), 0)
        self.students = [n for n in range(self._possible + 1, len(self._rows)) if any(map(str.strip, self._rows[n]))]

    def cell(self, row: int, column: int) -> str:
        """What the field means, "" where the row is too short."""
        return _value(self._rows[row][column]) if column < len(self._rows[row]) else ""

    def named(self, row: int, header: str) -> str:
        """The cell of the column with this header."""
        place = self._places.get(header.casefold())
        return "" if place is None else self.cell(row, place).strip()

    def set(self, row: int, column: int, value: str) -> None:
        """Write into a field, and no other."""
        fields = self._rows[row]
        fields += [""] * (column + 1 - len(fields))
        fields[column] = f'"{value}"' if fields[column].startswith('"') else value

    def data(self) -> bytes:
        lines = (self._delimiter.join(row) + end for row, end in zip(self._rows, self._ends, strict=True))
        return (self._mark + "".join(lines)).encode(*_ENCODING)

    def points(self, column: int) -> str:
        """What the column is out of, "" where the file does not say."""
        return self.cell(self._possible, column).strip() if self._possible else ""

    def column(self, assignment: str) -> int:
        """The column of that assignment, by its header, its name or its ID; of "", the only one that is empty."""
        columns = {n: match for n, name in enumerate(self.header) if (match := _ASSIGNMENT.fullmatch(name))}
        columns = {n: match for n, match in columns.items() if self.points(n) != "(read only)"}
        if assignment:
            wanted = assignment.strip().casefold()
            fitting = [
                n for n, match in columns.items()
                if wanted in (self.header[n].strip().casefold(), match["name"].strip().casefold(), match["id"])
            ]  # fmt: skip
            what = f"is named {assignment!r}"
        else:
            fitting = [n for n in columns if not any(self.cell(row, n).strip() for row in self.students)]
            what = "is empty"
        if len(fitting) == 1:
            return fitting[0]
        shown = ", ".join(repr(self.header[n].strip()) for n in (fitting or columns)) or "none at all"
        if fitting:
            raise Unusable(f"more than one assignment {what}; name one of them by --assignment: {shown}")
        raise Unusable(f"no assignment {what}; name one of these by --assignment: {shown}")

    def _is_points(self, row: int) -> bool:
        return self.cell(row, 0).strip().casefold() == "points possible"


def _parsed(text: str) -> tuple[list[list[str]], list[str], str]:
    """Rows of raw fields, the end of each line, and the delimiter."""
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    rows: list[list[str]] = [[]]
    ends: list[str] = []
    place, fresh = 0, True
    plain = re.compile(rf"[^{delimiter}\r\n]*")
    quoted = re.compile(rf'"(?:[^"]|"")*"?[^{delimiter}\r\n]*')
    while place < len(text) or fresh:
        match = quoted.match(text, place) or plain.match(text, place)
        assert match is not None  # plain matches anything
        rows[-1].append(match[0])
        place, fresh = match.end(), False
        if text.startswith(delimiter, place):
            place, fresh = place + 1, True
        elif place < len(text):
            end = "\r\n" if text.startswith("\r\n", place) else text[place]
            ends.append(end)
            place += len(end)
            if place < len(text):
                rows.append([])
    if len(ends) < len(rows):
        ends.append("")
    return rows, ends, delimiter


def _value(field: str) -> str:
    """What a field as it is written means."""
    if not field.startswith('"'):
        return field
    inner, _, after = field[1:].rpartition('"')
    return inner.replace('""', '"') + after


# --- who is who ---------------------------------------------------------------------------------------------------


def _matches(table: _Table, people: Sequence[Person]) -> tuple[dict[Person, int], list[str]]:
    """The row of each person, and why others have none."""
    by_id = _index((table.named(row, "ID"), row) for row in table.students)
    by_login = _index((key, row) for row in table.students for key in _logins(table, row))
    by_name = _index((key, row) for row in table.students for key in _names(table.cell(row, 0)))
    found: dict[Person, int] = {}
    lost: list[str] = []
    for person in people:
        by_their_names = by_name.get(_letters(person.name), [])
        if person.identity:
            rows = by_id.get(person.identity, [])
            why = f"the ID {person.identity} is not in the roster"
        else:
            key = person.name.strip().casefold()
            rows = sorted({*by_id.get(key, []), *by_login.get(key, []), *by_their_names})
            why = "neither an ID, a login nor a name in the roster"
        if len(rows) == 1:
            found[person] = rows[0]
        else:
            shown = [f"{table.cell(row, 0)} (ID {table.named(row, 'ID')})" for row in rows or by_their_names]
            names = "; ".join(shown)
            several = f"{len(rows)} rows fit: {names}"
            lost.append(
                f"{person.name}: {several if rows else why + (f'; by name it could be {names}' if names else '')}"
            )
    return _once(table, found, lost)


def _once(table: _Table, found: dict[Person, int], lost: list[str]) -> tuple[dict[Person, int], list[str]]:
    """The same without the rows that several people fit."""
    fitting: dict[int, list[Person]] = {}
    for person, row in found.items():
        fitting.setdefault(row, []).append(person)
    for row, people in fitting.items():
        if len(people) > 1:
            names = ", ".join(person.name for person in people)
            lost.append(f"{names}: all of them fit {table.cell(row, 0)} (ID {table.named(row, 'ID')})")
    return {person: row for person, row in found.items() if len(fitting[row]) == 1}, lost


def _index(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for key, row in pairs:
        if key and row not in index.setdefault(key, []):
            index[key].append(row)
    return index


def _logins(table: _Table, row: int) -> Iterable[str]:
    for header in _IDS:
        login = table.named(row, header).casefold()
        yield from (login, login.partition("@")[0])


def _names(name: str) -> set[str]:
    """A name's letters, the family name first and last: "Doe, Jane" is doejane and janedoe."""
    last, _, first = name.partition(",")
    return {_letters(last + first), _letters(first + last)}


def _letters(name: str) -> str:
    """Letters and digits alone, without accents and capitals."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in apart if character.isalnum())
