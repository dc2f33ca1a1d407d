"""For notebooks: `%load_ext checker.notebook`, then `%%derivation` above a cell of Markdown checks it.

IPython calls `load_ipython_extension`; nothing of it is imported here.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any, Protocol

from checker.api import Result, verify


class Shell(Protocol):
    """What is needed of IPython's shell."""

    def register_magic_function(self, func: Any, magic_kind: str = ..., magic_name: str | None = ...) -> None:
        """Make a function available under a name in cells."""
        ...


def load_ipython_extension(shell: Shell) -> None:
    """Register the cell magic; IPython calls this for %load_ext checker.notebook."""
    shell.register_magic_function(derivation, magic_kind="cell", magic_name="derivation")


def derivation(line: str, cell: str) -> Result:
    """Check a cell of Markdown. The words behind the magic are its title. Raises ValueError where it cannot be read."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cell.md"
        file.write_text(f"{cell}\n", encoding="utf-8")
        found = verify(file)
    record = found.record
    named = type(record)("cell", line.strip() or record.title, "", record.parts, record.unreadable, text=True)
    return Result(named, time.perf_counter() - start)
