"""A checker for written derivations. Reading order is dependency order; imports point up only:

    expressions  the heads SymPy lacks: indicators, partial derivatives, probabilities   (data)
    tables       a table of counts as part of a question                                 (data)
    derivation   what a derivation, a transition and the givens are                      (data, no decisions)
    verdict      what can be said of a transition, and why                               (data)
    kernel/      the only code that may say proved                                       (trusted, no search)
    evaluate/    instances and exact evaluation                                          (can refute, never prove)
    rules        named reasons and the theories they may use                             (data)
    notation/    how formulas are written: LaTeX, Unicode, ASCII                         (strings)
    printing     expressions in these notations; latex, unicode, ascii
    damage       the wrong side of a step as a thing to be mended: its places, and what may be missing there
    repairs      small changes to a part that people forget
    hints        what the slip looks like; never changes a verdict
    stated       the givens as LaTeX, for a person
    conventions  the givens under conventions that an answer states, and the numbers that they come to
    slips        what a wrong count in a table looks like; never changes a verdict
    canonical    a claim in canonical letters, with what bears on it of the givens
    check        decides one transition: prove, evaluate, reconcile
    record       a run as plain data, for every report                                   (the contract of --format json)
    subject      a text: a document, one equality, an answer                             (data)
    loading      loads and validates derivation files; `catalogue` only lists them, `advice` is what errors mean there
    worker       what a worker process does: outline a derivation or a text, decide a transition
    api          checks what a program or a notebook has, in this process; shown, as typeset HTML
    notebook     the cell magic %%derivation
    work         calls with a time and memory limit, in a process that can be killed
    crew         several tasks at a time, each worker in a thread of its own
    run          checks whole derivations and texts through such calls
    visible      text that others wrote, made harmless to show
    grading/     a folder of answers, by student, marked by several workers
    reports/     one module a format, each a pure function of the record
    arguments    the words of the command line; `requested` is what they stand for
    authoring/   starting a derivation, from a document too; rules and single steps explained; watching
    plugin       what pytest collects
    progress     how far the run has come, on standard error
    cli          the commands

The kernel and the evaluator import neither each other nor anything below them in this list.

The public names, which `from checker import …` gives, are those of `PUBLIC`. They are imported when first asked for, so
that the command line starts without SymPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.api import Result as Result
    from checker.api import equal as equal
    from checker.api import load as load
    from checker.api import verify as verify
    from checker.check import decide as decide
    from checker.derivation import Derivation as Derivation
    from checker.derivation import Givens as Givens
    from checker.derivation import Independence as Independence
    from checker.derivation import IndexSet as IndexSet
    from checker.derivation import Model as Model
    from checker.derivation import Variable as Variable
    from checker.expressions import Covariance as Covariance
    from checker.expressions import Determinant as Determinant
    from checker.expressions import Each as Each
    from checker.expressions import Event as Event
    from checker.expressions import Expectation as Expectation
    from checker.expressions import Indicator as Indicator
    from checker.expressions import P as P
    from checker.expressions import Partial as Partial
    from checker.expressions import RandomVariable as RandomVariable
    from checker.expressions import Variance as Variance
    from checker.expressions import indicator as indicator

__version__ = "0.1.0"

PUBLIC = {
    "Derivation": "derivation", "Givens": "derivation", "IndexSet": "derivation", "Model": "derivation",
    "Variable": "derivation", "Independence": "derivation",
    "Partial": "expressions", "indicator": "expressions", "Indicator": "expressions", "P": "expressions",
    "RandomVariable": "expressions", "Event": "expressions", "Each": "expressions",
    "Expectation": "expressions", "Variance": "expressions", "Covariance": "expressions",
    "Determinant": "expressions",
    "load": "api", "verify": "api", "equal": "api", "Result": "api", "decide": "check",
}  # fmt: skip
"""The public names, by the module of this package that has them."""

__all__ = [*PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{PUBLIC[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *PUBLIC})
