"""What is remembered of other answers changes nothing of what is found of one."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import _lru_cache_wrapper
from typing import Any

import pytest

from checker.kernel import setup
from checker.reading import session
from checker.reading.lines import givens
from tests.bench.grading import variants
from tests.grading.answered import ANSWERS, text_marked

TRIED = 3
"""Of each answer, so many variants: with other letters, and every second one with a slip."""
NAMES = ("letters.md", "scaled.tex")


def forget() -> None:
    """Empty what the checker remembers of claims, texts and answers; its tables stay."""
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and str(each.__module__).startswith("checker."):
            each.cache_clear()
    for known in (setup._RECENT, session._KEPT, givens._RECENT):
        known.clear()


def found(text: str, suffix: str) -> dict[str, Any]:
    """What is found of an answer, without the times that it took."""
    parts = text_marked(text, suffix)
    return {
        name: replace(part, steps=tuple(replace(s, record=replace(s.record, seconds=0)) for s in part.steps))
        for name, part in parts.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_after_others_is_judged_as_it_is_alone(name: str) -> None:
    files = sorted(file.name for file in ANSWERS.iterdir())
    texts = [text for _, text in variants(ANSWERS, len(files) * TRIED)][files.index(name) :: len(files)]
    suffix = name.rpartition(".")[2]
    forget()
    together = [found(text, suffix) for text in texts]
    alone = []
    for text in texts:
        forget()
        alone.append(found(text, suffix))
    assert together == alone
    assert len({str(each) for each in alone}) > 1
