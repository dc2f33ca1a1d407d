"""What the tests have a worker do; it imports neither SymPy nor the checker."""

from __future__ import annotations

import os
import resource
import time


def doubled(number):
    return 2 * number


def process():
    return os.getpid()


def sleep(seconds):
    time.sleep(seconds)


def loop_for_ever():
    while True:
        pass


def compute_in_flint_for_ever():
    import flint

    context = flint.fmpz_mpoly_ctx.get([f"x{index}" for index in range(8)], flint.Ordering.lex)
    return len(sum(context.gens(), context.constant(1)) ** 60)


def eat_memory():
    eaten = []
    while True:
        eaten.append(bytearray(10**7))


def eat_memory_in_flint():
    import flint

    return flint.fmpz(1) << (8 * 10**10)


def nest(depth):
    return nest(depth + 1)


def be_killed(number):
    os.kill(os.getpid(), number)


def fail():
    raise ValueError("no such atom [k, j]")


def exit():
    os._exit(7)


def memory_limit():
    return resource.getrlimit(resource.RLIMIT_AS)[0]


def print_something():
    print("a result this is not")
    os.system("echo nor this")


def evaluates() -> bool:
    """Whether SymPy evaluates what is built in this process."""
    from sympy.core.parameters import global_parameters

    return bool(global_parameters.evaluate)
