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
    conventions  the givens under conventions that an answer states, and the numbers that they come to
    slips        what a wrong count in a table looks like; never changes a verdict
    check        decides one transition: prove, evaluate, reconcile
    record       a run as plain data, for every report                                   (the contract of --format json)
    subject      a text: a document, one equality, an answer                             (data)
    loading      loads and validates derivation files; `catalogue` only lists them
    worker       what a worker process does: outline a derivation or a text, decide a transition
    work         calls with a time and memory limit, in a process that can be killed
    run          checks whole derivations and texts through such calls
    visible      text that others wrote, made harmless to show
    grading/     a folder of answers, by student, marked by several workers
    reports/     one module a format, each a pure function of the record
    arguments    the words of the command line; `requested` is what they stand for
    progress     how far the run has come, on standard error
    cli          the commands

The kernel and the evaluator import neither each other nor anything below them in this list.
"""

__version__ = "0.1.0"
