"""Functions of which nothing is said: equal arguments have equal values.

    f(a) = f(b)   when a = b;  real, and positive where the function is declared so

They are defined everywhere. Nothing is known of their derivatives but that they vanish where no argument depends on the
variable.
"""

from __future__ import annotations

from typing import Any

from sympy import Basic, Function
from sympy.core.function import AppliedUndef

from checker.kernel import dispatch
from checker.kernel.context import FIELD, Context
from checker.kernel.dispatch import builder, form_of, head, printer
from checker.kernel.form import Atom, Form, of

POSITIVE, REAL = "positive", "real"


@head(FIELD, AppliedUndef)
def _(ctx: Context, expression: AppliedUndef) -> Form:
    sign = POSITIVE if expression.is_positive else REAL
    arguments = tuple(form_of(ctx, argument) for argument in expression.args)
    return _value((expression.func.__name__, sign, arguments))


@builder("call")
def _(ctx: Context, args: tuple[Any, ...]) -> Form:
    return _value(args)


def _value(args: tuple[Any, ...]) -> Form:
    return of(Atom("call", args, positive=args[1] == POSITIVE, real=True))


@printer("call")
def _(ctx: Context, atom: Atom) -> Basic:
    name, sign, arguments = atom.args
    function = Function(name, **{sign: True})
    return function(*(dispatch.to_sympy(ctx, each) for each in arguments))
