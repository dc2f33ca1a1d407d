"""What the chains of an answer say: their members as SymPy expressions under one set of givens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sympy import Basic, Expr

from checker.derivation import Givens
from checker.expressions import Probability
from checker.reading.known.names import is_normal
from checker.reading.known.scope import Scope
from checker.reading.lines.givens import Read, read
from checker.reading.lines.records import Judged, Line
from checker.reading.syntax import Chance, Node, Relation, Several, same, walk
from checker.reading.tex.tokens import Unreadable


@dataclass(frozen=True)
class Member:
    """A member of a chain. `line`: the number of the line whose right side it is, None for the first member.

    imposed: the text imposes that it is equal to the one before. proved: it is equal to that one by an identity that is
    proved, under the givens of the chain. defines: it is what the one before is defined as.
    """

    node: Node
    tree: Basic | None
    line: int | None
    imposed: bool = False
    proved: bool = False
    defines: bool = False

    @property
    def unwritten(self) -> bool:
        """It is written with densities, p(x_i | y = k), that its tree has by their formulas."""
        return (
            self.tree is not None
            and not self.tree.has(Probability)
            and any(isinstance(each, Chance) and not is_normal(each) for each in walk(self.node))
        )


@dataclass(frozen=True)
class Chain:
    """a = b = c of an answer. part: the number of its heading. lines: the numbers of its links, counted over the text.

    A chain on one side of ⇔ has one number, that of the equivalence.
    givens: under which its members are read. vague: why equality with a member may not be judged, "" where it may.
    """

    part: int
    lines: tuple[int, ...]
    members: tuple[Member, ...]
    scope: Scope
    givens: Givens
    vague: str = ""

    @property
    def head(self) -> Member:
        return self.members[0]

    def links(self, first: int, last: int) -> tuple[int, ...]:
        """The lines that lead from one member to another."""
        between = self.members[min(first, last) + 1 : max(first, last) + 1]
        return tuple(dict.fromkeys(member.line for member in between if member.line is not None))

    def is_proved(self, first: int, last: int) -> bool:
        """All links from one member to another are proved as identities."""
        return all(member.proved for member in self.members[min(first, last) + 1 : max(first, last) + 1])


def chains_of(judged: Sequence[Judged]) -> list[Chain]:
    """The chains of equations in an answer, also those of a single link, and those on the sides of ⇔."""
    chains = [chain for run in _runs(judged) if (chain := _chain(judged, run)) is not None]
    chains += [chain for number in range(len(judged)) for chain in _sides(judged, number)]
    return sorted(chains, key=lambda chain: chain.lines[0])


def _runs(judged: Sequence[Judged]) -> Iterator[list[int]]:
    """The numbers of lines that follow one another in one chain, also across what stands aside of it."""
    runs: dict[tuple[int, int], list[int]] = {}
    for number, each in enumerate(judged):
        line = each.line
        key = line.part, line.chain
        run = runs.get(key)
        if run is not None and (line.alone or not _goes_on(each)):
            yield runs.pop(key)
        if line.sign in ("=", ":=") and line.role != "equivalence":
            runs.setdefault(key, []).append(number)
    yield from runs.values()


def _goes_on(after: Judged) -> bool:
    return not after.line.arrow and after.line.sign in ("=", ":=")


def _chain(judged: Sequence[Judged], numbers: list[int]) -> Chain | None:
    """The chain, from its first link that can be read on; a link that cannot be read leaves a gap."""
    members: list[Member] = []
    line = judged[numbers[-1]].line
    for number in numbers:
        each = judged[number]
        statement = each.line.statement
        if not isinstance(statement, Relation):
            continue
        if not members:
            members.append(Member(statement.left, None, None))
        proved = (
            (each.verdict, each.role) == ("proved", "identity")
            and statement.left == members[-1].node
            and each.line.scope == line.scope
        )
        defines = each.role == "definition"
        members.append(Member(statement.right, None, number, each.role == "imposed", proved, defines))
    if not members:
        return None
    return _of_members(judged[numbers[-1]].line, numbers, members)


def _sides(judged: Sequence[Judged], number: int) -> Iterator[Chain]:
    """The chains on the sides of an equivalence."""
    line = judged[number].line
    if line.role != "equivalence" or not isinstance(line.statement, Several):
        return
    for side in line.statement.parts:
        members: list[Member] = []
        for relation in side.parts if isinstance(side, Several) and side.word == "and" else (side,):
            if not isinstance(relation, Relation) or relation.sign != "=":
                continue
            if members and not same(members[-1].node, relation.left):
                if (chain := _of_members(line, [number], members)) is not None:
                    yield chain
                members = []
            members = members or [Member(relation.left, None, None)]
            imposed = line.imposed is not None and relation.place == line.imposed.place
            members.append(Member(relation.right, None, number, imposed))
        if members and (chain := _of_members(line, [number], members)) is not None:
            yield chain


def _of_members(line: Line, numbers: Sequence[int], members: Sequence[Member]) -> Chain | None:
    found = _read(line.scope, [member.node for member in members])
    if found is None:
        return None
    trees, givens, vague = found
    members = [replace(member, tree=tree) for member, tree in zip(members, trees, strict=True)]
    return Chain(line.part, tuple(numbers), tuple(members), line.scope, givens, vague)


def _read(scope: Scope, nodes: list[Node]) -> tuple[list[Basic | None], Givens, str] | None:
    """The trees of the nodes; None for one that has none."""
    try:
        found = read(scope, nodes)
        return [*found.trees], found.givens, _vague(found)
    except (Unreadable, RecursionError):
        readable = [node for node in nodes if _expression(scope, node)]
    try:
        found = read(scope, readable)
    except (Unreadable, RecursionError):
        return None
    trees = iter(found.trees)
    return [next(trees) if node in readable else None for node in nodes], found.givens, _vague(found)


def _expression(scope: Scope, node: Node) -> bool:
    try:
        return isinstance(read(scope, [node]).trees[0], Expr)
    except (Unreadable, RecursionError):
        return False


def _vague(found: Read) -> str:
    return found.gap or " and ".join(found.abstracted)
