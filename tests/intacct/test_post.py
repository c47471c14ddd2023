from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import httpx
import pytest

from analytics.ledger import AccountNo, Currency
from intacct.documents.budget_version import BudgetLine, BudgetVersion
from intacct.documents.customer_note import CustomerNote
from intacct.documents.reversal import Reversal
from intacct.errors import DuplicateDocument, OutcomeUnknown, Rejected
from intacct.post import Receipt, find_posted, post, read_back
from tests.intacct.paper import Desk, listed, result, results, signed_in

SALES = BudgetLine(AccountNo("4000"), "Jan", "20", "100", Decimal("20000.10"))
RENT = BudgetLine(AccountNo("6000"), "Jan", "", "100", Decimal("-12.50"))
PLAN = BudgetVersion("Plan", "The plan", Currency("USD"), (SALES, RENT))
MADE = "<data><glbudgetheader><RECORDNO>7</RECORDNO></glbudgetheader></data>"
HEAD = listed("GLBUDGETHEADER", {"BUDGETID": "Plan", "DESCRIPTION": "The plan"})


def held(*lines: BudgetLine) -> httpx.Response:
    return listed(
        "GLBUDGETITEM",
        *(
            {
                "ACCT_NO": line.account,
                "PERIODNAME": line.period,
                "DEPT_NO": line.department,
                "LOCATION_NO": line.location,
                "AMOUNT": str(line.amount),
            }
            for line in lines
        ),
    )


def told(head: httpx.Response, *lines: httpx.Response) -> list[tuple[str, str]]:
    problems = read_back(Desk(signed_in(), head, *lines).books, PLAN)
    return [(problem.about, problem.sentence) for problem in problems]


def test_a_posted_document_has_the_record_number_intacct_gave_it() -> None:
    desk = Desk(signed_in(), results(result(MADE, control_id="p:1")))

    assert post(desk.books, PLAN, "p:1") == Receipt("p:1", "7")


def test_a_legacy_call_is_answered_with_a_key() -> None:
    desk = Desk(signed_in(), results(result("<key>12</key>", control_id="p:1")))

    assert post(desk.books, Reversal("invoice", "7", date(2026, 3, 1)), "p:1") == Receipt(
        "p:1", "12"
    )


def test_a_document_is_posted_in_its_own_entity() -> None:
    desk = Desk(signed_in(entity="100"), results(result("<key>12</key>", control_id="p:1")))

    post(desk.books, Reversal("invoice", "7", date(2026, 3, 1), entity="100"), "p:1")

    assert [call.entity for call in desk.calls] == ["100", "100"]


def test_several_records_under_one_key_are_an_error_with_their_numbers() -> None:
    head = {"BUDGETID": "Plan", "DESCRIPTION": "The plan"}
    desk = Desk(signed_in(), listed("GLBUDGETHEADER", head, head))

    with pytest.raises(DuplicateDocument, match="2 records under Plan: numbers 1, 2"):
        find_posted(desk.books, PLAN)


def test_a_note_leaves_only_where_the_comments_are_as_they_were_read() -> None:
    note = CustomerNote("C1", "N:1", date(2026, 3, 1), "Called", "Old text")
    made = "<data><customer><RECORDNO>3</RECORDNO></customer></data>"
    same = listed("CUSTOMER", {"COMMENTS": "Old text"})
    desk = Desk(signed_in(), same, results(result(made, control_id="p:1")))
    assert post(desk.books, note, "p:1") == Receipt("p:1", "3")

    moved = Desk(signed_in(), listed("CUSTOMER", {"COMMENTS": "New text"}))
    with pytest.raises(Rejected, match="changed since they were read; read them again"):
        post(moved.books, note, "p:1")
    assert [function for function, _ in moved.outcomes] == ["getAPISession", "query"]


def test_a_document_with_problems_does_not_leave() -> None:
    desk = Desk(signed_in())

    with pytest.raises(Rejected, match="no lines"):
        post(desk.books, replace(PLAN, lines=()), "p:1")

    assert desk.paper.requests == []


def test_of_many_problems_the_first_ten_are_told_and_the_others_counted() -> None:
    lines = tuple(replace(SALES, account=AccountNo(""), department=str(n)) for n in range(14))

    with pytest.raises(Rejected, match=r"And 4 more\.$") as raised:
        post(Desk(signed_in()).books, replace(PLAN, lines=lines), "p:1")

    assert str(raised.value).count("The line has no account") == 10


@pytest.mark.parametrize("data", ["", "<data/>", "<data><glbudgetheader/></data>"])
def test_an_accepted_document_without_a_number_has_to_be_looked_up(data: str) -> None:
    desk = Desk(signed_in(), results(result(data, control_id="p:1")))

    with pytest.raises(OutcomeUnknown):
        post(desk.books, PLAN, "p:1")


def test_a_document_is_found_by_its_own_id_or_is_not_there() -> None:
    assert find_posted(Desk(signed_in(), HEAD).books, PLAN) == Receipt("Plan", "1")
    assert find_posted(Desk(signed_in(), listed("GLBUDGETHEADER")).books, PLAN) is None


def test_books_that_hold_the_same_lines_in_any_order_and_spelling_are_equal() -> None:
    assert told(HEAD, held(RENT, replace(SALES, amount=Decimal("20000.1")))) == []


def test_a_cent_more_a_line_less_and_a_line_more_are_told_one_by_one() -> None:
    more = replace(SALES, amount=Decimal("20000.11"))
    extra = replace(SALES, account=AccountNo("4100"), amount=Decimal("1"))

    assert told(HEAD, held(more, extra)) == [
        (
            "4000, Jan, department 20, location 100",
            "Intacct has 20,000.11; it should be 20,000.10.",
        ),
        (
            "4100, Jan, department 20, location 100",
            "Intacct has 1.00; the document has no such line.",
        ),
        ("6000, Jan, location 100", "Intacct has no line; it should be -12.50."),
    ]


def test_no_line_and_a_line_of_zero_are_the_same() -> None:
    zero = replace(SALES, account=AccountNo("4100"), amount=Decimal("0.00"))

    with_zero = replace(PLAN, lines=(*PLAN.lines, zero))

    assert told(HEAD, held(SALES, RENT, zero)) == []
    assert read_back(Desk(signed_in(), HEAD, held(SALES, RENT)).books, with_zero) == ()


def test_the_same_place_twice_is_told_even_where_the_last_amount_fits() -> None:
    assert ("Plan", "Intacct holds more than one line for one place.") in told(
        HEAD, held(SALES, RENT, RENT)
    )


def test_another_description_and_a_missing_budget_are_told() -> None:
    other = listed("GLBUDGETHEADER", {"BUDGETID": "Plan", "DESCRIPTION": "Old"})

    assert told(other, held(SALES, RENT)) == [
        ("Plan", "Intacct describes it as “Old”, not as “The plan”.")
    ]
    assert told(listed("GLBUDGETHEADER")) == [
        ("Plan", "Intacct has no record of Plan; it was not posted, or deleted.")
    ]
