r"""Which words beside or before a formula condition it, and which only comment on it.

    |x| = x \quad \text{if } x \geq 0           a condition: a CUE with relations, or a relation in brackets
    For $N = 1$, $$…$$   When $k = y$, $$…$$    the same, before the display to which the sentence leads
    … \quad \text{unless $A$ is singular}       a condition that is not understood
    … \quad \text{since $x > 0$}, \text{for all $k$}, \text{(by Bayes' rule)}      comments

A condition that is understood holds for its own line, or for the lines of the display to which its sentence leads: they
are judged under it where they do not hold without it, and the verdict prints it. A display behind "and so" belongs to
the same sentence. It is no given for what follows:
what is displayed after that in the same part, until words turn away from it ("But", "in general", "Otherwise") or
set another condition, may still be meant under it; so a line that fails there and holds under it is undecided.
A line that fails, beside a condition that is not understood, is undecided, and names the words.

What only looks like a condition restricts nothing:
- a range or a set ("for $k = 1, \dots, K$", "for $c \in \mathbb{R}$"): it says over what a letter runs;
- a relation on a letter that a sum of the formula binds and that is not free in it: Σ_i f(i) = f(I) "only where i = I"
  speaks of the summand, and no value of a free letter would make the claim another one;
- the claim itself: nothing may rest on "w = 3 when w = 3".
"For …" with an inequality declares, as every sentence that opens so; with an equation on a known name it is a
condition, since no text fixes x = 0 for good in that way.

In an answer nobody gains by a condition: it never makes a line hold, and only keeps from being refuted what holds
under it.
A name that is defined under a condition is defined only where the condition is a domain of its arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from checker.reading.known.letters import free_letters, letters_in
from checker.reading.known.names import letter_key, name_of, single
from checker.reading.known.scope import Gap, Scope
from checker.reading.layout.displays import pieces_of
from checker.reading.lines.chains import written
from checker.reading.lines.records import Condition, Restriction
from checker.reading.lines.zeroed import is_derivative
from checker.reading.syntax import Big, Call, Chance, Letter, Node, Number, Relation, Scripted, children, same, walk
from checker.reading.tex.tokens import Place, Source, Unreadable, tokenize
from checker.reading.tex.trees import items_of
from checker.reading.words.declarations import Declarer
from checker.reading.words.kinds import is_range, kinds_in
from checker.reading.words.sentences import CUE, Chain, Clause, Said, chains_of

_NO_CUE = re.compile(
    r"\b(?:solv\w+|look\w*|search\w*|stands?|expressions?|formulas?|accounts?|check\w*|except|ask\w*|needs?|results?|"
    r"values?|equations?|not|as|even|what|see|find|definitions?|is|are)\s+(?:for|if|at|when)\s*$",
    re.IGNORECASE,
)
"""Words that end like a cue, and ask or look for something: "solve for", "even if"."""
STATED = re.compile(
    r"\b(?:if|when|whenever|unless|provided|assuming|as long as|so long as|"
    r"only\s+(?:if|when|where|for|at|in|valid|true|holds?))\b|"
    r"\bin (?:the )?case\b|\bfor\b.{0,100}(?:[<>≠≤≥]|\\(?:neq?|leq?|geq?|gg|ll)(?![A-Za-z])|"
    r"\b(?:non-?zero|positive|negative|large|small|distinct|invertible|symmetric)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Words beside a formula under which alone it is said to hold."""
_SUPPOSED = re.compile(
    r"(?<![\w'-])(?P<cue>if|when|whenever|unless|provided(?:\s+that)?|in (?:the )?case (?:that|where|when))\s+"
    r"(?!(?:we|you|one|i|it|this|that|both|they|these|there)\b)(?:[\w'-]+\s+|«\d+»\s*){1,6}?"
    r"(?:is|are|has|have|holds?|vanish\w*|does|do)\b",
    re.IGNORECASE,
)
"""A condition in words before a display: "if the classes are balanced", and not "if we differentiate"."""
_LOOSE = re.compile(r"\b(?:for|at)\W*(?:(?:all|any|every|each|the)\W*)*$", re.IGNORECASE)
"""Cues that also name what something is for, as a multiplier for Σ_k α_k = 1."""
_FOR_NOUN = re.compile(r"(?:^|(?<=[\s(,;:]))for\s+(?:the|an?|our)\s+(?:[a-z'-]+\s+){1,3}$", re.IGNORECASE)
"""The same with what a value is called: "for the uniform distribution"."""
_AND = re.compile(r"\W*(?:and|with|,\s*and)?\W*(?:all|any|every|each|both)?\W*", re.IGNORECASE)
_TURNING = re.compile(
    r"^\W*(?:but|however|otherwise|else|in general|generally|on the other hand|conversely|next|finally|now let|"
    r"return\w*)\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"^\W*(?:case|(?:the\s+)?(?:first|second|third|last|other) case|in (?:the|this) [\w\s-]{0,30}case)\b", re.IGNORECASE
)
_RELATIONS = ("=", "<", ">", "<=", ">=", "!=")
_DECLARING = re.compile(r"^\W*(?:(?:and|now|then|so|first|next|also)\W+)*(?:for|with|at)\b", re.IGNORECASE)


def beside(words: str, place: Place, scope: Scope) -> Condition | None:
    """The condition that the words beside a formula set; None where they only comment."""
    said = words.strip(" ,.;")
    relations = _relations(_clauses(said, place), scope)
    if relations is None:
        return Condition(said) if STATED.search(said) else None
    return Condition(said, relations) if relations else None


def before(sentence: Sequence[Clause], scope: Scope) -> tuple[Condition | None, list[Clause]]:
    """The condition under which a sentence leads to the display behind it, and the sentence without it."""
    for at, clause in enumerate(sentence):
        if not isinstance(clause, Said) or _NO_CUE.search(clause.text):
            continue
        noun = _FOR_NOUN.search(clause.text)
        if not noun and not CUE.search(clause.text):
            continue
        end = _end(sentence, at)
        chains = [each for each in sentence[at + 1 : end] if isinstance(each, Chain)]
        if not chains or not all(chain.signs for chain in chains):
            continue
        relations = _read(chains, scope)
        if relations is None:
            continue
        relations = tuple(each for each in relations if is_condition(each))
        if noun:
            relations = tuple(each for each in relations if _is_simple(each.left) and _is_known(each, scope))
        elif _LOOSE.search(clause.text):
            relations = tuple(each for each in relations if _is_simple(each.left) and _is_simple(each.right))
        if _DECLARING.match(clause.text) and at == 0:
            relations = tuple(
                each for each in relations if each.sign == "=" and _is_known(each, scope) or _of_indices(each, scope)
            )
        if relations:
            cue = noun or CUE.search(clause.text)
            said = f"{cue[0].strip() if cue else ''} {_spelled(chains)}"
            return Condition(said, relations), [*sentence[:at], *sentence[end:]]
    text = _numbered(sentence)
    for found in _SUPPOSED.finditer(text):
        if not _NO_CUE.search(text[: found.end("cue")]):
            said = re.sub(r"«\d+»", "…", text[found.start() :])
            return Condition(" ".join(said.split()).strip(" ,:")), list(sentence)
    return None, list(sentence)


def case_of(sentence: Sequence[Clause], scope: Scope) -> Condition | None:
    """The case that a sentence opens for what follows: "Case 1: $x > 0$." """
    first = sentence[0] if sentence else None
    if not isinstance(first, Said) or not _CASE.match(first.text):
        return None
    condition, _ = before(sentence, scope)
    return condition


def turns_away(words: str) -> bool:
    """Words that leave the case before: "But", "Otherwise", "In general"."""
    return bool(_TURNING.match(words))


def restriction(condition: Condition, relation: Node, scope: Scope, *, counts: bool) -> Restriction | None:
    """What the condition says of a line; None where it restricts nothing, or is not understood."""
    bound = _bound(relation, scope)
    kept = [each for each in condition.relations if not _of_one(each, scope) & bound and not _is_claim(each, relation)]
    if not kept:
        return None
    equations = tuple(each for each in kept if each.sign == "=")
    declarer = Declarer(_at_bounds(equations, scope))
    for each in kept:
        if each.sign != "=":
            kinds_in(declarer, each)
    known = declarer.finish()
    if declarer.problems or len(known.gaps) > len(scope.gaps):
        return None
    return Restriction(condition.words, tuple(kept), equations, known, counts)


def _at_bounds(equations: Sequence[Relation], scope: Scope) -> Scope:
    """The scope in which a positive number may be 0 where a condition says so: "if λ = 0" beside "a penalty λ > 0"."""
    for each in equations:
        for side, other in ((each.left, each.right), (each.right, each.left)):
            name = name_of(side, scope) if _is_zero(other) else None
            if name is None:
                continue
            kind = scope.kinds.get(name.family)
            if kind is not None and dict(kind.assumptions).get("positive") and not kind.values:
                kept = tuple(a for a in kind.assumptions if a[0] != "positive")
                scope = scope.knowing(kinds={name.family: replace(kind, assumptions=(*kept, ("nonnegative", True)))})
            scope = replace(scope, facts=tuple(fact for fact in scope.facts if not _denies_zero(fact, side)))
    return scope


def _denies_zero(fact: Node, side: Node) -> bool:
    """x > 0 or x ≠ 0, as it is written."""
    if not isinstance(fact, Relation) or fact.sign not in ("<", ">", "!="):
        return False
    sides = (fact.left, fact.right)
    return any(same(one, side) and _is_zero(other) for one, other in (sides, sides[::-1]))


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.text == "0"


def is_comment(condition: Condition, relation: Node, scope: Scope) -> bool:
    """All that the words say is of a letter that the formula binds, or is the claim itself.

    "When a_n = 0" is of the members, and not of the letter n.
    """
    bound = _bound(relation, scope)
    return bool(condition.relations) and all(
        {single(each.left), single(each.right)} & bound or _is_claim(each, relation) for each in condition.relations
    )


def doubted(condition: Condition, relation: Node, scope: Scope) -> Scope:
    """The scope of a line beside a condition that is not understood, in which it cannot be refuted."""
    letters = letters_in(relation)
    return replace(scope, gaps=(*scope.gaps, Gap(letters, f"'{condition.words.strip(' ,.;')}' beside it")))


def is_domain(restricted: Sequence[Relation], left: Node) -> bool:
    """Whether relations only say for which arguments a definition is meant: f(x) = …, x ≥ 0; a_n = …, n ≥ 1."""
    if isinstance(left, Call):
        within = letters_in(*left.arguments)
    elif isinstance(left, Chance):
        within = letters_in(*left.events, *left.given)
    elif isinstance(left, Scripted):
        return all(_is_any_index(each) and letters_in(each) <= letters_in(*left.sub) for each in restricted)
    else:
        return False
    return all(each.sign != "=" and letters_in(each) <= within for each in restricted)


def is_of_letter(relation: Relation, scope: Scope) -> bool:
    """A bare letter compared with a number, or two indices: x ≥ 0, i ≠ j; an equation of an index or a size."""
    sides = (relation.left, relation.right)
    letters = [side for side in sides if isinstance(side, Letter)]
    indices = all(letter_key(each) in scope.lexicon.indices for each in letters)
    if len(letters) == 2:
        return indices and relation.sign in _RELATIONS
    if len(letters) != 1 or not any(isinstance(side, Number) for side in sides):
        return False
    return (
        relation.sign in _RELATIONS[1:] or relation.sign == "=" and (indices or letter_key(letters[0]) in scope.sizes)
    )


# --- words with relations -------------------------------------------------------------------------------------------


def _relations(clauses: Sequence[Clause], scope: Scope) -> tuple[Relation, ...] | None:
    """The relations of words beside a formula; () where they set none, None where they are not understood."""
    first = clauses[0] if clauses else None
    bracketed = isinstance(first, Chain)
    start = next((at for at, c in enumerate(clauses) if isinstance(c, Said) and CUE.search(c.text)), None)
    if start is None and not bracketed or start is not None and _NO_CUE.search(clauses[start].text):  # type: ignore[union-attr]
        return None
    behind = clauses if start is None else clauses[start + 1 :]
    chains = [each for each in behind if isinstance(each, Chain)]
    between = [each for each in behind if isinstance(each, Said)]
    if not chains or not all(_AND.fullmatch(each.text) for each in between):
        return None
    if not all(chain.signs for chain in chains):
        return None if any(chain.signs for chain in chains) else ()
    relations = _read(chains, scope)
    if relations is None:
        return None
    kept = tuple(each for each in relations if is_condition(each))
    if start is None and not all(_is_simple(side) for each in kept for side in (each.left, each.right)):
        return None  # (a + b = c) is a remark on something else
    return kept


def _clauses(words: str, place: Place) -> list[Clause]:
    """Words beside a formula as clauses: formulas stand between $, or behind a cue with nothing else."""
    found: list[Clause] = []
    for number, piece in enumerate(re.split(r"\$", words.strip("() "))):
        if number % 2:
            found += _chains(piece, place)
        elif piece.strip(" .,"):
            found += _plainly(piece, place)
    return found


def _plainly(text: str, place: Place) -> list[Clause]:
    """Words without $: what follows a cue, or stands alone, is a formula where it has no words of its own."""
    forall = re.match(r"\s*\\forall\b", text)
    cues = [m for m in re.finditer(r"\S+\s+", text) if CUE.search(text[: m.end()])]
    at = forall.end() if forall else cues[-1].end() if cues else 0
    rest = text[at:]
    bare = re.sub(r"\\[A-Za-z]+|\band\b", " ", rest)
    if not rest.strip() or re.search(r"[A-Za-z]{2,}", bare) or not re.search(r"[=<>≠≤≥]|\\(?:neq?|leq?|geq?)\b", rest):
        return [Said(text)]
    found: list[Clause] = [Said(text[:at])] if at else []
    for number, part in enumerate(re.split(r"\band\b", rest)):
        found += [Said("and")] if number else []
        found += _chains(part, place)
    return found


def _chains(text: str, place: Place) -> list[Clause]:
    try:
        return chains_of(pieces_of(items_of(tokenize(Source(text, place)))))
    except Unreadable:
        return [Said("?")]


def _read(chains: Iterable[Chain], scope: Scope) -> tuple[Relation, ...] | None:
    reader, found = Declarer(scope), []
    for chain in chains:
        nodes = reader.read(chain)
        found += [node for node in nodes if isinstance(node, Relation)]
    if reader.problems or any(each.sign not in (*_RELATIONS, "in") for each in found):
        return None
    return tuple(found)


def is_condition(relation: Relation) -> bool:
    """A relation that can restrict: no range or set, and no derivative that is zero, which is imposed."""
    derivative = any(is_derivative(each) for side in (relation.left, relation.right) for each in walk(side))
    return relation.sign in _RELATIONS and not is_range(relation) and not derivative


def _end(sentence: Sequence[Clause], at: int) -> int:
    """Where the relations behind a cue end: those that "and" joins."""
    end = at + 1
    while end < len(sentence) and isinstance(sentence[end], Chain):
        end += 1
        following = sentence[end] if end < len(sentence) else None
        joined = isinstance(following, Said) and re.fullmatch(r"\W*and\W*", following.text, re.IGNORECASE)
        if joined and isinstance(sentence[min(end + 1, len(sentence) - 1)], Chain):
            end += 1
    return end


def _spelled(chains: Iterable[Chain]) -> str:
    return " and ".join(
        " ".join(
            [
                written(chain.members[0]),
                *(f"{s.sign} {written(m)}" for s, m in zip(chain.signs, chain.members[1:], strict=True)),
            ]
        )
        for chain in chains
    )


def _numbered(sentence: Sequence[Clause]) -> str:
    return " ".join(clause.text if isinstance(clause, Said) else f"«{at}»" for at, clause in enumerate(sentence))


def _is_known(relation: Relation, scope: Scope) -> bool:
    """Something is said of the name on the left side, or a line has used it."""
    try:
        name = name_of(relation.left, scope)
    except Unreadable:
        return False
    return name is not None and (not scope.is_undeclared(name.family) or name.family in scope.used)


def _of_indices(relation: Relation, scope: Scope) -> bool:
    """k ≠ j, i < j: of which no sentence says that they hold for all."""
    names = {single(relation.left), single(relation.right)}
    return "" not in names and names <= scope.lexicon.indices | set(scope.index_sets)


def _is_simple(node: Node) -> bool:
    return isinstance(node, (Letter, Number)) or isinstance(node, Scripted) and isinstance(node.base, Letter)


def _is_any_index(relation: Relation) -> bool:
    right = relation.right
    return isinstance(right, Number) and (relation.sign, right.text) in ((">=", "1"), (">", "0"), (">=", "0"))


def _of_one(relation: Relation, scope: Scope) -> set[str]:
    """The letters for each value of which a condition is another: of q_k = 1/K for all of q_1, …, q_K not the k."""
    members = [each for each in walk(relation) if isinstance(each, Scripted) and each.sub]
    return _alone(relation) if all(_of_all(each, scope) for each in members) else set(letters_in(relation))


def _of_all(member: Scripted, scope: Scope) -> bool:
    """The indices of a member of a family run over all of their sets."""
    name = name_of(member, scope)
    for number, index in enumerate(name.indices if name is not None else ()):
        within = scope.place_of(name.key, len(name.indices), number) if name is not None else None
        if within is None or scope.index_sets.get(single(index), within) != within:
            return False
    return True


def _alone(node: Node) -> set[str]:
    """The letters of a tree, but for those of indices: of q_k = 1/K, which is of all k, only K."""
    if isinstance(node, Scripted):
        return _alone(node.base) | (_alone(node.sup) if node.sup is not None and not node.bracketed else set())
    if isinstance(node, Letter):
        return {letter_key(node)}
    return {key for child in children(node) for key in _alone(child)}


def _bound(relation: Node, scope: Scope) -> set[str]:
    """The letters that sums of a formula bind and that are not free in it."""
    below = {
        key
        for each in walk(relation)
        if isinstance(each, Big)
        for node in each.below
        for key in letters_in(node.left if isinstance(node, Relation) and node.sign in ("=", "in") else node)
    }
    return below - free_letters(relation, scope)


def _is_claim(condition: Relation, relation: Node) -> bool:
    """The condition says what the line claims."""
    if not isinstance(relation, Relation):
        return False
    if condition.sign != relation.sign and not {condition.sign, relation.sign} <= {"=", ":="}:
        return False
    sides = (condition.left, condition.right)
    return same(sides, (relation.left, relation.right)) or same(sides[::-1], (relation.left, relation.right))
