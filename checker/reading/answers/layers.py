"""Formulas for the counts of a kind of layer, N_t = WHM, and of one layer, N_1 = 55·55·96, as lines.

    "$N_t = WHM$, $P_t = K^2CM$ for a convolution layer"      the words behind a run of formulas say the kind
    "For fully connected layers, $N_t = m$ and $P_t = nm$"    those before it, where its sentence opens with them

The index t stands for any layer of the kind, so that W_t is W. Of a formula of which no word says the kind, the letters
may, where only the formulas of one kind have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_letters

import sympy
from sympy import Basic, Expr, Integer, Mul, Pow, Rational, Symbol

from checker.derivation import Givens, Transition
from checker.reading.answers.tables import Sheet
from checker.reading.documents.blocks import Block, Display, Formula, Paragraph, Words
from checker.reading.grammar.formula import parse
from checker.reading.known.scope import Scope
from checker.reading.layout.displays import pieces_of
from checker.reading.layout.pieces import Gap, Member, Piece, Remark, Sign
from checker.reading.lexicon import Lexicon
from checker.reading.lines.chains import written
from checker.reading.lines.course import NOTHING
from checker.reading.lines.records import Cell, Line
from checker.reading.syntax import Bracket, Letter, Node, Number, Product, Quotient, Scripted, Total
from checker.reading.tex.macros import Macros, expand
from checker.reading.tex.tokens import LETTER, Place, Source, Token, Unreadable, tokenize
from checker.reading.tex.trees import items_of
from checker.tables import CountTable, LayerKind

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\"'*$]|$)|(?<=[.!?])$")
SHORT = 6
"""Words of a title before formulas that is no sentence."""


@dataclass(frozen=True)
class Chain:
    """a = b = c of a formula: members, as they are written too, the places of the signs, and the words beside it."""

    members: tuple[Member, ...]
    shown: tuple[str, ...]
    places: tuple[Place, ...]
    words: str


@dataclass(frozen=True)
class Said:
    """A chain, and the kinds of layers that the words around it name."""

    chain: Chain
    kinds: tuple[LayerKind, ...]


def chains_of(source: Source, macros: Macros, asked: CountTable) -> tuple[Chain, ...]:
    """The chains of a formula, where each begins with a letter for a count; else nothing."""
    try:
        tokens = expand(tokenize(source), macros)
        as_written = [written(piece) for piece in pieces_of(items_of(tokens)) if isinstance(piece, Member)]
        chains = tuple(_chains(pieces_of(items_of(tuple(map(_apart, tokens)))), as_written))
        letters = {str(equation.args[0]) for kind in asked.kinds for equation in kind.formulas}
        return chains if all(_letter(_parsed(chain.members[0])) in letters for chain in chains) else ()
    except (Unreadable, RecursionError):
        return ()


def _chains(pieces: Sequence[Piece], as_written: Sequence[str]) -> Iterator[Chain]:
    members: list[Member] = []
    shown = iter(as_written)
    places: list[Place] = []
    words = ""
    for piece in (*pieces, Gap("end", Place(1, 1))):
        if isinstance(piece, Member):
            if len(members) > len(places):
                raise Unreadable("a sign is missing between two formulas", piece.place)
            members.append(piece)
        elif isinstance(piece, Sign):
            if piece.sign not in ("=", ":=") or len(members) != len(places) + 1:
                raise Unreadable("only equations are read here", piece.place)
            places.append(piece.place)
        elif isinstance(piece, Remark):
            words += f" {piece.words}"
        elif members:
            if not places or len(members) != len(places) + 1:
                raise Unreadable("a formula without a relation", piece.place)
            yield Chain(tuple(members), tuple(next(shown, written(each)) for each in members), tuple(places), words)
            members, places, words = [], [], ""


def _apart(token: Token) -> Token:
    """A letter that makes no word with those before it: WHKCM is a product."""
    return replace(token, spaced=True) if token.kind == LETTER else token


def _parsed(member: Member) -> Node:
    return parse(member.items, Lexicon(numbers=frozenset(ascii_letters)), member.place)


def _letter(node: Node) -> str:
    """The letter of a name with one index or none; "" of anything else."""
    base = node.base if isinstance(node, Scripted) and node.sup is None and not node.primes else node
    return base.name if isinstance(base, Letter) and not base.accents else ""


# --- which words belong to which formula ---------------------------------------------------------------------------


def formulas_said(blocks: Sequence[Block], macros: Macros, asked: CountTable) -> Iterator[Said]:
    """The chains in the sentences of a part, each with the kinds that the words around it name."""
    title: tuple[LayerKind, ...] = ()
    for sentence in _sentences(blocks, macros, asked):
        runs = [each if isinstance(each, Chain) else named_kinds(each, asked.kinds) for each in sentence]
        if not any(isinstance(each, Chain) for each in runs):
            text = " ".join(each for each in sentence if isinstance(each, str)).strip()
            short = text.endswith(":") or len(text.split()) <= SHORT
            title = named_kinds(text, asked.kinds) if short else ()
            continue
        first = next(at for at, each in enumerate(runs) if isinstance(each, Chain))
        ahead = any(runs[:first])
        for at, each in enumerate(runs):
            if isinstance(each, Chain):
                beside = reversed(runs[:at]) if ahead else runs[at + 1 :]
                near = next((run for run in beside if not isinstance(run, Chain) and run), ())
                own = named_kinds(each.words, asked.kinds)
                assert isinstance(near, tuple)
                yield Said(each, own or near or title)


def _sentences(blocks: Sequence[Block], macros: Macros, asked: CountTable) -> Iterator[list[Chain | str]]:
    """Words and chains, sentence by sentence; a display goes on with the sentence before it."""
    sentence: list[Chain | str] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Display):
            sentence += chains_of(block.source, macros, asked)
            continue
        if not isinstance(block, Paragraph):
            continue
        if sentence and not isinstance(blocks[number - 1], Display):
            yield sentence
            sentence = []
        for piece in block.pieces:
            if isinstance(piece, Formula):
                sentence += chains_of(piece.source, macros, asked)
                continue
            assert isinstance(piece, Words)
            first, *rest = _SENTENCE_END.split(piece.text)
            sentence.append(first)
            for text in rest:
                yield sentence
                sentence = [text]
    yield sentence


def named_kinds(text: str, kinds: Sequence[LayerKind]) -> tuple[LayerKind, ...]:
    """The kinds of layers that a text names, of overlapping names the longest."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    names = sorted(((name.split(), kind) for kind in kinds for name in kind.words), key=lambda each: -len(each[0]))
    found: list[LayerKind] = []
    for name, kind in names:
        for at in range(len(words) - len(name) + 1):
            if words[at : at + len(name)] == name:
                words[at : at + len(name)] = [""] * len(name)
                if kind not in found:
                    found.append(kind)
    return tuple(found)


# --- what they say ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Meant:
    """A kind of layer with one of its shapes: what its letters stand for, as givens."""

    kind: LayerKind
    givens: Givens

    @property
    def letters(self) -> dict[str, Symbol]:
        """The letters that its formulas and shapes are written in."""
        return {str(s): s for each in self.givens.definitions for s in each.free_symbols if isinstance(s, Symbol)}


def formula_lines(said: Sequence[Said], asked: CountTable, sheet: Sheet, scope: Scope) -> Iterator[Line]:
    """The lines of the chains: of one layer's count under the table's givens, of any layer's under its kind's."""
    shapes = {kind.title: _shape(kind, said) for kind in asked.kinds}
    for each in said:
        cells = _cells_of(each.chain, asked)
        if cells[0] is not None:
            for at, line in enumerate(_of_layer(each.chain, Cell(*cells[0]), sheet, scope), 1):
                also = tuple(cell for cell in cells[1:at] if cell is not None and cell != cells[0])
                yield replace(line, cell=replace(line.cell, also=also)) if line.cell is not None else line
            continue
        meant, problem = _meant(each, shapes)
        yield from _lines(each.chain, scope, Cell("", ""), meant, problem)


def _shape(kind: LayerKind, said: Sequence[Said]) -> Meant:
    """The kind with the shape under which most of the formulas that are said to be of it are right."""
    own = [each.chain for each in said if each.kinds == (kind,) or not each.kinds]
    meanings = [Meant(kind, Givens(definitions=(*kind.formulas, *shape))) for shape in kind.shapes]
    return max(meanings, key=lambda meant: sum(_holds(chain, meant) for chain in own))


def _meant(said: Said, shapes: Mapping[str, Meant]) -> tuple[Meant | None, str]:
    """The kind that a chain is about, or why it is not clear."""
    if len(said.kinds) == 1:
        return shapes[said.kinds[0].title], ""
    possible = [shapes[kind.title] for kind in said.kinds] or [*shapes.values()]
    readable = [meant for meant in possible if all(_tree(m, meant) is not None for m in said.chain.members)]
    if not readable:
        return possible[0], ""
    if len(readable) == 1 or len({_holds(said.chain, meant) for meant in readable}) == 1:
        return readable[0], ""
    names = " or ".join(meant.kind.title for meant in readable)
    return None, f"the words beside the formula do not say of which kind of layer it is, {names}"


def _holds(chain: Chain, meant: Meant) -> bool:
    """Whether a chain holds; for choices, not for verdicts."""
    trees = [_tree(member, meant) for member in chain.members]
    bodies = {equation.args[0]: equation.args[1] for equation in meant.givens.definitions}
    with sympy.evaluate(True):
        forms = {sympy.expand(_unfolded(tree, bodies)) for tree in trees if tree is not None}
    return len(forms) == 1 and None not in trees


def _unfolded(tree: Basic, bodies: Mapping[Basic, Basic]) -> Basic:
    for _ in range(len(bodies)):
        tree = tree.xreplace(bodies)
    return tree.doit()


def _tree(member: Member, meant: Meant) -> Expr | None:
    try:
        return _expression(_parsed(member), meant.letters, indexed=False)
    except (Unreadable, RecursionError):
        return None


def _cells_of(chain: Chain, asked: CountTable) -> list[tuple[str, str] | None]:
    """The cell that each member of a chain names: N_1 where the question's quantity has that name."""
    cells = {str(quantity): cell for cell, quantity in asked.cells.items()}
    return [cells.get(_named(member)) for member in chain.members]


def _named(member: Member) -> str:
    """The name that a member is; "" for another formula, and for what cannot be read, which its line says."""
    try:
        return _name(_parsed(member), indexed=True)
    except (Unreadable, RecursionError):
        return ""


def _of_layer(chain: Chain, cell: Cell, sheet: Sheet, scope: Scope) -> Iterator[Line]:
    letters = {str(symbol): symbol for each in sheet.givens.definitions for symbol in each.free_symbols}
    yield from _lines(chain, scope, cell, None, "", letters=letters, sheet=sheet)


def _lines(
    chain: Chain,
    scope: Scope,
    cell: Cell,
    meant: Meant | None,
    problem: str,
    letters: Mapping[str, Basic] | None = None,
    sheet: Sheet | None = None,
) -> Iterator[Line]:
    """A line for each relation of a chain."""
    indexed = letters is not None
    givens = sheet.givens if sheet is not None else meant.givens if meant is not None else Givens()
    known = letters if letters is not None else meant.letters if meant is not None else {}
    for at, place in enumerate(chain.places):
        left, right = chain.members[at : at + 2]
        line = Line(0, 0, place, "=", chain.shown[at], chain.shown[at + 1], scope, NOTHING)
        try:
            if problem:
                raise Unreadable(problem, left.place)
            sides = [_expression(_parsed(member), known, indexed=indexed) for member in (left, right)]
        except (Unreadable, RecursionError) as error:
            found = error if isinstance(error, Unreadable) else Unreadable("the formula is nested too deeply", place)
            yield replace(line, problem=found, cell=cell)
            continue
        claim = Transition(0, "=", sides[0], sides[1])
        yield replace(line, cell=replace(cell, claim=claim, givens=givens))


# --- formulas as expressions ------------------------------------------------------------------------------------------


def _name(node: Node, *, indexed: bool) -> str:
    """A letter's name, with its index where that is to be kept: N, N_1."""
    letter = _letter(node)
    if not indexed or not isinstance(node, Scripted) or not node.sub:
        return letter
    index = node.sub[0] if len(node.sub) == 1 else None
    return f"{letter}_{index.text}" if isinstance(index, Number) else ""


def _expression(node: Node, letters: Mapping[str, Basic], *, indexed: bool) -> Expr:
    """A formula of sums, products, quotients and powers. Raises Unreadable for anything else, and unknown letters."""

    def of(child: Node) -> Expr:
        return _expression(child, letters, indexed=indexed)

    if isinstance(node, Number):
        return Rational(node.text)
    if isinstance(node, Product):
        return Mul(*map(of, node.factors), evaluate=False)
    if isinstance(node, Quotient):
        return Mul(of(node.above), Pow(of(node.below), Integer(-1), evaluate=False), evaluate=False)
    if isinstance(node, Total) and all(abs(sign) == 1 for sign, _ in node.terms):
        signed = [of(term) if sign > 0 else Mul(Integer(-1), of(term), evaluate=False) for sign, term in node.terms]
        return sympy.Add(*signed, evaluate=False)
    if isinstance(node, Bracket) and len(node.items) == 1 and node.kind in ("()", "[]", "{}", ""):
        return of(node.items[0])
    if isinstance(node, Scripted) and node.sup is not None and not node.bracketed and not node.primes:
        base = Scripted(node.base, node.sub, None, node.place) if node.sub else node.base
        power = of(node.sup)
        if not isinstance(power, Integer) or not 0 <= power <= 9:
            raise Unreadable("a power of a size is a small number", node.place)
        return Pow(of(base), power, evaluate=False)
    name = _name(node, indexed=indexed)
    if name in letters and isinstance(letters[name], Expr):
        return letters[name]
    what = f"the letter {name} stands for nothing here" if name else "a count is made of products and sums of sizes"
    raise Unreadable(what, node.place)
