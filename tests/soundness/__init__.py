"""Attacks on the verdicts, as scripts that anyone can run; a sample of each is a test. Reading order:

sources   true steps, with their givens
opinion   a second opinion on a claim, in floats: neither the kernel nor the evaluator
letters   further slips of the pen, beside tests.slips
variants  changes that keep a step true
wrong     wrong steps made of one right step, and what is said of them
ledger    what is known of them, in a file that a run goes on with
slips     wrong steps made of right ones: none may be proved or supported
truths    right steps made of right ones: none may be refuted
planting  changes in the source, one at a time, and what tests say of them
planted   faults in the kernel, one at a time: its tests must find each
mutants   small mutations of the kernel, drawn by a seed: what its tests do not notice is for a person to judge
"""
