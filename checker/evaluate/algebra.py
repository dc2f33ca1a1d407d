"""Numbers, names, sums of terms, products, powers and functions."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import sympy
from flint import fmpq
from sympy import Indexed, Symbol
from sympy.core import numbers
from sympy.core.function import AppliedUndef

from checker.evaluate import functions
from checker.evaluate.arithmetic import ONE, ZERO, Number, integer, trimmed
from checker.evaluate.compiling import BUILDERS, Closure, Compiled, Compiler, builds
from checker.evaluate.errors import Refused, Undefined
from checker.evaluate.functions import BRANCHING, CONSTANTS, FUNCTIONS, integer_power, power
from checker.evaluate.names import Key, symbol_name
from checker.evaluate.randomness import stream
from checker.evaluate.state import State

MAX_DIGITS = 10_000


@builds(numbers.Integer, numbers.Rational, numbers.Zero, numbers.One, numbers.NegativeOne, numbers.Half)
def rational(compiler: Compiler, expression: Any) -> Closure:
    if expression.p.bit_length() + expression.q.bit_length() > 4 * MAX_DIGITS:
        raise Refused(f"a number of more than {MAX_DIGITS} digits")
    value = fmpq(expression.p, expression.q)
    compiler.text.append(f"{expression.p}/{expression.q}" if expression.p.bit_length() < 4000 else "big")
    compiler.constants[value] = None
    return lambda e: value


@builds(numbers.Float)
def floating(compiler: Compiler, expression: Any) -> Closure:
    exact = sympy.Rational(str(expression))
    raise Refused(f"the rounded number {expression}; write {exact} for an exact one")


@builds(*(type(constant) for constant in CONSTANTS))
def constant(compiler: Compiler, expression: Any) -> Closure:
    value = CONSTANTS[expression]
    return lambda e: value()


@builds(numbers.NaN, numbers.ComplexInfinity)
def no_value(compiler: Compiler, expression: Any) -> Closure:
    def run(e: State) -> Number:
        raise Undefined

    return run


@builds(numbers.Infinity, numbers.NegativeInfinity)
def infinity(compiler: Compiler, expression: Any) -> Closure:
    raise Refused("infinity is not a number")


@builds(Symbol, sympy.Dummy)
def symbol(compiler: Compiler, expression: Any) -> Closure:
    name = symbol_name(expression)
    if name in compiler.scope:
        slot = compiler.scope[name]
        compiler.text.append(f"#{slot}")
        if slot is None:
            return lambda e: e.locals[name]
        return lambda e: integer(e.slots[slot])
    if (name, 0) in compiler.definitions:
        return _defined_symbol(name, compiler.definition((name, 0)))
    compiler.use(expression, name)
    return scalar(name)


def scalar(key: Key) -> Closure:
    """The value of a base name."""

    def run(e: State) -> Number:
        if e.watched:
            return e.read(key)
        value = e.values.get(key)
        return e.read(key) if value is None else value

    return run


def _defined_symbol(name: str, compiled: Compiled) -> Closure:
    body, weight = compiled.run, compiled.weight

    def run(e: State) -> Number:
        return defined_value(e, name, body, weight)

    return run


def defined_value(e: State, key: Key, body: Closure, weight: int) -> Number:
    """The value of a defined name; moved itself where a derivative is by it."""
    if not e.watched:
        value = e.memo.get(key)
        if value is None:
            e.budget.spend(weight)
            value = e.memo[key] = body(e)
        return value
    e.budget.spend(weight)
    value = body(e)
    return e.perturbed(key, value) if key in e.moved else value


@builds(Indexed)
def entry(compiler: Compiler, expression: Any) -> Closure:
    base, indices = expression.args[0], expression.args[1:]
    if not isinstance(base, sympy.IndexedBase):
        raise Refused(f"no numeric value for {type(base).__name__} with an index")
    name = compiler.use_family(base)
    for position, index in enumerate(indices):
        here, place = ("position", name, len(indices), position), compiler.place(index)
        if place is not None:
            compiler.usage.join(here, place)
        elif index.is_Integer:
            compiler.usage.note_number(here, int(index))
    closures = [compiler.index(index) for index in indices]
    if base in compiler.givens.symmetric and len(indices) > 1 and (name, len(indices)) not in compiler.definitions:
        return _entry_of_symmetric(name, closures)
    if (name, len(indices)) in compiler.definitions:
        return _defined_entry(name, closures, compiler.definition((name, len(indices))))
    if name in compiler.sampled:
        return lambda e: e.read((name, *e.sample, *[index(e) for index in closures]))
    if len(closures) == 1:
        return _entry_of_one(name, closures[0])
    return _entry_of_many(name, closures)


def _entry_of_one(name: str, index: Any) -> Closure:
    def run(e: State) -> Number:
        key = (name, index(e))
        if e.watched:
            return e.read(key)
        value = e.values.get(key)
        return e.read(key) if value is None else value

    return run


def _entry_of_symmetric(name: str, indices: list[Any]) -> Closure:
    """A member of a family whose last two indices may change places."""
    *leading, first, second = indices

    def run(e: State) -> Number:
        return e.read((name, *[index(e) for index in leading], *sorted((first(e), second(e)))))

    return run


def _entry_of_many(name: str, indices: list[Any]) -> Closure:
    if len(indices) == 2:
        first, second = indices

        def pair(e: State) -> Number:
            return e.read((name, first(e), second(e)))

        return pair

    def run(e: State) -> Number:
        return e.read((name, *[index(e) for index in indices]))

    return run


def _defined_entry(name: str, indices: list[Any], compiled: Compiled) -> Closure:
    def run(e: State) -> Number:
        key = (name, *[index(e) for index in indices])
        for slot, value in zip(compiled.slots, key[1:], strict=True):
            e.slots[slot] = value
        return defined_value(e, key, compiled.run, compiled.weight)

    return run


@builds(sympy.Add)
def addition(compiler: Compiler, expression: Any) -> Closure:
    terms = compiler.numbers(expression.args)
    if len(terms) == 2:
        first, second = terms
        return lambda e: first(e) + second(e)

    def run(e: State) -> Number:
        total = terms[0](e)
        for term in terms[1:]:
            total = total + term(e)
        return total

    return run


@builds(sympy.Mul)
def multiplication(compiler: Compiler, expression: Any) -> Closure:
    factors = compiler.numbers(expression.args)
    if len(factors) == 2:
        first, second = factors
        return lambda e: first(e) * second(e)

    def run(e: State) -> Number:
        total = factors[0](e)
        for factor in factors[1:]:
            total = trimmed(total * factor(e))
        return total

    return run


@builds(sympy.Pow)
def exponentiation(compiler: Compiler, expression: Any) -> Closure:
    base, exponent = expression.args
    if base is sympy.E:
        return apply_function(compiler, sympy.exp, exponent)
    run = compiler.number(base)
    if exponent.is_Integer and abs(exponent.p) < 2**60:
        count = int(exponent.p)
        compiler.text.append(str(count))
        return lambda e: integer_power(run(e), count)
    compiler.branching = True
    power_of = compiler.number(exponent)
    return lambda e: power(run(e), power_of(e), e.real_only)


def apply_function(compiler: Compiler, head: Any, argument: Any) -> Closure:
    compiler.branching = compiler.branching or head in BRANCHING
    function, run = FUNCTIONS[head], compiler.number(argument)
    if head in (sympy.Abs, sympy.sign):
        run = _turning(compiler, run, lambda e: ZERO)
    return lambda e: function(run(e), e.real_only)


def _turning(compiler: Compiler, left: Closure, right: Closure) -> Closure:
    """The left side, where the value is given by another formula beyond the point at which it meets the right side."""
    number = compiler.compared(left, right)

    def run(e: State) -> Number:
        if e.observer is not None:
            e.observer(number, None, e)
        return left(e)

    return run


def one_argument(compiler: Compiler, expression: Any) -> Closure:
    if len(expression.args) != 1:
        raise Refused(f"{type(expression).__name__} of {len(expression.args)} arguments")
    return apply_function(compiler, type(expression), expression.args[0])


for _head in FUNCTIONS:
    BUILDERS[_head] = one_argument


@builds(sympy.log)
def logarithm(compiler: Compiler, expression: Any) -> Closure:
    top = apply_function(compiler, sympy.log, expression.args[0])
    if len(expression.args) == 1:
        return top
    base = apply_function(compiler, sympy.log, expression.args[1])
    return lambda e: top(e) * functions.reciprocal(base(e))


@builds(sympy.binomial)
def binomial(compiler: Compiler, expression: Any) -> Closure:
    n, k = compiler.numbers(expression.args)
    return lambda e: functions.binomial(n(e), k(e), e.real_only)


@builds(sympy.Max, sympy.Min)
def extreme(compiler: Compiler, expression: Any) -> Closure:
    compiler.branching = True
    closures = compiler.numbers(expression.args)
    closures[1:] = [_turning(compiler, after, before) for before, after in pairwise(closures)]
    way = 1 if isinstance(expression, sympy.Max) else -1
    return lambda e: functions.largest([run(e) for run in closures], way)


@builds(AppliedUndef)
def unknown_function(compiler: Compiler, expression: Any) -> Closure:
    """An undefined function: a positive smooth one, the same for the same arguments; or its definition."""
    name = str(expression.func)
    arguments = compiler.numbers(expression.args)
    key = (name, "function", len(arguments))
    if key in compiler.definitions:
        return _defined_function(compiler, key, arguments)
    compiler.text.append(name)
    return lambda e: _smooth(e, name, [run(e) for run in arguments])


def _smooth(e: State, name: str, arguments: list[Number]) -> Number:
    """(3 + u + u²) / (2 + v²) with u, v random linear functions of the arguments: positive, and easy to derive."""
    random = stream(e.seed, (name, "function", len(arguments)))
    u: Number = random.fraction()
    v: Number = random.fraction()
    for argument in arguments:
        u = u + argument * random.fraction()
        v = v + argument * random.fraction()
    return (u * u + u + 3) * functions.reciprocal(v * v + 2) + random.fraction() * ONE


def _defined_function(compiler: Compiler, key: Key, arguments: list[Closure]) -> Closure:
    names = [symbol_name(placeholder) for placeholder in compiler.definitions[key].placeholders]
    compiled = compiler.definition(key)

    def run(e: State) -> Number:
        values = [argument(e) for argument in arguments]
        before = e.locals
        e.locals = {**before, **dict(zip(names, values, strict=True))}
        e.budget.spend(compiled.weight)
        value = compiled.run(e)
        e.locals = before
        return value

    return run
