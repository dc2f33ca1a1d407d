"""The command: names, formats, exit statuses, and what goes to which stream."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker import cli
from checker.cli import main
from checker.record import Claim, Judgement, Outline, PartOutline
from checker.work import Lost

HEAD = """\
from sympy import *
from checker.derivation import Derivation, Givens
x = Symbol("x", positive=True)
q = Derivation("{name}", "About {name}", Givens())
"""
PART = """\
{part} = q.part("{part}", "Part {part}")
{part}.start(x + x)
{part}.equals({rhs}, by="algebra")
"""


def source(name, **parts):
    return HEAD.format(name=name) + "".join(PART.format(part=part, rhs=rhs) for part, rhs in parts.items())


class FakeWorker:
    """Answers as a worker does; `verdicts` are those of the steps, by part, for every file."""

    def __init__(self, verdicts):
        self.verdicts, self.calls = verdicts, []

    def call(self, function, seconds, *arguments):
        self.calls.append((function.partition(":")[2], seconds, *arguments))
        return getattr(self, "_" + function.partition(":")[2])(*arguments)

    def _outline(self, file, style):
        if "broken" in file.stem:
            return Outline(problems=(f"derivations/{file.name}:3: broken",))
        if "hangs" in file.stem:
            raise Lost("no answer within 60 s; the worker was stopped")
        parts = [
            PartOutline(
                part, "A part", 4, tuple(Claim(n + 1, 7, "=", r"\mu", "b", "", "μ", "b") for n, _ in enumerate(steps))
            )
            for part, steps in self.verdicts.items()
        ]
        return Outline(f"About {file.stem}", tuple(parts))

    def _decide(self, file, part, number, seed, strict, explain):
        verdict = self.verdicts[part][number - 1]
        if verdict == "hang":
            raise Lost("no answer within 10 s; the worker was stopped")
        return Judgement(verdict=verdict, seconds=0.004)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "derivations"
    folder.mkdir()
    for name in ("q1", "q2", "sums"):
        (folder / f"{name}.py").write_text("")
    return folder


@pytest.fixture
def run(folder, monkeypatch, capsys):
    """Runs the command with a fake worker; gives the status, both streams, and the worker."""

    def run(*arguments, verdicts=None):
        worker = FakeWorker(verdicts or {"a": ["proved", "assumed"], "b": ["supported"]})

        @contextlib.contextmanager
        def started(preload, notice, *, in_process=False, memory=0):
            yield worker

        monkeypatch.setattr(cli, "started", started)
        status = main(arguments, folder)
        captured = capsys.readouterr()
        return status, captured.out, captured.err, worker

    return run


def decided(worker):
    return [(call[2].stem, *call[3:5]) for call in worker.calls if call[0] == "decide"]


def test_without_a_name_it_lists_the_derivations_with_their_parts(run):
    status, out, err, _ = run()
    assert status == 0
    assert [line.split() for line in out.splitlines()] == [
        ["q1", "About", "q1", "parts", "a,", "b"],
        ["q2", "About", "q2", "parts", "a,", "b"],
        ["sums", "About", "sums", "parts", "a,", "b"],
    ]
    assert err == ""


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["q2"], [("q2", "a", 1), ("q2", "a", 2), ("q2", "b", 1)]),
        (["q2.b"], [("q2", "b", 1)]),
        (["q2.b", "q1.b"], [("q2", "b", 1), ("q1", "b", 1)]),
        (["q2.b", "q2.a"], [("q2", "a", 1), ("q2", "a", 2), ("q2", "b", 1)]),
        (["q2.b", "q2", "q2.a"], [("q2", "a", 1), ("q2", "a", 2), ("q2", "b", 1)]),
        (["all", "q1.a"], [(name, part, number) for name in ("q1", "q2", "sums")
                           for part, number in (("a", 1), ("a", 2), ("b", 1))]),
    ],
)  # fmt: skip
def test_names_say_what_is_checked(run, names, expected):
    status, _, err, worker = run(*names)
    assert decided(worker) == expected
    assert (status, err) == (0, "")


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        (["proved", "supported", "assumed"], 0),
        (["proved", "refuted", "undecided"], 1),
        (["proved", "undecided"], 3),
        (["unreadable"], 3),
        (["assumed"], 3),
        (["proved", "hang"], 3),
        ([], 3),
    ],
)
@pytest.mark.parametrize("style", ["rich", "json"])
def test_the_exit_status_says_how_it_went(run, verdicts, status, style):
    assert run("q2", "--format", style, verdicts={"a": verdicts})[0] == status


def test_an_unknown_name_is_said_with_near_ones_and_the_others_are_checked(run):
    status, out, err, worker = run("q22", "sum", "q1.a")
    assert status == 2
    assert "there is no derivation 'q22'; did you mean q2" in err
    assert "there is no derivation 'sum'; did you mean sums?" in err
    assert decided(worker) == [("q1", "a", 1), ("q1", "a", 2)]
    assert "About q1" in out


def test_an_unknown_part_is_said(run):
    status, _, err, _ = run("q2.z", "q1.b")
    assert status == 2
    assert "q2 has no part 'z'; there are a, b" in err


@pytest.mark.parametrize("style", ["rich", "json"])
@pytest.mark.parametrize("name", ["broken", "hangs"])
def test_a_file_that_does_not_load_says_so_and_the_others_are_checked(run, folder, style, name):
    (folder / f"{name}.py").write_text("")
    status, out, err, worker = run("all", "--format", style)
    assert status == 2
    assert f"derivations/{name}.py" in err
    assert f"derivations/{name}.py:" not in out
    assert len(decided(worker)) == 9


def test_an_unknown_name_outweighs_a_refuted_step(run):
    assert run("q2", "nope", verdicts={"a": ["refuted"]})[0] == 2


def test_json_is_all_that_standard_output_holds(run, folder):
    (folder / "broken.py").write_text("")
    status, out, err, _ = run("q2", "nope", "broken", "--format", "json")
    record = json.loads(out)
    assert [(entry["name"], entry["verdict"]) for entry in record["derivations"]] == [
        ("q2", "supported"),
        ("broken", "unreadable"),
    ]
    assert record["summary"]["proved"] == 1
    assert record["seconds"] >= 0
    assert len(err.splitlines()) == 2
    assert status == 2


def test_a_lost_step_is_undecided_and_the_rest_is_checked(run):
    _, out, _, worker = run("q2", "--format", "json", verdicts={"a": ["proved", "hang", "proved"]})
    steps = json.loads(out)["derivations"][0]["parts"][0]["transitions"]
    assert [step["verdict"] for step in steps] == ["proved", "undecided", "proved"]
    assert steps[1]["message"] == "no answer within 10 s; the worker was stopped"
    calls = [name for name, *_ in worker.calls]
    assert calls == ["outline", "decide", "decide", "outline", "decide"], "a new worker loads the file off the clock"


def test_the_options_reach_the_worker(run, folder):
    *_, worker = run("q2.b", "--timeout", "2.5", "--seed", "7", "--strict", "--explain")
    assert worker.calls[-1] == ("decide", 2.5, folder / "q2.py", "b", 1, 7, True, True)
    *_, worker = run("q2.b")
    assert worker.calls[-1] == ("decide", 10.0, folder / "q2.py", "b", 1, None, False, False)


def test_a_time_limit_holds_in_process_too_and_is_said_where_it_cannot(run):
    assert run("q2", "--in-process", "--timeout", "3")[2] == ""
    arguments = ("grade", "q2", "--answers", "nowhere", "--out", "report", "--in-process")
    assert "--timeout has no effect" in run(*arguments, "--timeout", "3")[2]
    assert "--timeout" not in run(*arguments)[2]


@pytest.mark.parametrize(
    "arguments", [["--format", "pdf"], ["--timeout", "0"], ["--timeout", "x"], ["--seed", "x"], ["--nope"]]
)
def test_a_wrong_option_exits_2(run, arguments, capsys):
    with pytest.raises(SystemExit) as info:
        run("q2", *arguments)
    assert info.value.code == 2
    assert arguments[0] in capsys.readouterr().err


# The whole program, in a process of its own


def program(folder, *arguments, **options):
    command = (
        "import sys, pathlib; from checker.cli import main; "
        f"sys.exit(main(sys.argv[1:], pathlib.Path({str(folder)!r})))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(cli.__file__).parents[1]), *sys.path])}
    environment |= options.pop("env", {})
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"} | options
    return subprocess.Popen([sys.executable, "-c", command, *arguments], env=environment, **options)


@pytest.fixture
def real(folder):
    (folder / "q1.py").write_text(source("q1", a="2*x", b="3*x"))
    (folder / "q2.py").write_text(source("q2", a="2*x"))
    (folder / "sums.py").write_text("import sympy\nx = (1\n")
    return folder


@pytest.mark.parametrize("mode", [[], ["--in-process"]])
def test_true_and_false_steps_are_told_apart(real, mode):
    with program(real, "q1", "--format", "json", *mode) as process:
        out, err = process.communicate()
    parts = json.loads(out)["derivations"][0]["parts"]
    assert [part["verdict"] for part in parts] == ["proved", "refuted"]
    assert parts[1]["transitions"][0]["counterexample"]["lhs"]
    assert (process.returncode, err) == (1, "")


@pytest.mark.parametrize("name", [["q2"], ["q1.a"]])
def test_all_proved_exits_0(real, name):
    with program(real, *name) as process:
        out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert "✓ proved" in out


def test_a_broken_file_costs_itself_only(real):
    with program(real, "all") as process:
        out, err = process.communicate()
    assert process.returncode == 2
    assert err == "derivations/sums.py:2: SyntaxError: '(' was never closed\n"
    assert "About q1" in out
    assert "About q2" in out


def test_an_ascii_stream_gets_ascii(real):
    with program(real, "q1", env={"PYTHONIOENCODING": "ascii"}) as process:
        out, _ = process.communicate()
    assert out.isascii()
    assert "x refuted" in out


def test_a_reader_that_goes_away_gets_no_traceback(real):
    with program(real, "q1") as process:
        process.stdout.close()
        err = process.stderr.read()
    assert (process.returncode, err) == (141, "")


def test_an_interrupt_ends_it_without_a_traceback(real):
    (real / "q2.py").write_text("while True: pass\n")
    with program(real, "q2", start_new_session=True) as process:
        time.sleep(3)  # its processes have started, also on a busy machine
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert (out, err) == ("", "\ninterrupted\n")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_do_without_sympy(option):
    command = f"""
import sys
from checker.cli import main
try:
    main(["{option}"])
except SystemExit as exit:
    assert not exit.code
assert "sympy" not in sys.modules
assert "rich" not in sys.modules
"""
    environment = os.environ | {"PYTHONPATH": str(Path(cli.__file__).parents[1])}
    assert subprocess.run([sys.executable, "-c", command], check=False, env=environment).returncode == 0


def test_the_module_runs():
    result = subprocess.run(
        [sys.executable, "-m", "checker", "--version"],
        cwd=Path(cli.__file__).parents[1], check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert result.stdout.startswith("checker ")
