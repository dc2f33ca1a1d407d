"""The formulas of a document: their tokens and pieces, why some cannot be read, and how they use their letters."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from functools import lru_cache

from checker.reading.documents.blocks import Display, Document, Formula, Paragraph, Words
from checker.reading.grammar.vocabulary import lexicon_of, names_of
from checker.reading.known.scope import Scope
from checker.reading.layout.displays import pieces_of
from checker.reading.layout.pieces import Piece, Remark
from checker.reading.meaning.usage import joined, scope_of, usage_of
from checker.reading.tex.macros import expand
from checker.reading.tex.tokens import Source, Token, Unreadable, tokenize
from checker.reading.tex.trees import items_of
from checker.reading.words.sentences import opens_declaration

DOCUMENTS_KEPT = 4
"""How many documents are kept as they were laid out: an answer is gone through for its letters before it is read."""


class Formulas:
    """All formulas of a document, laid out; `scope` is the one in which the document begins."""

    def __init__(self, document: Document, before: Scope | None) -> None:
        self._laid_out = _laid_out(document, before.lexicon.names if before is not None else frozenset())
        text = self._laid_out.scope
        self.scope = text if before is None else joined(before, text)

    @property
    def all(self) -> list[tuple[Piece, ...]]:
        """The formulas that can be laid out, in the order of the text."""
        return list(self._laid_out.pieces.values())

    def of(self, source: Source) -> tuple[Piece, ...] | None:
        """The pieces of a formula; None where it cannot be laid out."""
        return self._laid_out.pieces.get(source)

    def problem(self, source: Source) -> Unreadable | None:
        """Why a formula cannot be laid out."""
        return self._laid_out.broken.get(source)

    def tokens_of(self, source: Source) -> tuple[Token, ...]:
        """The tokens of a formula; none where it has no tokens."""
        return self._laid_out.tokens_of(source)

    def declared(self) -> list[tuple[Piece, ...]]:
        """The formulas in sentences, behind words that declare, that can be laid out."""
        sources = _declared_sources(self._laid_out.document)
        return [pieces for source in sources if (pieces := self.of(source)) is not None]

    def within(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces, with the formulas that stand between dollars in words beside them."""
        found: list[Piece] = []
        for piece in pieces:
            texts = piece.words.split("$") if isinstance(piece, Remark) else []
            if not isinstance(piece, Remark) or len(texts) % 2 == 0:
                found.append(piece)
                continue
            for number, text in enumerate(texts):
                if number % 2:
                    with contextlib.suppress(Unreadable, RecursionError):
                        tokens = expand(tokenize(Source(text, piece.place)), self._laid_out.document.macros)
                        found += pieces_of(items_of(tokens, self.scope.lexicon.names))
                elif text.strip():
                    found.append(Remark(text, piece.place))
        return found


class _LaidOut:
    """What the formulas of a document say alone; `scope` is how they use their letters.

    tokens, pieces, broken: by the formula's source.
    """

    def __init__(self, document: Document, names: frozenset[str]) -> None:
        self.document = document
        self.tokens: dict[Source, tuple[Token, ...]] = {}
        self.pieces: dict[Source, tuple[Piece, ...]] = {}
        self.broken: dict[Source, Unreadable] = {}
        sources = _sources(document)
        declared = [self.tokens_of(source) for source in _declared_sources(document)]
        names |= names_of([self.tokens_of(source) for source in sources], declared)
        for source in sources:
            self._lay_out(source, names)
        formulas = [pieces for source in sources if (pieces := self.pieces.get(source)) is not None]
        lexicon = lexicon_of(formulas, names)
        self.scope = scope_of(usage_of(formulas, lexicon), lexicon)

    def tokens_of(self, source: Source) -> tuple[Token, ...]:
        known = self.tokens.get(source)
        if known is None:
            try:
                known = expand(tokenize(source), self.document.macros)
            except Unreadable as problem:
                self.broken[source] = problem
                known = ()
            self.tokens[source] = known
        return known

    def _lay_out(self, source: Source, names: frozenset[str]) -> None:
        tokens = self.tokens_of(source)
        if not tokens:
            return
        try:
            self.pieces[source] = pieces_of(items_of(tokens, names))
        except Unreadable as problem:
            self.broken[source] = problem
        except RecursionError:
            self.broken[source] = Unreadable("the formula is nested too deeply", source.place)


_laid_out = lru_cache(maxsize=DOCUMENTS_KEPT)(_LaidOut)


def _sources(document: Document) -> list[Source]:
    found = []
    for block in document.blocks:
        if isinstance(block, Display) and not block.hidden:
            found.append(block.source)
        elif isinstance(block, Paragraph):
            found += [piece.source for piece in block.pieces if isinstance(piece, Formula)]
    return found


def _declared_sources(document: Document) -> list[Source]:
    """Inline formulas behind words that declare."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            words = ""
            for piece in block.pieces:
                if isinstance(piece, Words):
                    words = piece.text
                elif _before_declared(words):
                    found.append(piece.source)
    return found


def _before_declared(words: str) -> bool:
    """Words behind which a formula that declares may stand."""
    return (
        bool(re.search(r"\b(?:let|define|denote|write|where)\b\W*$", words, re.IGNORECASE))
        or opens_declaration(words)
        or bool(re.search(r"\b(and|,)\W*$", words))
    )
