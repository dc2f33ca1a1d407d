"""The record as JUnit's XML, which build servers show: a suite for each part, a test case for each step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checker.record import DerivationRecord, PartRecord, Step
from checker.reports import words
from checker.reports.writing import write_references
from checker.visible import one_line, visible

LONGEST_NAME = 120


def write(derivations: Iterable[DerivationRecord], seconds: float, stream: TextIO, *, explain: bool = False) -> None:
    """A refuted step is a failure, an undecided or unreadable one is skipped; with `explain` reasons are output."""
    root = Element("testsuites", name="checker", time=f"{seconds:.3f}")
    for derivation in derivations:
        for part in derivation.parts:
            if not words.silent(derivation, part):
                _suite(root, derivation, part, explain)
        if derivation.unreadable:
            _unreadable(root, derivation)
    _count(root, list(root.iter("testcase")))
    indent(root)
    text = tostring(root, encoding="unicode")
    write_references(f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n', stream)


def _suite(root: Element, derivation: DerivationRecord, part: PartRecord, explain: bool) -> None:
    name = one_line(f"{derivation.name}.{part.name}" if part.name else derivation.name)
    time = sum(step.record.seconds for step in part.steps)
    suite = SubElement(root, "testsuite", name=name, file=one_line(derivation.source), time=f"{time:.6f}")
    _properties(suite, part)
    for step in part.steps:
        case = SubElement(suite, "testcase", classname=name, name=_name(step), file=one_line(derivation.source))
        if derivation.source and step.record.source_line:
            case.set("line", str(step.record.source_line))
        case.set("time", f"{step.record.seconds:.6f}")
        _result(case, derivation, step, explain)
    _count(suite, suite.findall("testcase"))


def _properties(suite: Element, part: PartRecord) -> None:
    """The marks of a part that is marked, and why a person has to look."""
    marked = part.marked
    if marked is None:
        return
    found = [("marks", words.marks(marked.marks)), ("max_marks", words.marks(marked.max_marks))]
    found += [("needs a person", one_line(reason)) for reason in marked.person]
    properties = SubElement(suite, "properties")
    for name, value in found:
        SubElement(properties, "property", name=name, value=value)


def _unreadable(root: Element, derivation: DerivationRecord) -> None:
    """A suite with one error, for what could not be loaded or read at all."""
    name, source = one_line(derivation.name), one_line(derivation.source)
    suite = SubElement(root, "testsuite", name=name, file=source, time="0")
    case = SubElement(suite, "testcase", classname=name, name="reading", file=source, time="0")
    SubElement(case, "error", type="unreadable", message="it could not be read; standard error says why")
    _count(suite, [case])


def _name(step: Step) -> str:
    record = step.record
    statement = f"{record.lhs} {record.relation} {record.rhs}" if record.rhs else record.lhs
    name = one_line(f"step {record.number}: {statement}")
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _result(case: Element, derivation: DerivationRecord, step: Step, explain: bool) -> None:
    record = step.record
    if record.verdict == "refuted":
        witness = words.counterexample(record)
        failure = SubElement(case, "failure", type="refuted", message=one_line(witness or record.message))
        failure.text = visible("\n".join(filter(None, _failure(derivation, step, witness))))
    elif record.verdict in ("undecided", "unreadable"):
        SubElement(case, "skipped", message=one_line(f"{record.verdict}: {record.message}"))
    elif explain or record.message:
        lines = [record.message, *(f"{label}: {value}" for label, value in words.evidence(step) if explain)]
        SubElement(case, "system-out").text = visible("\n".join(filter(None, lines)))


def _failure(derivation: DerivationRecord, step: Step, witness: str) -> list[str]:
    record, understood = step.record, step.shown.understood
    return [
        words.place(derivation, record),
        f"{record.lhs} {record.relation} {record.rhs}",
        witness,
        f"hint: {record.hint}" if record.hint else "",
        record.message,
        f"read as: {understood}" if understood else "",
    ]


def _count(element: Element, cases: list[Element]) -> None:
    element.set("tests", str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
