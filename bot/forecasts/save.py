"""A forecast that was shown becomes the draft of a new budget version, beside the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.ledger import DEPARTMENT, LOCATION, AccountNo, Period, from_minor
from bot.approvals.proposal import Grain
from bot.approvals.sources import SourceRow, budget_rows
from bot.approvals.stage import Draft
from bot.errors import NotUnderstood
from bot.forecasts.answer import of_projects
from bot.forecasts.kept import KeptAnswer
from bot.messages import figures
from bot.policy import Person
from bot.services import Services
from intacct.client import Intacct
from intacct.documents.budget_version import BudgetLine, BudgetVersion
from intacct.read.budgets import (
    BudgetHead,
    BudgetQuestion,
    read_budget_heads,
    read_budget_lines,
)
from intacct.read.dimensions import read_location_parents
from intacct.read.periods import read_periods

PREFIX = "FCST-"
LOOKED_AT = 5  # earlier versions looked through for one with the same lines


def draft_of(services: Services, answer: KeptAnswer, who: Person) -> Draft:
    """A new version with the figures shown; the live budget and older versions stay as they are.

    NotUnderstood where Intacct has no reporting period for a month.
    """
    if of_projects(answer.question):
        raise NotUnderstood("A budget in Intacct has no projects, so this cannot be saved.")
    document = _document(answer, _period_names(services.books))
    grain = _grain(answer, services.books)
    question, lines = _version_before(services.books, document, grain)
    months = sorted({period for line in answer.lines for period, _ in line.months})
    span = f"{months[0]} – {months[-1]}" if months[1:] else f"{months[0]}"
    return Draft(
        asked_by=who,
        channel=services.policy.approval_channel,
        title=f"{named(answer)}, {span}{_over(services, months)}",
        document=document,
        compared_with=question.budget_id if question else "",
        titles={line.account: line.title for line in answer.lines},
        questions=(answer.question, question) if question else (answer.question,),
        rows=(*answer.rows, *lines),
        grain=grain,
        turned=_turned(answer),
    )


def _turned(answer: KeptAnswer) -> tuple[AccountNo, ...]:
    """The accounts whose own sign is not that of the answer: costs where income is shown too."""
    return tuple(sorted({one.account for one in answer.lines if one.own * answer.sign < 0}))


def named(answer: KeptAnswer) -> str:
    """What it forecasts and for whom: accounts, entity, and where it was narrowed to."""
    only = "".join(f", {key.name} {key.id}" for key in sorted(answer.question.where))
    return f"{answer.name} forecast, {answer.entity_label}{only}"


def _over(services: Services, months: Sequence[Period]) -> str:
    """A word on months that are over when it is saved: a forecast as of long ago has some."""
    last = services.calendar.last_closed(services.clock().date())
    over = sum(period <= last for period in months)
    return f" ({figures.count(over, 'month')} already over)" if over else ""


def _grain(answer: KeptAnswer, books: Intacct) -> Grain:
    """A line holds what the forecast did not keep apart: departments, and locations below."""
    named = {key.name for key in answer.question.where} | set(answer.question.by)
    if LOCATION in named:
        return Grain(departments_together=DEPARTMENT not in named)
    return Grain(
        entity_of=dict.fromkeys(_below(answer.entity, read_location_parents(books)), answer.entity),
        departments_together=DEPARTMENT not in named,
    )


def _below(top: str, parents: Mapping[str, str]) -> set[str]:
    """The locations that stand below this one, at any depth."""
    found: set[str] = set()
    level = {top}
    while level := {one for one, parent in parents.items() if parent in level} - found:
        found |= level
    return found


def _document(answer: KeptAnswer, names: dict[Period, str]) -> BudgetVersion:
    """One line per account, month and department, in the entity or the location forecast."""
    months = sorted({period for line in answer.lines for period, _ in line.months})
    if unknown := [period for period in months if period not in names]:
        raise NotUnderstood(
            f"Intacct has no monthly reporting period for {unknown[0]}"
            f"{f' and {len(unknown) - 1} more months' if unknown[1:] else ''}. Have somebody "
            "create them, or forecast fewer months."
        )
    where = {key.name: key.id for key in answer.question.where}
    return BudgetVersion(
        budget_id=f"{PREFIX}{months[0].first:%Y-%m}-{answer.id[3:9]}",
        description=f"{answer.name} forecast {answer.id} by Tieout",
        currency=answer.currency,
        lines=tuple(
            BudgetLine(
                account=line.account,
                period=names[period],
                department=line.department or where.get(DEPARTMENT, ""),
                location=line.location or where.get(LOCATION, answer.entity),
                amount=from_minor(minor, answer.currency),
            )
            for line in answer.lines
            for period, minor in line.months
        ),
    )


def _period_names(books: Intacct) -> dict[Period, str]:
    """What Intacct calls each month that takes budgets."""
    return {p.period: p.name for p in read_periods(books) if p.budgetable}


def _version_before(
    books: Intacct, document: BudgetVersion, grain: Grain
) -> tuple[BudgetQuestion | None, tuple[SourceRow, ...]]:
    """The newest forecast version that has one of these lines, else the default budget."""
    accounts: tuple[AccountNo, ...] = tuple(sorted({line.account for line in document.lines}))
    places = {line.place for line in document.lines}
    for head in _candidates(read_budget_heads(books)):
        question = BudgetQuestion(head.budget_id, accounts)
        lines = read_budget_lines(books, question)
        if any(grain.place(*line.place) in places for line in lines):
            return question, budget_rows(1, head.budget_id, lines)
    return None, ()


def _candidates(heads: Sequence[BudgetHead]) -> list[BudgetHead]:
    """Forecast versions, newest first, then the budget in force."""
    newest_first = sorted(heads, key=lambda head: int(head.record_no), reverse=True)
    versions = [head for head in newest_first if head.budget_id.startswith(PREFIX)]
    return [*versions[:LOOKED_AT], *(head for head in newest_first if head.default)]
