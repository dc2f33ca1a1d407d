"""The part that a line plays: imposed, declared, a definition, or a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.check import holds
from checker.derivation import Transition
from checker.reading.known.letters import free_letters, letters_in
from checker.reading.known.names import letter_key, name_of
from checker.reading.known.scope import Scope, Shorthand
from checker.reading.layout.phrases import says_count
from checker.reading.lexicon import CHANCE
from checker.reading.lines.chains import Link
from checker.reading.lines.course import Course
from checker.reading.lines.givens import read
from checker.reading.lines.records import Line
from checker.reading.lines.solutions import without_marks
from checker.reading.lines.zeroed import is_derivative
from checker.reading.meaning.chances import is_density
from checker.reading.meaning.naming import definition_of, is_new, overloading
from checker.reading.syntax import (
    Bracket,
    Call,
    Chance,
    Derivative,
    Dots,
    Gradient,
    Letter,
    Node,
    Number,
    Phrase,
    Product,
    Relation,
    Scripted,
    Total,
    names_in,
    same,
    walk,
)
from checker.reading.tex.tokens import Beyond, Unreadable
from checker.reading.words.cues import concludes, sets_to_zero
from checker.reading.words.declarations import Declarer
from checker.reading.words.factors import density_of, is_of_new_data
from checker.reading.words.kinds import kinds_in


def with_role(
    c: Course, line: Line, link: Link, chain: Sequence[Link], relation: Relation, words: str, giving: bool
) -> Line:
    """Whether the line is imposed, declared, a definition, or a claim."""
    if c.claims:
        return line
    if _settles(c, relation):
        line = replace(line, scope=c.scope)
    if link.place in c.ahead:
        return replace(line, role="definition")
    if link.imposed and c.question is None and not link.arrow:
        c.imposing = c.imposing_zero = c.setting = False
        return _imposed(c, line, relation)
    zero = _zero_side(relation)
    solved = isinstance(relation.left, (Letter, Scripted)) and zero is not relation.left
    if c.imposing and len(chain) > 1 and _is_zero(c, chain[-1]) and not link.arrow:
        if link is not chain[-1]:
            return line  # of a = b = 0 behind "setting … to zero", b = 0 is imposed
        c.imposing = False
        return _imposed(c, line, relation)
    if c.imposing and link.first and link.sign in ("=", "<", ">", "<=", ">=", "!=") and not link.arrow:
        c.imposing = c.imposing_zero = False
        if not (solved and zero is None and sets_to_zero(words)):  # x = … is what follows from it
            return _imposed(c, line, relation)
    imposing_zero, c.imposing, c.imposing_zero = c.imposing_zero, False, False
    setting, c.setting = c.setting, False
    unsolved = link.first and len(chain) == 1 and link.sign == "=" and not link.arrow and not solved
    if unsolved and (imposing_zero or setting and zero is not None):
        return _imposed(c, line, relation)
    if zero is not None and not link.arrow and (zero is relation.left or link.first):
        imposed = _imposed_by_zero(c, link, chain, relation, zero, words)
        if imposed is not None:
            return replace(_imposed(c, line, relation), imposed=imposed)
    zero_first = zero is not None and zero is relation.right  # 0 = ∂(f + λg)/∂x = …
    alone = link.first and (len(chain) == 1 or zero_first) and link.sign == "=" and not link.arrow
    if alone and not concludes(words) and _brings_multiplier(c, relation):
        return _imposed(c, line, relation)
    if link.sign == "=" and isinstance(relation.right, Bracket) and relation.right.kind == "":
        return _ranged(c, line, relation)
    if link.sign in ("=", ":=") and link.first and link.arrow and isinstance(relation.left, Call):
        return replace(line, role="definition") if _defines(c, relation) else line
    if link.sign in ("=", ":=") and link.first and not link.arrow:
        goes_on = not c.giving_on or _goes_on(c, relation)
        if giving and c.question is None and goes_on and not _is_of_defined(c, relation.left):
            return _given(c, line, relation)
        closed = _closed(c, relation, line.second)
        if _defines(c, closed) or _is_of_known(c, closed):
            return replace(line, role="definition", statement=closed)
        density = density_of(relation) if c.question is None else None
        if density is not None and _states_density(c, *density):
            if isinstance(relation.left, Chance) and _is_of_whole(relation, c.scope):
                return replace(_given(c, line, relation), role="definition")
            c.scope = replace(c.scope, chances=(*c.scope.chances, Shorthand(*density)))
            return replace(line, role="definition")
        if c.question is None and _recurs(c, relation):
            return replace(_given(c, line, relation), role="definition")
    return line


def _imposed(c: Course, line: Line, relation: Relation) -> Line:
    """An imposed equation; what it is solved for is one of its names, or of what is defined by them."""
    c.imposed_letters |= letters_in(relation)
    return replace(line, role="imposed")


def _imposed_by_zero(
    c: Course, link: Link, chain: Sequence[Link], relation: Relation, zero: Node, words: str
) -> Node | None:
    """What "= 0" imposes; None where it is a claim."""
    if link.first and zero is relation.right and _named_derivative(zero, c.scope) and not concludes(words):
        return relation  # 0 = ∂ℓ/∂μ = …
    if link is chain[-1] and len(chain) > 1 or not link.first:
        first = _first_of(c, chain[0], link)
        if first is not None and is_derivative(first):
            return relation
        return None
    if link.first and len(chain) == 1 and _named_derivative(zero, c.scope) and not concludes(words):
        return relation
    return None


def _brings_multiplier(c: Course, relation: Relation) -> bool:
    """∂f/∂x = λ ∂g/∂x, ∂f/∂x + λ ∂g/∂x = 0, or ∂(f + λg)/∂x = 0, with a λ that stands nowhere before: there is one."""
    if isinstance(zero := _zero_side(relation), (Derivative, Gradient)):
        return _is_of_a_new_sum(c, zero)
    terms = [*_terms(relation.left), *_terms(relation.right)]
    terms = [term for term in terms if not isinstance(term, Number) or term.text != "0"]
    derivatives = [term for term in terms if _named_derivative(term, c.scope)]
    rest = [term for term in terms if not any(term is each for each in derivatives)]
    if not any(_is_of_defined(c, each) for each in derivatives) or len(rest) != 1:
        return False
    factors = rest[0].factors if isinstance(rest[0], Product) else (rest[0],)
    inside = {letter_key(each) for d in derivatives for each in walk(d) if isinstance(each, Letter)}
    new = [f for f in factors if isinstance(f, Letter) and letter_key(f) not in inside and _is_unsaid(c, f)]
    others = [factor for factor in factors if not any(factor is each for each in new)]
    return len(new) == 1 and all(_named_derivative(each, c.scope) or isinstance(each, Number) for each in others)


def _is_of_a_new_sum(c: Course, node: Derivative | Gradient) -> bool:
    """The derivative of a sum, one term of which has a new letter as its factor."""
    body = node.body
    while isinstance(body, Bracket) and len(body.items) == 1:
        body = body.items[0]
    terms = _terms(body)
    by = node.variables if isinstance(node, Derivative) else (node.variable,)
    variables = {letter_key(each) for v in by if v is not None for each in walk(v) if isinstance(each, Letter)}
    letters = [{letter_key(each) for each in walk(term) if isinstance(each, Letter)} for term in terms]
    factors = [term.factors if isinstance(term, Product) else (term,) for term in terms]
    new = [
        letter_key(factor)
        for each in factors
        for factor in each
        if isinstance(factor, Letter) and letter_key(factor) not in variables and _is_unsaid(c, factor)
    ]
    return len(terms) > 1 and len(new) == 1 and sum(new[0] in each for each in letters) == 1


def _terms(node: Node) -> tuple[Node, ...]:
    return tuple(term for _, term in node.terms) if isinstance(node, Total) else (node,)


def _is_unsaid(c: Course, letter: Letter) -> bool:
    """A number of which no formula says anything before, whatever a sentence calls it."""
    name = name_of(letter, c.scope)
    if name is None or name.family in c.scope.used:
        return False
    kind = c.scope.kinds.get(name.family)
    told = kind is not None and (bool(kind.shape) or kind.values is not None or c.question is not None)
    return is_new(name, c.scope) or kind is not None and not told


def imposed_in(c: Course, chain: Sequence[Link]) -> Relation | None:
    """What E1 of E1 ⇔ E2 imposes as it would alone: that a derivative is zero, or that there is a multiplier."""
    last = chain[-1]
    if len(chain) == 1 and last.sign == "=":
        relation = Relation("=", c.member(last.left), c.member(last.right), last.place)
        if _brings_multiplier(c, relation):
            return relation
    if last.sign != "=" or not _is_zero(c, last):
        return None
    head = _first_of(c, chain[0], last)
    if head is None or not is_derivative(head) or len(chain) == 1 and not _named_derivative(head, c.scope):
        return None
    return Relation("=", head, Number("0", last.place), last.place)


def _is_zero(c: Course, link: Link) -> bool:
    """The link ends in 0."""
    try:
        right = c.member(link.right)
    except Unreadable:
        return False
    return link.sign == "=" and isinstance(right, Number) and right.text == "0"


def _first_of(c: Course, first: Link, link: Link) -> Node | None:
    """The member that the chain begins with, perhaps in a display before."""
    try:
        if first.first:
            return c.member(first.left)
    except Unreadable:
        return None
    start = c.flow.last
    if start is None or start.number != link.chain or not start.members:
        return None
    return c.member(start.members[0])


def _is_of_defined(c: Course, node: Node) -> bool:
    """A derivative of what is defined, which is found, and not given: f'(x) = … behind "let $f(x) = …$,"."""
    if not is_derivative(node):
        return False
    body = node.body if isinstance(node, (Derivative, Gradient)) else node
    name = name_of(body.function if isinstance(body, Call) else body, c.scope)
    if name is None:
        return False
    key = name.key.rstrip("'")
    return bool(c.scope.functions_of(key) or c.scope.definition_of(f"{key}[]" if name.indices else key))


def _closed(c: Course, relation: Relation, second: Node | None) -> Relation:
    """L(w) = Σ_n a_n + b_n, where a sum that ends at the + leaves an n free that the left side has not, in the second
    reading, which does not."""
    if not isinstance(second, Relation):
        return relation
    indices = c.scope.lexicon.bound - free_letters(relation.left, c.scope)
    left_free = indices & free_letters(relation.right, c.scope)
    return second if left_free and not left_free & free_letters(second.right, c.scope) else relation


def _states_density(c: Course, left: Chance, right: Node) -> bool:
    """p(x_n) = a formula of x_n, where nothing is said yet of any p(x), or p(D|θ) of new data: what the density is."""
    known = c.scope
    if not isinstance(left.head, Letter) or left.head.name not in CHANCE:
        return False
    families = {_family_of(event, known) for event in left.events}
    if "" in families or not all(isinstance(event, (Letter, Scripted)) for event in left.events):
        return False
    said = [right, *(factor.left for factor in known.factors), *known.facts, *(each.short for each in known.chances)]
    said += [each.statement for _, _, lines in c.parts for each in lines]
    chances = [each for node in said for each in walk(node) if isinstance(each, Chance) and not is_density(each)]
    told = {_family_of(event, known) for each in chances for event in _named(each.events)}
    if any(len(each.events) == len(left.events) and len(each.given) == len(left.given) for each in chances):
        return False  # it may be the same density at another place
    if left.given and told & {_family_of(event, known) for event in _named(left.given)}:
        return False  # p(x′|x) behind p(x|θ) is found
    if left.given:  # p(z|x) behind p(x|z) is what follows from it
        told |= {_family_of(event, known) for each in chances for event in _named(each.given)}
    mentioned = all(_mentions(right, family, known) or _mentions(right, f"{family}[]", known) for family in families)
    return (
        (mentioned or is_of_new_data(left, right, known))
        and not known.independence
        and not any(isinstance(each, Chance) and not is_density(each) for each in walk(right))
        and not families & told
        and not any(each.key in map(_bare_key, families) for each in known.distributions)
        and not letters_in(*left.events) & known.distributed
    )


def _settles(c: Course, relation: Relation) -> bool:
    """p(x | λ) = λ e^{−λx} says by which parameter an Exponential(λ) is meant; it is noted."""
    left = relation.left
    if relation.sign != "=" or not isinstance(left, Chance) or is_density(left):
        return False
    for number, of in enumerate(c.scope.distributions):
        keys = {name.key for each in _named(left.events) if (name := name_of(each, c.scope)) is not None}
        if len(of.families) < 2 or keys != {of.key}:
            continue
        kept = c.scope.distributions
        scopes = [
            replace(c.scope, distributions=(*kept[:number], replace(of, families=(each,)), *kept[number + 1 :]))
            for each in of.families
        ]
        fitting = [scope for scope in scopes if _is_so(scope, relation)]
        if len(fitting) == 1:
            c.scope = fitting[0]
            return True
    return False


def _is_so(scope: Scope, relation: Relation) -> bool:
    """An equation that is proved in this scope."""
    try:
        found = read(scope, [relation.left, relation.right])
    except Unreadable:
        return False
    return holds(Transition(1, "=", *found.trees), found.givens)


def _bare_key(family: str) -> str:
    return family.removesuffix("[]")


def _named(events: Sequence[Node]) -> list[Node]:
    """The variables of events."""
    return [event.left if isinstance(event, Relation) else event for event in events]


def _is_of_whole(relation: Relation, scope: Scope) -> bool:
    """p(θ) or p(x|θ) of names that are declared, and no members of families: a factor of what is observed."""
    assert isinstance(relation.left, Chance)
    names = [name_of(event, scope) for event in relation.left.events]
    return all(n is not None and not n.indices and (n.key in scope.kinds or f"{n.key}[]" in scope.kinds) for n in names)


def _recurs(c: Course, relation: Relation) -> bool:
    """x_{n+1} = f(x_n), F_n = F_{n-1} + F_{n-2} where nothing is said yet of any x_n: what the sequence is."""
    left = relation.left
    place = _step(left)
    name = name_of(left, c.scope) if place is not None else None
    if place is None or name is None:
        return False
    own = [_step(each) for each in names_in(relation.right) if _family_of(each, c.scope) == name.family]
    return (
        bool(own)
        and not (name.family in c.scope.kinds and place[0] in c.scope.index_sets)  # it is data
        and all(each is not None and each[0] == place[0] and each[1] < place[1] for each in own)
        and c.scope.definition_of(name.family) is None
        and not any(_mentions(fact, name.family, c.scope) for fact in c.scope.facts)
        and not any(_mentions(each.statement, name.family, c.scope) for _, _, lines in c.parts for each in lines)
    )


def _step(node: Node) -> tuple[str, int] | None:
    """Where a member of a sequence stands: ("n", 1) for x_{n+1}; None for anything else."""
    if (
        not isinstance(node, Scripted)
        or not isinstance(node.base, Letter)
        or len(node.sub) != 1
        or node.sup is not None
    ):
        return None
    index = node.sub[0]
    if isinstance(index, Letter):
        return letter_key(index), 0
    if not isinstance(index, Total) or len(index.terms) != 2 or index.terms[0][0] != 1:
        return None
    (_, letter), (sign, step) = index.terms
    if not isinstance(letter, Letter) or not isinstance(step, Number) or not step.text.isdecimal():
        return None
    return letter_key(letter), sign * int(step.text)


def _family_of(node: Node, scope: Scope) -> str:
    try:
        name = name_of(node, scope)
    except Unreadable:
        return ""
    return name.family if name is not None else ""


def _mentions(node: Node, family: str, scope: Scope) -> bool:
    return any(_family_of(each, scope) == family for each in names_in(node))


def _goes_on(c: Course, relation: Relation) -> bool:
    """A display without words behind one that is given goes on with the model: p(x|y=k) = … behind p(y=k) = …"""
    left = relation.left
    stated: list[Node] = [factor.left for factor in c.scope.factors]
    stated += [fact.left for fact in c.scope.facts if isinstance(fact, Relation)]
    return isinstance(left, Chance) and not any(same(left, each) for each in stated)


def _ranged(c: Course, line: Line, relation: Relation) -> Line:
    """i = 1, …, N beside a formula says over what an index runs."""
    declarer = Declarer(c.scope, c.question)
    kinds_in(declarer, relation)
    c.scope = declarer.finish()
    if declarer.problems or not any(isinstance(item, Dots) for item in getattr(relation.right, "items", ())):
        raise Beyond("a list as one side of an equation", relation.place)
    return replace(line, role="given", scope=c.scope)


def _given(c: Course, line: Line, relation: Relation) -> Line:
    """A displayed declaration."""
    declarer = Declarer(c.scope)
    declarer.statement(relation)
    c.scope = declarer.finish()
    if declarer.problems:
        return replace(line, problem=declarer.problems[0])
    return replace(line, role="given", scope=c.scope)


def _defines(c: Course, relation: Relation) -> bool:
    if isinstance(relation.left, Phrase) and says_count(relation.left.text):
        return False  # the words say what it is
    _forget_use(c, relation.left)
    defined = definition_of(relation.left, relation.right, overloading(relation.left, c.scope))
    if defined is None:
        return False
    if c.question is not None and (plain := without_marks(relation.left)) is not relation.left:
        name = name_of(plain, c.scope)
        if name is not None and c.question.is_known(name.family):
            raise Beyond(f"a solution for {name.key} without an equation that is imposed before it", relation.place)
    if isinstance(defined, Shorthand) and not isinstance(relation.left, Call):
        name = name_of(relation.left, c.scope)
        if name is None or not is_new(name, c.scope):
            return False
    declarer = Declarer(c.scope, c.question)
    if not declarer.define(relation.left, relation.right):
        return False
    c.scope = declarer.scope
    return True


def _is_of_known(c: Course, relation: Relation) -> bool:
    """The line itself is where a name is defined that parts read before know already."""
    name = name_of(relation.left, c.scope) if isinstance(relation.left, (Letter, Scripted)) else None
    definition = c.scope.definition_of(name.family) if name is not None else None
    return definition is not None and definition.left.place == relation.left.place and c.question is not None


def _forget_use(c: Course, left: Node) -> None:
    """A function of which nothing is said is new where it stands before in definitions alone: y = σ(wx)."""
    name = name_of(left.function, c.scope) if isinstance(left, Call) and left.kind == "()" else None
    if name is None or name.family not in c.scope.used or c.question is not None:
        return
    lines = [each for _, _, part in c.parts for each in part if each.role not in ("definition", "given")]
    if not any(_mentions(each.statement, name.family, c.scope) for each in lines):
        c.scope = replace(c.scope, used=c.scope.used - {name.family})


def _zero_side(relation: Relation) -> Node | None:
    """The other side of an equation with 0."""
    if relation.sign != "=":
        return None
    for zero, other in ((relation.right, relation.left), (relation.left, relation.right)):
        if isinstance(zero, Number) and zero.text == "0":
            return other
    return None


def _named_derivative(node: Node, scope: Scope) -> bool:
    """The derivative of a function by its name, at its own arguments."""
    if not isinstance(node, (Derivative, Gradient)):
        return False
    body = node.body
    if isinstance(body, Call):
        return all(isinstance(a, (Letter, Scripted)) for a in body.arguments)
    variables = node.variables if isinstance(node, Derivative) else (node.variable,)
    name = name_of(body, scope)
    if name is None or name.power is not None or any(v is not None and same(v, body) for v in variables):
        return False
    if scope.definition_of(name.family) is not None or name.key in scope.lexicon.functions:
        return True
    return name.family not in scope.kinds and name.key not in scope.index_sets and name.key not in scope.sizes
