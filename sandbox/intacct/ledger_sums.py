"""Sums of the ledger and of budgets, in hundredths and debit-positive, by account and dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.company.values import Stored
from sandbox.intacct.balance_text import DIMENSIONS, Question, refusal
from sandbox.intacct.conditions import Sql
from sandbox.intacct.openings import sum_up
from sandbox.intacct.work import Work

Key = tuple[str, ...]  # the account, then an id for each dimension split by, empty where none
PER_YEAR = "t0.ACCOUNTNO IN (SELECT ACCOUNTNO FROM GLACCOUNT WHERE ACCOUNTTYPE = 'incomestatement'"
PER_YEAR += " UNION ALL SELECT ACCOUNTNO FROM STATACCOUNT WHERE ACCOUNTTYPE = 'for period')"


@dataclass(frozen=True, slots=True)
class Sums:
    """What an account held at the start, and what went to each side since."""

    start: int = 0
    debit: int = 0
    credit: int = 0
    lines: int = 0

    @property
    def moved(self) -> int:
        """Debits less credits of the span."""
        return self.debit - self.credit

    @property
    def end(self) -> int:
        """What it holds at the end."""
        return self.start + self.moved


def actual_sums(work: Work, question: Question) -> dict[Key, Sums]:
    """What is posted; income and cost accounts start each fiscal year from nothing."""
    year = _year_start(question.first, work.books.setup().first_fiscal_month)
    sum_up(work.books, year)
    where = _conditions(question, "t0.ACCOUNTNO", budget=False)
    keys = _keys("t0.ACCOUNTNO", question, budget=False)
    statement = (
        f"SELECT {keys}, SUM(CASE WHEN t0.ENTRY_DATE < ? THEN t0.AMOUNT ELSE 0 END), "  # noqa: S608 - our own names
        "SUM(CASE WHEN t0.ENTRY_DATE >= ? THEN t0.DEBITAMOUNT ELSE 0 END), "
        "SUM(CASE WHEN t0.ENTRY_DATE >= ? THEN t0.CREDITAMOUNT ELSE 0 END), "
        "SUM(t0.ENTRY_DATE >= ?) FROM GLDETAIL t0 "
        f"WHERE t0.ENTRY_DATE BETWEEN ? AND ? AND {where.text} GROUP BY {keys}"
    )
    days = (*(question.first,) * 4, year, question.last)
    width = 1 + len(question.by)
    sums = {
        _key(row[:width]): Sums(*row[width:])
        for row in work.books.rows(statement, (*days, *where.values))
    }
    for statement, values in (_carried(question, year), _closed_years(question, year)):
        for row in work.books.rows(statement, values):
            key = _key(row[:-1])
            had = sums.get(key, Sums())
            sums[key] = Sums(had.start + row[-1], had.debit, had.credit, had.lines)
    return sums


def budget_sums(work: Work, question: Question) -> dict[Key, Sums]:
    """What the budget holds for the periods that lie within the span, turned debit-positive."""
    where = _conditions(question, "t0.ACCT_NO", budget=True)
    keys = _keys("t0.ACCT_NO", question, budget=True)
    statement = (
        f"SELECT {keys}, SUM(CASE t0.NORMALBALANCE WHEN 'credit' THEN -t0.AMOUNT "  # noqa: S608 - our own names
        "ELSE t0.AMOUNT END), COUNT(*) FROM GLBUDGETITEM t0 WHERE t0.BUDGETKEY = ? "
        f"AND t0.PSTARTDATE >= ? AND t0.PENDDATE <= ? AND {where.text} GROUP BY {keys}"
    )
    values = (_budget(work, question.budget_id), question.first, question.last, *where.values)
    width = 1 + len(question.by)
    return {
        _key(row[:width]): Sums(0, row[width], 0, row[width + 1])
        for row in work.books.rows(statement, values)
    }


def _carried(question: Question, year: str) -> tuple[str, tuple[Stored, ...]]:
    """What accounts that never start anew held when the year began."""
    where = _conditions(question, "t0.ACCOUNTNO", budget=False)
    keys = _keys("t0.ACCOUNTNO", question, budget=False)
    statement = (
        f"SELECT {keys}, SUM(t0.AMOUNT) FROM OPENING t0 "  # noqa: S608 - our own names
        f"WHERE t0.YEAR = ? AND NOT {PER_YEAR} AND {where.text} GROUP BY {keys}"
    )
    return statement, (year, *where.values)


def _closed_years(question: Question, year: str) -> tuple[str, tuple[Stored, ...]]:
    """Income and costs of earlier years, which stand in the account they are closed to."""
    where = _conditions(question, "a.CLOSINGACCOUNTNO", budget=False)
    keys = _keys("a.CLOSINGACCOUNTNO", question, budget=False)
    statement = (
        f"SELECT {keys}, SUM(t0.AMOUNT) FROM OPENING t0 JOIN GLACCOUNT a "  # noqa: S608 - our own names
        "ON a.ACCOUNTNO = t0.ACCOUNTNO AND a.ACCOUNTTYPE = 'incomestatement' "
        "WHERE t0.YEAR = ? AND a.CLOSINGACCOUNTNO IS NOT NULL AND t0.STATISTICAL = 0 "
        f"AND {where.text} GROUP BY {keys}"
    )
    return statement, (year, *where.values)


def _conditions(question: Question, account: str, *, budget: bool) -> Sql:
    columns = {
        one.name: f"t0.{one.budget_column if budget else one.column}" for one in DIMENSIONS.values()
    }
    parts = [Sql(part.text.format(**columns), part.values) for part in question.where]
    if question.accounts:
        parts.append(Sql(f"{account} BETWEEN ? AND ?", question.accounts))
    if question.statistical != "include":
        is_one = "IN" if question.statistical == "only" else "NOT IN"
        parts.append(Sql(f"{account} {is_one} (SELECT ACCOUNTNO FROM STATACCOUNT)"))  # noqa: S608 - our own names
    values: tuple[Stored, ...] = tuple(value for part in parts for value in part.values)
    return Sql(" AND ".join(["TRUE", *(part.text for part in parts)]), values)


def _keys(account: str, question: Question, *, budget: bool) -> str:
    columns = [f"t0.{one.budget_column if budget else one.column}" for one in question.by]
    return ", ".join([account, *columns])


def _key(values: Sequence[str | None]) -> Key:
    return tuple(value or "" for value in values)


def _year_start(day: str, first_month: int) -> str:
    year, month = int(day[:4]), int(day[5:7])
    return f"{year if month >= first_month else year - 1:04}-{first_month:02}-01"


def _budget(work: Work, budget_id: str) -> int:
    condition = "BUDGETID = ?" if budget_id else "DEFAULT_BUDGET = 1"
    row = work.books.row(
        f"SELECT RECORDNO FROM GLBUDGETHEADER WHERE {condition}",  # noqa: S608 - one of two conditions
        [budget_id] if budget_id else [],
    )
    if row is None:
        raise refusal(
            f"Budget '{budget_id}' does not exist." if budget_id else "There is no default budget."
        )
    return int(row[0])
