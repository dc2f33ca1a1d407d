"""Why a value is missing: three reasons that are never confused.

Undefined   the expression has no value at this instance (a zero denominator, log 0)
Uncertain   the balls are too wide to tell; a higher precision may help
Refused     the evaluator does not know the construct, or the work would be too much
"""

from __future__ import annotations


class Undefined(Exception):
    """No value here."""


class ZeroDenominator(Undefined):
    """No value here, since something is divided by zero."""


class NotReal(Undefined):
    """The value is not real, where only real values count."""


class Uncertain(Exception):
    """Not decided at this precision."""


class Refused(Exception):
    """Not known, or too much work; the message says which construct."""


class TooLarge(Refused):
    """A number that is too large to go on with."""
