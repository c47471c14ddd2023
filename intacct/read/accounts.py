"""The chart of accounts: what each account is called, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from analytics.ledger import Account, AccountNo, Side, Statement
from intacct.client import Intacct
from intacct.errors import Garbled
from intacct.read.query import rows
from intacct.wire import required_text, text_of, yes_or_no

MONEY_FIELDS = ("ACCOUNTNO", "TITLE", "ACCOUNTTYPE", "NORMALBALANCE", "CATEGORY", "STATUS")
COUNT_FIELDS = ("ACCOUNTNO", "TITLE", "CATEGORY", "STATUS")
_SIDES = {"debit": Side.DEBIT, "credit": Side.CREDIT}
_STATEMENTS = {"incomestatement": Statement.INCOME, "balancesheet": Statement.BALANCE}


def read_accounts(books: Intacct) -> tuple[Account, ...]:
    """All accounts, active or not, by number; statistical ones stand on the debit side."""
    return accounts_in(
        rows(books, "GLACCOUNT", MONEY_FIELDS), rows(books, "STATACCOUNT", COUNT_FIELDS)
    )


def accounts_in(
    money: Iterable[etree._Element], counts: Iterable[etree._Element]
) -> tuple[Account, ...]:
    """The accounts that these records of GLACCOUNT and STATACCOUNT are, by number."""
    accounts = [*map(_money_account, money), *map(_statistical_account, counts)]
    return tuple(sorted(accounts, key=lambda account: account.number))


def _money_account(record: etree._Element) -> Account:
    kind, side = text_of(record, "ACCOUNTTYPE"), text_of(record, "NORMALBALANCE")
    if kind not in _STATEMENTS or side not in _SIDES:
        raise Garbled(f"an account of type “{kind}” and side “{side}”")
    return _account(record, _SIDES[side], _STATEMENTS[kind])


def _statistical_account(record: etree._Element) -> Account:
    return _account(record, Side.DEBIT, Statement.STATISTICAL)


def _account(record: etree._Element, side: Side, statement: Statement) -> Account:
    return Account(
        number=AccountNo(required_text(record, "ACCOUNTNO")),
        title=text_of(record, "TITLE"),
        side=side,
        statement=statement,
        category=text_of(record, "CATEGORY"),
        active=yes_or_no(text_of(record, "STATUS")),
    )
