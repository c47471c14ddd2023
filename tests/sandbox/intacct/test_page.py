from __future__ import annotations

import re

from tests.sandbox.intacct.speaking import IN_UK, Gateway


def cells(page: str, row: str) -> list[str]:
    found = re.search(rf"<tr><td[^>]*>{row}.*?</tr>", page)
    assert found is not None
    return re.findall(r"<td[^>]*>(.*?)</td>", found.group(0))


def test_a_person_sees_each_budget_as_accounts_by_month_with_totals(gateway: Gateway) -> None:
    page = gateway.sandbox("").text

    assert "<h2>2026 Budget</h2>" in page
    assert "Local Sage Intacct, 1 budget</p>" in page
    assert "record 1 · 3 items" in page
    assert cells(page, "4000") == ["4000 ", "SALES", "100", "900.00", "2,100.00", "3,000.00"]
    assert cells(page, "6000") == ["6000 ", "OPS", "100", "380.00", "", "380.00"]
    assert cells(page, "Credit") == ["Credit accounts USD", "900.00", "2,100.00", "3,000.00"]
    assert cells(page, "Debit") == ["Debit accounts USD", "380.00", "0.00", "380.00"]


def test_the_page_fits_a_phone_and_the_dark_and_runs_no_script(gateway: Gateway) -> None:
    page = gateway.sandbox("")

    assert page.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert 'content="width=device-width, initial-scale=1"' in page.text
    assert "prefers-color-scheme: dark" in page.text
    assert "<script" not in page.text


def test_unlike_currencies_and_quantities_are_never_added_up(gateway: Gateway) -> None:
    def item(account: str, location: str, amount: str) -> str:
        return (
            f"<GLBUDGETITEM><ACCT_NO>{account}</ACCT_NO><PERIODNAME>Month Ended March 2026"
            f"</PERIODNAME><LOCATION_NO>{location}</LOCATION_NO><AMOUNT>{amount}</AMOUNT>"
            "</GLBUDGETITEM>"
        )

    items = item("4000", "110", "1") + item("4000", "200", "2") + item("9000", "100", "5")
    gateway.done(
        "<create><GLBUDGETHEADER><BUDGETID>Mixed</BUDGETID><DESCRIPTION>d</DESCRIPTION>"
        f"<GLBUDGETITEMS>{items}</GLBUDGETITEMS></GLBUDGETHEADER></create>"
    )
    page = gateway.sandbox("").text

    assert cells(page, "Statistical")[1:] == ["5.00", "5.00"]
    assert cells(page, "Credit accounts GBP")[1:] == ["2.00", "2.00"]
    assert cells(page, "Credit accounts USD")[1:] == ["1.00", "1.00"]


def test_markup_in_the_books_stays_text_and_new_budgets_come_first(gateway: Gateway) -> None:
    gateway.done(
        "<create><GLBUDGETHEADER><BUDGETID>&lt;b&gt;Plan</BUDGETID>"
        "<DESCRIPTION>&lt;script&gt;</DESCRIPTION><GLBUDGETITEMS><GLBUDGETITEM>"
        "<ACCT_NO>4000</ACCT_NO><PERIODNAME>Month Ended March 2026</PERIODNAME>"
        "<AMOUNT>-1234.5</AMOUNT></GLBUDGETITEM></GLBUDGETITEMS></GLBUDGETHEADER></create>",
        IN_UK,
    )
    page = gateway.sandbox("").text

    assert "Local Sage Intacct, 2 budgets, newest first</p>" in page
    assert " · 1 item · " in page
    assert page.index("&lt;b&gt;Plan") < page.index("2026 Budget")
    assert "<script" not in page
    assert "(1,234.50)" in page
    assert "entity 200" in page
