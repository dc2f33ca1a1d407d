"""The pytest plugin: each step of a derivation, or of a document, is a test.

    pytest derivations/             the files in a folder that is named itself
    pytest derivations/q2.py        a file that is named, also notes.md, paper.tex, homework.ipynb

Only what the command line names is collected, so that a README is no derivation. A step that is refuted or undecided
fails; one that only assumes is skipped. Imports nothing of the checker until there is something to collect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from checker.record import Claim, DerivationRecord, Outline, Step
    from checker.run import Run, TextRequest

_DOCUMENTS = (".md", ".markdown", ".tex", ".ipynb")
_HOLDS_ONE = re.compile(r"^\w+\s*=\s*(?:\w+\.)?Derivation\(", re.MULTILINE)
_RUN = pytest.StashKey["_Running"]()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A collector of steps for a derivation's file, or a document that was named."""
    named = parent.session.isinitpath(file_path)
    if file_path.suffix.lower() in _DOCUMENTS and named:
        return _DocumentFile.from_parent(parent, path=file_path)
    if (
        file_path.suffix == ".py"
        and (named or parent.session.isinitpath(file_path.parent))
        and _is_derivation(file_path)
    ):
        return _DerivationFile.from_parent(parent, path=file_path)
    return None


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the worker process."""
    running = config.stash.get(_RUN, None)
    if running is not None:
        running.stack.close()


def _is_derivation(file: Path) -> bool:
    """Whether the text declares a derivation at its top; nothing is executed to find out."""
    if file.stem.startswith(("_", "test_")) or file.stem == "conftest":
        return False
    try:
        return bool(_HOLDS_ONE.search(file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return False


class _Running:
    """The run of this session, and what its worker process needs to be closed."""

    def __init__(self) -> None:
        from checker.run import Options, Run
        from checker.work import started

        self.said: list[str] = []
        self.stack = ExitStack()
        caller = self.stack.enter_context(started("checker.preload", self.said.append))
        self.run: Run = Run(caller, Options(10.0), self.said.append, self.said.append)


def _running(config: pytest.Config) -> _Running:
    if _RUN not in config.stash:
        config.stash[_RUN] = _Running()
    return config.stash[_RUN]


class StepFailed(Exception):
    """A step that does not hold, or is not decided; the message says why."""


class _File(pytest.File):
    """A file whose parts hold steps."""

    def collect(self) -> Iterator[pytest.Collector]:
        outline = self.outline()
        if outline.problems and not outline.parts:
            raise self.CollectError("\n".join(outline.problems))
        names: dict[str, int] = {}
        for place, part in enumerate(outline.parts):
            name = part.name or part.title or "steps"
            names[name] = names.get(name, 0) + 1
            shown = name if names[name] == 1 else f"{name}-{names[name]}"
            if part.claims:
                yield _Part.from_parent(self, name=shown, place=place, claims=part.claims)

    def outline(self) -> Outline:
        raise NotImplementedError

    def step(self, place: int, claim: Claim) -> Step:
        """What is found of a claim of the part at that place."""
        raise NotImplementedError


class _DerivationFile(_File):
    """A derivation: each step is decided for itself."""

    def outline(self) -> Outline:
        self._outline = _running(self.config).run.outline(self.path)
        return self._outline

    def step(self, place: int, claim: Claim) -> Step:
        from checker.run import Request

        request = Request(self.path.stem, self.path, frozenset({self._outline.parts[place].name}), claim.number)
        (part,) = _running(self.config).run.check(request).parts
        return part.steps[0]


class _DocumentFile(_File):
    """A document: a step may rest on those before it, so that the first test checks them all."""

    _record: DerivationRecord | None = None

    def _request(self) -> TextRequest:
        from checker.run import TextRequest
        from checker.subject import Subject

        return TextRequest(self.path.stem, str(self.path), Subject("document", self.path))

    def outline(self) -> Outline:
        return _running(self.config).run.read(self._request())

    def step(self, place: int, claim: Claim) -> Step:
        if self._record is None:
            self._record = _running(self.config).run.check_text(self._request())
        return next(step for step in self._record.parts[place].steps if step.record.number == claim.number)


class _Part(pytest.Collector):
    """A part, or a heading of a document."""

    def __init__(self, *, place: int, claims: tuple[Claim, ...], **more: Any) -> None:
        super().__init__(**more)
        self.place, self.claims = place, claims

    def collect(self) -> Iterator[pytest.Item]:
        for claim in self.claims:
            yield _StepItem.from_parent(self, name=str(claim.number), claim=claim)


class _StepItem(pytest.Item):
    """One transition."""

    def __init__(self, *, claim: Claim, **more: Any) -> None:
        super().__init__(**more)
        self.claim = claim

    @property
    def obj(self) -> Any:
        """What the test is of, as other plugins ask for it: the call that checks the step."""
        return self.runtest

    def runtest(self) -> None:
        part = self.parent
        assert isinstance(part, _Part)
        file = part.parent
        assert isinstance(file, _File)
        step = file.step(part.place, self.claim)
        if step.record.verdict == "assumed":
            pytest.skip(f"assumed: {step.record.message or 'nothing to check'}")
        if step.record.verdict not in ("proved", "supported"):
            raise StepFailed(_said(step))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, StepFailed):
            return f"{self.path}:{self.claim.source_line}: {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        part = self.parent.name if self.parent is not None else ""
        return self.path, max(self.claim.source_line - 1, 0), f"{self.path.stem}.{part}.{self.claim.number}"


def _said(step: Step) -> str:
    from checker.reports import words
    from checker.visible import visible

    record, shown = step.record, step.shown
    relation = words.RELATIONS.get(record.relation, record.relation)
    lines = [
        record.verdict,
        f"    {shown.lhs}",
        f"  {relation} {shown.rhs}",
        words.counterexample(record),
        f"hint: {record.hint}" if record.hint else "",
        record.message,
        f"read as: {shown.understood}" if shown.understood else "",
    ]
    return visible("\n".join(filter(None, lines)))
