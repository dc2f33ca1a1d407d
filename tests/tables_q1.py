"""Answers to q1's table: its counts, and a table of them as a student writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ROWS = (
    "Convolution Layer 1", "conv2", "CONV-3", "Conv. layer 4", "C5", "Fully Connected Layer 1", "fc 7", "Output (fc8)",
)  # fmt: skip
COLUMNS = ("# of units", "Number of weights", "connections")
COUNTS = (
    (290400, 34848, 105415200),
    (186624, 307200, 223948800),
    (64896, 884736, 149520384),
    (64896, 663552, 112140288),
    (43264, 442368, 74760192),
    (4096, 37748736, 37748736),
    (4096, 16777216, 16777216),
    (1000, 4096000, 4096000),
)
"""Worked out by hand from the sizes of the layers."""

Changes = Mapping[tuple[int, int], str]


def grid(changes: Changes = {}) -> list[list[str]]:  # noqa: B006
    """The table with its headings; some cells, by row and column from 0, hold something else."""
    body = [
        [name, *(changes.get((at, column), str(count)) for column, count in enumerate(counts))]
        for at, (name, counts) in enumerate(zip(ROWS, COUNTS, strict=True))
    ]
    return [["Layer", *COLUMNS], *body]


def markdown(rows: Sequence[Sequence[str]], words: str = "") -> str:
    """An answer to part a with this table, behind some words."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(["# (a)", "", words, "", lines[0], "|---" * len(rows[0]) + "|", *lines[1:], ""])


def latex(rows: Sequence[Sequence[str]], words: str = "") -> str:
    """The same as a tabular."""
    lines = [" & ".join(row).replace("#", r"\#") + r" \\" for row in rows]
    columns = "l" + "r" * (len(rows[0]) - 1)
    body = "\n".join([lines[0], r"\hline", *lines[1:]])
    return f"\\section*{{(a)}}\n{words}\n\n\\begin{{tabular}}{{{columns}}}\n{body}\n\\end{{tabular}}\n"
