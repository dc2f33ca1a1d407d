"""What is known of wrong steps, a line of JSON each in a file that a run goes on with, and the table of it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.soundness.wrong import CONDITIONAL, TOO_SLOW

ACCEPTED = ("proved", "supported")
VERDICTS = ("refuted", "undecided", TOO_SLOW, "crashed", CONDITIONAL, *ACCEPTED)


@dataclass(frozen=True)
class Entry:
    """A wrong step: of which true step, by which slip, and what is said of it."""

    source: str
    kind: str
    verdict: str
    key: str
    claim: str = ""
    why: str = ""


@dataclass(frozen=True)
class Failure:
    """Where no wrong step could be made."""

    source: str
    failure: str


class Ledger:
    """The entries of a file, or of this run alone where there is none."""

    def __init__(self, file: Path | None) -> None:
        self.entries = Counter[tuple[str, str]]()
        self.kinds, self.made = Counter[str](), Counter[str]()
        self.keys: dict[str, set[str]] = defaultdict(set)
        self.failures, self.late = Counter[str](), Counter[str]()
        self._known = set[str]()
        for entry in _entries(file) if file is not None and file.exists() else ():
            self._count(entry)
        self._file = file

    def __len__(self) -> int:
        return sum(self.made.values())

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def add(self, entry: Entry | Failure) -> None:
        self._count(entry)
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")

    def _count(self, entry: Entry | Failure) -> None:
        if isinstance(entry, Failure):
            self.failures[entry.source] += 1
            return
        if entry.key in self._known:
            return
        self.entries[entry.kind, entry.verdict] += 1
        self.kinds[entry.kind] += 1
        self.made[entry.source] += 1
        self.late[entry.source] += entry.verdict == TOO_SLOW
        self.keys[entry.source].add(entry.key)
        self._known.add(entry.key)

    def table(self) -> str:
        """Counts by kind and verdict, and the largest shares."""
        width = max(map(len, VERDICTS)) + 2
        lines = [f"{'kind':32}" + "".join(f"{name:>{width}}" for name in VERDICTS)]
        for kind, _ in self.kinds.most_common():
            lines.append(f"{kind:32}" + "".join(f"{self.entries[kind, name]:{width}}" for name in VERDICTS))
        sums = {name: sum(n for (_, given), n in self.entries.items() if given == name) for name in VERDICTS}
        lines.append(f"{'all':32}" + "".join(f"{number:{width}}" for number in sums.values()))
        total = len(self)
        if total:
            lines.append(
                f"{total} wrong steps of {len(self.made)} steps; refuted {100 * sums['refuted'] / total:.2f} %"
            )
            (kind, most), (source, largest) = self.kinds.most_common(1)[0], self.made.most_common(1)[0]
            lines.append(f"most of one kind {100 * most / total:.1f} % ({kind})")
            lines.append(f"most of one step {100 * largest / total:.1f} % ({source})")
        if self.failures:
            lines.append(f"{sum(self.failures.values())} times making them failed, in {len(self.failures)} steps")
        return "\n".join(lines)

    @property
    def accepted(self) -> int:
        """How many wrong steps are proved or supported."""
        return sum(n for (_, given), n in self.entries.items() if given in ACCEPTED)


def _entries(file: Path) -> Iterator[Entry | Failure]:
    """What stands in the file; a last line that was not finished is left out."""
    for line in file.read_text(encoding="utf-8").split("\n"):
        if line.endswith("}"):
            row = json.loads(line)
            yield Failure(**row) if "failure" in row else Entry(**row)
