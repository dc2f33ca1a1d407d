"""Trigonometric and hyperbolic functions, as exponentials.

    cos x = (e^{ix} + e^{−ix})/2,  sin x = (e^{ix} − e^{−ix})/(2i),  cosh and sinh likewise without i
    tan = sin/cos, and so on, under the condition that the denominator is not zero

so that sums, multiples and halves of angles are laws of exponentials.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import fmpq
from sympy import Function, acos, asin, atan, cos, cosh, cot, coth, csc, csch, sec, sech, sin, sinh, tan, tanh

from checker.kernel import dispatch
from checker.kernel.context import TRIGONOMETRY, Context, current
from checker.kernel.dispatch import form_of, head, power
from checker.kernel.explog import I, exp_of, root
from checker.kernel.field import PI, inverse, require_nonzero
from checker.kernel.form import LAWS, ONE, Atom, Form, Mono, OutsideTheories, combined, of
from checker.kernel.positivity import real

HALF = fmpq(1, 2)


def _even(angle: Form) -> Form:
    return (exp_of(angle) + exp_of(-angle)).scale(HALF)


def _odd(angle: Form) -> Form:
    return (exp_of(angle) - exp_of(-angle)).scale(HALF)


def _circular(angle: Form) -> tuple[Form, Form]:
    turned = of(I) * angle
    return _odd(turned) * -of(I), _even(turned)


def _hyperbolic(angle: Form) -> tuple[Form, Form]:
    return _odd(angle), _even(angle)


SINE_COSINE = {sin: _circular, cos: _circular, tan: _circular, cot: _circular, sec: _circular, csc: _circular,
               sinh: _hyperbolic, cosh: _hyperbolic, tanh: _hyperbolic, coth: _hyperbolic, sech: _hyperbolic,
               csch: _hyperbolic}  # fmt: skip
"""function -> (sine-like, cosine-like) of an angle."""

QUOTIENTS = {tan: (0, 1), cot: (1, 0), sec: (None, 1), csc: (None, 0),
             tanh: (0, 1), coth: (1, 0), sech: (None, 1), csch: (None, 0)}  # fmt: skip
"""function -> (numerator, denominator), as positions in (sine, cosine)."""

WRITTEN = {_circular: (sin, cos), _hyperbolic: (sinh, cosh)}


@head(TRIGONOMETRY, *SINE_COSINE)
def _(ctx: Context, expression: Function) -> Form:
    function = type(expression)
    pair = SINE_COSINE[function](form_of(ctx, expression.args[0]))
    if function in QUOTIENTS:
        above, below = QUOTIENTS[function]
        require_nonzero(ctx, pair[below], WRITTEN[SINE_COSINE[function]][below](expression.args[0], evaluate=False))
        return (ONE if above is None else pair[above]) * inverse(pair[below])
    return pair[0] if function in (sin, sinh) else pair[1]


INVERSES = {"atan": atan, "asin": asin, "acos": acos}


@head(TRIGONOMETRY, atan, asin, acos)
def _(ctx: Context, expression: Function) -> Form:
    return _inverse_function(type(expression).__name__, form_of(ctx, expression.args[0]))


def _inverse_function(name: str, inside: Form) -> Form:
    if not real(inside):
        raise OutsideTheories(f"{name} of what may not be real")
    if not inside:
        if name == "acos":
            raise OutsideTheories("acos(0); write π/2")
        return inside
    if name == "atan" and inside in (ONE, -ONE):
        return of(PI).scale(inside.number / 4)
    return of(Atom(name, (inside,), real=name == "atan"))


def _turned_by_inverse(mono: Mono) -> Form | None:
    """e^{i atan x} = (1 + ix)/√(1 + x²), e^{i asin x} = √(1 − x²) + ix, e^{i acos x} = x + i√(1 − x²)."""
    for position, (atom, exponent) in enumerate(mono):
        inside = next(iter(atom.args[0].terms)) if atom.head == "exp" and atom.combines else ()
        names = {a.head: a for a, e in inside if e == 1}
        if len(inside) != 2 or "i" not in names or not isinstance(exponent, int):
            continue
        for name, turned in TURNED.items():
            if name in names:
                rest = combined(mono[:position] + mono[position + 1 :])
                return rest * power(current(), turned(names[name].args[0]), exponent)
    return None


TURNED: dict[str, Callable[[Form], Form]] = {
    "atan": lambda x: (ONE + of(I) * x) * root(ONE + x * x, Fraction(-1, 2)),
    "asin": lambda x: root(ONE - x * x, Fraction(1, 2)) + of(I) * x,
    "acos": lambda x: x + of(I) * root(ONE - x * x, Fraction(1, 2)),
}
LAWS.append(_turned_by_inverse)


def _register(name: str) -> None:
    @dispatch.builder(name)
    def _(ctx: Context, args: tuple[Form]) -> Form:
        return _inverse_function(name, args[0])

    @dispatch.printer(name)
    def _(ctx: Context, atom: Atom) -> Function:
        return INVERSES[name](dispatch.to_sympy(ctx, atom.args[0]), evaluate=False)

    @dispatch.deriver(name)
    def _(ctx: Context, atom: Atom, derive: dispatch.Derivation) -> Form:
        inside = atom.args[0]
        slope = inverse(ONE + inside * inside) if name == "atan" else root(ONE - inside * inside, Fraction(-1, 2))
        return derive(inside) * (-slope if name == "acos" else slope)


for _name in INVERSES:
    _register(_name)
