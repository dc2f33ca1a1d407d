"""A document as the source of a derivation file: its declarations as givens, its steps as lines of parts.

What is assumed in the document (definitions, givens, what is imposed) stands in the givens or as what a step uses; what
could not be read, or has no form in SymPy, is a comment at its place. Each step is what was judged: an identity, or a
consequence of the lines that its proof takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sympy
from sympy import true

from checker.authoring.layout import file_text
from checker.authoring.source import Names, NoForm, Writer, quoted
from checker.check import decide
from checker.derivation import Givens, PartBuilder, Transition
from checker.reading.documents.files import read_document
from checker.reading.lines.deciding import stated
from checker.reading.lines.givens import Read, read
from checker.reading.lines.hypotheses import hypotheses_of
from checker.reading.lines.judging import judge
from checker.reading.lines.reader import read_text
from checker.reading.lines.records import Judged, Line, Reading
from checker.reading.tex.tokens import Unreadable
from checker.verdict import Proved

_METHODS = {
    "=": "equals", "<": "less", ">": "greater", "<=": "at_most", ">=": "at_least", "=>": "implies", "<=>": "iff",
    r"\propto": "proportional",
}  # fmt: skip


@dataclass(frozen=True)
class Converted:
    """A derivation file, how many lines of the document are steps in it, and what is not in it, with its line."""

    text: str
    steps: int
    lost: tuple[str, ...]


SETS = ("parameters", "symmetric", "definite")
"""The fields of Givens that are sets."""


@dataclass
class _Step:
    line: Line
    lhs: str
    rhs: str
    relation: str
    using: tuple[str, ...]


@dataclass
class _Part:
    name: str
    title: str
    rows: list[_Step | str] = field(default_factory=list)
    """Steps, and comments."""
    sets: dict[str, str] = field(default_factory=dict)
    """Index sets by the names of their indices."""


def converted(name: str, title: str, path: Path, left_out: frozenset[int] = frozenset()) -> Converted:
    """The document at `path` as the derivation `name`; `left_out`: lines of the document to be given as comments.

    Raises OSError and ValueError where it cannot be read at all.
    """
    with sympy.evaluate(False):
        reading = read_text(read_document(path))
        kept = {letter for line in reading.lines for letter in (*line.scope.sizes, *line.scope.index_sets)}
        conversion = _Conversion(name, title or reading.title or name, path, left_out, kept)
        conversion.read(reading)
    return conversion.result()


class _Conversion:
    def __init__(self, name: str, title: str, path: Path, left_out: frozenset[int], kept: set[str]) -> None:
        self.name, self.title, self.path, self.left_out = name, title, path, left_out
        self.names = Names(kept)
        self.write = Writer(self.names)
        self.parts: list[_Part] = []
        self.lost: list[str] = []
        self.definitions: dict[str, str] = {}
        self.lists: dict[str, dict[str, None]] = {}
        """Fields of Givens that are sequences: facts, parameters, exclusive, independence."""
        self.value_sets: dict[str, str] = {}
        self.models: dict[str, int] = {}

    # --- reading

    def read(self, reading: Reading) -> None:
        for problem in reading.problems:
            self._lose(problem.place.line if problem.place else 0, problem.message)
        before: list[Judged] = []
        for number, text in enumerate(reading.parts):
            part = _Part(_part_name(text.name, number, self.parts), text.title or text.name)
            for line in text.lines:
                outcome = judge(line, before, seed=None, explain=False)
                self._add(part, line, before, outcome.verdict.name, outcome.role)
                before.append(Judged(line, outcome.verdict.name, outcome.role))
            if part.rows:
                self.parts.append(part)

    def _add(self, part: _Part, line: Line, before: Sequence[Judged], verdict: str, role: str) -> None:
        where = line.place.line
        formula = " ".join(f"{line.left} {line.shown_sign} {line.right}".split())
        if line.problem is not None:
            part.rows.append(self._lose(where, f"{line.problem.message}: {formula}"))
        elif where in self.left_out:
            part.rows.append(self._lose(where, f"not a step that a derivation file can hold: {formula}"))
        elif role in ("definition", "given", "imposed"):
            part.rows.append(f"line {where}, {role}: {formula}")
            self._declare(part, line)
        else:
            try:
                step, givens = self._step(line, before, verdict)
                self._give(part, givens)
            except (Unreadable, NoForm) as problem:
                part.rows.append(self._lose(where, f"no form here for {problem}: {formula}"))
                return
            if step.lhs == step.rhs:
                part.rows.append(f"line {where} says the same on both sides: {formula}")
            else:
                part.rows.append(step)

    def _declare(self, part: _Part, line: Line) -> None:
        """Give what is defined, if only later lines use it; what has no form is lost."""
        if line.role != "definition":
            return
        try:
            transition, found = stated(line, [])
            _require_known(found)
            self.write(transition.rhs)
            self._give(part, found.givens)
        except (Unreadable, NoForm) as problem:
            part.rows.append(self._lose(line.place.line, f"no form here for {problem}"))
            return
        if found.gap:
            part.rows.append(self._lose(line.place.line, f"no form here for {found.gap}"))

    def _lose(self, line: int, message: str) -> str:
        said = f"line {line}: {' '.join(message.split())}"
        self.lost.append(said)
        return f"not here, {said}"

    def _step(self, line: Line, before: Sequence[Judged], verdict: str) -> tuple[_Step, Givens]:
        transition, givens = self._transition(line, before, verdict)
        lhs, hypotheses = transition.lhs, transition.hypotheses
        if lhs is true and hypotheses:
            lhs, hypotheses = hypotheses[0], hypotheses[1:]
        if not hasattr(PartBuilder, _METHODS[transition.relation]):
            raise NoForm(f"a line with {transition.relation}")
        using = tuple(map(self.write, hypotheses))
        return _Step(line, self.write(lhs), self.write(transition.rhs), transition.relation, using), givens

    def _transition(self, line: Line, before: Sequence[Judged], verdict: str) -> tuple[Transition, Givens]:
        """The form in which the line was proved, or else the one with all that it may use."""
        if line.role == "equivalence":
            return self._equivalence(line)
        if line.sign == "prop":
            return _proportion(line)
        hypotheses = [each.node for each in hypotheses_of(line, before)]
        whole = stated(line, hypotheses if verdict in ("refuted", "undecided") else [])
        if verdict != "proved":
            _require_known(whole[1])
            return whole[0], whole[1].givens
        counts = dict.fromkeys(count for count in (0, 1, len(hypotheses), 2, 3, 5) if count <= len(hypotheses))
        for count in counts:
            transition, found = stated(line, hypotheses[:count])
            if isinstance(decide(transition, found.givens).verdict, Proved):
                return transition, found.givens
        return whole[0], whole[1].givens

    def _equivalence(self, line: Line) -> tuple[Transition, Givens]:
        statement: Any = line.statement
        found = read(line.scope, list(statement.parts))
        left, right = found.trees
        return Transition(line.number, "<=>", left, right, rule=line.rule), found.givens

    # --- givens

    def _give(self, part: _Part, givens: Givens) -> None:
        """Add the givens of one step to those of the file."""
        write = self.write
        for index, index_set in givens.index_sets.items():
            part.sets.setdefault(write(index), write.index_set(index_set))
        for key, index_set in givens.value_sets.items():
            self.value_sets.setdefault(write(key), write.index_set(index_set))
        for definition in givens.definitions:
            self.definitions.setdefault(write(definition.args[0]), write(definition))
        self._list("facts", map(write, givens.facts))
        for name in SETS:
            self._list(name, sorted(map(write, getattr(givens, name))))
        self._list("exclusive", (f"({', '.join(map(write, events))},)" for events in givens.exclusive))
        for statement in givens.independence:
            self.names.ours.add("Independence")
            sides = ", ".join(
                f"({', '.join(map(write, side))},)" for side in (statement.events, statement.given) if side
            )
            self._list("independence", [f"Independence({sides})"])
        if givens.model is not None:
            source = self._model(givens.model)
            self.models[source] = self.models.get(source, 0) + 1

    def _list(self, name: str, sources: Any) -> None:
        self.lists.setdefault(name, {}).update(dict.fromkeys(sources))

    def _model(self, model: Any) -> str:
        write = self.write
        self.names.ours |= {"Model", "Variable"}
        variables = []
        for each in model.variables:
            domain = [write.index_set(each.domain)] if each.domain is not None else []
            variables.append(f"Variable({', '.join([write(each.variable), write(each.value), *domain])})")
        rows = [f"variables=({', '.join(variables)},)"]
        if model.factors:
            rows.append(f"factors=({', '.join(map(write, model.factors))},)")
        if model.samples is not None:
            rows.append(f"samples={write.index_set(model.samples)}")
        return f"Model({', '.join(rows)})"

    # --- writing

    def result(self) -> Converted:
        shared = _shared(self.parts)
        givens = _rows_of_givens(shared, self)
        body = "\n".join(line for part in self.parts for line in self._part(part, shared))
        text = file_text(self.name, self.title, str(self.path), self.names, givens, body, self.lost)
        steps = sum(isinstance(row, _Step) for part in self.parts for row in part.rows)
        return Converted(text, steps, tuple(self.lost))

    def _part(self, part: _Part, shared: dict[str, str]) -> Iterator[str]:
        variable = f"part_{re.sub(r'[^0-9A-Za-z]+', '_', part.name)}"
        own = {index: source for index, source in part.sets.items() if shared.get(index) != source}
        more = f", index_sets={{{', '.join(f'{index}: {source}' for index, source in own.items())}}}" if own else ""
        yield f"\n\n{variable} = derivation.part({quoted(part.name)}, {quoted(part.title)}{more})"
        line: str | None = None
        for row in part.rows:
            if isinstance(row, str):
                yield f"# {row}"
                continue
            if row.lhs != line:
                yield f"\n{variable}.start({row.lhs})"
            extra = f", using=[{', '.join(row.using)}]" if row.using else ""
            by = f', by="{row.line.rule}"' if row.line.rule else ""
            yield f"{variable}.{_METHODS[row.relation]}({row.rhs}{extra}{by})  # line {row.line.place.line}"
            line = row.rhs


def _require_known(found: Read) -> None:
    """Raises NoForm where what is read has quantities of which no theory knows what they are."""
    if found.abstracted:
        raise NoForm(" and ".join(found.abstracted))


def _proportion(line: Line) -> tuple[Transition, Givens]:
    statement: Any = line.statement
    found = read(line.scope, [statement.left, statement.right])
    return Transition(line.number, r"\propto", found.trees[0], found.trees[1], rule=line.rule), found.givens


def _part_name(title: str, number: int, parts: Sequence[_Part]) -> str:
    """The name of a part, short: a heading that begins with (a), a) or a. is part a; else letters in order."""
    match = re.match(r"\(?([A-Za-z]|\d{1,2})[).:]", title.strip())
    name = match[1] if match else chr(ord("a") + len(parts)) if len(parts) < 26 else f"p{number + 1}"
    taken = {part.name for part in parts}
    return name if name not in taken else f"{name}{number + 1}"


def _shared(parts: Sequence[_Part]) -> dict[str, str]:
    """The index sets of the file: of each index the first that a part has."""
    shared: dict[str, str] = {}
    for part in parts:
        for index, source in part.sets.items():
            shared.setdefault(index, source)
    return shared


def _rows_of_givens(shared: dict[str, str], conversion: _Conversion) -> list[str]:
    rows = []
    for name, sets in (("index_sets", shared), ("value_sets", conversion.value_sets)):
        if sets:
            rows.append(f"{name}={{{', '.join(f'{key}: {source}' for key, source in sets.items())}}}")
    if conversion.models:
        rows.append(f"model={max(conversion.models, key=lambda source: (len(source), source))}")
    if conversion.definitions:
        rows.append(f"definitions=({', '.join(conversion.definitions.values())},)")
    for name, sources in conversion.lists.items():
        if sources:
            listed = ", ".join(sources)
            rows.append(f"{name}=frozenset({{{listed}}})" if name in SETS else f"{name}=({listed},)")
    return rows
