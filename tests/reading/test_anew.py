"""Names that a text gives another formula: under another heading, behind "(b)", and where that is a claim."""

import pytest

from tests.reading.texts import verdicts

FIRST = "# One\n\nLet $p_k > 0$ and $k \\in \\{1,\\dots,K\\}$.\n\n$$L = \\sum_{k=1}^K p_k - \\lambda$$\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIRST + "# Two\n\n$$L = x y - \\lambda (x + y)$$\n\n$$\\frac{\\partial L}{\\partial x} = y - \\lambda$$\n",
         "assumed assumed proved"),
        (FIRST + "# Two\n\n$$L = x y - \\lambda (x + y)$$\n\n$$\\frac{\\partial L}{\\partial x} = y$$\n",
         "assumed assumed refuted"),
        (FIRST + "# Two\n\n$$L = 2 \\sum_{k=1}^K p_k - \\lambda$$\n", "assumed refuted"),
        (FIRST + "# Two\n\n$$L = \\sum_{k=1}^K p_k q_k - \\lambda$$\n", "assumed refuted"),
        (FIRST + "$$L = x y - \\lambda (x + y)$$\n", "assumed refuted"),
        ("(a)\n\n$$r = x y$$\n\n(b)\n\n$$r = x z$$\n\n$$\\frac{\\partial r}{\\partial x} = y$$\n",
         "assumed undecided undecided"),
        ("(a)\n\n$$r = x y$$\n\n(b)\n\n$$r = x y + y$$\n", "assumed refuted"),
        ("$$r = x y$$\n\nand so\n\n$$r = x z$$\n", "assumed refuted"),
    ],
)  # fmt: skip
def test_a_formula_of_other_things_is_another_definition_only_in_another_section(text: str, expected: str) -> None:
    assert verdicts(text) == expected
