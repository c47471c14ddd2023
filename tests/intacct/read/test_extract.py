from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from analytics.ledger import AccountNo
from intacct.condition import equal, from_on
from intacct.read.accounts import COUNT_FIELDS, MONEY_FIELDS, accounts_in, read_accounts
from intacct.read.extract import (
    Element,
    Extract,
    Total,
    as_element,
    read_extracts,
    read_last_changes,
    read_totals,
    read_totals_by,
    stream_extract,
)
from intacct.reply import Answer
from tests.intacct.local import Local

LINES = Extract("GLDETAIL", ("ACCOUNTNO", "DEPARTMENTID", "DEBITAMOUNT"))
SALES = Extract("GLDETAIL", (), equal("ACCOUNTNO", "4000"))
SUMS = ("DEBITAMOUNT", "CREDITAMOUNT")


def numbers(records: Sequence[object]) -> list[object]:
    return [getattr(record, "number", None) for record in records]


def test_many_objects_come_in_one_request_and_pages_behind_the_last_number(local: Local) -> None:
    books = local.books()
    extracts = [LINES, Extract("GLACCOUNT", ("ACCOUNTNO",)), SALES, Extract("VENDOR", ("NAME",))]

    lines, accounts, sales, vendors = read_extracts(books, extracts, page=5)

    assert numbers(lines) == list(range(1, 13))
    assert [a.fields["ACCOUNTNO"] for a in accounts] == [
        *("1000", "3000", "4000", "4100", "6000", "6999")
    ]
    assert numbers(sales) == [2, 4, 5, 8, 10]
    assert vendors == ()
    assert lines[0].fields == {
        "ACCOUNTNO": "1000",
        "DEPARTMENTID": "",
        "DEBITAMOUNT": "70.00",
    }
    asked = [c.function for c in local.calls if c.function.startswith("query")]
    assert asked == ["query ×4", "query ×2", "query"]


def test_a_stream_brings_every_record_once_though_others_are_entered_meanwhile(
    local: Local,
) -> None:
    books, found = local.books(), list[int]()
    for page in stream_extract(books, LINES):
        found += [record.number for record in page]
        local.book(account="1000", offset="4000", amount="1.00", date="2026-03-02", entity="100")

    assert found == list(range(1, 13))


def test_totals_are_counted_and_summed_by_intacct(local: Local) -> None:
    books = local.books()
    nothing = Extract("GLDETAIL", (), equal("ACCOUNTNO", "6999"))

    both = read_totals(books, [(SALES, SUMS), (nothing, SUMS)])
    by_day = read_totals_by(books, SALES, ("ENTRY_DATE",), SUMS)

    # 70.00 + 1,000.00 + 250.50 + 2,000.00 + 300.00
    assert both[0] == Total((), 5, (Decimal(0), Decimal("3620.50")))
    assert both[1] == Total((), 0, (Decimal(0), Decimal(0)))
    assert [(total.key, total.count, total.sums[1]) for total in by_day] == [
        (("12/31/2025",), 1, Decimal("70.00")),
        (("01/31/2026",), 2, Decimal("1250.50")),
        (("02/28/2026",), 2, Decimal("2300.00")),
    ]


class Moving:
    """Books in which somebody enters something right after the first question."""

    def __init__(self, local: Local) -> None:
        self._local = local
        self._books = local.books()
        self._asked = 0

    def ask(self, *functions: Element, entity: str = "") -> tuple[Answer, ...]:
        answers = self._books.ask(*functions, entity=entity)
        self._asked += 1
        if self._asked == 1:
            self._local.book(
                account="1000", offset="4000", amount="1.00", date="2026-01-15", entity="100"
            )
        return answers


def test_a_day_that_moves_to_the_next_page_is_not_counted_twice(local: Local) -> None:
    by_day = read_totals_by(Moving(local), SALES, ("ENTRY_DATE",), SUMS, page=2)

    assert [(total.key, total.count) for total in by_day] == [
        (("12/31/2025",), 1),
        (("01/15/2026",), 1),
        (("01/31/2026",), 2),
        (("02/28/2026",), 2),
    ]


def test_the_last_change_of_each_object_is_known_without_reading_it(local: Local) -> None:
    found = read_last_changes(local.books(), {"GLBATCH": "WHENMODIFIED", "VENDOR": "WHENMODIFIED"})

    assert found == {"GLBATCH": datetime(2026, 3, 1, 8, 0, tzinfo=UTC), "VENDOR": None}


def test_what_changed_since_an_instant_includes_that_instant(local: Local) -> None:
    made = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    at, after = (from_on("WHENMODIFIED", made.replace(second=s)) for s in (0, 1))

    found = read_extracts(
        local.books(), [Extract("GLBATCH", (), at), Extract("GLBATCH", (), after)]
    )

    assert [len(records) for records in found] == [6, 0]


def test_a_record_kept_as_texts_reads_like_the_record_itself(local: Local) -> None:
    books = local.books()
    extracts = [Extract("GLACCOUNT", MONEY_FIELDS), Extract("STATACCOUNT", COUNT_FIELDS)]

    money, counts = (
        [as_element(extract.name, record.fields) for record in records]
        for extract, records in zip(extracts, read_extracts(books, extracts), strict=True)
    )

    assert accounts_in(money, counts) == read_accounts(books)
    assert read_accounts(books)[-1].number == AccountNo("9000")
