"""An answer is cut into the parts of its question by the marks that students set."""

from __future__ import annotations

import pytest

from checker.reading.answers.cutting import Question, cut
from checker.reading.documents.blocks import Display, Heading
from checker.reading.documents.files import document_of

Q1, Q2 = Question("q1", ("a", "b")), Question("q2", ("a", "b", "c", "d"))


def found(text, kind="md", questions=(Q2,), asked=0, name="answer"):
    """Each part with the numbers that are displayed in it, as "a1 2 b3"."""
    document = cut(document_of(text, kind, name), questions, asked)
    words: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            words.append(block.part or "-")
        elif isinstance(block, Display):
            words.append(block.source.text.strip())
    return " ".join(words)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("## (a)", "## (b)"),
        ("# a.", "# b."),
        ("### Part a", "### Part b"),
        ("### Part (a): Bayes", "### Part (b): the likelihood"),
        ("## 2(a)", "## 2(b)"),
        ("## 2a", "## 2b"),
        ("## Q2 a", "## Q2 b"),
        ("## Q2.a", "## Q2.b"),
        ("## Question 2 (a)", "## Question 2 (b)"),
        ("## Problem 2, part a", "## Problem 2, part b"),
        ("## A", "## B"),
        ("(a)", "(b)"),
        ("a)", "b)"),
        ("a.", "b."),
        ("**(a)**", "**(b)**"),
        ("**Part a.**", "**Part b.**"),
        ("Part a:", "Part b:"),
        ("(a) By Bayes' rule", "(b) The likelihood is"),
        ("2(a) By Bayes' rule", "2(b) The likelihood is"),
        ("a. By Bayes' rule", "b. The likelihood is"),
        ("**Q2 (a)**", "**Q2 (b)**"),
        ("### 2.1 (a)", "### 2.2 (b)"),
        ("## 2.1", "## 2.2"),
        ("## Part 1", "## Part 2"),
        ("**Part 1**", "**Part 2**"),
        ("## Q2.1", "## Q2.2"),
        ("## Part (i)", "## Part (ii)"),
    ],
)
def test_marks_that_name_parts(first, second):
    assert found(f"{first}\n\n$$1$$\n\n{second}\n\n$$2$$\n") == "a 1 b 2"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (r"\section*{Q2 a}", r"\section*{Q2 b}"),
        (r"\subsection*{(a)}", r"\subsection*{(b)}"),
        (r"\section*{Question 2}\subsection*{Part (a)}", r"\subsection*{Part (b)}"),
        (r"\paragraph{(a)}", r"\paragraph{(b)}"),
        (r"\textbf{(a)}" + "\n\n", "\n\n" + r"\textbf{(b)}" + "\n\n"),
        (r"\begin{enumerate}\item[(a)]", r"\item[(b)]"),
        (r"\begin{enumerate}[label=(\alph*)]\item", r"\item"),
        (r"\noindent (a) ", "\n\n" + r"\noindent (b) "),
    ],
)
def test_marks_in_latex(first, second):
    end = r"\end{enumerate}" if "enumerate" in first else ""
    parts = found(rf"{first} \[1\] {second} \[2\] {end}", "tex").split()
    assert [word for word in parts if word != "-"] == ["a", "1", "b", "2"]


@pytest.mark.parametrize(
    "text",
    [
        "A remark.",
        "Because of (b) we know",
        "i. e. the sum",
        "a is a number",
        "Part of the sum",
        "Question 2 asks for it",
        "(see b)",
        "d x is small",
    ],
)
def test_words_that_name_no_part(text):
    assert found(f"## (a)\n\n$$1$$\n\n{text}\n\n$$2$$\n") == "a 1 2"
    assert "2" in found(f"{text}\n\n$$2$$\n").split("-")[-1]


def test_a_list_within_a_part_that_has_a_heading_stays_in_it():
    assert found("## (c)\n\n(a) the means\n\n$$1$$\n\n(b) the variances\n\n$$2$$\n\n## (d)\n\n$$3$$\n") == "c 1 2 d 3"


def test_a_deeper_heading_stays_in_its_part_and_one_as_high_ends_it():
    text = "# Question 2\n\n## (c)\n\n### Means\n\n$$1$$\n\n### Variances\n\n$$2$$\n\n## Remarks\n\n$$3$$\n"
    assert found(text).removeprefix("- ") == "c 1 2 - 3"


def test_parts_in_any_order():
    assert found("## (d)\n\n$$1$$\n\n## (a)\n\n$$2$$\n") == "d 1 a 2"


def test_a_question_that_was_not_asked_is_in_no_part():
    assert found("# Q1\n\n## (a)\n\n$$1$$\n\n# Q2\n\n## (a)\n\n$$2$$\n").split()[-2:] == ["a", "2"]
    assert "a 1" not in found("# Q1\n\n## (a)\n\n$$1$$\n\n# Q2\n\n## (a)\n\n$$2$$\n")


def test_students_may_count_their_questions_in_their_own_way():
    assert found("# Exercise 4\n\n## (a)\n\n$$1$$\n\n## (b)\n\n$$2$$\n").removeprefix("- ") == "a 1 b 2"


@pytest.mark.parametrize("asked", [0, 1])
def test_of_two_questions_each_has_its_own(asked):
    text = "$$0$$\n\n# Question 1\n\n(a)\n\n$$1$$\n\n(b)\n\n$$2$$\n\n# Question 2\n\n(a)\n\n$$3$$\n\n(d)\n\n$$4$$\n"
    parts = found(text, questions=(Q1, Q2), asked=asked).split()
    own = [word for word in parts if word != "-"]
    assert own == (["0", "a", "1", "b", "2"] if asked == 0 else ["a", "3", "d", "4"])


@pytest.mark.parametrize("asked", [0, 1])
@pytest.mark.parametrize(
    ("first", "second"), [("## 1.", "## 2."), ("# 1", "# 2"), ("## 1)", "## 2)"), ("## **1.**", "## **2.**")]
)
def test_a_heading_that_is_a_number_is_a_question_where_letters_name_the_parts(first, second, asked):
    text = f"{first}\n\na)\n\n$$1$$\n\nb)\n\n$$2$$\n\n{second}\n\na)\n\n$$3$$\n\nd)\n\n$$4$$\n"
    own = [word for word in found(text, questions=(Q1, Q2), asked=asked).split() if word != "-"]
    assert own == (["a", "1", "b", "2"] if asked == 0 else ["a", "3", "d", "4"])


@pytest.mark.parametrize("asked", [0, 1])
@pytest.mark.parametrize("number", ["{}.", "{})", "**{}.**", "{}"])
@pytest.mark.parametrize("gap", ["\n\n", " "], ids=["alone", "with its first part"])
def test_a_number_alone_before_a_letter_is_a_question(number, gap, asked):
    if gap == " " and number not in ("{}.", "{})"):
        return
    first, second = (number.format(n) + gap for n in (1, 2))
    text = f"{first}(a) $x$\n\n$$1$$\n\n(b)\n\n$$2$$\n\n{second}(a)\n\n$$3$$\n\n(d)\n\n$$4$$\n"
    own = [word for word in found(text, questions=(Q1, Q2), asked=asked).split() if word != "-"]
    assert own == (["a", "1", "b", "2"] if asked == 0 else ["a", "3", "d", "4"])


def test_a_number_alone_before_no_letter_is_none():
    text = "Q1\n\n(a)\n\n$$1$$\n\n2.\n\nThen\n\n$$2$$\n\n(b)\n\n$$3$$\n"
    own = [word for word in found(text, questions=(Q1, Q2), asked=0).split() if word != "-"]
    assert own == ["a", "1", "2", "b", "3"]


def test_headings_that_are_numbers_are_no_questions_where_they_may_be_the_parts():
    text = "# 1.\n\n$$1$$\n\n# 2.\n\n$$2$$\n\n# 3.\n\n$$3$$\n"
    assert [word for word in found(text).split() if word != "-"] == ["1", "2", "3"]


def test_headings_that_are_numbers_are_no_questions_where_one_that_is_asked_has_none():
    text = "# 3.\n\na)\n\n$$1$$\n\nb)\n\n$$2$$\n"
    assert [word for word in found(text).split() if word != "-"] == ["a", "1", "b", "2"]


def test_every_display_of_two_questions_stands_in_exactly_one():
    text = "# Question 3\n\n$$0$$\n\n# Question 1\n\n(a)\n\n$$1$$\n\n# Notes\n\n$$2$$\n\n# Question 2\n\n(a)\n\n$$3$$\n"
    both = [found(text, questions=(Q1, Q2), asked=asked).split() for asked in (0, 1)]
    assert sorted(word for words in both for word in words if word.isdigit()) == ["0", "1", "2", "3"]


def test_a_file_named_after_a_question_answers_it():
    text = "(a)\n\n$$1$$\n"
    assert found(text, questions=(Q1, Q2), asked=1, name="alice_q2") == "a 1"
    assert found(text, questions=(Q1, Q2), asked=0, name="alice_q2") == ""


@pytest.mark.parametrize("asked", [0, 1])
def test_parts_that_only_one_question_has_are_its_own(asked):
    text = "(c)\n\n$$1$$\n\n(d)\n\n$$2$$\n"
    assert found(text, questions=(Q1, Q2), asked=asked).removeprefix("- ") == ("" if asked == 0 else "c 1 d 2")


def test_parts_that_two_questions_have_are_in_none():
    assert found("(a)\n\n$$1$$\n", questions=(Q1, Q2), asked=0) == "- 1"
    assert found("(a)\n\n$$1$$\n", questions=(Q1, Q2), asked=1) == ""


@pytest.mark.parametrize(
    "text",
    [
        "## Part 2\n\n$$1$$\n\n## Part 1\n\n$$2$$\n",  # not in order
        "## Part 1\n\n$$1$$\n",  # one alone may be anything
        "## 1.1 Setup\n\n$$1$$\n\n## 1.2 Data\n\n$$2$$\n",  # sections of the text
        "## Part 1\n\n$$1$$\n\n## Part 7\n\n$$2$$\n",  # more than the question has
    ],
)
def test_numbers_that_may_be_others_name_no_parts(text):
    assert not set("abcd") & set(found(text).split())


def test_numbers_in_an_answer_that_names_letters_name_no_parts():
    assert found("## (a)\n\n$$1$$\n\n### 2.1 Details\n\n$$2$$\n\n## (b)\n\n$$3$$\n").split()[:2] == ["a", "1"]


def test_the_items_of_a_list_that_has_one_for_each_part_are_the_parts():
    items = "\n".join(f"{n}. Solution\n\n   $${n}$$\n" for n in range(1, 5))
    assert found(items) == "a 1 b 2 c 3 d 4"
    assert found("# Q2\n\n" + items) == "- a 1 b 2 c 3 d 4"
    tex = "\\begin{enumerate}" + "".join(f"\\item \\[ {n} \\]" for n in range(1, 5)) + "\\end{enumerate}"
    assert found(tex, "tex") == "a 1 b 2 c 3 d 4"


@pytest.mark.parametrize("count", [3, 5])
def test_the_items_of_another_list_are_none(count):
    items = "\n".join(f"{n}. Step\n\n   $${n}$$\n" for n in range(1, count + 1))
    assert found(items) == "- " + " ".join(map(str, range(1, count + 1)))


def test_the_items_of_a_list_within_a_part_are_none():
    items = "\n".join(f"{n}. Step\n\n   $${n}$$\n" for n in range(1, 5))
    assert found(f"## (b)\n\n{items}") == "b 1 2 3 4"


@pytest.mark.parametrize("asked", [0, 1])
@pytest.mark.parametrize(
    ("begin", "item", "end"),
    [
        (r"\begin{enumerate}\setcounter{enumi}{1}", r"\item", r"\end{enumerate}"),
        (r"\begin{questions} \setcounter{question}{1} ", r"\question", r"\end{questions}"),
    ],
)
def test_a_list_may_begin_with_another_number(begin, item, end, asked):
    parts = r"\begin{enumerate}\item[(a)] $$3$$ \item[(b)] $$4$$ \end{enumerate}"
    text = rf"\begin{{document}}{begin}{item} {parts}{end}\end{{document}}"
    own = [word for word in found(text, kind="tex", questions=(Q1, Q2), asked=asked).split() if word != "-"]
    assert own == ([] if asked == 0 else ["a", "3", "b", "4"])


def test_the_first_part_may_stand_behind_the_number_of_the_question():
    text = "{first}\n\n$$1$$\n\n**(b)**\n\n$$2$$\n\n**(c)**\n\n$$3$$\n\n**(d)**\n\n$$4$$\n"
    for first in ("2. **(a)**", "2 (a)", "## Question 2 (a)"):
        assert found(text.format(first=first)).removeprefix("- ") == "a 1 b 2 c 3 d 4"


def test_a_list_in_the_only_part_with_a_number_stays_in_it():
    assert found("2(a)\n\n$$1$$\n\n(b) First\n\n$$2$$\n\n(b) Then\n\n$$3$$\n") == "a 1 2 3"


def test_a_part_may_go_on_in_small_letters():
    text = "a. posterior:\n\n$$1$$\n\nb. likelihood:\n\n$$2$$\n\nc.\n\n$$3$$\n\nd. lagrangian:\n\n$$4$$\n"
    assert found(text) == "a 1 b 2 c 3 d 4"


@pytest.mark.parametrize("words", ["i. e. this", "(a) and (b) are alike"])
def test_small_letters_that_name_no_part(words):
    assert "a 1 b 2 3 c 4" in found(f"(a)\n\n$$1$$\n\n(b)\n\n$$2$$\n\n{words}\n\n$$3$$\n\n(c)\n\n$$4$$\n")


@pytest.mark.parametrize(("count", "expected"), [(4, "a 1 b 2 c 3 d 4"), (3, "- 1 - 2 - 3")])
def test_headings_without_a_title_are_the_parts_where_there_are_as_many(count, expected):
    text = r"\section{Q2}" + "".join(rf"\subsection{{}} \[{number}\]" for number in range(1, count + 1))
    assert found(text, "tex") == f"- {expected}"
