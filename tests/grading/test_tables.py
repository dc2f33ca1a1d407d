"""What the counts of q1's table earn."""

from __future__ import annotations

import pytest

from checker.grading.session import marked
from checker.grading.tables import RIGHT_ALONE
from checker.marks import ABSENT, COMPENSATED, MISSED, PERSON, REACHED, PartMarks
from checker.reading import session
from checker.subject import Subject
from tests.reading.texts import ROOT
from tests.tables_q1 import grid, latex, markdown


@pytest.fixture
def marks(tmp_path):
    """The marks of part a of an answer to q1."""

    def found(text: str, suffix: str = "md") -> PartMarks:
        path = tmp_path / f"answer.{suffix}"
        path.write_text(text, encoding="utf-8")
        subject = Subject("answer", path, question=ROOT / "derivations" / "q1.py")
        history = []
        for index in range(sum(len(part.claims) for part in session.outline(subject).parts)):
            outcome = session.judge(subject, index, tuple(history), seed=None, explain=False)
            history.append((outcome.verdict.name, outcome.role, ()))
        return max(marked(subject, tuple(history)), key=lambda part: part.max_marks)

    return found


def outcomes(found: PartMarks) -> list[str]:
    return [credit.outcome for credit in found.credits]


def test_a_right_table_earns_all_marks(marks):
    for found in (marks(markdown(grid())), marks(latex(grid()), "tex")):
        assert (found.marks, found.max_marks, found.up_to) == (12, 12, 12)
        assert outcomes(found) == [REACHED] * 24
        assert found.person == ()


def test_a_wrong_cell_costs_that_cell(marks):
    found = marks(markdown(grid({(1, 2): "111974400"})))
    assert found.marks == found.up_to == 11.5
    wrong = [credit for credit in found.credits if credit.outcome != REACHED]
    assert [credit.title for credit in wrong] == ["connections of convolution 2"]
    assert wrong[0].outcome == MISSED
    assert wrong[0].formula == "U_{2}"
    assert wrong[0].message == "half of 223948800: the two GPUs counted once"
    assert [support.number for support in wrong[0].supports] == [6]
    assert found.first_wrong == 6


def test_a_missing_cell_earns_nothing_and_needs_nobody(marks):
    found = marks(markdown(grid({(0, 0): "", (7, 2): "-"})))
    assert found.marks == found.up_to == 11
    assert outcomes(found).count(ABSENT) == 2
    assert found.person == ()


@pytest.mark.parametrize("cell", ["290.400", "~290400", "W H M"])
def test_a_cell_that_is_not_clear_is_for_a_person(marks, cell):
    found = marks(markdown(grid({(0, 0): cell})))
    assert (found.marks, found.up_to) == (11.5, 12)
    assert outcomes(found)[0] == PERSON
    assert found.person


def test_a_row_that_is_not_clear_is_for_a_person(marks):
    rows = grid()
    rows[2][0] = "conv2 (GPU 1)"
    found = marks(markdown(rows))
    assert (found.marks, found.up_to) == (10.5, 12)
    assert outcomes(found)[3:6] == [PERSON] * 3
    assert found.person


def test_a_right_count_behind_a_wrong_step_earns_a_share(marks):
    found = marks(markdown(grid({(0, 0): "54*55*96 = 290400"})))
    assert outcomes(found)[0] == COMPENSATED
    assert found.marks == 11.5 + 0.5 * RIGHT_ALONE
    found = marks(markdown(grid({(0, 0): "55*55*96 = 290401"})))
    assert outcomes(found)[0] == MISSED
    assert found.marks == 11.5


def test_two_tables_that_contradict_each_other_earn_what_both_say(marks):
    found = marks(markdown(grid()) + "\n" + markdown(grid({(0, 0): "290401"})).replace("# (a)", ""))
    assert outcomes(found) == [MISSED] + [REACHED] * 23


def test_a_wrong_formula_costs_nothing_by_itself(marks):
    found = marks(markdown(grid(), "$P_t = KCM$ for a convolution layer."))
    assert found.marks == 12
    assert found.first_wrong == 1


def test_counts_in_formulas_earn_the_same_as_in_a_table(marks):
    found = marks("# (a)\n\n$$N_1 = 55 \\cdot 55 \\cdot 96 = 290400$$\n\n$P_1 = 34848$ and $U_1 = 105415201$.\n")
    assert outcomes(found)[:3] == [REACHED, REACHED, MISSED]
    assert found.marks == 1


def test_an_answer_without_the_table_earns_nothing(marks):
    found = marks("# (b)\n\nNothing.\n")
    assert (found.marks, found.max_marks, found.up_to) == (0, 12, 0)
    assert outcomes(found) == [ABSENT] * 24


def test_layers_may_be_called_by_their_numbers_alone(marks):
    rows = [[str(at) if at else "Layer", *row[1:]] for at, row in enumerate(grid())]
    assert marks(markdown(rows)).marks == 12
    assert marks(markdown([["t", *rows[0][1:]], *rows[1:]])).marks == 0
    with_pooling = [
        *rows[:2],
        ["2", "69984", "0", "0"],
        *([str(at + 1), *row[1:]] for at, row in enumerate(rows[2:], 2)),
    ]
    assert marks(markdown(with_pooling)).marks == 0


@pytest.mark.parametrize(("count", "earned"), [("37748736", 1), ("37748735", 0)])
def test_two_counts_that_are_equal_may_be_stated_at_once(marks, count, earned):
    found = marks(f"# (a)\n\n$$P_6 = U_6 = 6^2 \\cdot 256 \\cdot 4096 = {count}$$\n")
    assert found.marks == earned
