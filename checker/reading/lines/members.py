"""Members of a family by their numbers, beside the bare letter, which is another name: μ_0 beside μ.

What is proportional in μ is not so in μ_0, which does not vary with it. In p(x | θ) and f(θ) the bare letter may stand
for the whole family.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sympy import Basic, Indexed, Symbol
from sympy.core.function import AppliedUndef

from checker.derivation import Givens
from checker.expressions import Probability


def apart(trees: tuple[Basic, ...], varying: Iterable[Basic], givens: Givens) -> tuple[tuple[Basic, ...], Givens]:
    """The trees and givens with μ_0 as a symbol, for a μ that varies and stands alone in the trees."""
    if any(tree.has(Probability, AppliedUndef) for tree in trees):
        return trees, givens
    names = {each.name for each in varying if isinstance(each, Symbol)}
    alone = names & {each.name for tree in trees for each in tree.free_symbols if isinstance(each, Symbol)}
    said = (*trees, *givens.facts, *givens.definitions)
    members = {each for tree in said for each in tree.atoms(Indexed) if str(each.base.label) in alone}
    numbered = {str(m.base.label) for m in members} - {
        str(m.base.label) for m in members if not all(index.is_Integer for index in m.indices)
    }
    known = {str(each.args[0]) if isinstance(each, Indexed) else str(each) for each in givens.value_sets}
    symbols = {
        member: Symbol("_".join(map(str, (member.base.label, *member.indices))), **_assumptions(member))
        for member in members
        if str(member.base.label) in numbered - known
    }
    if not symbols:
        return trees, givens
    facts = tuple(each.xreplace(symbols) for each in givens.facts)
    definitions = tuple(each.xreplace(symbols) for each in givens.definitions)
    return tuple(each.xreplace(symbols) for each in trees), replace(givens, facts=facts, definitions=definitions)


def _assumptions(member: Indexed) -> dict[str, bool]:
    return {name: value for name, value in member.base.label.assumptions0.items() if name != "commutative"}
