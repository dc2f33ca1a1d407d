"""The credits of a part as a table: each target, the milestones on the way to it below it, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.marks import ABSENT, Credit, Support
from checker.record import DerivationRecord, PartRecord
from checker.reports.grading import phrases
from checker.reports.html_parts import text
from checker.reports.mathml import typeset

Href = Callable[[Support], str]
"""Where a supporting line is shown, "" where it is not."""


def table(derivation: DerivationRecord, part: PartRecord, label: str, href: Href) -> Iterator[str]:
    """The table, named by the caption `label`, with links by `href`; nothing for a part without credits,
    or of which nothing is there."""
    credits = part.marked.credits if part.marked is not None else ()
    if not credits or not part.steps and all(credit.outcome == ABSENT for credit in credits):
        return
    yield f'<table class="credits"><caption>{text(label)}</caption><thead><tr>'
    yield '<th scope="col">result</th><th scope="col">how it fared</th><th scope="col" class="number">marks</th>'
    yield '<th scope="col">rests on</th></tr></thead><tbody>'
    for credit in credits:
        yield _row(derivation, part, credit, href)
    yield "</tbody></table>"


def _row(derivation: DerivationRecord, part: PartRecord, credit: Credit, href: Href) -> str:
    outcome = f'<span class="outcome {_looks(credit)}">{_sign(credit)} {text(credit.outcome)}</span>'
    message = f'<p class="message">{text(credit.message)}</p>' if credit.message else ""
    rests = "; ".join(_support(derivation, part, each, href) for each in credit.supports)
    formula = f'<div class="math">{typeset(credit.formula)}</div>' if credit.formula.strip() else ""
    within = f'<span class="quiet">on the way to {text(credit.milestone_of)}:</span> ' if credit.milestone_of else ""
    return (
        f'<tr class="{"milestone" if credit.milestone_of else "target"}">'
        f'<th scope="row">{within}{text(credit.title)}{formula}</th><td>{outcome}{message}</td>'
        f'<td class="number">{phrases.earned(credit)}</td><td>{rests}</td></tr>'
    )


def _sign(credit: Credit) -> str:
    return f'<span aria-hidden="true">{phrases.SIGNS.get(credit.outcome, "")}</span>'


def _looks(credit: Credit) -> str:
    return "-".join(credit.outcome.split())


def _support(derivation: DerivationRecord, part: PartRecord, support: Support, href: Href) -> str:
    said, address = text(phrases.support(derivation, part, support)), href(support)
    return f'<a href="{address}">{said}</a>' if address else said
