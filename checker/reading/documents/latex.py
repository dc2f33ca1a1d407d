"""LaTeX documents as blocks, in one pass; groups and unknown commands and environments are transparent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from checker.reading.documents import outline
from checker.reading.documents.blocks import Block, Display, Formula, Heading, Problem, Table
from checker.reading.documents.definitions import collect, group_end
from checker.reading.documents.delimiters import (
    BROKEN,
    DISPLAYED,
    INLINE,
    Lines,
    Span,
    bare_name,
    blanked,
    dollar_span,
    dollars_span,
    environment_span,
    round_span,
    square_span,
)
from checker.reading.documents.plain import CHARACTERS, plain_text, table_rows
from checker.reading.documents.sources import has_mathematics, source_of
from checker.reading.tex.macros import Macros

_HIDDEN_ENVIRONMENTS = frozenset(
    "verbatim Verbatim BVerbatim lstlisting minted alltt comment tikzpicture tikzcd pgfpicture picture forest axis "
    "filecontents thebibliography CCSXML".split()
)
_TABLES = frozenset("tabular tabularx tabulary longtable tblr longtblr array".split())
_SILENT_OPTIONS = frozenset(
    "figure table wrapfigure wraptable minipage algorithm algorithmic subfigure center itemize description enumerate "
    "multicols tcolorbox mdframed framed adjustbox".split()
)
_HEADINGS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
    "subparagraph": 6,
}
_ONE_DROPPED = (
    "label ref eqref pageref cref Cref autoref cite citep citet nocite includegraphics input include vspace hspace "
    "usepackage documentclass bibliography bibliographystyle pagestyle thispagestyle color pagecolor phantom url "
    "hypersetup geometry graphicspath title author date newcounter stepcounter refstepcounter theoremstyle "
    "pagenumbering setlist selectlanguage linespread lstset usetikzlibrary tcbset DeclareMathSymbol "
    "lhead chead rhead lfoot cfoot rfoot fancyhead fancyfoot textcolor href colorbox parbox raisebox newlength"
).split()
_TWO_DROPPED = "setcounter addtocounter setlength addtolength newtheorem rule fontsize titlespacing".split()
_COUNTER = re.compile(r"\s*\{(?:question|enumi{0,3}v?|part(?:no)?|subpart)\}\s*\{\s*(?P<count>\d{1,2})\s*\}")
"""What sets the number of a list's last item."""
_DROPPED_ARGUMENTS = (
    dict.fromkeys(_ONE_DROPPED, 1) | dict.fromkeys(_TWO_DROPPED, 2) | {"definecolor": 3, "titleformat": 5}
)
"""How many arguments of a command are no text; those behind them are."""
_LONGEST_ARGUMENT = 5_000
_LONGEST_VERBATIM = 500
_DEEPEST_LIST = 6

_WITH_ARGUMENT = frozenset("minipage multicols wrapfigure adjustbox subfigure textblock".split())
_OPTION = re.compile(r"\[((?:[^\[\]$\n\\]|\\[^\[(]|\[[^\[\]$\n]{0,40}\]|\$[^$\n]{0,100}\$){0,200})\]")
_DISPLAY_IN_TABLE = re.compile(r"\$\$|(?<!\\)\\\[|\\begin\s*\{(?!array|cases|[pbvBV]?matrix|tabular|tblr)")

_MARKS = re.compile(
    r"(?P<plain>[^\\${}%~\n\[\]]+)|(?P<comment>%[^\n]*(?:\n[ \t]*)?)|(?P<blank>\n[ \t]*(?=\n))|(?P<newline>\n)"
    r"|(?P<dollars>\$\$?)|\\(?P<verb>verb|lstinline|mintinline)(?![A-Za-z])\*?"
    r"|\\(?P<bracket>[(\[])|\\(?P<step>begin|end)\s*\{(?P<environment>[^{}\\$\n]{0,60})\}"
    r"|\\(?P<row>\\\*?(?:\s*\[[^\]\n]{0,20}\])?)|\\(?P<command>[A-Za-z@]+)\*?[ \t]*|(?P<escape>\\.)|(?P<other>.)",
    re.DOTALL,
)


def definitions(text: str) -> tuple[Macros, str]:
    """The macros that a text defines, and the text with their definitions made white."""
    macros, spans = collect(text, tuple(_hidden(text)))
    return macros, blanked(text, spans)


_HIDING = re.compile(r"\\\\|\\%|(?P<comment>%[^\n]*)|\\begin\{(?P<environment>[A-Za-z]+)\*?\}")


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Comments and verbatim environments."""
    at = 0
    missing: set[str] = set()
    while match := _HIDING.search(text, at):
        at, name = match.end(), match["environment"]
        if match["comment"]:
            yield match.start(), at
        elif name in _HIDDEN_ENVIRONMENTS and name not in missing:
            end = _behind(text, at, name)
            if end is None:
                missing.add(name)
            else:
                yield match.start(), end
                at = end


def _behind(text: str, at: int, environment: str) -> int | None:
    closing = text.find(rf"\end{{{environment}", at)
    return None if closing < 0 else text.index("}", closing) + 1 if "}" in text[closing : closing + 80] else None


def title_of(text: str, macros: Macros) -> str:
    """What \\title says, as plain text; "" where there is none."""
    for match in re.finditer(r"\\title\s*(?:\[[^\]\n]*\]\s*)?(?=\{)", text):
        if (end := group_end(text, match.end(), _LONGEST_ARGUMENT)) is not None:
            return plain_text(_with_words(text[match.end() + 1 : end - 1], macros))
    return ""


def _with_words(text: str, macros: Macros) -> str:
    words = _texts(macros)
    return re.sub(r"\\([A-Za-z@]+)", lambda match: words.get(match[1], match[0]), text)


def _texts(macros: Macros) -> dict[str, str]:
    """Macros that stand for a few words, by name without backslash."""
    return {
        command[1:]: macro.body
        for command, macro in macros.items()
        if macro.arguments == 0 and re.fullmatch(r"[\w ,.:;()'-]{2,100}", macro.body)
    }


def read(text: str, macros: Macros) -> tuple[Block, ...]:
    """The blocks of a LaTeX document whose definitions were made white."""
    first, last = _body(text)
    return _Reader(text, macros).read(first, last)


def _body(text: str) -> tuple[int, int]:
    """Where the document's body begins and ends; the whole text where it has none."""
    shown = blanked(text, _hidden(text))
    start = re.search(r"\\begin\s*\{document\}", shown)
    if start is None:
        return 0, len(text)
    end = re.compile(r"\\end\s*\{document\}").search(shown, start.end())
    return start.end(), end.start() if end else len(text)


class _Reader:
    """The state of the pass: where it is, the lists that are open, and the blocks so far."""

    def __init__(self, text: str, macros: Macros) -> None:
        self.text, self.lines = text, Lines(text)
        self.at = self.last = 0
        self.writer = outline.Writer()
        self.lists: list[outline.List] = []
        self.opening, self.closing = _aliases(macros)
        self.texts = _texts(macros)
        self.missing: set[str] = set()

    def read(self, first: int, last: int) -> tuple[Block, ...]:
        self.at, self.last = first, last
        while self.at < self.last:
            match = _MARKS.match(self.text, self.at, self.last)
            assert match is not None  # the last alternative takes any character
            start, self.at = self.at, match.end()
            _HANDLERS[str(match.lastgroup)](self, match, start)
        return self.writer.finished()

    def plain(self, match: re.Match[str], start: int) -> None:
        self.writer.words(match[0], self.lines.place(start))

    def newline(self, match: re.Match[str], start: int) -> None:
        """White space; a paragraph's end, where the next line holds nothing but the marker of a part."""
        if outline.PART_ALONE.match(self.text, self.at):
            self.writer.end_paragraph()
        self.writer.words(" ", self.lines.place(start))

    def blank(self, match: re.Match[str], start: int) -> None:
        self.writer.end_paragraph()

    def nothing(self, match: re.Match[str], start: int) -> None:
        return

    def other(self, match: re.Match[str], start: int) -> None:
        if match[0] not in "{}":
            self.writer.words(" " if match[0] == "~" else match[0], self.lines.place(start))

    def escape(self, match: re.Match[str], start: int) -> None:
        self.writer.words(CHARACTERS.get(match[0], ""), self.lines.place(start))

    def verb(self, match: re.Match[str], start: int) -> None:
        """\\verb|…| and its like: skipped as they stand."""
        if match["verb"] == "mintinline":
            self._skip_argument()
        delimiter = self.text[self.at : self.at + 1]
        limit = self.at + _LONGEST_VERBATIM
        closing = self.text.find("}" if delimiter == "{" else delimiter, self.at + 1, limit) if delimiter else -1
        if closing >= 0 and "\n" not in self.text[self.at : closing]:
            self.writer.words(self.text[self.at + 1 : closing], self.lines.place(start))
            self.at = closing + 1

    def dollars(self, match: re.Match[str], start: int) -> None:
        if match[0] == "$$":
            self._mathematics(dollars_span(self.text, start, comments=True))
            return
        span = dollar_span(self.text, start, comments=True)
        if span is None:
            self.writer.block(Problem("the $ is not closed in its paragraph", self.lines.place(start)))
        else:
            self._mathematics(span)

    def bracket(self, match: re.Match[str], start: int) -> None:
        if match["bracket"] == "[":
            self._mathematics(square_span(self.text, start, comments=True))
            return
        span = round_span(self.text, start, doubled=False)
        if span is not None:
            self._mathematics(span)

    def _mathematics(self, span: Span) -> None:
        """A formula or a display joins the blocks, and reading goes on behind it."""
        self.at = max(self.at, min(span.end, self.last))
        place = self.lines.place(span.start)
        if span.kind == BROKEN:
            self.writer.block(Problem(span.message, place))
            return
        source = source_of(self.text, span.first, min(span.last, self.last), self.lines)
        if not has_mathematics(source):
            return
        if span.kind == INLINE or bare_name(span.environment) == "math":
            self.writer.formula(Formula(source))
        else:
            self.writer.block(Display(span.environment, source, place))

    def step(self, match: re.Match[str], start: int) -> None:
        name = match["environment"].strip()
        if match["step"] == "begin":
            self._begin(name, start)
        else:
            self._end(name)

    def _begin(self, name: str, start: int) -> None:
        bare = bare_name(name)
        if bare in DISPLAYED or bare == "math":
            self._mathematics(environment_span(self.text, start, self.at, name, self.closing.get(name, ())))
        elif bare in _HIDDEN_ENVIRONMENTS:
            self._hide(bare, start)
        elif bare in _TABLES and (end := self._table_end(name)) is not None:
            self._table(name, start, end)
        else:
            self.writer.end_paragraph()
            option = self._option()
            if bare in outline.LISTS:
                depth = sum(open_list.name == bare for open_list in self.lists[-_DEEPEST_LIST:]) + 1
                self.lists.append(outline.List(bare, option, depth))
            elif option and bare not in _SILENT_OPTIONS:
                self.writer.words(option, self.lines.place(start))
            if bare in _WITH_ARGUMENT:
                self._skip_argument()

    def _end(self, name: str) -> None:
        self.writer.end_paragraph()
        if self.lists and self.lists[-1].name == bare_name(name):
            self.lists.pop()

    def _hide(self, name: str, start: int) -> None:
        end = None if name in self.missing else _behind(self.text, self.at, name)
        self.writer.end_paragraph()
        if end is None:
            self.missing.add(name)
            self.writer.block(Problem(rf"\begin{{{name}}} is never closed", self.lines.place(start)))
        else:
            self.at = end

    def _table_end(self, name: str) -> int | None:
        """Where a table's inside ends; None where displays stand in it, which must not be lost in cells."""
        span = environment_span(self.text, self.at, self.at, name)
        inside = self.text[self.at : span.last]
        return None if span.kind == BROKEN or _DISPLAY_IN_TABLE.search(inside) else span.last

    def _table(self, name: str, start: int, end: int) -> None:
        if bare_name(name) in ("tabularx", "tabulary") or name.endswith("*"):
            self._skip_argument()
        self._option()
        self._skip_argument()
        first = self.at
        rows = table_rows(self.text[first:end])
        self.at = self.text.index("}", end) + 1
        if rows:
            places = tuple(self.lines.place(first + at) for _, at in rows)
            self.writer.block(Table(tuple(cells for cells, _ in rows), self.lines.place(start), places))

    def command(self, match: re.Match[str], start: int) -> None:
        name = match["command"]
        if name in self.opening:
            self._begin_alias(self.opening[name], start)
        elif self.lists and name in self.lists[-1].items:
            self._item(start)
        elif name in _HEADINGS:
            self._heading(name, start)
        elif name == "iffalse":
            self._skip_false()
        elif name == "par":
            self.writer.end_paragraph()
        elif name in ("item", "question", "subquestion", "qitem"):
            self._item(start)
        elif name == "setcounter" and self.lists and (counter := _COUNTER.match(self.text, self.at)):
            self.lists[-1].count, self.at = int(counter["count"]), counter.end()
        else:
            self._unknown(name, start)

    def _skip_false(self) -> None:
        closing = -1 if "fi" in self.missing else self.text.find(r"\fi", self.at, self.last)
        if closing < 0:
            self.missing.add("fi")
        else:
            self.at = closing + 3

    def row(self, match: re.Match[str], start: int) -> None:
        """A line ends; the paragraph too, where the next line opens with the marker of a part."""
        following = self.text[self.at : self.at + 80].lstrip().removeprefix(r"\textbf{").removeprefix("{\\bf ")
        if outline.PART.match(following):
            self.writer.end_paragraph()
        self.newline(match, start)

    def _begin_alias(self, body: str, start: int) -> None:
        """A macro that stands for \\begin{equation}, \\[ or $$."""
        if not body.startswith(r"\begin"):
            body = r"\begin{displaymath}"
        self._begin(body[7:-1], start)

    def _unknown(self, name: str, start: int) -> None:
        """A command that is no structure: its options go, its arguments are text unless they are known to be none."""
        if name in self.texts:
            self.writer.words(self.texts[name], self.lines.place(start))
        self._option()
        for _ in range(_DROPPED_ARGUMENTS.get(name, 0)):
            self._skip_argument()
            self._option()

    def _item(self, start: int) -> None:
        self.writer.end_paragraph()
        label = self._option()
        marker = self.lists[-1].next_marker(label) if self.lists else label
        self.writer.begin_item(marker, self.lines.place(start))

    def _heading(self, name: str, start: int) -> None:
        self._option()
        opening = re.compile(r"\s*\{").match(self.text, self.at)
        end = group_end(self.text, opening.end() - 1, _LONGEST_ARGUMENT) if opening else None
        if opening is None or end is None:
            return
        inside = self.text[opening.end() : end - 1]
        if re.search(r"\$\$|\\\[|\\begin", inside):
            self.writer.end_paragraph()
            return
        self.at = end
        self.writer.block(Heading(plain_text(inside), _HEADINGS[name], self.lines.place(start)))

    def _option(self) -> str:
        """The text of an option in square brackets here, "" where there is none."""
        match = _OPTION.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[1].strip()

    def _skip_argument(self) -> None:
        opening = re.compile(r"\s*\{").match(self.text, self.at)
        end = group_end(self.text, opening.end() - 1, _LONGEST_ARGUMENT) if opening else None
        self.at = end or self.at


_HANDLERS: dict[str, Callable[[_Reader, re.Match[str], int], None]] = {
    "plain": _Reader.plain,
    "comment": _Reader.nothing,
    "blank": _Reader.blank,
    "newline": _Reader.newline,
    "dollars": _Reader.dollars,
    "verb": _Reader.verb,
    "bracket": _Reader.bracket,
    "environment": _Reader.step,
    "row": _Reader.row,
    "command": _Reader.command,
    "escape": _Reader.escape,
    "other": _Reader.other,
}

_BEGINS = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
_ENDS = re.compile(r"\\end\{([A-Za-z]+\*?)\}")


def _aliases(macros: Macros) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Macros that stand for the beginning of a display, and those that end one, by environment."""
    opening: dict[str, str] = {}
    closing: dict[str, tuple[str, ...]] = {}
    for command, macro in macros.items():
        body = macro.body.strip()
        if macro.arguments == 0 and (_BEGINS.fullmatch(body) or body == r"\["):
            opening[command[1:]] = body
        elif macro.arguments == 0 and ((ends := _ENDS.fullmatch(body)) or body == r"\]"):
            name = ends[1] if ends else "displaymath"
            closing[name] = (*closing.get(name, ()), command)
    return opening, closing
