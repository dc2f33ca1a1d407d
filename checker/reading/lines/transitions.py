"""The steps of a display as lines: what stands on both sides is read, and the part that each line plays."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from checker.reading.grammar.formula import parse, parse_list
from checker.reading.known.letters import keys, left_outside, letters_in, outside
from checker.reading.known.names import name_of
from checker.reading.known.scope import REAL, Gap, Scope
from checker.reading.layout.pieces import Sign
from checker.reading.lexicon import Lexicon
from checker.reading.lines.anew import forget_other
from checker.reading.lines.chains import Equivalence, Link, Statement, Step, written
from checker.reading.lines.conditions import (
    beside,
    doubted,
    is_comment,
    is_condition,
    is_domain,
    is_of_letter,
    restriction,
)
from checker.reading.lines.course import NOTHING, Course
from checker.reading.lines.records import CHECKED, SIGNS, Condition, Line
from checker.reading.lines.roles import imposed_in, with_role
from checker.reading.lines.solutions import is_solution, note_solutions, solved_before
from checker.reading.lines.zeroed import is_by, is_derivative, premise_for, standing, unsaid, zeroed
from checker.reading.meaning.naming import occurs_in, using
from checker.reading.syntax import (
    Applied,
    Big,
    Call,
    Chance,
    Letter,
    Node,
    Number,
    Quotient,
    Relation,
    Scripted,
    Several,
    same,
    walk,
)
from checker.reading.tex.items import text_of
from checker.reading.tex.tokens import Beyond, Place, Source, Unreadable, tokenize
from checker.reading.tex.trees import items_of
from checker.reading.words.cues import gets_from_zero, sets_to_zero, tells_when
from checker.reading.words.declarations import Declarer, distributing
from checker.reading.words.kinds import ranged
from checker.reading.words.reasons import reason, varying
from checker.reading.words.sentences import SPOKEN_OF, Chain


def add_lines(c: Course, steps: Sequence[Step], words: str, giving: bool, behind: Sequence[Step] = ()) -> None:
    """Add the lines of a display; `words` stand before it, and giving: declare it. behind: the steps of the next
    display, where only "where" stands between them."""
    named = reason(words)
    _note_standing(c, steps, words)
    _define_ahead(c, steps, behind)
    chains: dict[int, list[Link]] = defaultdict(list)
    for step in steps:
        if isinstance(step, Link):
            chains[step.chain].append(step)
    conditions, aside = _aside(c, steps)
    for step in steps:
        if isinstance(step, Link):
            if step.chain in aside:
                step = replace(step, condition=True)
            _link(c, step, chains[step.chain], words, giving, named, conditions[step.chain])
        elif isinstance(step, Equivalence):
            _equivalence(c, step, named, conditions[step.right.links[-1].chain])
        else:
            _alternatives(c, step)
        named = ""


def _aside(c: Course, steps: Sequence[Step]) -> tuple[dict[int, list[Relation]], set[int]]:
    """The conditions that stand beside each chain as formulas, and the numbers of the chains that they are."""
    conditions: dict[int, list[Relation]] = defaultdict(list)
    aside: set[int] = set()
    restricted: Sequence[Link] = ()
    for step in steps:
        if isinstance(step, Equivalence):
            restricted = (*step.left.links, *step.right.links)
        if not isinstance(step, Link):
            continue
        found = None if step.condition else _domain(c, step, restricted)
        if found is None and not step.condition:
            restricted = (*restricted, step) if restricted and restricted[-1].chain == step.chain else (step,)
            continue
        aside.add(step.chain)
        with contextlib.suppress(Unreadable, RecursionError):
            found = found or Relation(step.sign, c.member(step.left), c.member(step.right), step.place)
            if restricted and is_condition(found):
                conditions[restricted[-1].chain].append(found)
    return conditions, aside


def _define_ahead(c: Course, steps: Sequence[Step], behind: Sequence[Step]) -> None:
    """What a display names only behind its use, n_k in ∂L/∂α_k = −n_k/α_k + λ, n_k = Σ_n 1[y_n = k], is known in it.

    Of a new name that stands before only on right sides, or is explained behind "where"; else the equation may claim
    something of it.
    """
    if c.claims:
        return
    explained = [replace(each, meaning=True, chain=-each.chain) for each in behind if isinstance(each, Link)]
    if len(explained) == len(behind):
        steps = [*steps, *explained]
    solved = any(not isinstance(each, Link) or each.arrow or _ends_in_zero(each) for each in steps)
    for at, step in enumerate(steps):
        if not isinstance(step, Link) or not at or not step.first or step.arrow or step.sign not in ("=", ":="):
            continue
        before = [each for each in steps[:at] if isinstance(each, Link)]
        alone = not any(isinstance(each, Link) and each.chain == step.chain for each in steps[at + 1 :])
        with contextlib.suppress(Unreadable, RecursionError):
            left, right = c.member(step.left), c.member(step.right)
            function = isinstance(left, Call) and all(isinstance(each, Letter) for each in left.arguments)
            named = left.function if isinstance(left, Call) and function else left
            name = name_of(named, c.scope) if isinstance(named, (Letter, Scripted)) else None
            if not alone or len(before) < at or name is None or isinstance(right, Number):
                continue
            known = c.question is not None and name.key in c.scope.used
            solvable = (solved or known) and not step.meaning  # λ may be what an equation is solved for
            if not name.indices and not function and (solvable or name.key in c.scope.sizes | c.scope.lexicon.indices):
                continue
            lefts = [c.member(each.left) for each in before if each.first]
            rights = [c.member(each.right) for each in before]
            used = [any(occurs_in(name.family, node, c.scope) for node in nodes) for nodes in (lefts, rights)]
            if used != [False, True] and not (step.meaning and any(used)):
                continue
            declarer = Declarer(c.scope, c.question)
            if declarer.define(left, right):
                c.scope, c.ahead = declarer.scope, c.ahead | {step.place}


def _ends_in_zero(link: Link) -> bool:
    return len(link.right.items) == 1 and text_of(link.right.items[0]) == "0"


def _note_standing(c: Course, steps: Sequence[Step], words: str) -> None:
    """What the words set to zero holds from here on; of a derivative that is displayed itself, the display says it."""
    first = next(iter(steps), None)
    if isinstance(first, Link) and first.first:
        with contextlib.suppress(Unreadable, RecursionError):
            if any(is_derivative(c.member(member)) for member in (first.left, first.right)):
                return
    for each in standing(c, words):
        c.standing = (*c.standing, each)
        c.imposed_letters |= letters_in(each.equation)


def _link(
    c: Course,
    link: Link,
    chain: Sequence[Link],
    words: str,
    giving: bool,
    named: str,
    conditions: Sequence[Relation] = (),
) -> None:
    line = Line(
        0, 0, link.place, link.sign, written(link.left), written(link.right), c.scope, NOTHING,
        arrow=link.arrow, rule=reason(link.words) or named, alone=link.first and len(chain) == 1, chain=link.chain,
    )  # fmt: skip
    if not link.first:
        c.no_longer_alone(link.chain)
    if link.spoiled:
        c.add(replace(line, problem=Unreadable(link.spoiled, link.place)))
        return
    if link.sign not in CHECKED:
        c.scope = distributing([Chain((link.left, link.right), (Sign(link.sign, link.place),))], c.scope)
        c.add(line)
        c.imposing = False
        return
    try:
        if not link.first and c.is_distribution(link.chain):
            raise Beyond("the side before the sign, which a \\sim names as a distribution", link.left.place)
        left, right = c.member(link.left), c.member(link.right)
        relation = ranged(Relation(link.sign, left, right, link.place), c.scope)
        _require_proportion(link.sign, left, right)
        _require_equation(c, link.sign, left, right)
        premise = c.premise() if link.arrow else _set_to_zero(c, link, relation, words)
        vanishing = _unsaid(c, link, relation, words) if premise is None or link.arrow else None
        note_solutions(c, left, right)
        _require_use(c, link, relation)
        forget_other(c, link, relation)
        head = _head(c, link, chain, words) if link.sign == "prop" else ()
        second, whole = _second(c, link, relation), _whole(c, link, relation)
        line = replace(
            line, scope=c.scope, statement=relation, head=head, premise=premise, second=second, whole=whole,
            vanishing=vanishing, solving=vanishing is not None and not link.arrow and is_solution(words, left),
        )  # fmt: skip
        if (link.condition or link.constraint and c.question is None) and not c.claims:
            if c.question is not None:
                raise Beyond("a condition, of which an answer claims nothing", link.place)
            c.add(replace(line, role="given"))  # "if x > 0": it is the condition of what stands before it
            return
        lost, told = _is_lost(c, line, words), link.first and tells_when(words)
        known, said = c.scope, _conditions(c, link.words, link.place, conditions)
        line = with_role(c, line, link, chain, relation, words, giving)
        if lost and not line.role:
            gap = Gap(letters_in(relation), "what the words before it set to zero is not displayed")
            line = replace(line, scope=replace(line.scope, gaps=(*line.scope.gaps, gap)))
        if told and not line.role and line.premise is None and not link.arrow:
            gap = Gap(letters_in(relation), "the words before it say that it is a condition")
            line = replace(line, scope=replace(line.scope, gaps=(*line.scope.gaps, gap)))
        if line.role in ("definition", "given") and said:
            line = _defined_in_part(c, line, known, relation, said)
        elif not line.role:
            if said and isinstance(left, Call) and (several := c.partial.intersection(keys(left.function))):
                c.scope = replace(c.scope, restated=c.scope.restated | several)
                raise Beyond("a name that is defined for several cases", link.place)
            solved = solved_before(c, left, right)
            if solved and not said:
                said = [Condition("at the solution", solved)]
            line = _restricted(c, line, relation, said, c.lingering or _of_chain(c, link))
        scope = using(_restated(c, line, link, left), left, right)
    except (Unreadable, RecursionError) as problem:
        c.add(replace(line, problem=_as_unreadable(problem, link.left.place)))
        c.imposing = False
        return
    except Exception as error:  # a fault of ours costs one line, and not the document
        c.add(replace(line, problem=Beyond(f"the checker failed here ({type(error).__name__}: {error})", link.place)))
        c.imposing = False
        return
    c.add(line)
    c.scope = scope


def _of_chain(c: Course, link: Link) -> Condition | None:
    """The condition of a line before in the same chain, which may go on."""
    found = c.restrictions.get(link.chain)
    return Condition(found.words, found.relations) if found is not None else None


def _conditions(c: Course, words: str, place: Place, conditions: Sequence[Relation]) -> list[Condition]:
    """The conditions beside a line, and those under which the words lead to its display."""
    own = beside(words, place, c.scope)
    if conditions:
        own = Condition(words or "beside it", tuple(conditions))
    return [each for each in (own, c.condition or c.case) if each is not None]


def _restricted(c: Course, line: Line, relation: Node, said: Sequence[Condition], carried: Condition | None) -> Line:
    """The line under the conditions that its words set, or that words before it may still set."""
    counts = c.question is None and not c.claims
    understood = [each for each in said if each.relations]
    relations = tuple(each for condition in understood for each in condition.relations)
    found = None
    if relations:
        joined = Condition("; ".join(each.words for each in understood), relations)
        found = restriction(joined, relation, line.scope, counts=counts)
        if found is None and not is_comment(joined, relation, line.scope):
            return replace(line, scope=doubted(joined, relation, line.scope))
    elif carried is not None and carried.relations:
        found = restriction(carried, relation, line.scope, counts=False)
    scope = line.scope
    for each in said:
        scope = scope if each.relations else doubted(each, relation, scope)
    return replace(line, scope=scope, restriction=found)


def _defined_in_part(c: Course, line: Line, before: Scope, relation: Relation, said: Sequence[Condition]) -> Line:
    """A definition or given under a condition: it is one where this is a domain, and else says nothing for certain."""
    left = relation.left
    if all(each.relations and is_domain(each.relations, left) for each in said):
        if isinstance(left, Call) and (name := name_of(left.function, c.scope)) is not None:
            c.partial |= {name.key}
        return line
    letters = letters_in(left.function if isinstance(left, Call) else left)
    words = " and ".join(each.words.strip(" ,.;") for each in said)
    c.scope = replace(before, gaps=(*before.gaps, Gap(letters, f"what is said of it under '{words}'")))
    return replace(line, scope=c.scope)


def _domain(c: Course, link: Link, before: Sequence[Link]) -> Relation | None:
    """x ≥ 0 behind a comma: it says where the formula before it holds, if nothing before says what x is."""
    if c.question is not None or c.claims or not (link.beside and link.first) or link.arrow or not before:
        return None
    try:
        relation = Relation(link.sign, c.member(link.left), c.member(link.right), link.place)
        lefts, rights = [c.member(each.left) for each in before], [c.member(each.right) for each in before]
    except (Unreadable, RecursionError):
        return None
    if not is_of_letter(relation, c.scope):
        return None
    letters = {key for side in (relation.left, relation.right) for key in keys(side)}
    said = {key for line in c.lines if line.role != "given" for key in keys(getattr(line.statement, "left", NOTHING))}
    said |= {key for node in lefts for key in keys(node)} | c.imposed_letters
    undecided = all(c.scope.kinds.get(key, REAL) == REAL and c.scope.definition_of(key) is None for key in letters)
    return relation if undecided and letters <= letters_in(*lefts, *rights) and not letters & said else None


def _set_to_zero(c: Course, link: Link, relation: Relation, words: str) -> Node | None:
    """What words before the display set to zero, where the display has what follows from it: x = …

    Of what words set to zero farther before, the last derivative by a name on the left side.
    """
    if not link.first or link.sign != "=":
        return None
    is_zero = isinstance(relation.right, Number) and relation.right.text == "0"
    solved = isinstance(relation.left, (Letter, Scripted)) and not is_zero
    if c.imposing or c.imposing_zero:
        found = zeroed(c, words)
    else:
        found = tuple([each for each in c.standing if is_by(each, relation.left)][-1:])
    for each in found:
        c.imposed_letters |= letters_in(each.equation)
    return premise_for(found, relation.left) if solved else None


def _unsaid(c: Course, link: Link, relation: Relation, words: str) -> Node | None:
    """What an answer may have set to zero without saying so, where a display of its own has what follows: x = …"""
    if c.question is None or not link.first or link.sign != "=" or c.imposing or c.imposing_zero:
        return None
    if not isinstance(relation.left, (Letter, Scripted)) or SPOKEN_OF.search(words):
        return None
    found = unsaid(c, relation.left)
    for each in found:
        c.imposed_letters |= letters_in(each.equation)
    return premise_for(found, relation.left)


def _is_lost(c: Course, line: Line, words: str) -> bool:
    """The words set to zero a derivative that is displayed nowhere: "setting the derivative of $E$ to zero gives"."""
    if line.premise is not None or not (sets_to_zero(words) or gets_from_zero(words)):
        return False
    statements = [each.statement for each in c.lines]
    return not any(isinstance(each, Relation) and is_derivative(each.left) for each in statements)


def _require_proportion(sign: str, *sides: Node) -> None:
    """Nothing is proportional to 0: the row goes on with another than the one before it. Raises Unreadable there."""
    if sign == "prop" and any(isinstance(side, Number) and side.text == "0" for side in sides):
        raise Unreadable("0 stands beside ∝, so that it is not certain what goes on here", sides[0].place)


def _require_equation(c: Course, sign: str, left: Node, right: Node) -> None:
    """θ := θ + α g gives θ a new value, and is no equation. Raises Beyond there."""
    name = name_of(left, c.scope) if sign == ":=" and isinstance(left, (Letter, Scripted)) else None
    if name is not None and occurs_in(name.family, right, c.scope) and any(same(left, each) for each in walk(right)):
        raise Beyond("an assignment of a new value", left.place)


def _require_use(c: Course, link: Link, relation: Relation) -> None:
    """L(π, λ) = …, in names that L(x, λ) has not, gives another function of the name.

    Raises Beyond there, since neither is certain; what the function was is not put in from then on.
    """
    left = relation.left
    name = name_of(left.function, c.scope) if isinstance(left, Call) and link.first else None
    if name is None or not isinstance(left, Call) or not all(isinstance(each, Letter) for each in left.arguments):
        return
    alike = (each for each in c.scope.functions_of(name.key) if len(each.parameters) == len(left.arguments))
    definition = next(alike, None)
    if definition is None or all(any(same(a, p) for p in definition.parameters) for a in left.arguments):
        return
    known = {key for node in (definition.body, *left.arguments) for each in walk(node) for key in keys(each)}
    new = {key for each in walk(relation.right) for key in keys(each)} - known
    if any(c.scope.is_undeclared(key) and c.scope.is_undeclared(f"{key}[]") for key in new):
        c.scope = replace(c.scope, restated=c.scope.restated | {name.key})
        raise Beyond(f"{name.key} of other names than before, which may be another function", left.place)


def _restated(c: Course, line: Line, link: Link, left: Node) -> Scope:
    """The scope behind a line that gives a formula for a function that has one: which is meant is not certain."""
    name = name_of(left.function, c.scope) if isinstance(left, Call) else None
    if line.role or not link.first or name is None or not c.scope.functions_of(name.key):
        return c.scope
    assert isinstance(left, Call)
    parameters = c.scope.functions_of(name.key)[0].parameters
    if not all(isinstance(each, Letter) and _is_argument(each, parameters) for each in left.arguments):
        return c.scope  # a value of the function
    among = all(any(same(each, own) for own in parameters) for each in left.arguments)
    if among and len(left.arguments) == len(parameters) and not all(map(same, left.arguments, parameters)):
        return c.scope  # F(q, p) beside F(p, q)
    return replace(c.scope, restated=c.scope.restated | {name.key})


def _is_argument(letter: Letter, parameters: Sequence[Node]) -> bool:
    """The letter may stand for any argument; w* does not, but where it is one."""
    return not letter.accents or any(same(letter, own) for own in parameters)


def _head(c: Course, link: Link, chain: Sequence[Link], words: str) -> tuple[Node, ...]:
    """What a proportionality is in: the name that the words say, or what the probability at the chain's head is of."""
    named = varying(link.words) or varying(words)
    if named:
        return (parse(items_of(tokenize(Source(named, link.place))), c.scope.lexicon, link.place),)
    head = c.member(chain[0].left)
    return (head,) if isinstance(head, Chance) else ()


def _second(c: Course, link: Link, relation: Relation) -> Node | None:
    """The link read in the other way where there is one."""
    if not any(isinstance(each, (Applied, Big, Quotient)) for each in walk(relation)):
        return None
    return _reread(link, relation, replace(c.scope.lexicon, other=True))


def _whole(c: Course, link: Link, relation: Relation) -> Node | None:
    """The link with its sums up to where their indices stand last, where one of these stands outside of its sum alone:
    Σ_n a_n − b_n, and n nowhere else."""
    if not left_outside((relation.left, relation.right), c.scope):
        return None
    whole = _reread(link, relation, replace(c.scope.lexicon, whole=True))
    sides = (whole.left, whole.right) if isinstance(whole, Relation) else ()
    return whole if sides and not any(outside(side, c.scope) for side in sides) else None


def _reread(link: Link, relation: Relation, lexicon: Lexicon) -> Relation | None:
    """The link as it is read with another lexicon; None where that makes no difference."""
    try:
        sides = [parse_list(m.items, lexicon, m.place) for m in (link.left, link.right)]
    except Unreadable:
        return None
    if any(len(side) != 1 for side in sides):
        return None
    other = Relation(relation.sign, sides[0][0], sides[1][0], relation.place)
    return None if same(other, relation) else other


def _equivalence(c: Course, step: Equivalence, named: str, conditions: Sequence[Relation]) -> None:
    left, right = step.left.links, step.right.links
    line = Line(
        0, 0, step.place, "<=>", _shown(left), _shown(right), c.scope, NOTHING, role="equivalence",
        rule=reason(step.words) or named,
    )  # fmt: skip
    try:
        sides = tuple(_joined(c, statement) for statement in (step.left, step.right))
        imposed = imposed_in(c, left) if step.left.word == "and" else None
        scope = using(c.scope, *sides)
    except (Unreadable, RecursionError) as problem:
        c.add(replace(line, problem=_as_unreadable(problem, step.place)))
        return
    c.imposing = False
    if imposed is not None:
        c.imposed_letters |= letters_in(imposed)
    statement = Several("and", sides, step.place)
    said = _conditions(c, step.words, step.place, conditions)
    line = _restricted(c, replace(line, statement=statement, imposed=imposed), statement, said, c.lingering)
    c.add(line)
    c.scope = scope


def _joined(c: Course, statement: Statement) -> Node:
    relations = tuple(
        Relation(link.sign, c.member(link.left), c.member(link.right), link.place) for link in statement.links
    )
    return relations[0] if len(relations) == 1 else Several(statement.word, relations, statement.links[0].place)


def _alternatives(c: Course, statement: Statement) -> None:
    first = statement.links[0]
    line = Line(
        0, 0, first.place, "=", written(first.left), _shown(statement.links)[len(written(first.left)) :].lstrip(" ="),
        c.scope, NOTHING, alone=True, arrow=first.arrow,
    )  # fmt: skip
    try:
        node = _joined(c, statement)
        scope = using(c.scope, node)
    except (Unreadable, RecursionError) as problem:
        c.add(replace(line, problem=_as_unreadable(problem, first.place)))
        return
    premise = c.premise() if first.arrow else None
    imposing, c.imposing = c.imposing, False
    c.add(replace(line, statement=node, premise=premise, role="imposed" if imposing else ""))
    c.scope = scope


def _as_unreadable(problem: Unreadable | RecursionError, place: Place) -> Unreadable:
    return problem if isinstance(problem, Unreadable) else Unreadable("the formula is nested too deeply", place)


def _shown(links: Sequence[Link]) -> str:
    return ", ".join(f"{written(link.left)} {SIGNS.get(link.sign, link.sign)} {written(link.right)}" for link in links)
