"""A budget version: amounts by account, period and dimensions, under an id of its own.

Amounts have their natural sign: revenue and expense are both positive when they are normal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from analytics.ledger import AccountNo, Currency, Problem
from intacct.wire import amount_text, element

LONGEST_ID = 50
LONGEST_DESCRIPTION = 500
MOST_DIGITS = 16  # before the point and after it; more does not fit Intacct's amounts
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KIND = "budget_version"


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


def described(line: BudgetLine) -> str:
    """The line's place in words: account, period and the dimensions it names."""
    where = [line.account or "(no account)", line.period or "(no period)"]
    where += [f"department {line.department}"] if line.department else []
    where += [f"location {line.location}"] if line.location else []
    return ", ".join(where)


def budget_version_as_json(document: BudgetVersion) -> dict[str, object]:
    """The document as JSON values, amounts as text; reading it back gives an equal document."""
    return {
        "kind": _KIND,
        "budget_id": document.budget_id,
        "description": document.description,
        "currency": document.currency,
        "lines": [
            {
                "account": line.account,
                "period": line.period,
                "department": line.department,
                "location": line.location,
                "amount": str(line.amount),
            }
            for line in document.lines
        ],
    }


def budget_version_from_json(raw: Mapping[str, object]) -> BudgetVersion:
    """The document that `budget_version_as_json` wrote; ValueError for any other shape."""
    if raw.get("kind") != _KIND:
        raise ValueError("this is no budget version")
    lines = raw.get("lines")
    if not isinstance(lines, list):
        raise ValueError("a budget version has a list of lines")
    return BudgetVersion(
        budget_id=_text(raw, "budget_id"),
        description=_text(raw, "description"),
        currency=Currency(_text(raw, "currency")),
        lines=tuple(map(_line_from_json, lines)),
    )


def _line_from_json(raw: object) -> BudgetLine:
    if not isinstance(raw, Mapping):
        raise ValueError("a budget line is an object")
    try:
        amount = Decimal(_text(raw, "amount"))
    except InvalidOperation as error:
        raise ValueError("a budget line's amount is a number written as text") from error
    return BudgetLine(
        account=AccountNo(_text(raw, "account")),
        period=_text(raw, "period"),
        department=_text(raw, "department"),
        location=_text(raw, "location"),
        amount=amount,
    )


def _text(raw: Mapping[str, object], name: str) -> str:
    found = raw.get(name)
    if not isinstance(found, str):
        raise ValueError(f"{name} must be text")
    return found


def _head_problems(document: BudgetVersion) -> Iterator[Problem]:
    about = document.budget_id.strip() or "budget"
    yield from _wording_problems(about, "The budget's id", document.budget_id, LONGEST_ID)
    yield from _wording_problems(
        about, "The budget's description", document.description, LONGEST_DESCRIPTION
    )
    if not re.fullmatch(r"[A-Z]{3}", document.currency):
        yield Problem(about, "The budget's currency must be three capital letters, like USD.")
    if not document.lines:
        yield Problem(about, "The budget has no lines; a version without amounts says nothing.")


def _wording_problems(about: str, what: str, words: str, longest: int) -> Iterator[Problem]:
    if not words.strip():
        yield Problem(about, f"{what} is blank; give it one.")
    if words != words.strip():
        yield Problem(about, f"{what} begins or ends with a blank, which Intacct drops; remove it.")
    if len(words) > longest:
        yield Problem(about, f"{what} has {len(words)} characters; at most {longest} fit.")
    if _UNWRITABLE.search(words):
        yield Problem(about, f"{what} has a character that cannot be sent; type it anew.")


def _line_problems(lines: Sequence[BudgetLine]) -> Iterator[Problem]:
    for line in lines:
        yield from _place_problems(line)
        yield from _amount_problems(line)
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
        if part != part.strip() or _UNWRITABLE.search(part):
            yield Problem(about, f"“{part.strip()}” has blanks or characters that cannot be sent.")


def _amount_problems(line: BudgetLine) -> Iterator[Problem]:
    about = described(line)
    if not line.amount.is_finite():
        yield Problem(about, f"{line.amount} is no amount; give a number.")
    elif line.amount and line.amount.adjusted() >= MOST_DIGITS - 2:
        yield Problem(about, f"{line.amount:f} is larger than Intacct can hold; check it.")
    elif line.amount != line.amount.quantize(Decimal("0.01")):
        yield Problem(about, f"{line.amount:f} has fractions of a hundredth; round it first.")


def _item(line: BudgetLine) -> etree._Element:
    item = element("GLBUDGETITEM")
    item.append(element("ACCT_NO", line.account))
    item.append(element("PERIODNAME", line.period))
    # an empty element would clear; a line without the dimension does not mention it
    item.extend([element("DEPT_NO", line.department)] if line.department else [])
    item.extend([element("LOCATION_NO", line.location)] if line.location else [])
    item.append(element("AMOUNT", amount_text(line.amount)))
    return item
