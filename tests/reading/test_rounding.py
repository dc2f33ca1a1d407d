"""Numbers that are written as rounded."""

import pytest

from tests.reading.texts import verdicts


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\frac{40}{60} = 0.67", "undecided"),
        (r"\frac{40}{60} = 0.66", "refuted"),
        (r"\sqrt{2} = 1.4142", "undecided"),
        (r"\sqrt{2} = 1.4143", "refuted"),
        (r"-\frac{1}{3} = -0.33", "undecided"),
        (r"\frac{1}{8} = 0.125", "proved"),
        (r"\frac{7}{2} = 4", "refuted"),
        (r"3.5 = 4", "refuted"),
        (r"1 + 1 = 2.3", "refuted"),
        (r"x = 0.67", "refuted"),
    ],
)
def test_what_is_equal_but_for_rounding_is_neither_true_nor_false(formula: str, expected: str) -> None:
    assert verdicts(f"Let $x \\in \\mathbb{{R}}$.\n\n$$\n{formula}\n$$\n") == expected
