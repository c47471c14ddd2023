"""A page for people: the budgets the company has, and what is in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from sandbox.company.values import amount, counted
from sandbox.intacct.books import Books

STYLE = """
:root { color-scheme: light dark; --line: #d5d9e0; --soft: #5c6675; --back: #fff; --head: #f4f6f9; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a414c; --soft: #9aa5b5; --back: #14171c; --head: #1d222a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1.5rem 1rem 4rem; background: var(--back);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 0; font-size: 1.15rem; }
p { margin: .25rem 0; color: var(--soft); }
details { margin-top: 1rem; border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; }
summary { padding: .75rem 1rem; cursor: pointer; background: var(--head); }
summary h2 { display: inline; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { padding: .35rem .75rem; border-top: 1px solid var(--line); text-align: left;
  white-space: nowrap; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
thead th, tfoot td { background: var(--head); font-weight: 600; }
th:first-child, td:first-child { position: sticky; left: 0; background: var(--back); }
thead th:first-child, tfoot td:first-child { background: var(--head); }
@media (max-width: 40rem) {
  th, td { padding: .35rem .5rem; }
  td:first-child { white-space: normal; min-width: 8.5rem; }
}
"""
ITEMS = (
    "SELECT i.ACCT_NO, i.ACCTTITLE, i.DEPT_NO, i.LOCATION_NO, "
    "COALESCE(i.NORMALBALANCE, ''), COALESCE(e.CURRENCY, i.CURRENCY, ''), i.PERIODNAME, i.AMOUNT "
    "FROM GLBUDGETITEM i LEFT JOIN LOCATION_ENTITY l ON l.LOCATIONID = i.LOCATION_NO "
    "LEFT JOIN LOCATIONENTITY e ON e.LOCATIONID = l.ENTITYID "
    "WHERE i.BUDGETKEY = ? ORDER BY i.PSTARTDATE, i.RECORDNO"
)
HEADERS = (
    "SELECT RECORDNO, BUDGETID, DESCRIPTION, DEFAULT_BUDGET, WHENCREATED, MEGAENTITYID "
    "FROM GLBUDGETHEADER ORDER BY RECORDNO DESC"
)
SIDES = {"credit": "Credit accounts", "debit": "Debit accounts", "": "Statistical accounts"}
Place = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Table:
    """Amounts by place and period: account, title, department, location, side, currency."""

    periods: Sequence[str]
    amounts: Mapping[Place, Mapping[str, int]]


def budget_page(books: Books) -> bytes:
    """The whole page."""
    name = escape(books.setup().company_name)
    headers = books.rows(HEADERS)
    budgets = "".join(
        _budget(books, tuple(row), opened=position == 0) for position, row in enumerate(headers)
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Budgets of {name}</title><style>{STYLE}</style></head><body>"
        f"<h1>{name}</h1><p>Local Sage Intacct, {_how_many(len(headers))}</p>"
        f"{budgets}</body></html>"
    ).encode()


def _how_many(budgets: int) -> str:
    return f"{counted(budgets, 'budget')}{', newest first' if budgets > 1 else ''}"


def _budget(books: Books, header: tuple[object, ...], *, opened: bool) -> str:
    number, budget_id, description, default, created, entity = header
    table = _table(books, number)
    count = sum(len(row) for row in table.amounts.values())
    facts = [f"record {number}", counted(count, "item"), f"created {created or 'unknown'} UTC"]
    facts += ["default budget"] if default else []
    facts += [f"entity {entity}"] if entity else []
    return (
        f"<details id='budget-{number}'{' open' if opened else ''}>"
        f"<summary><h2>{escape(str(budget_id))}</h2>"
        f"<p>{escape(str(description or ''))}</p><p>{escape(' · '.join(facts))}</p></summary>"
        f"<div class='scroll'>{_written(table)}</div></details>"
    )


def _table(books: Books, number: object) -> _Table:
    periods: dict[str, None] = {}
    amounts: dict[Place, dict[str, int]] = {}
    for row in books.rows(ITEMS, [int(str(number))]):
        account, title, department, location, side, currency, period, kept = row
        unit = currency if side else ""
        place = (account, title or "", department or "", location or "", side, unit)
        periods[period] = None
        months = amounts.setdefault(place, {})
        months[period] = months.get(period, 0) + kept
    return _Table(tuple(periods), dict(sorted(amounts.items())))


def _written(table: _Table) -> str:
    heads = ["Account", "Department", "Location"]
    first = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    months = "".join(
        f"<th class='n' scope='col'>{escape(_short(one))}</th>" for one in table.periods
    )
    rows = "".join(_row(place, table) for place in table.amounts)
    return (
        f"<table><thead><tr>{first}{months}<th class='n' scope='col'>Total</th></tr></thead>"
        f"<tbody>{rows}</tbody><tfoot>{_totals(table)}</tfoot></table>"
    )


def _totals(table: _Table) -> str:
    """One line for each side and currency, for only those amounts may be added up."""
    sums: dict[tuple[str, str], list[int]] = {}
    for (*_, side, currency), months in table.amounts.items():
        total = sums.setdefault((side, currency), [0] * len(table.periods))
        for position, period in enumerate(table.periods):
            total[position] += months.get(period, 0)
    return "".join(
        f"<tr><td colspan='3'>{SIDES[side]} {escape(currency)}</td>"
        f"{_figures([*total, sum(total)])}</tr>"
        for (side, currency), total in sorted(sums.items())
    )


def _row(place: Place, table: _Table) -> str:
    account, title, department, location = (escape(part) for part in place[:4])
    kept = [table.amounts[place].get(period) for period in table.periods]
    total = sum(one or 0 for one in kept)
    return (
        f"<tr><td>{account} {title}</td><td>{department}</td><td>{location}</td>"
        f"{_figures([*kept, total])}</tr>"
    )


def _figures(kept: Sequence[int | None]) -> str:
    return "".join(
        f"<td class='n'>{'' if one is None else _said(amount(one))}</td>" for one in kept
    )


def _said(figure: Decimal) -> str:
    return f"({-figure:,.2f})" if figure < 0 else f"{figure:,.2f}"


def _short(period: str) -> str:
    return period.removeprefix("Month Ended ")
