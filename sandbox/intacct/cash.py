"""Where received money goes: a bank account, or undeposited funds in each entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sandbox.intacct.document_lines import in_books
from sandbox.intacct.masters import account_complaints, accounts
from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused
from sandbox.intacct.subledger import Leg, base_currencies
from sandbox.intacct.work import Work

METHODS = (
    "Printed Check",
    "Cash",
    "EFT",
    "Credit Card",
    "Online Charge Card",
    "Online ACH Debit",
)


@dataclass(frozen=True, slots=True)
class Purse:
    """An account for money; without a location it is wherever the documents are."""

    account: str
    location: str
    currency: str


def purse(work: Work, words: Mapping[str, str]) -> Purse:
    """Where a payment's money goes: one of a bank, undeposited funds or a batch is named."""
    named = [
        name for name in ("FINANCIALENTITY", "UNDEPOSITEDACCOUNTNO", "PRBATCH") if words.get(name)
    ]
    if len(named) != 1:
        raise _refused("One of FINANCIALENTITY, UNDEPOSITEDACCOUNTNO or PRBATCH is required.")
    if named == ["PRBATCH"]:
        raise _refused(f"Payment summary '{words['PRBATCH']}' does not exist.")
    if named == ["UNDEPOSITEDACCOUNTNO"]:
        number = words["UNDEPOSITEDACCOUNTNO"]
        if found := account_complaints(accounts(work), [number]):
            raise Refused(*found)
        return Purse(number, "", "")
    row = work.books.row(
        "SELECT * FROM CHECKINGACCOUNT WHERE BANKACCOUNTID = ? AND STATUS IS NOT 'inactive'",
        [words["FINANCIALENTITY"]],
    )
    if row is None:
        raise _refused(f"Bank account '{words['FINANCIALENTITY']}' does not exist.")
    return Purse(row["GLACCOUNTNO"] or "", row["LOCATIONID"] or "", row["CURRENCY"] or "")


def check_method(words: Mapping[str, str]) -> None:
    """Refused for a way of paying there is not."""
    if words.get("PAYMENTMETHOD") not in METHODS:
        raise _refused(f"PAYMENTMETHOD cannot be '{words.get('PAYMENTMETHOD', '')}'.")


def currency_of(work: Work, held: Purse, words: Mapping[str, str], places: list[str]) -> str:
    """The currency paid in: as said, or the bank's, or that of the books it is for."""
    if words.get("CURRENCY"):
        return words["CURRENCY"]
    return held.currency or base_of(work, places)


def base_of(work: Work, places: list[str]) -> str:
    """The currency of the books the money goes to."""
    known = base_currencies(work)
    found = next((known[one] for one in places if one in known), "")
    return found or known.get(work.caller.entity) or work.books.setup().base_currency


def cash_legs(held: Purse, by_place: Mapping[str, int], rate: Decimal) -> tuple[Leg, ...]:
    """The money in hundredths by entity, at its account in the ledger."""
    if held.location:
        by_place = {held.location: sum(by_place.values())}
    return tuple(
        Leg(held.account, in_books(part, rate), part, place)
        for place, part in by_place.items()
        if part
    )


def exchange_legs(
    legs: tuple[Leg, ...], account: str, entity_of: Mapping[str, str]
) -> tuple[Leg, ...]:
    """What a change of rate left over in each entity, gained or lost."""
    missing: dict[str, int] = {}
    for leg in legs:
        entity = entity_of.get(leg.location, leg.location)
        missing[entity] = missing.get(entity, 0) - leg.base
    return tuple(
        Leg(account, base, 0, entity, (), "Exchange difference")
        for entity, base in missing.items()
        if base
    )


def _refused(text: str) -> Refused:
    return Refused(Complaint(COULD_NOT, "", text))
