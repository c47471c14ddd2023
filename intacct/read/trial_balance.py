"""The trial balance of an entity: where each account stood, what moved it, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from analytics.ledger import AccountNo, Currency, Money, Period
from intacct.client import Intacct
from intacct.errors import Garbled
from intacct.wire import amount_from, element, legacy_date, required_text


@dataclass(frozen=True, slots=True)
class TrialBalanceLine:
    """One account; balances are positive on the debit side, debits and credits always positive."""

    account: AccountNo
    opening: Money
    debits: Money
    credits: Money
    closing: Money


def read_trial_balance(
    books: Intacct, period: Period, entity: str = ""
) -> tuple[TrialBalanceLine, ...]:
    """A line for each account that moved or has a balance, by account; no statistical accounts.

    The entity is "" in a company that has none; a group of several base currencies needs one.
    Garbled where a line's opening and movements do not make its closing balance.
    """
    call = element("get_trialbalance")
    call.append(legacy_date("startdate", period.first))
    call.append(legacy_date("enddate", period.last))
    call.append(element("showzerowithactivity", "true"))
    if entity:
        call.extend((element("locationid", entity), element("loc_subs", "true")))
    (answer,) = books.ask(call, entity=entity)
    lines = map(_line, answer.data.iterfind("trialbalance"))
    return tuple(sorted(lines, key=lambda line: line.account))


def _line(record: etree._Element) -> TrialBalanceLine:
    currency = Currency(required_text(record, "currency"))
    account = AccountNo(required_text(record, "glaccountno"))
    opening, debits, credits_, closing = (
        Money(amount_from(required_text(record, name)), currency)
        for name in ("startbalance", "debits", "credits", "endbalance")
    )
    if opening + debits - credits_ != closing:
        raise Garbled(f"the trial balance of {account} does not add up")
    return TrialBalanceLine(account, opening, debits, credits_, closing)
