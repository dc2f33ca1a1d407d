"""What a formula says before it is known what its names mean: the syntax tree.

Juxtaposition is a Product, x^{(i)} is a Scripted with a bracketed superscript; whether x^2 is a power or an index, and
whether f is a function, is settled later, from the declarations (`meaning`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from checker.reading.tex.tokens import Place

MAX_DIGITS = 400
"""Of a number, its decimal point among them."""


@dataclass(frozen=True, slots=True)
class Number:
    """Digits, at most MAX_DIGITS, perhaps with a decimal point."""

    text: str
    place: Place


def is_numeral(word: str) -> bool:
    """Whether a word is the text of a whole Number: ² is a digit to Python, and no numeral."""
    return word.isascii() and word.isdigit() and len(word) <= MAX_DIGITS


@dataclass(frozen=True, slots=True)
class Letter:
    """A name without scripts: `name` is a letter, a Greek letter's English name, or several letters that are one name.

    accents: hat, bar, tilde, …, from the inside; `style`: "bold", "script", "blackboard", "roman", or "".
    """

    name: str
    place: Place
    accents: tuple[str, ...] = ()
    style: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for a quantity, as in \\text{const}."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Scripted:
    """A base with scripts. bracketed: the superscript stands in brackets, as in x^{(i)}; primes count apart."""

    base: Node
    sub: tuple[Node, ...]
    sup: Node | None
    place: Place
    bracketed: bool = False
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """Terms with their signs: 1 or −1, or 2 for ± and −2 for ∓."""

    terms: tuple[tuple[int, Node], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Product:
    """Factors side by side or with a sign of multiplication; `dots`: the factors that have \\cdot before them."""

    factors: tuple[Node, ...]
    place: Place
    dots: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotient:
    """`above` divided by `below`, as a fraction or with a slash."""

    above: Node
    below: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Bracket:
    """What stands in brackets of a kind ("()", "[]", "{}", "||", "‖‖", "⟨⟩").

    Several items are a tuple, a set, a list.
    """

    kind: str
    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Applied:
    """A known function (log, exp, sqrt, max, …) of arguments; `sub` is what stands below it (log_2, max_k)."""

    function: str
    arguments: tuple[Node, ...]
    place: Place
    sub: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A name applied to arguments in brackets: f(x), T[i,k]."""

    function: Node
    arguments: tuple[Node, ...]
    place: Place
    kind: str = "()"


@dataclass(frozen=True, slots=True)
class Postfix:
    """n! ("factorial")."""

    sign: str
    base: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Big:
    """A big operator ("sum", "product", "integral", "limit", "max", "min", "argmax", "argmin") over a body.

    below: what stands under the sign, statement by statement; above: what stands over it.
    """

    sign: str
    below: tuple[Node, ...]
    above: Node | None
    body: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Derivative:
    """d^n body / d variables ("partial" or "d"), each variable as often as it is differentiated by."""

    sign: str
    body: Node
    variables: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Gradient:
    """∇_variable body; of order 2 the Hessian ∇²_variable body. No variable: that of the function."""

    variable: Node | None
    body: Node
    place: Place
    order: int = 1


@dataclass(frozen=True, slots=True)
class IndicatorOf:
    """1[condition]."""

    condition: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Chance:
    """p(events | given; parameters); `head` is the letter with its scripts."""

    head: Node
    events: tuple[Node, ...]
    given: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Expectation:
    """E[body | given], Var(body), Cov(a, b); `sub` is what it is taken over."""

    operator: str
    arguments: tuple[Node, ...]
    given: tuple[Node, ...]
    place: Place
    sub: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Complement:
    """Not an event: \\bar A, \\neg A, A^c."""

    event: Node
    place: Place


@dataclass(frozen=True, slots=True)
class CaseList:
    """\\begin{cases}: values with conditions; the condition None is "otherwise"."""

    rows: tuple[tuple[Node, Node | None], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix written out."""

    rows: tuple[tuple[Node, ...], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Dots:
    """… in a list, a sum or a product."""

    place: Place


@dataclass(frozen=True, slots=True)
class Relation:
    """left sign right; in a chain a < b < c each link."""

    sign: str
    left: Node
    right: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Several:
    """Statements joined by "and" or "or"; "where" is a condition below a sign."""

    word: str
    parts: tuple[Node, ...]
    place: Place


Node = (
    Number | Letter | Phrase | Scripted | Total | Product | Quotient | Bracket | Applied | Call | Postfix | Big
    | Derivative | Gradient | IndicatorOf | Chance | Expectation | Complement | CaseList | Matrix | Dots | Relation
    | Several
)  # fmt: skip


_PARTS: dict[type, tuple[str, ...]] = {
    kind: tuple(
        each.name
        for each in fields(kind)
        if each.type not in ("Place", "str", "bool", "int", "tuple[str, ...]", "tuple[int, ...]")
    )
    for kind in get_args(Node)
}
"""The fields of each kind of node that may hold nodes."""


def children(node: Node) -> list[Node]:
    """The nodes directly below."""
    found: list[Node] = []
    for name in _PARTS[type(node)]:
        value = getattr(node, name)
        if type(value) in _PARTS:
            found.append(value)
        elif value is not None:
            _collect(value, found)
    return found


def _collect(value: Any, found: list[Node]) -> None:
    for item in value:
        if type(item) in _PARTS:
            found.append(item)
        elif type(item) is tuple:
            _collect(item, found)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, outermost first."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        if _PARTS[type(each)]:
            waiting += reversed(children(each))


def names_in(node: Node) -> Iterator[Node]:
    """The names in a tree as they stand (x, x_i, x^{(n)}, words), and those in their indices and powers."""
    if isinstance(node, (Letter, Phrase)):
        yield node
        return
    if isinstance(node, Scripted) and isinstance(node.base, (Letter, Phrase)):
        yield node
        for below in (*node.sub, *((node.sup,) if node.sup is not None else ())):
            yield from names_in(below)
        return
    for child in children(node):
        yield from names_in(child)


def same(left: Any, right: Any) -> bool:
    """Whether two trees say the same, wherever they stand."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, Node):
        return type(left) is type(right) and all(
            same(getattr(left, name), getattr(right, name)) for name in _TELLING[type(left)]
        )
    return bool(left == right)


def without_brackets(text: str) -> str:
    """Plain text without brackets around all of it."""
    while text.startswith("(") and text.endswith(")") and _closes_last(text):
        text = text[1:-1]
    return text


def _closes_last(text: str) -> bool:
    """The bracket that opens first is closed last."""
    depth = 0
    for at, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return at == len(text) - 1
    return False


def spelled(node: Any) -> str:
    """A tree as plain text, different for different trees: a name for what it stands for."""
    if isinstance(node, tuple):
        return ", ".join(map(spelled, node))
    match node:
        case Number(text=text) | Phrase(text=text):
            return text
        case Letter():
            return (
                node.name + "".join(f"_{accent}" for accent in node.accents) + (f"_{node.style}" if node.style else "")
            )
        case Scripted():
            sub = f"_{_subscript(node.sub)}" if node.sub else ""
            bare = isinstance(node.sup, (Letter, Number)) and not node.bracketed
            opening, closing = (
                "((" if node.bracketed else "(" * (not bare),
                "))" if node.bracketed else ")" * (not bare),
            )
            sup = f"^{opening}{spelled(node.sup)}{closing}" if node.sup is not None else ""
            return f"{spelled(node.base)}{sub}{sup}" + "'" * node.primes
        case Total():
            signs = {1: "+", -1: "-", 2: "±", -2: "∓"}
            text = "".join(f"{signs[sign]}{spelled(term)}" for sign, term in node.terms)
            return f"({text.removeprefix('+')})"
        case Product():
            return "(" + " ".join(map(spelled, node.factors)) + ")"
        case Quotient():
            return f"({spelled(node.above)}/{spelled(node.below)})"
        case Bracket():
            return f"{node.kind[:1]}{spelled(node.items)}{node.kind[1:]}"
        case Call():
            return f"{spelled(node.function)}{node.kind[:1]}{spelled(node.arguments)}{node.kind[1:]}"
        case Applied():
            sub = f"_({spelled(node.sub)})" if node.sub else ""
            return f"{node.function}{sub}({spelled(node.arguments)})"
        case Chance():
            given = f" | {spelled(node.given)}" if node.given else ""
            return f"{spelled(node.head)}({spelled(node.events)}{given})"
        case Expectation():
            sub = f"_({spelled(node.sub)})" if node.sub else ""
            given = f" | {spelled(node.given)}" if node.given else ""
            return f"{node.operator}{sub}[{spelled(node.arguments)}{given}]"
        case Relation():
            return f"{spelled(node.left)} {node.sign} {spelled(node.right)}"
    if isinstance(node, Node):
        parts = (getattr(node, f.name) for f in fields(node) if f.name != "place")
        return f"{type(node).__name__.lower()}({'; '.join(map(spelled, parts))})"
    return str(node)


def _subscript(items: tuple[Node, ...]) -> str:
    """i of one letter without more, (i, j) of others."""
    alone = len(items) == 1 and isinstance(items[0], (Letter, Number))
    return spelled(items[0]) if alone else f"({spelled(items)})"


INCIDENTAL = frozenset(("place", "dots"))
"""The fields of a tree that change nothing of what it says."""


def is_set(node: Node) -> bool:
    """{D} alone, the set with one element; of a sum or product the braces are brackets."""
    return (
        isinstance(node, Bracket)
        and node.kind == "{}"
        and isinstance(next(iter(node.items), None), (Letter, Scripted, Number))
    )


def chosen(node: Node) -> tuple[Node, Node | None, Node] | None:
    """The letter of {n : y_n = k} or {n ∈ S : y_n = k}, S or None, and the condition; None for another tree."""
    if not isinstance(node, Bracket) or node.kind != "{}" or len(node.items) != 2:
        return None
    element, condition = node.items
    if not isinstance(condition, Several) or condition.word != "where":
        return None
    if isinstance(element, Relation) and element.sign == "in":
        return element.left, element.right, condition.parts[0]
    return element, None, condition.parts[0]


def shape(node: Any) -> Any:
    """A tree without its places, to compare and look up."""
    if isinstance(node, tuple):
        return tuple(shape(item) for item in node)
    if isinstance(node, Node):
        return (type(node).__name__, *(shape(getattr(node, name)) for name in _TELLING[type(node)]))
    return node


_TELLING: dict[type, tuple[str, ...]] = {
    kind: tuple(each.name for each in fields(kind) if each.name not in INCIDENTAL) for kind in get_args(Node)
}
"""The fields of each kind of node that change what it says."""


def placeless(value: Any) -> Any:
    """A tree, or a tuple of such, as a key: equal for trees that differ in nothing but where they stand."""
    if type(value) is tuple:
        return tuple(map(placeless, value))
    names = _LASTING.get(type(value))
    if names is None:
        return value
    return (type(value), *[placeless(getattr(value, name)) for name in names])


_LASTING: dict[type, tuple[str, ...]] = {
    kind: tuple(each.name for each in fields(kind) if each.name != "place") for kind in get_args(Node)
}
"""The fields of each kind of node but for its place."""


def moved(value: Any, to: Mapping[Place, Place]) -> Any:
    """A tree, or a tuple of such, with all places put in for others."""
    kind = type(value)
    if kind is tuple:
        return tuple([moved(item, to) for item in value])
    if kind is Place:
        return to[value]
    names = _FIELDS.get(kind)
    return value if names is None else kind(*[moved(getattr(value, name), to) for name in names])


_FIELDS: dict[type, tuple[str, ...]] = {kind: tuple(each.name for each in fields(kind)) for kind in get_args(Node)}
