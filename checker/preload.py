"""Imported once by the process that workers are forked from, so that a new worker costs milliseconds.

A fifth of importing SymPy is garbage collection that finds nothing; and what is frozen is not copied by a fork. In a
worker a tenth of the time went to collections: expressions and forms live long, and few of them are garbage in cycles.
"""

import gc
import os

os.environ.setdefault("SYMPY_CACHE_SIZE", "20000")  # SymPy's 1000 are fewer than the expressions of one answer

gc.disable()
import checker.worker  # noqa: E402

checker.worker.alone()

COLLECT_AFTER = 50_000
"""Containers that may be new before garbage is looked for; Python's 700 are for programs with small data."""

gc.freeze()
gc.set_threshold(COLLECT_AFTER, 20, 20)
gc.enable()
