"""Derivatives and gradients, by numbers, by vectors and matrices, by families."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Basic, Expr, Indexed, Integer, Mul, Pow, Symbol, log

from checker.derivation import IndexSet
from checker.expressions import Partial, Unknown, indicator
from checker.reading.known.indices import index_assumptions
from checker.reading.known.letters import families_through, keys, letter_in
from checker.reading.known.names import Name, name_of
from checker.reading.known.scope import Kind
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.context import Context, free_names
from checker.reading.meaning.shorthands import instance
from checker.reading.syntax import Bracket, Call, Derivative, Gradient, Node, names_in, walk
from checker.reading.tex.tokens import Beyond


def derivative(m: Context, node: Derivative) -> Value:
    node = replace(node, variables=tuple(_in_other_words(m, each, node.body) for each in node.variables))
    by_coordinate = _by_coordinate(m, node)
    if by_coordinate is not None:
        return by_coordinate
    for each in node.variables:
        _require_variable(m, _unbracketed(each), node.body)
    if _says_nothing_of(m, node.body, node.variables):
        return m.quantity("the derivative of a name of which nothing is said", node)
    variables = [m.value(_unbracketed(v)) for v in node.variables]
    _require_no_capture(m, variables, node)
    body = m.value(node.body)
    if any(isinstance(v, Array) for v in variables):
        if len(variables) != 1 or isinstance(body, Array):
            return Unknown("a derivative of a vector by a vector")
        return _gradient_of(m, body, variables[0])
    if isinstance(body, Array):
        return arrays.mapped(body, lambda entry: Partial(entry, *variables))
    return Partial(body, *variables)


def gradient(m: Context, node: Gradient) -> Value:
    if node.variable is None:
        node = replace(node, variable=_only_argument(m, node.body))
    if node.variable is None:
        return Unknown("a gradient by a variable that is not named")
    by = name_of(node.variable, m.scope)
    if by is not None and (by.indices or f"{by.key}[]" not in m.scope.kinds):
        _require_variable(m, node.variable, node.body)
    if _says_nothing_of(m, node.body, [node.variable]):
        return Unknown("the gradient of a name of which nothing is said")
    variable, body = m.value(node.variable), m.value(node.body)
    if isinstance(body, Array):
        return Unknown("a gradient of a vector")
    if node.order == 2:
        return _hessian(body, variable)
    if isinstance(variable, Array):
        return _gradient_of(m, body, variable)
    name = name_of(node.variable, m.scope)
    if name is not None and not name.indices and f"{name.key}[]" in m.scope.kinds:
        return _family_gradient(m, body, name)
    return Partial(body, variable)


def _only_argument(m: Context, body: Node) -> Node | None:
    """What ∇f(w) and ∇f are by, where f has one argument, which is a name; None where that is not so."""
    if isinstance(body, Call):
        arguments = body.arguments
    else:
        name = name_of(body, m.scope)
        known = m.scope.functions_of(name.key) if name is not None and not name.indices else ()
        arguments = known[0].parameters if len(known) == 1 else ()
    return arguments[0] if len(arguments) == 1 and name_of(arguments[0], m.scope) is not None else None


def _in_other_words(m: Context, node: Node, body: Node) -> Node:
    """The variable; where it is defined as another name, or its power, as v_i = σ_i², and the body is not written in
    it, what it is defined as."""
    meaning = _meaning(m, node, body)
    return node if meaning is None or name_of(meaning, m.scope) is None else meaning


def _meaning(m: Context, node: Node, body: Node) -> Node | None:
    """What a variable is defined as, where the body is not written in it."""
    name = name_of(_unbracketed(node), m.scope)
    definition = m.scope.definition_of(name.family) if name is not None and name.power is None else None
    if name is None or definition is None or definition.parameters:
        return None
    letters = [letter_in(index) for index in definition.indices]
    if not all(letters) or len(letters) != len(name.indices):
        return None
    if name.family in families_through(m.scope, body, name.family):
        return None
    return instance(definition.body, dict(zip(letters, name.indices, strict=True)))


def _by_coordinate(m: Context, node: Derivative) -> Value | None:
    """∂f/∂t = (∂f/∂s) / (∂t/∂s) for t_j defined as a power or a logarithm of a positive s_j, as 1/σ_j²."""
    meaning = _meaning(m, node.variables[0], node.body) if len(node.variables) == 1 else None
    value = m.value(meaning) if meaning is not None else None
    members = value.atoms(Indexed) if isinstance(value, Expr) else set()
    if not isinstance(value, Expr) or len(members) != 1:
        return None
    (member,) = members
    if not member.is_positive or not _is_monotone(value, member):
        return None
    _require_no_capture(m, [member], node)
    body = m.value(node.body)
    if isinstance(body, Array):
        return None
    return Mul(Partial(body, member), Pow(Partial(value, member), -1, evaluate=False), evaluate=False)


def _is_monotone(value: Basic, member: Basic) -> bool:
    """A product of numbers with a power, or the logarithm of one, of the member, which is positive."""
    if isinstance(value, log):
        return _is_monotone(value.args[0], member)
    if isinstance(value, Pow):
        return value.exp.is_number and value.exp.is_nonzero and _is_monotone(value.base, member)
    if isinstance(value, Mul):
        rest = [arg for arg in value.args if not (arg.is_number and arg.is_nonzero)]
        return len(rest) == 1 and _is_monotone(rest[0], member)
    return bool(value == member)


def _says_nothing_of(m: Context, body: Node, variables: Sequence[Node]) -> bool:
    """The body mentions none of the variables, and has names of which nothing is said: they may depend on them."""
    by = [name_of(_unbracketed(variable), m.scope) for variable in variables]
    inside = families_through(m.scope, body, "")
    if any(name is None or name.key in inside for name in by):
        return False
    return any(_is_unsaid(m, each) for each in names_in(body))


def _is_unsaid(m: Context, node: Node) -> bool:
    """Nothing is said of a name: it is not declared, defined, bound, random, a constant or a function."""
    name = name_of(node, m.scope)
    if name is None or name.key in {*m.scope.kinds, *m.scope.lexicon.functions, *m.bound, *m.random}:
        return False
    if name.letter in ("pi", "e", "T", "top") or m.alias(node, m.scope.aliases) is not None:
        return False
    return m.scope.is_undeclared(name.family)


def _require_variable(m: Context, node: Node, body: Node) -> None:
    """A derivative is by a name that is free to vary. Raises Beyond for a defined name, or a family by its name."""
    name = name_of(node, m.scope)
    if name is None or name.key in m.bound:
        return
    if m.scope.definition_of(name.family) is not None and name.family not in families_through(
        m.scope, body, name.family
    ):
        raise Beyond(f"a derivative by {name.key}, which is defined by other names", node.place)
    if name.key in m.scope.kinds:
        return
    if name.key in m.scope.parameters and not name.indices:
        raise Beyond(f"a derivative by all that {name.key} stands for", node.place)
    arities = {arity for key, arity, _ in m.scope.places if key == name.key}
    family = m.scope.kinds.get(f"{name.key}[]")
    if family is not None and family.shape:
        return
    if (
        not name.indices
        and (family is not None or arities)
        or name.indices
        and arities
        and len(name.indices) not in arities
    ):
        raise Beyond(f"a derivative by the whole family {name.key}", node.place)


def _require_no_capture(m: Context, variables: Sequence[Value], node: Node) -> None:
    """In the body of a function, no argument has the variable of a derivative in it. Raises Beyond where one has."""
    if not m.calls:
        return
    letters = {key for each in walk(node) for key in keys(each)}
    for variable in variables:
        if not isinstance(variable, Expr) or not isinstance(variable, (Symbol, Indexed)):
            raise Beyond("a derivative at another place", node.place)
        names = free_names(variable)
        inside = [value for key, value in m.bound.items() if key in letters and value != variable]
        if any(names & free_names(value) for value in inside):
            raise Beyond("a derivative at another place", node.place)
        if any(value == variable for value in m.bound.values()) and not _own_letter(m, variable):
            raise Beyond("a derivative at another place", node.place)


def _own_letter(m: Context, variable: Expr) -> bool:
    """The variable is what its own letter stands for: f(x) called at x."""
    return isinstance(variable, Symbol) and m.bound.get(variable.name) == variable


def _gradient_of(m: Context, body: Expr, variable: Value) -> Value:
    """The derivatives by the entries of a vector or matrix.

    By a symmetric matrix it is the gradient among symmetric matrices with tr(AB) as inner product: off the diagonal
    half of the derivative by S_ij = S_ji. This is what formulas for a general matrix give, where that is symmetric.
    """
    assert isinstance(variable, Array)

    def entry(i: Expr, j: Expr) -> Expr:
        by = variable.entry(i, j)
        if not isinstance(by, Indexed):
            return Unknown("a derivative by a matrix whose entries are no names")
        slope = Partial(body, by)
        return (1 + indicator(i, j)) / 2 * slope if by.base in m.symmetric else slope

    return Array(variable.rows, variable.columns, entry)


def _hessian(body: Expr, variable: Value) -> Value:
    """The matrix of second derivatives by a vector."""
    if not isinstance(variable, Array) or variable.columns != 1:
        return Unknown("a Hessian by what is not declared a vector")

    def entry(i: Expr, j: Expr) -> Expr:
        by = [variable.entry(place, Integer(1)) for place in (i, j)]
        return Partial(body, *by) if all(isinstance(each, Indexed) for each in by) else Unknown("a Hessian")

    return Array(variable.rows, variable.rows, entry)


def _family_gradient(m: Context, body: Expr, name: Name) -> Value:
    """∇_w for a family w: the derivative by each of its members."""
    kind = m.scope.kinds[f"{name.key}[]"]
    arity = m.arity(name.key)
    sets = [m.scope.places.get((name.key, arity, n)) for n in range(arity)]
    if arity > 2 or any(s is None for s in sets):
        return Unknown(f"a gradient by the family {name.key}")
    return _member_gradient(m, body, name, kind, [s for s in sets if s is not None])


def _member_gradient(m: Context, body: Expr, name: Name, kind: Kind, sets: list[IndexSet]) -> Value:
    """The derivative by any member of a family, at free indices."""
    indices: list[Expr] = []
    for n, index_set in enumerate(sets):
        symbol = Symbol(f"g_{n}", **index_assumptions(index_set.lower))
        m.free[symbol.name], m.ranges[symbol.name] = symbol, (index_set.lower, index_set.upper)
        indices.append(symbol)
    indices += [m.position(f"h_{n}", size) for n, size in enumerate(kind.shape)]
    return Partial(body, Indexed(m.base(name.key, Kind(kind.assumptions)), *indices))


def _unbracketed(node: Node) -> Node:
    while isinstance(node, Bracket) and node.kind == "()" and len(node.items) == 1:
        node = node.items[0]
    return node
