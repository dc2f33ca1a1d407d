"""LaTeX: every formula is found once, where it stands; preamble, comments and verbatim text are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.documents.files import Display, Document, Formula, Heading, Paragraph, Table, Words, document_of
from tests.reading.test_documents import formulas, problems


def read(text: str) -> Document:
    return document_of(text, "tex", "a")


def displays(text: str) -> list[tuple[str, str]]:
    return [(b.environment, b.source.text) for b in read(text).blocks if isinstance(b, Display)]


def words(text: str) -> str:
    """All that stands in the paragraphs, formulas in brackets, paragraphs parted by bars."""
    shown = []
    for block in read(text).blocks:
        if isinstance(block, Paragraph):
            pieces = (p.text if isinstance(p, Words) else f"<{p.source.text}>" for p in block.pieces)
            shown.append(block.marker + "".join(pieces))
    return "|".join(shown)


@pytest.mark.parametrize(
    "environment",
    "equation align alignat flalign gather multline eqnarray displaymath dmath IEEEeqnarray split".split(),
)
@pytest.mark.parametrize("star", ["", "*"])
def test_an_environment_is_a_display(environment, star):
    argument = {"alignat": "{2}", "IEEEeqnarray": "{rCl}"}.get(environment, "")
    name = environment + star
    text = f"Words\n\\begin{{{name}}}{argument}\n  a &= b \\\\[2pt]\n  &= c\n\\end{{{name}}}\nmore"
    assert displays(text) == [(name, "a &= b \\\\[2pt]\n  &= c")]
    assert words(text) == "Words|more"


@pytest.mark.parametrize(
    ("opening", "closing", "environment"), [("$$", "$$", "$$"), (r"\[", r"\]", r"\[")], ids=["dollars", "brackets"]
)
def test_delimiters_are_a_display(opening, closing, environment):
    assert displays(f"so {opening} a \\\\[2pt] = b {closing} holds") == [(environment, "a \\\\[2pt] = b")]


@pytest.mark.parametrize("formula", ["$a$", r"\(a\)", r"\begin{math}a\end{math}"])
def test_an_inline_formula_is_part_of_its_sentence(formula):
    assert words(f"let {formula} be\nreal") == "let <a> be real"


@pytest.mark.parametrize(
    "text",
    [
        r"\question{ What is \begin{align*} a = b \end{align*} here }",
        r"\textbf{so \[ a = b \]}",
        r"\begin{theorem}[Bayes] We have $$ a = b $$ \end{theorem}",
        r"\begin{center} \begin{solution} \[ a = b \] \end{solution} \end{center}",
        r"\begin{subequations}\begin{equation} a = b \end{equation}\end{subequations}",
        r"\begin{itemize}\item so \[a = b\]\end{itemize}",
        r"\footnote{ $$a = b$$ }",
        r"\begin{tabular}{l} \begin{minipage}{2cm} \[ a = b \] \end{minipage} \end{tabular}",
        r"\section{A $$ a = b $$}",
        r"\fbox{\parbox{2cm}{\[ a = b \]}}",
    ],
)
def test_displays_are_found_wherever_they_stand(text):
    assert [source for _, source in displays(text)] == ["a = b"]


@pytest.mark.parametrize(
    "text",
    [
        "% $x$\nwords",
        "costs 5\\% of \\$5 or \\$6",
        "\\verb|$x$| and \\verb+$$+",
        "\\begin{verbatim}\n$$ x $$\n\\end{verbatim}",
        "\\begin{lstlisting}[language=C]\nint $x$;\n\\end{lstlisting}",
        "\\begin{minted}{python}\n'$x$'\n\\end{minted}",
        "\\begin{tikzpicture} \\node {$x$}; \\end{tikzpicture}",
        "\\begin{comment}\n\\[ x \\]\n\\end{comment}",
        "\\iffalse $x$ \\fi",
        "\\usepackage{$x$} $x$ \\begin{document} words \\end{document} $x$",
        "\\includegraphics[width=$x$]{a}",
        "\\cite{$x$}\\label{$x$}",
    ],
)
def test_this_is_no_mathematics(text):
    assert formulas(read(text)) == []
    assert not problems(read(text))


def test_a_percent_sign_is_kept_and_a_comment_in_a_display_is_passed_over():
    assert words("5\\% of it % not\n  this") == "5% of it this"
    assert displays("\\[ a % \\]\n = b \\]") == [(r"\[", "a % \\]\n = b")]


def test_only_the_body_is_read():
    text = "% \\begin{document}\n\\title{On $x_1$ \\textbf{here}}\n\\begin{document}\nBody\n\\end{document}\nafter"
    assert words(text) == "Body"
    assert read(text).title == "On x_1 here"


def test_markup_is_removed_from_words():
    text = r"\textbf{Given} \emph{a {\bf set}} of~all, see~\ref{a} \cite[p.~5]{b}\label{c}."
    assert words(text + r" \vspace{1cm}\noindent A \& B\\C") == "Given a set of all, see . A & B C"


def test_blank_lines_and_environments_part_paragraphs():
    assert words("one\ntwo\n\nthree \\begin{proof} four \\end{proof} five\\par six") == "one two|three|four|five|six"


def test_headings_have_levels():
    text = "\\section{One $x$}\\subsection*{Two}\\paragraph{Three.} words \\part[s]{Four}"
    headings = [(b.title, b.level) for b in read(text).blocks if isinstance(b, Heading)]
    assert headings == [("One x", 2), ("Two", 3), ("Three.", 5), ("Four", 1)]
    assert words(text) == "words"


LISTS = [
    (r"\begin{itemize}\item a \item b\end{itemize} c", "-a|-b|c"),
    (r"\begin{enumerate}\item a \item b\end{enumerate}", "1.a|2.b"),
    (
        r"\begin{enumerate}\item a \begin{enumerate}\item b\item c\end{enumerate}\item d\end{enumerate}",
        "1.a|(a)b|(b)c|2.d",
    ),
    (r"\begin{enumerate}[label=(\alph*)]\item a \item b\end{enumerate}", "(a)a|(b)b"),
    (r"\begin{enumerate}[label={\textbf{\roman*.}}]\item a \item b\end{enumerate}", "i.a|ii.b"),
    (r"\begin{enumerate}[a)]\item a \item $b$\end{enumerate}", "a)a|b)<b>"),
    (r"\begin{enumerate}\item[(c)] a \item[\textbf{(d)}] b\end{enumerate}", "(c)a|(d)b"),
    (r"\begin{description}\item[Bayes] a\end{description}", "Bayesa"),
    (r"\begin{enumerate}\item \[x\] \item b\end{enumerate}", "1.|2.b"),
    (r"\begin{parts}\part[4] a \part b\end{parts}", "(a)a|(b)b"),
    ("Words\n(a)\\\\\none\n(b)\ntwo", "Words|(a)one|(b)two"),
    ("(a) one\\\\\n(b) $x$\\\\\nmore\n\n\\textbf{(c)} two", "(a)one|(b)<x> more|(c)two"),
]


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=range(len(LISTS)))
def test_items_have_markers(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize("environment", ["tabular}{l|r", "tabularx}{2cm}{lr", "tblr}{colspec={ll}", "longtable}[h]{ll"])
def test_a_table_has_rows_of_text(environment):
    name = environment.split("}")[0]
    text = (
        f"\\begin{{{environment}}}\n\\hline\n\\textbf{{Layer}} & $n_k$ \\\\ \\hline\n"
        f"one \\& two & 5\\% \\\\\n\\end{{{name}}}\nwords"
    )
    (table,) = [block for block in read(text).blocks if isinstance(block, Table)]
    assert table.rows == (("Layer", "n_k"), ("one & two", "5%"))
    assert words(text) == "words"


@pytest.mark.parametrize(
    "definition", [r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}", r"\def\be{\[}\def\ee{\]}"]
)
def test_macros_may_open_and_close_a_display(definition):
    assert [source for _, source in displays(definition + r" so \be a = b \ee and \be c \ee")] == ["a = b", "c"]


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{align} a = b\n\nwords \\[c = d\\]",
        "\\begin{align} a \\begin{align} c = d\\end{align}",
        "$$ a = b\n\nSome more words are here \n\n$$ c = d $$",
        "so $ a\n\nand \\[c = d\\]",
        "\\[ a = b\n\n\\[c = d\\]",
        "\\begin{verbatim} a\n\n\\[c = d\\]",
    ],
)
def test_what_is_never_closed_is_a_problem_and_the_rest_is_read(text):
    document = read(text)
    assert formulas(document) == ["c = d"]
    (problem,) = problems(document)
    assert "closed" in problem


def test_places_are_exact():
    text = (
        "\\begin{document}\nLet $x$ be\n  \\begin{align*} % here\n  a &= b\n  \\end{align*}\n\\(y\\)\n\\end{document}"
    )
    lines = text.split("\n")
    for block in read(text).blocks:
        pieces = block.pieces if isinstance(block, Paragraph) else [block]
        for piece in pieces:
            if isinstance(piece, Formula | Display):
                place = piece.source.place
                first = piece.source.text.split("\n")[0]
                assert lines[place.line - 1][place.column - 1 :].startswith(first)


def test_words_know_where_they_begin():
    pieces = [p for b in read("First $x$ then\n\n  \\textbf{Given} y").blocks for p in b.pieces if isinstance(p, Words)]
    assert [(p.place.line, p.place.column) for p in pieces] == [(1, 1), (1, 11), (3, 11)]


def test_definitions_are_no_text_and_hold_for_the_document():
    text = "\\newcommand{\\R}{\\mathbb{R}} % \\newcommand{\\S}{x}\nwords\n\\def\\x#1{$#1$}\n\\[ \\let\\a\\b \\]"
    document = read(text)
    assert set(document.macros) == {r"\R", r"\x", r"\a"}
    assert words(text) == "words"
    assert formulas(document) == []


WRAPPINGS = [
    "{}",
    "\\textbf{{{}}}",
    "\\unknown{{{}}}",
    "\\begin{{itemize}}\\item {}\\end{{itemize}}",
    "\\begin{{center}}\n{}\n\\end{{center}}",
    "words {} words",
    "5\\% {} % comment $x$\n",
    "\\footnote{{{}}}",
]
MATHEMATICS = ["$f_?$", "$$f_?$$", r"\(f_?\)", r"\[f_?\]", r"\begin{align*}f_?\end{align*}", r"\verb|$x$|", r"\$5"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WRAPPINGS), st.sampled_from(MATHEMATICS), st.booleans()), max_size=12))
def test_no_formula_is_lost_or_doubled(lines):
    text, expected = "", []
    for number, (wrapping, mathematics, blank) in enumerate(lines):
        text += wrapping.format(mathematics.replace("?", str(number))) + ("\n\n" if blank else "\n")
        if "f_" in mathematics:
            expected.append(f"f_{number}")
    assert formulas(read(text)) == expected
