"""From SymPy trees to forms and through forms: tables that the theories fill, and which know no theory by name.

heads     SymPy class  -> how a node of it becomes a form
builders  atom's head  -> how an atom is made anew from changed arguments (substitution)
printers  atom's head  -> the SymPy tree of an atom (to show a normal form)
derivers  atom's head  -> ∂atom as a form, given ∂ on forms
binders   atom's head  -> the atom with a map of forms applied under its bound indices, opened
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Add, Basic, Dummy, Integer, Mul, Pow, Rational, evaluate, preorder_traversal

from checker.kernel import context
from checker.kernel.context import Context
from checker.kernel.form import Atom, Exponent, Form, NoTheory, OutsideTheories, of, product, total

Handler = Callable[[Context, Any], Form]
Builder = Callable[[Context, tuple[Any, ...]], Form]
Printer = Callable[[Context, Atom], Basic]
Derivation = Callable[[Form], Form]
Deriver = Callable[[Context, Atom, Derivation], Form]
Binder = Callable[[Context, Atom, Derivation], Form]

HEADS: dict[type, tuple[str, Handler]] = {}
BUILDERS: dict[str, Builder] = {}
PRINTERS: dict[str, Printer] = {}
DERIVERS: dict[str, Deriver] = {}
BINDERS: dict[str, Binder] = {}
LOGARITHMS: dict[str, Callable[[Context, Atom], Form | None]] = {}
POWERS: dict[str, Callable[[Context, tuple[Any, ...], Exponent], Form | None]] = {}
POWER_PRINTERS: dict[str, Callable[[Context, Atom, Exponent], Basic]] = {}


def head(theory: str, *classes: type) -> Callable[[Handler], Handler]:
    """Say how nodes of these SymPy classes become forms, by that theory."""

    def register(handler: Handler) -> Handler:
        for cls in classes:
            HEADS[cls] = (theory, handler)
        return handler

    return register


def builder(name: str) -> Callable[[Builder], Builder]:
    def register(function: Builder) -> Builder:
        BUILDERS[name] = function
        return function

    return register


def printer(name: str) -> Callable[[Printer], Printer]:
    def register(function: Printer) -> Printer:
        PRINTERS[name] = function
        return function

    return register


def deriver(name: str) -> Callable[[Deriver], Deriver]:
    def register(function: Deriver) -> Deriver:
        DERIVERS[name] = function
        return function

    return register


def binder(name: str) -> Callable[[Binder], Binder]:
    def register(function: Binder) -> Binder:
        BINDERS[name] = function
        return function

    return register


def logarithm(name: str) -> Callable[[Callable[[Context, Atom], Form | None]], object]:
    def register(function: Callable[[Context, Atom], Form | None]) -> object:
        LOGARITHMS[name] = function
        return function

    return register


def form_of(ctx: Context, expression: Basic) -> Form:
    """The form of a SymPy tree. Raises OutsideTheories, naming the construct, for what no theory knows."""
    ctx.step()
    entry = HEADS.get(type(expression))
    if entry is None:
        entry = next((HEADS[cls] for cls in type(expression).__mro__ if cls in HEADS), None)
    if entry is None:
        raise NoTheory(f"no theory for {getattr(expression, 'what', type(expression).__name__)}")
    theory, handler = entry
    if not ctx.allows(theory):
        return opaque(ctx, expression)
    form = handler(ctx, expression)
    ctx.use(theory)
    return form


def nodes(theory: str, expression: Basic) -> set[Basic]:
    """The nodes of an expression that this theory knows; with the theory switched off each stands for itself."""
    return set(expression.atoms(*(cls for cls, (known, _) in HEADS.items() if known == theory)))


def opaque(ctx: Context, expression: Basic) -> Form:
    """A node whose theory is switched off, as an atom that stands for itself; its bound symbols are arguments."""
    order = [node for node in preorder_traversal(expression) if node in ctx.bound] if ctx.bound else []
    symbols = list(dict.fromkeys(order))
    with evaluate(False):
        template = expression.xreplace({s: Dummy(f"_{i}", dummy_index=i) for i, s in enumerate(symbols)})
    number = ctx.opaque.setdefault(template, len(ctx.opaque))
    places = tuple(ctx.index(ctx.bound[s]) for s in symbols)
    free = frozenset(f"s:{s}" for s in template.free_symbols)
    return of(Atom("opaque", (str(number), places), free=free.union(*(p.free for p in places))))


@builder("opaque")
def _(ctx: Context, args: tuple[Any, ...]) -> Form:
    return of(Atom("opaque", args))


# --- substitution ----------------------------------------------------------------------------------------------


def substitute(form: Form, mapping: dict[str, Form]) -> Form:
    """The form with symbols, by name, replaced by forms (of opened or free symbols only); atoms are made anew."""
    names = frozenset(mapping)
    return rewrite(form, lambda atom: mapping.get(atom.args[0]) if atom.head == "sym" else None, names)


Replacement = Callable[[Atom], Form | None]


def rewrite(form: Form, replacement: Replacement, names: frozenset[str] | None = None) -> Form:
    """The form with every atom that `replacement` answers replaced, outermost first, down to the arguments.

    With `names`, only atoms in which one of these is free are looked at.
    """
    if names is not None and not form.free & names:
        return form
    ctx = context.current()
    kept: dict[Any, Any] = {}
    parts: list[Form] = []
    for mono, c in form.terms.items():
        if names is not None and not any(atom.free & names for atom, _ in mono):
            kept[mono] = c
            continue
        ctx.step()
        parts.append(product(_rewritten(ctx, a, e, replacement, names) for a, e in mono).scale(c))
    return total([Form(kept), *parts])


def _rewritten(
    ctx: Context, atom: Atom, exponent: Exponent, replacement: Replacement, names: frozenset[str] | None
) -> Form:
    if names is not None and not atom.free & names:
        return of(atom, exponent)
    new = replacement(atom)
    if new is None:
        if not atom.args or atom.head == "sym":
            return of(atom, exponent)
        if atom.head in BINDERS:
            with ctx.quiet():
                new = BINDERS[atom.head](ctx, atom, lambda form: rewrite(form, replacement, names))
        else:
            args = tuple(_rewritten_arg(arg, replacement, names) for arg in atom.args)
            raised = POWERS[atom.head](ctx, args, exponent) if atom.head in POWERS else None
            if raised is not None:
                return raised
            new = of(atom) if args == atom.args else rebuild(ctx, atom.head, args)
    return power(ctx, new, exponent)


def _rewritten_arg(arg: Any, replacement: Replacement, names: frozenset[str] | None) -> Any:
    if isinstance(arg, Form):
        return rewrite(arg, replacement, names)
    if isinstance(arg, tuple):
        return tuple(_rewritten_arg(item, replacement, names) for item in arg)
    return arg


def rebuild(ctx: Context, name: str, args: tuple[Any, ...]) -> Form:
    if name not in BUILDERS:
        raise OutsideTheories(f"no theory makes the atom {name} anew")
    with ctx.quiet():
        return BUILDERS[name](ctx, args)


def rebuild_recording(ctx: Context, name: str, args: tuple[Any, ...]) -> Form:
    """As `rebuild`, for what the author wrote: its conditions are recorded."""
    return BUILDERS[name](ctx, args)


def power(ctx: Context, form: Form, exponent: Exponent) -> Form:
    """A form to an integer or rational power, by the theory that knows powers."""
    if exponent == 1:
        return form
    if isinstance(exponent, int) and exponent >= 0:
        return form**exponent
    return BUILDERS["power"](ctx, (form, exponent))


# --- back to SymPy ---------------------------------------------------------------------------------------------


def to_sympy(ctx: Context, form: Form) -> Basic:
    """A SymPy tree, unevaluated, of a form; terms in the order of their keys."""
    terms = [_term(ctx, mono, c) for mono, c in sorted(form.terms.items(), key=lambda t: (len(t[0]), str(t[0])))]
    if not terms:
        return Integer(0)
    return terms[0] if len(terms) == 1 else Add(*terms, evaluate=False)


def _term(ctx: Context, mono: Any, c: Any) -> Basic:
    parts: list[Basic] = []
    if c != 1 or not mono:
        parts.append(Rational(int(c.p), int(c.q)))
    for atom, exponent in mono:
        if atom.head in POWER_PRINTERS and exponent != 1:
            parts.append(POWER_PRINTERS[atom.head](ctx, atom, exponent))
            continue
        base = PRINTERS[atom.head](ctx, atom)
        value = Rational(exponent.numerator, exponent.denominator)
        parts.append(base if exponent == 1 else Pow(base, value, evaluate=False))
    return parts[0] if len(parts) == 1 else Mul(*parts, evaluate=False)
