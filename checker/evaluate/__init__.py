"""The independent evaluator: evaluates both sides of a transition at instances that the givens allow.

It can refute (two disjoint balls, or two different rationals), and never proves. Reading order:

    errors         why a value is missing
    arithmetic     exact rationals and balls
    jets           derivatives by automatic differentiation
    functions      the table of functions
    names          keys and domains of names
    usage          which names are sizes, indices and values of indices, and over what they range
    randomness     random numbers that depend on a seed and a name
    state          what a compiled expression is evaluated on
    comparisons    what conditions and absolute values compare, and how it came out
    compiling      SymPy trees to closures; the heads are in algebra, binders, conditions, derivatives
    events         what stands inside P(…); joints are distributions, probabilities compiles P(…), expectations E[…]
    relations      lines, and how they are judged at an instance
    program        a compiled statement with the roles of its names
    sampling       drawing sizes, indices and values
    grounding      a relation at all values of its free indices
    inequalities   values at which inequalities hold
    solving        values at which equations hold; linear solves for whole arrays, newton for what is not rational
    instances      instances that satisfy what is given; contradictions shows that there are none
    spans          enclosures of what an expression can be at all, by which contradictions are seen
    shrink         small counterexamples; formatting writes them
    extremes       instances at which a claim may fail that agreed at random ones; turning finds where sides meet
    trials         one claim, judged at instance after instance
    comparing      the claims: identities, inequalities, consequences, equivalences; proportions judges a ∝ b
    samples        instances for other purposes, such as hints
"""

from checker.evaluate.comparing import compare
from checker.evaluate.findings import Agreement, Difference, Finding, Inconclusive
from checker.evaluate.instances import Instance
from checker.evaluate.samples import agree, sample

__all__ = ["Agreement", "Difference", "Finding", "Inconclusive", "Instance", "agree", "compare", "sample"]
