"""What "x_n ∼ Poisson(λ)" and "i.i.d. with mean μ and variance σ²" declare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from checker.reading.grammar.formula import parse_list
from checker.reading.known.families import ABOVE, ANY, BINARY, COUNT, FROM_ONE, NAMED, SIZE, UNIT, Family, families
from checker.reading.known.letters import letters_in
from checker.reading.known.names import Name, letter_key
from checker.reading.known.scope import Distribution
from checker.reading.layout.pieces import Sign
from checker.reading.meaning import dots
from checker.reading.meaning.naming import plain_name
from checker.reading.syntax import (
    Applied,
    Bracket,
    Call,
    Chance,
    Letter,
    Node,
    Number,
    Product,
    Relation,
    Scripted,
    walk,
)
from checker.reading.tex import tokens as t
from checker.reading.tex.items import split
from checker.reading.tex.signs import BARS
from checker.reading.tex.tokens import Token, Unreadable
from checker.reading.words.draft import Draft, listed
from checker.reading.words.factors import probability
from checker.reading.words.kinds import kinds_in
from checker.reading.words.sentences import Chain, Clause, Said

_INDEPENDENT = re.compile(
    r"\b(?:i\.?\s?i\.?\s?d\b\.?|independent(?:ly)?\b(?! of)|samples?\b|drawn\b|sampled\b)",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    r"pairwise|\bdependent\b|\bnot\b|\bnon-?i|correlated|markov|unless|conditionally", re.IGNORECASE
)
_ARGUMENT = re.compile(
    r"\b(?:first|second|third|last)\s+(?:argument|parameter|entry)\b|\bprecision\b|\bparametri[sz]", re.IGNORECASE
)
_DEVIATION = re.compile(r"\bstandard\s+deviations?\b|\bstd\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:(?:mutually|all|statistically|conditionally)\s+)?(?:i\.?\s?i\.?\s?d\b\.?|independent(?:ly)?\b)"
    r"(?:,?\s+(?:and\s+)?identically\s+distributed)?",
    re.IGNORECASE,
)
_MEAN = re.compile(
    r"\b(?:with|having|of|has|have)\s+(?:\w+\s+){0,2}(?:mean|expectation|expected value)\W*$", re.IGNORECASE
)
_VARIANCE = re.compile(r"\W*(?:and|with)?\W*(?:\w+\s+)?variance\W*", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?P<law>bernoulli|poisson|exponential|geometric|binomial|beta|gamma)\b"
    r"(?:[- ](?:distribut\w+|random|variables?|samples?|draws?|trials?|law))*\W+(?:with|of|having)\s+"
    r"(?:(?:an?|the|some|unknown|known|common|same|success)\s+)*"
    r"(?P<parameter>rate|scale|mean|parameters?|probability(?:\s+of\s+success)?|bias|intensity)\W*$",
    re.IGNORECASE,
)
"""A distribution by its name, with what its parameter is called."""
_FROM = re.compile(
    r"\b(?:from|as|follows?|according\s+to|distributed)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+)?(?:(?:distribution|law|density)\s+)?$",
    re.IGNORECASE,
)
"""Words between names and the distribution that they have."""
_AND = re.compile(r"\W*and(?:\s+(?:the\s+)?(?:rate|scale|parameter))?\W*", re.IGNORECASE)
_NORMAL = re.compile(r"\b(?:gaussian|normal(?:ly)?)\b", re.IGNORECASE)
_RANDOM = re.compile(r"\bi\.?\s?i\.?\s?d\b|random|independent|drawn|sample", re.IGNORECASE)


def is_distributed(chain: Chain) -> bool:
    """x ∼ Poisson(λ), perhaps with a condition on the left, as in z = k."""
    signs = [sign.sign for sign in chain.signs]
    return signs == ["~"] or signs == ["=", "~"] and len(split(chain.members[0].items, {*BARS})) == 2


def without_independence(words: str) -> str:
    """The words without those that say that what is distributed is independent."""
    return _SAID.sub(" ", words)


def independently(words: str) -> bool:
    """The words of a sentence say that what is distributed in it is independent."""
    return bool(_INDEPENDENT.search(words)) and not _DEPENDENT.search(words)


def distribute(draft: Draft, chain: Chain, words: str) -> bool:
    """Take in how names are distributed; False where it is not understood. words: all of the sentence."""
    try:
        left, given = _left(draft, chain)
        family, parameters = _named(draft, chain)
    except Unreadable:
        return False
    if draft.answering or not family or not left or _says_more(words, parameters):
        return False
    _parameters(draft, family[0], parameters)
    for node in _names(draft, left):
        name = plain_name(node, draft.scope)
        if name is None or letters_in(*given) and not _conditions_known(draft, given, parameters):
            return False
        means = _by_words(_meant(draft, family, name), words)
        _values(draft, means, node, name)
        if any(isinstance(each, Relation) for each in given):
            head = Letter("p", node.place)
            right = Chance(
                Letter(family[0].names[0], node.place, style="script"), (node,), tuple(parameters), node.place
            )
            probability(draft, Chance(head, (node,), tuple(given), node.place), right)
            _understood(draft, chain)
            continue
        if not _is_place(name):
            return False
        sure = len(means) == 1 or bool(parameters) and _letter(parameters[-1]) in means[0].letters
        independent = independently(words) and bool(name.indices)
        state(draft, Distribution(name.key, name.indices, means, tuple(parameters), sure, independent))
        _understood(draft, chain)
    return True


def drawn(draft: Draft, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses with "$x_n$ are i.i.d. draws from $\\mathcal{N}(\\mu, \\sigma^2)$" as x_n ∼ N(μ, σ²)."""
    found: list[Clause] = []
    for clause in clauses:
        said, names = (found[-1], found[-2]) if len(found) > 1 else (None, None)
        if (
            isinstance(clause, Chain) and isinstance(said, Said) and isinstance(names, Chain)
            and not clause.signs and not names.signs and _FROM.search(said.text)
            and _is_named(draft, clause)
        ):  # fmt: skip
            sign = Sign("~", clause.members[0].place)
            found[-2:] = [said, Chain((*names.members, *clause.members), (sign,))]
        else:
            found.append(clause)
    return found


def _is_named(draft: Draft, chain: Chain) -> bool:
    try:
        return bool(_named(draft, chain)[0])
    except Unreadable:
        return False


def letters_distributed(chain: Chain) -> frozenset[str]:
    """The letters of which "x ∼ N(0, 1)" says something."""
    return frozenset(
        item.text.lstrip("\\")
        for item in chain.members[0].items
        if isinstance(item, Token) and item.kind in (t.LETTER, t.COMMAND)
    )


def _understood(draft: Draft, chain: Chain) -> None:
    draft.scope = replace(draft.scope, distributed=draft.scope.distributed - letters_distributed(chain))


def state(draft: Draft, stated: Distribution) -> None:
    """A distribution that the text states; of one that is stated twice, what is said last is known."""
    draft.scope = replace(draft.scope, distributions=(*draft.scope.distributions, stated))


def moments(draft: Draft, nodes: Sequence[Node], words: Sequence[str]) -> list[Node]:
    """ "x_n are i.i.d. with mean μ and variance σ²": what is understood by it."""
    for at in range(1, len(nodes) - 1):
        mean, variance = nodes[at], nodes[at + 1]
        if not _MEAN.search(words[at]) or not _VARIANCE.fullmatch(words[at + 1]) or draft.answering:
            continue
        if isinstance(variance, Relation) and variance.sign == ">":
            variance = variance.left
        if isinstance(mean, Relation) or isinstance(variance, Relation):
            continue
        text = " ".join(words)
        names = [
            each.left if isinstance(each, Relation) and each.sign == "in" else each
            for each in nodes[:at]
            if not isinstance(each, Relation) or each.sign == "in"
        ]
        found = [(node, name) for node in _names(draft, names) if (name := plain_name(node, draft.scope)) is not None]
        if not found or not _RANDOM.search(text) or not all(_is_place(name) for _, name in found):
            continue
        for node, name in found:
            if draft.scope.is_undeclared(name.family):
                kinds_in(draft, Relation("in", node, Letter("R", node.place, style="blackboard"), node.place))
            independent = bool(name.indices) and independently(text)
            if _NORMAL.search(words[at]):
                _parameters(draft, NAMED["N"], (mean, variance))
                of = Distribution(name.key, name.indices, (NAMED["N"],), (mean, variance), True, independent)
            else:
                for each in (mean, variance):
                    _real(draft, each)
                of = Distribution(name.key, name.indices, (), (), True, independent, (mean, variance))
            state(draft, of)
        return [*nodes[:at], *(each for each in (mean, nodes[at + 1]) if not isinstance(each, Relation))]
    return []


def laws(draft: Draft, nodes: Sequence[Node], words: Sequence[str]) -> list[Node]:
    """ "x_n are i.i.d. samples from a Poisson distribution with rate λ": what is understood by it."""
    for at in range(1, len(nodes)):
        found = _LAW.search(words[at])
        if found is None or draft.answering or _DEPENDENT.search(words[at]):
            continue
        names = [each for each in nodes[:at] if not isinstance(each, Relation)]
        parameters, used = _parameters_from(nodes[at:], words[at + 1 :])
        means = _of_parameter(families(found["law"].capitalize(), len(parameters)), found["parameter"].lower())
        members = [(node, plain_name(node, draft.scope)) for node in _names(draft, names)]
        if not means or not members or not all(name is not None and _is_place(name) for _, name in members):
            continue
        _parameters(draft, means[0], parameters)
        for node, name in members:
            assert name is not None
            mine = _meant(draft, means, name)
            _values(draft, mine, node, name)
            independent = bool(name.indices) and independently(" ".join(words))
            state(draft, Distribution(name.key, name.indices, mine, tuple(parameters), len(mine) == 1, independent))
        return [*names, *used]
    return []


def _parameters_from(nodes: Sequence[Node], between: Sequence[str]) -> tuple[list[Node], list[Node]]:
    """The parameters that are named first, and the nodes that name them: $a$ and $b$, or $\\lambda > 0$."""
    first = nodes[0]
    found: list[Node] = []
    used: list[Node] = []
    if isinstance(first, Relation):
        if first.sign in ("<", ">", "<=", ">=", "in"):
            found += [side for side in (first.left, first.right) if not isinstance(side, Number)][:1]
        return found, used
    for node in nodes[:2]:
        if isinstance(node, Relation) or used and not _AND.fullmatch(between[0]):
            break
        found += listed(node)
        used.append(node)
    return found, used


def _of_parameter(meant: tuple[Family, ...], word: str) -> tuple[Family, ...]:
    """What a distribution may be whose parameter is called so; () where it has none of that name."""
    if len(meant) > 1 and word in ("rate", "scale", "mean"):
        return tuple(each for each in meant if each.title.endswith("scale" if word == "mean" else word))
    return meant if word != "scale" else ()


def _real(draft: Draft, node: Node) -> None:
    name = plain_name(node, draft.scope)
    if name is not None and draft.scope.is_undeclared(name.family):
        kinds_in(draft, Relation("in", node, Letter("R", node.place, style="blackboard"), node.place))


def _left(draft: Draft, chain: Chain) -> tuple[list[Node], list[Node]]:
    """The names that are distributed, and what stands behind the bar."""
    lexicon, first = draft.scope.lexicon, chain.members[0]
    parts = split(first.items, {*BARS})
    names = list(parse_list(parts[0], lexicon, first.place))
    if len(parts) == 1:
        return names, []
    given = list(parse_list(parts[1], lexicon, first.place))
    if len(chain.members) == 3:
        value = parse_list(chain.members[1].items, lexicon, first.place)
        if len(given) != 1 or len(value) != 1:
            raise Unreadable("what stands behind the bar is not understood", first.place)
        given = [Relation("=", given[0], value[0], first.place)]
    return names, given


def _named(draft: Draft, chain: Chain) -> tuple[tuple[Family, ...], list[Node]]:
    """What the right side may mean, and its parameters."""
    (right,) = parse_list(chain.members[-1].items, draft.scope.lexicon, chain.members[-1].place)
    if isinstance(right, Product) and len(right.factors) == 2 and isinstance(right.factors[1], Bracket):
        right = Call(right.factors[0], right.factors[1].items, right.place, right.factors[1].kind)  # U[0,1], Exp(λ)
    if isinstance(right, Applied) and right.function == "exp":
        return families("Exp", len(right.arguments)), list(right.arguments)
    if not isinstance(right, Call) or not isinstance(right.function, Letter):
        return (), []
    name = right.function.name
    found = families(name, len(right.arguments))
    if found and found[0] is NAMED["N"] and not _is_variance(right.arguments[1]):
        return (), []
    return found, list(right.arguments)


def _is_variance(node: Node) -> bool:
    """A number, a square, v, or what is made of them: a σ alone may be the standard deviation."""
    letters = [each for each in walk(node) if isinstance(each, Letter)]
    squares = any(isinstance(each, Scripted) and each.sup is not None for each in walk(node))
    return squares or not letters or any(each.name in ("v", "Sigma", "nu") for each in letters)


def _names(draft: Draft, nodes: Sequence[Node]) -> list[Node]:
    """The names in a list; of x_1, …, x_N the member that stands for them all."""
    items = [each for node in nodes for each in listed(node)]
    run = dots.run_of(items)
    if run is not None and len(run.block) == 1 and run.start == 0 and run.end == len(items):
        return [run.block[0]]
    return items


def _is_place(name: Name) -> bool:
    """x, or x_n for index letters: no member by a number."""
    letters = [index.name for index in name.indices if isinstance(index, Letter)]
    return len(letters) == len(name.indices) == len(set(letters))


def _conditions_known(draft: Draft, given: Sequence[Node], parameters: Sequence[Node]) -> bool:
    """What stands behind the bar is a parameter, or a variable with its value, of which it is said what it is."""
    letters = letters_in(*parameters)
    relations = [each for each in given if isinstance(each, Relation)]
    return all(isinstance(each, Relation) or letters_in(each) <= letters for each in given) and len(relations) <= 1


def _says_more(words: str, parameters: Sequence[Node]) -> bool:
    """Words on what a parameter is that may mean another distribution: "the second argument is the precision"."""
    last = next(walk(parameters[-1])) if parameters else None
    squared = isinstance(last, Number) or isinstance(last, Scripted) and last.sup is not None
    return bool(_DEVIATION.search(words) and not squared or _ARGUMENT.search(words))


def _parameters(draft: Draft, family: Family, parameters: Sequence[Node]) -> None:
    """What a distribution says of the parameters that are declared nowhere."""
    for within, node in zip(family.within, parameters, strict=True):
        root = Scripted(node.base, node.sub, None, node.place) if isinstance(node, Scripted) and node.sub else node
        if isinstance(node, Scripted) and node.sup is not None and not node.sub:
            root = node.base
        name = plain_name(root, draft.scope)
        if name is None or not draft.scope.is_undeclared(name.family) or name.family in draft.known:
            continue
        zero, one = Number("0", node.place), Number("1", node.place)
        if within == SIZE:
            draft.size(name.key)
        elif within == ANY:
            _real(draft, root)
        elif within in (ABOVE, UNIT):
            kinds_in(draft, Relation(">", root, zero, node.place))
        if within == UNIT:
            kinds_in(draft, Relation("<", root, one, node.place))


def _values(draft: Draft, family: Sequence[Family], node: Node, name: Name) -> None:
    """The values of what is distributed, where nothing else is said of it."""
    if not draft.scope.is_undeclared(name.family) or name.family in draft.known:
        return
    first = family[0]
    kind = first.values if len(family) == 1 else min((each.values for each in family), key=_order)
    draft.set_kind(name.family, kind)
    if first.title == "the beta distribution":
        draft.add_fact(Relation("<", node, Number("1", node.place), node.place))


def _order(kind: object) -> int:
    return [COUNT, BINARY, FROM_ONE].index(kind) if kind in (COUNT, BINARY, FROM_ONE) else 0


def _meant(draft: Draft, family: tuple[Family, ...], name: Name) -> tuple[Family, ...]:
    """What a distribution may be of a name with these values: from 1 or from 0 up."""
    kind = draft.scope.kinds.get(name.family)
    known = [each for each in family if kind is not None and _fits(each, dict(kind.assumptions))]
    return tuple(known) if known and family[0].values is FROM_ONE else family


def _by_words(family: tuple[Family, ...], words: str) -> tuple[Family, ...]:
    """What the words "with rate", "with scale", "number of failures" decide."""
    said = [each for each in family if re.search(rf"\b{each.title.split()[-1]}\b", words)]
    return tuple(said) if len(said) == 1 else family


def _fits(family: Family, assumptions: dict[str, bool]) -> bool:
    positive = bool(assumptions.get("positive"))
    return positive if family.values is FROM_ONE else not positive


def _letter(node: Node) -> str:
    return letter_key(node) if isinstance(node, Letter) else ""
