"""The limit that always holds: a hang, a crash or a memory eater costs one call, and the next one works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import forkserver

import pytest

from checker.subject import Subject
from checker.work import PATIENCE, InProcess, Lost, started
from tests import work_calls

MEMORY = 2**29
EQUALITY = Subject("equality", lhs="a + b", rhs="b + a")


@pytest.fixture(scope="module")
def worker():
    with started("tests.work_calls", pytest.fail, memory=MEMORY) as caller:
        yield caller


def lost(worker, function, *arguments, seconds=20.0):
    with pytest.raises(Lost) as info:
        worker.call(f"tests.work_calls:{function}", seconds, *arguments)
    assert worker.call("tests.work_calls:doubled", 5, 21) == 42, "the next call works"
    return str(info.value)


def test_a_call_answers_from_another_process(worker):
    assert worker.call("tests.work_calls:doubled", 5, 21) == 42
    assert worker.call("tests.work_calls:process", 5) != os.getpid()


def test_calls_share_a_process_while_nothing_goes_wrong(worker):
    assert worker.call("tests.work_calls:process", 5) == worker.call("tests.work_calls:process", 5)


@pytest.mark.parametrize("function", ["loop_for_ever", "compute_in_flint_for_ever"])
def test_a_hang_is_stopped_in_time(worker, function):
    start = time.perf_counter()
    assert lost(worker, function, seconds=0.5) == "no answer within 0.5 s; the worker was stopped"
    assert time.perf_counter() - start < 0.5 * PATIENCE + 2


def test_a_call_that_gets_no_processor_is_waited_for(worker):
    """Asleep it computes nothing, as where other programs keep the processor."""
    if not os.path.exists("/proc/self/stat"):
        pytest.skip("the system does not say what a process has computed")
    assert worker.call("tests.work_calls:sleep", 0.3, 0.9) is None
    assert lost(worker, "sleep", 60, seconds=0.3) == "no answer within 0.3 s; the worker was stopped"


def test_eating_memory_costs_one_call(worker):
    assert lost(worker, "eat_memory") == "out of memory"


def test_flint_aborting_without_memory_costs_one_call(worker):
    assert "memory" in lost(worker, "eat_memory_in_flint")


@pytest.mark.parametrize(
    ("function", "arguments", "reason"),
    [
        ("be_killed", (signal.SIGKILL,), "the worker process was ended by SIGKILL"),
        ("be_killed", (signal.SIGSEGV,), "the worker process was ended by SIGSEGV"),
        ("exit", (), "the worker process was ended with status 7"),
        ("nest", (0,), "nested too deeply"),
    ],
)
def test_a_crash_costs_one_call_and_is_named(worker, function, arguments, reason):
    assert lost(worker, function, *arguments) == reason


def test_a_fault_of_the_checker_is_said_aloud(worker):
    reason = lost(worker, "fail")
    assert reason.startswith("the checker failed, please report this: ValueError: no such atom [k, j] (work_calls.py:")


def test_a_worker_killed_between_calls_is_replaced(worker):
    os.kill(worker.call("tests.work_calls:process", 5), signal.SIGKILL)
    time.sleep(0.1)
    assert worker.call("tests.work_calls:doubled", 5, 1) == 2


def test_the_memory_limit_is_set(worker):
    assert worker.call("tests.work_calls:memory_limit", 5) == MEMORY


def test_what_a_call_prints_is_no_result(worker, capfd):
    worker.call("tests.work_calls:print_something", 5)
    assert capfd.readouterr().out == ""


def test_the_clock_does_not_run_while_modules_are_imported(tmp_path, monkeypatch):
    (tmp_path / "slow_module.py").write_text("import time\ntime.sleep(0.6)\ndef answer():\n    return 42\n")
    monkeypatch.syspath_prepend(tmp_path)
    with started("slow_module", pytest.fail) as caller:
        assert caller.call("slow_module:answer", 0.3) == 42


def test_in_this_process_calls_work_and_failures_cost_one(capsys):
    with started("tests.work_calls", pytest.fail, in_process=True) as caller:
        assert caller.call("tests.work_calls:process", 5) == os.getpid()
        with pytest.raises(Lost, match="no such atom"):
            caller.call("tests.work_calls:fail", 5)
        caller.call("tests.work_calls:doubled", 5, 1)


def test_in_this_process_what_computes_in_python_is_stopped():
    with started("tests.work_calls", pytest.fail, in_process=True) as caller:
        with pytest.raises(Lost, match=r"no answer within 0\.2 s"):
            caller.call("tests.work_calls:loop_for_ever", 0.2)
        assert caller.call("tests.work_calls:doubled", 5, 1) == 2


def test_only_what_was_ended_from_outside_may_answer_another_time(worker):
    for function, arguments, outside in [("be_killed", (signal.SIGKILL,), True), ("eat_memory", (), False)]:
        with pytest.raises(Lost) as info:
            worker.call(f"tests.work_calls:{function}", 20, *arguments)
        assert info.value.outside == outside


def test_where_processes_are_forbidden_it_goes_on_in_this_one_and_says_so(monkeypatch):
    def forbidden():
        raise PermissionError("child processes are forbidden")

    monkeypatch.setattr(forkserver, "ensure_running", forbidden)
    notices = []
    with started("tests.work_calls", notices.append) as caller:
        assert isinstance(caller, InProcess)
        assert caller.call("tests.work_calls:doubled", 5, 4) == 8
    assert len(notices) == 1
    assert "no limit is sure" in notices[0]


def test_a_worker_that_hangs_in_c_does_not_outlive_this_program():
    program = (
        "from checker.work import *\n"
        "if __name__ == '__main__':\n"
        "    with started('tests.work_calls', print) as caller:\n"
        "        print(caller.call('tests.work_calls:process', 5), flush=True)\n"
        "        caller.call('tests.work_calls:compute_in_flint_for_ever', 1)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment) as process:
        worker = int(process.stdout.readline())
        time.sleep(0.3)
        process.kill()
    for _ in range(600):
        if not _is_running(worker):
            return
        time.sleep(0.1)
    pytest.fail("the worker still runs")


def _is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_leaves_evaluation_as_the_last_text_needed_it():
    with started("checker.preload", pytest.fail) as caller:
        before = caller.call("tests.work_calls:evaluates", 20)
        outline = caller.call("checker.worker:outline_text", 20, EQUALITY, "unicode")
        assert [len(part.claims) for part in outline.parts] == [1]
        assert (before, caller.call("tests.work_calls:evaluates", 20)) == (True, False)


def test_in_this_process_a_text_leaves_evaluation_as_it_was():
    assert InProcess().call("checker.worker:outline_text", 0, EQUALITY, "unicode").parts
    assert work_calls.evaluates()
