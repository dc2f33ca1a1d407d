"""The table of counts of an answer to q1: found however it lies, each cell judged, hints for the wrong ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reading.answers.counts import NotACount, digits, read_count
from checker.reading.answers.headings import says
from checker.verdict import Refuted
from tests.reading.texts import Found, found, verdicts
from tests.tables_q1 import COUNTS, grid, latex, markdown

NO_POOLING = "no pooling before the first fully connected layer"
ALL_RIGHT = " ".join(["proved"] * 24)


def judged(text: str, suffix: str = "md") -> Found:
    return found(text, suffix, "q1")


def said(text: str, suffix: str = "md") -> list[tuple[str, str, str, str]]:
    """Both sides of each line, its verdict, and the hint."""
    answer = judged(text, suffix)
    claims = [claim for part in answer.outline.parts for claim in part.claims]
    return [
        (claim.lhs, claim.rhs, o.verdict.name, o.verdict.hint if isinstance(o.verdict, Refuted) else "")
        for claim, o in zip(claims, answer.outcomes, strict=True)
    ]


def hints(row: int, column: int, stated: int | str, words: str = "") -> str:
    """The hint for a cell that holds something wrong, in a table that is right apart from it."""
    wrong = [each for each in said(markdown(grid({(row, column): str(stated)}), words)) if each[2] == "refuted"]
    assert len(wrong) == 1
    return wrong[0][3]


# --- the table as it lies ---------------------------------------------------------------------------------------------


def test_every_cell_is_a_line_in_the_order_of_the_text():
    lines = said(markdown(grid()))
    assert [(left, int(right)) for left, right, *_ in lines] == [
        (f"{letter}_{{{t}}}", count)
        for t, counts in enumerate(COUNTS, 1)
        for letter, count in zip("NPU", counts, strict=True)
    ]
    assert {verdict for *_, verdict, _ in lines} == {"proved"}


def test_a_line_stands_in_the_row_of_its_cell():
    for text, suffix in ((markdown(grid()), "md"), (latex(grid()), "tex")):
        part = judged(text, suffix).outline.parts[0]
        rows = text.splitlines()
        for claim in part.claims:
            assert claim.rhs in rows[claim.source_line - 1]


def transposed(rows: list[list[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


@given(st.permutations(range(1, 9)), st.permutations(range(1, 4)), st.booleans(), st.booleans())
def test_rows_and_columns_may_stand_in_any_order_and_lie_either_way(rows, columns, across, as_latex):
    table = [[row[0], *(row[at] for at in columns)] for row in (grid()[at] for at in (0, *rows))]
    table = transposed(table) if across else table
    answer = judged(latex(table), "tex") if as_latex else judged(markdown(table))
    assert answer.verdicts == ALL_RIGHT


@given(st.integers(0, 7), st.integers(0, 2), st.integers(1, 10**9))
def test_a_count_that_differs_is_never_accepted(row, column, stated):
    right = COUNTS[row][column]
    lines = said(markdown(grid({(row, column): str(stated)})))
    assert [verdict for *_, verdict, _ in lines].count("refuted") == (stated != right)


def test_a_table_with_tabs_between_its_cells_is_read():
    text = "(a)\n\n" + "\n".join("\t".join(row) for row in grid()) + "\n"
    assert judged(text).verdicts == ALL_RIGHT


def test_an_array_in_a_display_is_read():
    rows = [[r"\text{" + cell.replace("#", r"\#") + "}" for cell in row[:1]] + row[1:] for row in grid()[1:]]
    head = " & ".join(r"\text{" + cell.replace("#", r"\#") + "}" for cell in grid()[0])
    body = r" \\ ".join([head, *(" & ".join(row) for row in rows)])
    text = f"# (a)\n\n$$\n\\begin{{array}}{{l|rrr}} {body} \\end{{array}}\n$$\n"
    assert judged(text).verdicts == ALL_RIGHT


def test_rules_bold_cells_and_cells_over_several_columns_are_no_obstacle():
    text = r"""\section*{(a)}
\begin{tabular}{l|rrr}
\toprule
 & \multicolumn{3}{c}{counts of AlexNet} \\ \cmidrule(lr){2-4}
\textbf{Layer} & \textbf{\# units} & \# weights & \# connections \\ \midrule
\textbf{Conv 1} & $290{,}400$ & \textbf{34\,848} & \num{105415200} \\[2pt]
\hline
Conv 2 & $\mathbf{186624}$ & & $27\times 27 \times 307200 = 223{,}948{,}800$ \\
\end{tabular}
"""
    assert [each[:3] for each in said(text, "tex")] == [
        ("N_{1}", "290400", "proved"),
        ("P_{1}", "34848", "proved"),
        ("U_{1}", "105415200", "proved"),
        ("N_{2}", "186624", "proved"),
        ("U_{2}", r"27 \cdot 27 \cdot 307200", "proved"),
        (r"27 \cdot 27 \cdot 307200", "223948800", "proved"),
    ]


def test_a_table_of_something_else_is_left_alone():
    sizes = [["Layer", "width", "kernel"], ["conv1", "55", "11"], ["conv2", "27", "5"]]
    assert said(markdown(sizes)) == []
    students = [["Name", "units"], ["Alice", "5"], ["Bob", "6"]]
    assert said(markdown(students)) == []


def test_a_table_in_a_part_that_asks_for_none_is_left_alone():
    assert said(markdown(grid()).replace("(a)", "(b)")) == []


def test_stars_between_numbers_multiply():
    """As emphasis, 55*55*96 would be 555596."""
    assert [each[:3] for each in said(markdown(grid({(0, 0): "55*55*96 = 290400"})))][:2] == [
        ("N_{1}", r"55 \cdot 55 \cdot 96", "proved"),
        (r"55 \cdot 55 \cdot 96", "290400", "proved"),
    ]
    lines = said(markdown(grid({(0, 0): "54*55*96 = 290400"})))
    assert [each[2] for each in lines[:2]] == ["refuted", "refuted"]


# --- headings that are not clear ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["conv2 (GPU 1)", "conv2 per GPU", "half of conv 2", "the second one", "?"])
def test_a_row_that_may_be_another_is_not_judged(name):
    rows = grid()
    rows[2][0] = name
    verdicts = judged(markdown(rows)).verdicts
    assert verdicts.count("proved") == 21
    assert verdicts.count("unreadable") == 1


@pytest.mark.parametrize("name", ["weights per GPU", "weights (in thousands)", "weights (M)", "size"])
def test_a_column_that_may_count_something_else_is_not_judged(name):
    rows = grid()
    rows[0][2] = name
    verdicts = judged(markdown(rows)).verdicts
    assert verdicts.count("proved") == 16
    assert verdicts.count("unreadable") == 1


def test_a_row_that_stands_twice_is_not_judged():
    rows = grid()
    assert judged(markdown([*rows, rows[2]])).verdicts.count("unreadable") == 6


def test_rows_of_other_layers_are_left_alone():
    rows = [*grid(), ["Max pooling 1", "1", "2", "3"], ["Total", "5", "6", "7"]]
    assert judged(markdown(rows)).verdicts == ALL_RIGHT
    assert judged(markdown([row for row in rows if row[0] != "conv2"])).verdicts == " ".join(["proved"] * 21)


# --- cells ----------------------------------------------------------------------------------------------------------

WRITTEN = [
    ("290400", "290400"), ("290,400", "290400"), ("290 400", "290400"), ("290{,}400", "290400"),
    (r"290\,400", "290400"), ("290'400", "290400"), ("1.290.400", "1290400"), ("290400 units", "290400"),
    (r"290.4 \times 10^3", "290400"), (r"2.904 \cdot 10^{5}", "290400"), ("2.904e5", "290400"), ("290.4k", "290400"),
    (r"2.9\times 10^5", "290000"), (r"\mathbf{290400}", "290400"), ("55 × 55 × 96", "290400"), ("55x55x96", "290400"),
    ("13² × 384", "64896"), ("2(27*27*128)", "186624"), (r"5^2 \cdot 48 \cdot 128 \cdot 2", "307200"),
    ("(96 + 3)*2", "198"), ("10/4", "2.5"), ("-5", "-5"), ("290,400.", "290400"), ("290,400 = 55*55*96", "290400"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "value"), WRITTEN)
def test_a_count_is_read_as_it_is_written(cell, value):
    count = read_count(cell, ("units", "neurons"))
    assert count is not None
    assert digits(count.value) == value
    assert not count.about


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "—"])
def test_an_empty_cell_states_nothing(cell):
    assert read_count(cell) is None


@pytest.mark.parametrize("cell", ["~105M", r"\approx 105,000,000", "about 105000000", "≈ 1.05e8"])
def test_a_rounded_count_is_said_to_be_one(cell):
    count = read_count(cell)
    assert count is not None
    assert count.about
    assert judged(markdown(grid({(0, 2): cell}))).verdicts.split()[2] == "undecided"


UNCLEAR = [
    "290.400", "12,34", "1,2345", "1 23 456", "5 5", r"1,054 \times 10^8", "9^{9^9}", "2^10^3", "2^{10*2}", "9" * 50,
    "10^40*10^40", "1e400", "10^99", "2/0", "W H M", "<b>5</b>", r"\frac{5}{2}", "5 =", "= 5", "1_000",
    "290400 weights",
    "(" * 50 + "1" + ")" * 50, "((1)", r"\input{x}", "١٢٣", "__import__('os')", "5;6", "nan", "inf", "9^-9^9", "0^{-1}",
    "1" + "0" * 300, "*" * 150 + "1", "5×", "×5", "5 × × 5", "$$", "{", "}", "\\",
]  # fmt: skip


@pytest.mark.parametrize("cell", UNCLEAR)
def test_what_is_not_clear_is_refused(cell):
    try:
        count = read_count(cell, ("units",))
    except NotACount:
        return
    assert count is None


@pytest.mark.parametrize("cell", [*UNCLEAR[:12], "W H M", "2/0"])
def test_a_cell_that_is_not_clear_costs_that_cell_alone(cell):
    lines = said(markdown(grid({(1, 0): cell})))
    assert [each[2] for each in lines].count("proved") == 23
    assert lines[3][2] == "unreadable"


@given(st.integers(0, 10**15), st.sampled_from([",", " ", r"\,", "{,}", "'", "~"]))
def test_separators_change_no_count(value, separator):
    if separator == "~":
        separator = r"\;"
    count = read_count(f"{value:,}".replace(",", separator))
    assert count is not None
    assert count.value == value


@given(st.text(max_size=30))
def test_any_text_is_a_count_or_refused(cell):
    try:
        count = read_count(cell)
    except NotACount:
        return
    assert count is None or count.members


# --- hints ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "stated", "hint"),
    [
        (1, 2, 111974400, "half of 223948800: the two GPUs counted once"),
        (3, 0, 32448, "half of 64896: the two GPUs counted once"),
        (0, 0, 145200, "half of 290400"),
        (0, 1, 2 * 34848, "twice 34848"),
        (2, 1, 4 * 884736, "four times 884736"),
        (0, 1, 3484, "34848 with a digit lost"),
        (0, 1, 34948, "34848 with one digit wrong"),
        (0, 1, 38448, "34848 with two digits swapped"),
        (0, 1, 348480, "10 times 34848"),
        (0, 1, 35000, "34848 to 2 digits; the count is exact"),
        (0, 1, r"3.48 \times 10^4", "34848 to 3 digits; the count is exact"),
        (0, 1, 290400, "the count of units of convolution 1"),
        (2, 2, 149520384 // 9, "149520384 without a factor K_3² = 9"),
        (2, 2, 149520384 // 3, "149520384 without a factor K_3 = 3"),
        (
            5,
            1,
            177209344,
            "right with no pooling before the first fully connected layer, which the answer does not state",
        ),
        (1, 1, 614400, "right with no split over the GPUs, which the answer does not state"),
        (0, 1, 34848 + 96, "right with biases among the weights, which the answer does not state"),
        (0, 1, 12347, ""),
    ],
)
def test_a_hint_names_what_is_simple(row, column, stated, hint):
    assert hints(row, column, stated) == hint


# --- conventions ----------------------------------------------------------------------------------------------------

UNSPLIT = {
    (1, 1): "614400", (1, 2): "447897600", (3, 1): "1327104", (3, 2): "224280576", (4, 1): "884736",
    (4, 2): "149520384",
}  # fmt: skip


@pytest.mark.parametrize(
    "words", ["There is no split over GPUs.", "We do not split the layers.", "All on a single GPU."]
)
def test_a_stated_convention_counts(words):
    assert judged(markdown(grid(UNSPLIT), words)).verdicts == ALL_RIGHT


@pytest.mark.parametrize("words", ["", "The layers are split over two GPUs.", "It is not on a single GPU."])
def test_a_convention_that_is_not_stated_does_not(words):
    assert judged(markdown(grid(UNSPLIT), words)).verdicts.count("refuted") == 6


def test_a_stated_convention_that_the_counts_do_not_follow_changes_nothing():
    assert judged(markdown(grid(), "There is no split over GPUs.")).verdicts == ALL_RIGHT


def test_a_convention_holds_for_the_whole_table():
    mixed = {**UNSPLIT, (1, 1): "307200"}
    lines = said(markdown(grid(mixed), "There is no split over GPUs."))
    assert [each for each in lines if each[2] == "refuted"] == [
        (
            "P_{2}",
            "307200",
            "refuted",
            "right as the question counts, but the answer states and goes by: no split over the GPUs",
        )
    ]


def test_conventions_go_together():
    changes = {(5, 1): "177209344", (5, 2): "177209344"}
    words = "Counted without pooling, and we do not split."
    assert judged(markdown(grid({**UNSPLIT, **changes}), words)).verdicts == ALL_RIGHT
    biases = {
        (at, 1): str(counts[1] + outputs)
        for at, (counts, outputs) in enumerate(zip(COUNTS, (96, 256, 384, 384, 256, 4096, 4096, 1000), strict=True))
    }
    assert judged(markdown(grid(biases), "Biases are included.")).verdicts == ALL_RIGHT
    assert judged(markdown(grid(biases), "Biases are not included.")).verdicts.count("refuted") == 8


# --- formulas -------------------------------------------------------------------------------------------------------


def formulas(words: str) -> str:
    return judged(f"# (a)\n\n{words}\n").verdicts


CONVOLUTION = "$N_t=WHM$, $P_t=K^2CM$, $U_t=WHK^2CM$"
CONNECTED = "$N_t=WHM$, $P_t=W^2H^2CM$, $U_t=W^2H^2CM$"


@pytest.mark.parametrize(
    "words",
    [
        f"{CONVOLUTION} for convolution layer. {CONNECTED} for connected layer.",
        f"{CONVOLUTION} for convolution layer {CONNECTED} for connected layer Layer 2,4,5 are split",
        f"For convolutional layers, {CONVOLUTION}. For fully connected layers, {CONNECTED}.",
        f"For convolutional layers {CONVOLUTION} and for fully connected layers {CONNECTED}.",
        f"Convolution:\n\n{CONVOLUTION}\n\nFully connected:\n\n{CONNECTED}",
        f"- Convolution layers: {CONVOLUTION}\n- FC layers: {CONNECTED}",
    ],
)
def test_the_words_beside_a_formula_say_the_kind_of_layer(words):
    assert formulas(words) == " ".join(["proved"] * 6)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("$U_t = WHK^2CM$ for a convolution.", "proved"),
        ("$U_t = WHKCM$ for a convolution.", "refuted"),
        ("$U_t = W^2H^2CM$ for a convolution.", "refuted"),
        ("$U_t = W_t H_t K_t^2 C_t M_t$ for a convolution.", "proved"),
        ("$U_l = W H P_l = WHK^2CM$ for a convolution.", "proved proved"),
        ("$U_l = W H N_l = WHK^2CM$ for a convolution.", "refuted refuted"),
        ("$P_t = nm$ for a connected layer.", "proved"),
        ("$P_t = n + m$ for a connected layer.", "refuted"),
        ("$P = WHCM$ and $N = M$ for a connected layer.", "proved proved"),
        ("$P = WHCM$ and $N = WHM$ for a connected layer.", "refuted proved"),
        ("$P_t = K^2CM$.", "proved"),
        ("$P_t = nm$.", "proved"),
        ("$P_t = K^2WHM$.", "refuted"),
        ("$N_t = WHM$.", "proved"),
        ("$P_t = CM$.", "unreadable"),
        ("$P_t = F^2CM$ for a convolution.", "unreadable"),
        ("$P_t = \\log K$ for a convolution.", "unreadable"),
        ("$N_1 = 55 \\cdot 55 \\cdot 96 = 290400$.", "proved proved"),
        ("$N_1 = 55 \\cdot 55 \\cdot 69$.", "refuted"),
        ("$W = 55$ and $K = 11$.", ""),
        ("$$U_t = WHK^2CM$$\nfor a convolution.", "proved"),
        ("$$U_t = WHKCM$$\nfor a convolution.", "refuted"),
        ("For a convolution\n\n$$U_t = WHK^2CM$$", "proved"),
    ],
)
def test_a_formula_is_judged_for_its_kind(words, verdict):
    assert formulas(words) == verdict


def test_formulas_in_other_parts_are_words():
    assert judged("# (a)\n\nNothing.\n\n# (b)\n\nBecause $U_t = WHKCM$.\n").verdicts == ""


def test_a_formula_that_cannot_be_read_costs_no_other():
    broken, right = r"N_k = \beta \alpha_100", r"U_2 = 2 \cdot 27 \cdot 27 \cdot 25 \cdot 48 \cdot 128"
    text = f"## Q1\n\n$$\n{broken}\n$$\n\n$$\n{right}\n$$\n"
    assert verdicts(text, "q1").split() == ["unreadable", "proved"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("weights (incl. biases)", True),
        ("weights (not incl. biases)", False),
        ("weights. Biases", False),
    ],
)
def test_an_abbreviation_ends_no_sentence(text, stated):
    assert says(text, ("incl biases",)) == stated
