"""Imported once by the process that workers are forked from, so that a new worker costs milliseconds.

A fifth of importing SymPy is garbage collection that finds nothing; and what is frozen is not copied by a fork.
"""

import gc

gc.disable()
import checker.worker  # noqa: E402, F401

gc.freeze()
gc.enable()
