"""Benchmarks, run by hand: `python -m tests.bench.equalities`, `…q2_steps`, `…process`."""
