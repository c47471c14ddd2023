"""A budget version: amounts by account, period and dimensions, under an id of its own.

Amounts have their natural sign: revenue and expense are both positive when they are normal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from analytics.ledger import AccountNo, Currency, Problem
from intacct.condition import equal
from intacct.documents import checks
from intacct.documents.held import Held
from intacct.wire import amount_text, element

LONGEST_ID = 50
LONGEST_DESCRIPTION = 500


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One amount: for an account, a period by its name in Intacct, a department and a location."""

    account: AccountNo
    period: str
    department: str  # "" where the line names none; the same for the location
    location: str
    amount: Decimal

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Where the amount stands; a budget names each place once."""
        return (self.account, self.period, self.department, self.location)


@dataclass(frozen=True, slots=True)
class BudgetVersion:
    """A budget and all its lines, not yet sent."""

    budget_id: str
    description: str
    currency: Currency
    lines: tuple[BudgetLine, ...]

    @property
    def key(self) -> str:
        """The budget's id, which Intacct keeps unique."""
        return self.budget_id

    @property
    def entity(self) -> str:
        """Budgets belong to the whole company."""
        return ""

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        return (*_head_problems(self), *_line_problems(self.lines))

    def wire(self) -> etree._Element:
        """The `create` call that makes this budget; ValueError where `problems` names an amount."""
        head = element("GLBUDGETHEADER")
        head.append(element("BUDGETID", self.budget_id))
        head.append(element("DESCRIPTION", self.description))
        head.append(element("DEFAULT_BUDGET", "false"))
        head.append(element("GLBUDGETITEMS", None, *map(_item, self.lines)))
        return element("create", None, head)

    def held(self) -> Held:
        """The budget's head; its lines are compared place by place (see `intacct.difference`)."""
        head = {"DESCRIPTION": self.description}
        return Held("GLBUDGETHEADER", equal("BUDGETID", self.budget_id), head)


def described(line: BudgetLine) -> str:
    """The line's place in words: account, period and the dimensions it names."""
    where = [line.account or "(no account)", line.period or "(no period)"]
    where += [f"department {line.department}"] if line.department else []
    where += [f"location {line.location}"] if line.location else []
    return ", ".join(where)


def _head_problems(document: BudgetVersion) -> Iterator[Problem]:
    about = document.budget_id.strip() or "budget"
    yield from checks.wording(about, "The budget's id", document.budget_id, LONGEST_ID)
    yield from checks.wording(
        about, "The budget's description", document.description, LONGEST_DESCRIPTION
    )
    yield from checks.currency(about, "The budget's currency", document.currency)
    if not document.lines:
        yield Problem(about, "The budget has no lines; a version without amounts says nothing.")


def _line_problems(lines: Sequence[BudgetLine]) -> Iterator[Problem]:
    for line in lines:
        yield from _place_problems(line)
        yield from checks.amount(described(line), line.amount)
    named = {line.place: line for line in lines}
    for place, times in Counter(line.place for line in lines).items():
        if times > 1:
            yield Problem(
                described(named[place]),
                f"The budget names this place {times} times; add its amounts into one line.",
            )


def _place_problems(line: BudgetLine) -> Iterator[Problem]:
    about = described(line)
    if not line.account:
        yield Problem(about, "The line has no account; name one.")
    if not line.period:
        yield Problem(about, "The line has no period; name one.")
    for part in line.place:
        if part != part.strip() or not checks.sendable(part):
            yield Problem(about, f"“{part.strip()}” has blanks or characters that cannot be sent.")


def _item(line: BudgetLine) -> etree._Element:
    item = element("GLBUDGETITEM")
    item.append(element("ACCT_NO", line.account))
    item.append(element("PERIODNAME", line.period))
    # an empty element would clear; a line without the dimension does not mention it
    item.extend([element("DEPT_NO", line.department)] if line.department else [])
    item.extend([element("LOCATION_NO", line.location)] if line.location else [])
    item.append(element("AMOUNT", amount_text(line.amount)))
    return item
