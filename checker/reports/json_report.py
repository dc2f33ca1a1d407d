"""The record as JSON (the contract that other programs read)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from checker.record import DerivationRecord, as_json


def write(derivations: Iterable[DerivationRecord], seconds: float, stream: TextIO, *, explain: bool = False) -> None:
    """One JSON object, in characters that every stream can carry. The contract has no more to say with `explain`."""
    json.dump(as_json(derivations, seconds), stream, indent=1)
    stream.write("\n")
