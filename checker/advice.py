"""What an exception of a derivation file means: Python and SymPy name the object, an author needs the line to write."""

from __future__ import annotations

import re

from checker.catalogue import near

_ADVICE = (
    (r"'Symbol' object is not subscriptable", "a symbol has no index; declare the family as IndexedBase"),
    (r"'IndexedBase' object is not callable", "a family takes its index in square brackets, as in x[n]"),
    (r"cannot determine truth value of Relational",
     "Python asks whether a relation is true, as in 0 < p < 1; give each relation on its own: p > 0, p < 1"),
    (r"'Symbol' object cannot be interpreted as an integer", "a sum over n = 1..N is Sum(x[n], (n, 1, N))"),
    (r"Cannot convert expression to float", "functions of formulas come from sympy: from sympy import log, exp"),
    (r"Invalid limits given|requires values for lower and upper bounds",
     "the index and its bounds stand in brackets, as in Sum(x[n], (n, 1, N))"),
    (r"SympifyError", "a line is an expression of symbols, and no text"),
    (r"'(Equality|Relational|Unequality|\w+Than)' object is not iterable", "using=[…] takes a list of relations"),
)  # fmt: skip


def advice(error: Exception) -> str:
    """What would be right; "" where that is not known, or the message says it."""
    if isinstance(error, AttributeError) and error.name:
        return near(error.name, [name for name in dir(error.obj) if not name.startswith("_")])
    message = f"{type(error).__name__}: {error}"
    return next((what for pattern, what in _ADVICE if re.search(pattern, message)), "")
