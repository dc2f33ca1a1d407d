"""The named rules: the reasons that an author gives, and the theories that each may use.

A rule is a row. `needs` are the theories of which at least one must be what makes the step true: without them it is
not provable. `shape` looks at the written step, where the theories alone do not tell two rules apart. `example` is a
true step of the rule and `near_miss` a false one that resembles it; the tests run over all rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from sympy import (
    Basic,
    Eq,
    Ge,
    Gt,
    Indexed,
    IndexedBase,
    Integer,
    Le,
    Lt,
    Mul,
    Pow,
    Product,
    Sum,
    Symbol,
    exp,
    log,
    symbols,
)  # fmt: skip
from sympy import evaluate as sympy_evaluate

from checker.derivation import Givens, IndexSet, Model, Transition, Variable
from checker.expressions import Each, Event, Expectation, P, Partial, Probability, RandomVariable, indicator
from checker.kernel import (
    CONDITIONING,
    DEFINITIONS,
    DETERMINANTS,
    DIFFERENTIATION,
    EXP_LOG,
    EXPECTATION,
    FACTORIALS,
    FACTS,
    FIELD,
    INDEPENDENCE,
    INDICATORS,
    MARGINALS,
    MODEL,
    POSITIVITY,
    PROPORTIONALITY,
    SUMS,
    THEORIES,
    Proof,
    nodes,
    prove,
)  # fmt: skip

Shape = Callable[[Transition, Givens], str]
"""Why the step does not have the rule's shape, or "" where it has."""


@dataclass(frozen=True)
class Example:
    """A step with its givens."""

    transition: Transition
    givens: Givens = Givens()


@dataclass(frozen=True)
class Rule:
    """A named reason."""

    name: str
    title: str
    theories: frozenset[str]
    example: Example
    near_miss: Example
    needs: frozenset[str] = frozenset()
    shape: Shape = lambda transition, givens: ""
    source: str = ""

    def objection(self, transition: Transition, givens: Givens, proof: Proof) -> str:
        """Why a transition, proved with all theories, is not by this rule, or "" where it is."""
        wrong_shape = self.shape(transition, givens)
        if wrong_shape:
            return wrong_shape
        used = set(proof.theories)
        title = self.title[0].lower() + self.title[1:]
        if not used <= self.theories and not isinstance(prove(transition, givens, self.theories), Proof):
            return f"it takes more than {title}"
        if self.needs and not self._is_needed(transition, givens, used):
            return f"it holds without {title}"
        return ""

    def _is_needed(self, transition: Transition, givens: Givens, used: set[str]) -> bool:
        """The step does not hold without what the rule needs.

        Where the sides differ in the nodes that such a theory knows, they differ without it; else a proof is tried.
        """
        if not used & self.needs:
            return False
        if any(nodes(theory, transition.lhs) != nodes(theory, transition.rhs) for theory in self.needs):
            return True
        return not isinstance(prove(transition, givens, THEORIES - self.needs - {FACTS}), Proof)


# --- shapes ----------------------------------------------------------------------------------------------------


def _sides(transition: Transition) -> tuple[Basic, Basic]:
    return transition.lhs, transition.rhs


def _has(head: type, what: str) -> Shape:
    def shape(transition: Transition, givens: Givens) -> str:
        return "" if any(side.has(head) for side in _sides(transition)) else f"there is no {what} in it"

    return shape


def _conditionals(expression: Basic) -> list[Probability]:
    return [p for p in expression.atoms(Probability) if p.given]


def _inverts(transition: Transition) -> bool:
    """A conditional probability stands on one side, and on the other one with something carried across the bar."""
    left, right = (_conditionals(side) for side in _sides(transition))
    return any(set(a.events) & set(b.given) and set(a.given) & set(b.events) for a in left for b in right)


def _bayes(transition: Transition, givens: Givens) -> str:
    return "" if _inverts(transition) else "no conditional probability is turned around"


def _product_rule(transition: Transition, givens: Givens) -> str:
    if _inverts(transition):
        return "a conditional probability is turned around, which is Bayes' rule"
    several = [p for side in _sides(transition) for p in side.atoms(Probability) if len(p.events) > 1]
    return "" if several else "there is no joint probability in it"


def _numbers_only(transition: Transition, givens: Givens) -> str:
    named = {s for side in _sides(transition) for s in side.free_symbols}
    return f"it is not about numbers alone: {min(map(str, named))} stands in it" if named else ""


def _unfolded(transition: Transition, givens: Givens) -> list[Basic]:
    """The sides, and the definitions of the names in them."""
    named = {s for side in _sides(transition) for s in side.atoms(Symbol)}
    return [*_sides(transition), *(d.rhs for d in givens.definitions if d.lhs in named)]


def _logarithm(transition: Transition, givens: Givens) -> str:
    logs = [node for expression in _unfolded(transition, givens) for node in expression.atoms(log)]
    if any(isinstance(node.args[0], (Mul, Pow, Product)) for node in logs):
        return ""
    if any(isinstance(node.args[0], exp) or node.args[0].is_Rational for node in logs):
        return ""
    return "there is no logarithm of a product in it"


def _quotient(transition: Transition, givens: Givens) -> str:
    if not any(p.exp.is_negative or p.exp.is_Mul for p in transition.lhs.atoms(Pow)):
        return "there is no quotient before the step"
    if _size(transition.rhs) >= _size(transition.lhs):
        return "nothing became shorter"
    return ""


def _size(expression: Basic) -> int:
    return 1 + sum(_size(arg) for arg in expression.args)


def _is_zero_equation(relation: Basic) -> bool:
    return isinstance(relation, Eq) and relation.rhs == 0


def _set_to_zero(transition: Transition, givens: Givens) -> str:
    if transition.relation not in ("=>", "<=>"):
        return "it is not a consequence of an equation"
    if not (_is_zero_equation(transition.lhs) and _is_zero_equation(transition.rhs)):
        return "it does not lead from a derivative that is zero to an equation '… = 0'"
    return "" if transition.lhs.has(Partial) else "no derivative is set to zero"


def _equations(transition: Transition, givens: Givens) -> str:
    if transition.relation not in ("=>", "<=>"):
        return "it is not a consequence of an equation"
    equations = all(isinstance(side, Eq) for side in _sides(transition))
    inequalities = all(isinstance(side, (Le, Lt, Ge, Gt)) for side in _sides(transition))
    return "" if equations or inequalities else "it does not lead from a relation to one of its kind"


def _solved(transition: Transition, givens: Givens) -> str:
    relation = transition.rhs
    if transition.relation not in ("=>", "<=>"):
        return "it is not a consequence of an equation"
    if not isinstance(relation, Eq):
        return "it does not end in an equation"
    unknown = relation.lhs.base if isinstance(relation.lhs, Pow) else relation.lhs
    if not isinstance(unknown, (Symbol, Indexed)):
        return "the left side is not the unknown alone"
    return "the unknown stands on both sides" if relation.rhs.has(unknown) else ""


def _summed(transition: Transition, givens: Givens) -> str:
    """Each side of the conclusion is the sum over one index of that side of the hypothesis."""
    before, after = transition.lhs, transition.rhs
    if transition.relation != "=>" or not (isinstance(before, Eq) and isinstance(after, Eq)):
        return "it does not lead from one equation to another"
    for index, index_set in givens.index_sets.items():
        if index not in before.free_symbols:
            continue
        with sympy_evaluate(False):
            limits = (index, index_set.lower, index_set.upper)
            pairs = [(Sum(a, limits), b) for a, b in zip(before.args, after.args, strict=True)]
        without_facts = THEORIES - {FACTS}
        if all(isinstance(prove(Transition(0, "=", a, b), givens, without_facts), Proof) for a, b in pairs):
            return ""
    return "its sides are not the sums over an index of the sides before"


def _constrained(transition: Transition, givens: Givens) -> str:
    """The step needs an equation that is given, not only what was found before."""
    bare = replace(givens, facts=tuple(fact for fact in givens.facts if not isinstance(fact, Eq)))
    return "it holds without a given constraint" if isinstance(prove(transition, bare), Proof) else ""


def _lagrangian(transition: Transition, givens: Givens) -> str:
    """A name is unfolded whose definition has a multiplier times the gap of a constraint."""
    constraints = [fact.lhs for fact in givens.facts if isinstance(fact, Eq)]
    mentioned = {s for side in _sides(transition) for s in side.atoms(Symbol)}
    for definition in givens.definitions:
        if definition.lhs in mentioned and any(_multiplied(definition.rhs, c) for c in constraints):
            return ""
    return "no name in it is defined with a multiplier for a given constraint"


def _multiplied(expression: Basic, constraint: Basic) -> bool:
    return any(
        product.has(constraint) and any(isinstance(arg, Symbol) for arg in _flat(product))
        for product in expression.atoms(Mul)
    )


def _flat(product: Basic) -> list[Basic]:
    return [leaf for arg in product.args for leaf in (_flat(arg) if isinstance(arg, Mul) else [arg])]


def _inequality(transition: Transition, givens: Givens) -> str:
    relational = isinstance(transition.rhs, (Lt, Gt, Le, Ge))
    return "" if transition.relation in ("<", ">", "<=", ">=") or relational else "it is not an inequality"


# --- the rows --------------------------------------------------------------------------------------------------

PLAIN = frozenset({FIELD, SUMS, POSITIVITY, FACTORIALS, DETERMINANTS})
ANALYSIS = PLAIN | {EXP_LOG, INDICATORS, DEFINITIONS}
CHANCES = frozenset({CONDITIONING, MARGINALS, MODEL, INDEPENDENCE})


def _step(lhs: Basic, rhs: Basic, givens: Givens = Givens(), relation: str = "=") -> Example:
    return Example(Transition(1, relation, lhs, rhs), givens)


def _in(lhs: Basic, rhs: Basic, variable: Basic) -> Example:
    return Example(Transition(1, r"\propto", lhs, rhs, variables=(variable,)))


@cache
def _rules() -> Mapping[str, Rule]:
    with sympy_evaluate(False):
        rows = _rows()
    return MappingProxyType({row.name: row for row in rows})


def _rows() -> tuple[Rule, ...]:
    N, K = symbols("N K", integer=True, positive=True)
    n, k, j = symbols("n k j", integer=True, positive=True)
    a, b, c = symbols("a b c", positive=True)
    u, v, w, lam = symbols("u v w lambda", real=True)
    f, x = Symbol("f"), IndexedBase("x", real=True)
    p, alpha = IndexedBase("p", positive=True), IndexedBase("alpha", positive=True)
    y = IndexedBase("y", integer=True, positive=True)
    A, B, C = Event("A"), Event("B"), Event("C")
    X, Y = RandomVariable("x"), RandomVariable("y")
    classes = IndexSet(1, K)
    variables = (Variable(Y, y, classes), Variable(X, x))
    scores = IndexedBase("s", positive=True)
    model = Model(variables, (Eq(P(Eq(Y, k)), alpha[k]), Eq(P(X, given=Eq(Y, k)), scores[k])), IndexSet(1, N))
    mixture = Givens({k: classes, j: classes, n: IndexSet(1, N)}, {y: classes}, model=model)
    unknown = replace(mixture, model=Model(variables, (), IndexSet(1, N)))
    simplex = Givens({k: classes, j: classes}, facts=(Eq(Sum(alpha[k], (k, 1, K)), 1),))
    counts = IndexedBase("c", positive=True)
    lagrange = replace(
        simplex,
        definitions=(Eq(f, Sum(counts[k] * log(alpha[k]), (k, 1, K)) - lam * (Sum(alpha[k], (k, 1, K)) - 1)),),
    )
    loss = Givens(definitions=(Eq(f, (u - v * w) ** 2),))
    return (
        Rule(
            "algebra", "Algebra", PLAIN,
            _step((a + b) * (a - b), a**2 - b**2), _step((a + b) ** 2, a**2 + b**2),
        ),
        Rule(
            "arithmetic", "Arithmetic", PLAIN,
            _step(Integer(27) * Integer(27) * Integer(256), Integer(186624)),
            _step(Integer(27) * Integer(27) * Integer(128), Integer(186624)), shape=_numbers_only,
        ),
        Rule(
            "definition", "The definition", PLAIN | {DEFINITIONS, INDICATORS, EXP_LOG, CONDITIONING},
            _step(f + 1, (u - v * w) ** 2 + 1, loss), _step(f, (u + v * w) ** 2, loss), needs=frozenset({DEFINITIONS}),
        ),
        Rule(
            "substitute", "Substituting what is known", ANALYSIS | {FACTS},
            Example(Transition(1, "=>", Eq(u, v + 1), Eq(u * w, (v + 1) * w))),
            Example(Transition(1, "=>", Eq(u, v + 1), Eq(u * w, v * w + 1))), needs=frozenset({FACTS}),
        ),
        Rule(
            "model", "The model", ANALYSIS | {CONDITIONING, MODEL},
            _step(P(X, given=Eq(Y, k)) * P(Eq(Y, k)), scores[k] * alpha[k], mixture),
            _step(P(X, given=Eq(Y, k)) * P(Eq(Y, k)), scores[k], mixture), needs=frozenset({MODEL}),
        ),
        Rule(
            "expectation", "What an expectation is", ANALYSIS | CHANCES | {EXPECTATION},
            _step(Expectation(a * Y + b), a * Expectation(Y) + b, unknown),
            _step(Expectation(Y**2), Expectation(Y) ** 2, unknown), needs=frozenset({EXPECTATION}),
            source="C. M. Bishop, Pattern Recognition and Machine Learning (2006), eq. (1.33)",
        ),
        Rule(
            "bayes", "Bayes' rule", PLAIN | {CONDITIONING, EXP_LOG},
            _step(P(A, given=B), P(B, given=A) * P(A) / P(B)), _step(P(A, given=B), P(B, given=A)),
            needs=frozenset({CONDITIONING}), shape=_bayes,
            source="C. M. Bishop, Pattern Recognition and Machine Learning (2006), eq. (1.12)",
        ),
        Rule(
            "product-rule", "The product rule", PLAIN | {CONDITIONING, EXP_LOG},
            _step(P(A, B, C), P(A) * P(B, given=A) * P(C, given=[A, B])),
            _step(P(A, B, C), P(A) * P(B, given=A) * P(C, given=A)),
            needs=frozenset({CONDITIONING}), shape=_product_rule,
            source="C. M. Bishop, Pattern Recognition and Machine Learning (2006), eq. (1.11)",
        ),
        Rule(
            "total-probability", "The law of total probability", PLAIN | {CONDITIONING, MARGINALS, EXP_LOG},
            _step(P(X), Sum(P(X, given=Eq(Y, k)) * P(Eq(Y, k)), (k, 1, K)), unknown),
            _step(P(X), Sum(P(X, given=Eq(Y, k)), (k, 1, K)), unknown), needs=frozenset({MARGINALS}),
            source="C. M. Bishop, Pattern Recognition and Machine Learning (2006), eq. (1.10)",
        ),
        Rule(
            "independence", "Independence", PLAIN | {CONDITIONING, INDEPENDENCE, MODEL, EXP_LOG, DEFINITIONS},
            _step(P(Each((X[n], Y[n]), (n, 1, N))), Product(P(X[n], Y[n]), (n, 1, N)), unknown),
            _step(P(Each((X[n], Y[n]), (n, 1, N))), Product(P(X[n]) * P(Y[n]), (n, 1, N)), unknown),
            needs=frozenset({INDEPENDENCE, MODEL}),
        ),
        Rule(
            "log-of-product", "The logarithm of a product", PLAIN | {EXP_LOG, CONDITIONING, DEFINITIONS},
            _step(log(Product(p[n], (n, 1, N))), Sum(log(p[n]), (n, 1, N))),
            _step(log(Sum(p[n], (n, 1, N))), Sum(log(p[n]), (n, 1, N))),
            needs=frozenset({EXP_LOG}), shape=_logarithm,
        ),
        Rule(
            "expand-sums", "Writing out sums", PLAIN | {EXP_LOG, CONDITIONING, INDICATORS},
            _step(Sum(x[n] + u, (n, 1, N)), Sum(x[n], (n, 1, N)) + N * u),
            _step(Sum(x[n] + u, (n, 1, N)), Sum(x[n], (n, 1, N)) + u), needs=frozenset({SUMS}),
        ),
        Rule(
            "cancel", "Cancelling", PLAIN | {EXP_LOG},
            _step((a * b) / (a * c), b / c), _step((a + b) / (a + c), b / c), shape=_quotient,
        ),
        Rule(
            "differentiate", "Differentiation", THEORIES - {FACTS},
            _step(Partial((u - v * w) ** 2, w), -2 * v * (u - v * w)),
            _step(Partial((u - v * w) ** 2, w), 2 * (u - v * w)), needs=frozenset({DIFFERENTIATION}),
            shape=_has(Partial, "derivative"),
        ),
        Rule(
            "set-to-zero", "Setting a derivative to zero", THEORIES,
            _step(Eq(Partial((u - w) ** 2, w), 0), Eq(-2 * (u - w), 0), relation="=>"),
            _step(Eq(Partial((u - w) ** 2, w), 0), Eq(u + w, 0), relation="=>"), shape=_set_to_zero,
        ),
        Rule(
            "solve", "Solving the equation", THEORIES,
            _step(Eq(a * u + v, w), Eq(u, (w - v) / a), relation="<=>"),
            _step(Eq(u * v, v), Eq(u, 1), relation="=>"), shape=_solved,
        ),
        Rule(
            "collect", "Collecting powers and exponentials", ANALYSIS,
            _step(a**u * a**v * exp(w), a ** (u + v) * exp(w)), _step(a**u * a**v, a ** (u * v)),
            needs=frozenset({EXP_LOG, FIELD}), shape=_has(Pow, "power"),
        ),
        Rule(
            "proportional", "Proportionality", THEORIES - {FACTS},
            _in(a * f**2 / b, f**2, f), _in(a * f**2 / b, f, f), needs=frozenset({PROPORTIONALITY}),
        ),
        Rule(
            "rearrange", "Rearranging an equation or inequality", THEORIES,
            _step(Eq(u / a, v / b), Eq(u * b, v * a), relation="<=>"),
            _step(Eq(u / a, v / b), Eq(u * a, v * b), relation="=>"), shape=_equations,
        ),
        Rule(
            "sum-both-sides", "Summing both sides", THEORIES,
            _step(
                Eq(lam * alpha[j], counts[j]),
                Eq(Sum(lam * alpha[j], (j, 1, K)), Sum(counts[j], (j, 1, K))), simplex, "=>",
            ),
            _step(Eq(lam * alpha[j], counts[j]), Eq(Sum(lam * alpha[j], (j, 1, K)), counts[j]), simplex, "=>"),
            shape=_summed,
        ),
        Rule(
            "constraint", "The constraint", THEORIES,
            _step(lam * Sum(alpha[k], (k, 1, K)), lam, simplex),
            _step(Sum(alpha[k] ** 2, (k, 1, K)), Integer(1), simplex),
            needs=frozenset({FACTS}), shape=_constrained,
        ),
        Rule(
            "indicator-sum", "Summing an indicator", PLAIN | {INDICATORS, EXP_LOG, FACTS},
            _step(Sum(indicator(j, k) * x[k], (k, 1, K)), x[j], simplex),
            _step(Sum(indicator(j, k) * x[k], (k, 1, K)), Sum(x[k], (k, 1, K)), simplex), needs=frozenset({INDICATORS}),
        ),
        Rule(
            "lagrangian", "The Lagrangian", ANALYSIS | {CONDITIONING, MODEL, INDEPENDENCE},
            _step(f, Sum(counts[k] * log(alpha[k]), (k, 1, K)) - lam * (Sum(alpha[k], (k, 1, K)) - 1), lagrange),
            _step(f, Sum(counts[k] * log(alpha[k]), (k, 1, K)) - lam * Sum(alpha[k], (k, 1, K)), lagrange),
            needs=frozenset({DEFINITIONS}), shape=_lagrangian,
            source="C. M. Bishop, Pattern Recognition and Machine Learning (2006), appendix E, eq. (E.4)",
        ),
        Rule(
            "inequality", "A given inequality", THEORIES,
            _step(
                Sum(counts[k] * log(alpha[k]), (k, 1, K)), Sum(counts[k] * (alpha[k] - 1), (k, 1, K)),
                replace(simplex, facts=(Le(log(alpha[k]), alpha[k] - 1),)), "<=",
            ),
            _step(
                Sum(counts[k] * log(alpha[k]), (k, 1, K)), Sum(counts[k] * (alpha[k] - 2), (k, 1, K)),
                replace(simplex, facts=(Le(log(alpha[k]), alpha[k] - 1),)), "<=",
            ),
            shape=_inequality,
        ),
        Rule(
            "positivity", "Signs of sums and products", THEORIES,
            _step(2 * a * b, Integer(0), relation=">"), _step(a - b, Integer(0), relation=">"), shape=_inequality,
        ),
    )  # fmt: skip


def rules() -> Mapping[str, Rule]:
    """The rules by name."""
    return _rules()


def rule_names() -> tuple[str, ...]:
    return tuple(_rules())


__all__ = ["Example", "Rule", "rule_names", "rules"]
