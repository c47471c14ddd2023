from __future__ import annotations

from lxml import etree

from tests.sandbox.intacct.speaking import Gateway, request, table, texts

JANUARY = (
    "<get_accountbalancesbydimensions>"
    "<reportingperiodname>Month Ended January 2026</reportingperiodname>"
    "<glaccountno>1000</glaccountno><locationid>100</locationid>"
    "</get_accountbalancesbydimensions>"
)
LAST_YEAR = (
    "<create><GLBATCH><JOURNAL>GJ</JOURNAL><BATCH_DATE>12/15/2025</BATCH_DATE>"
    "<BATCH_TITLE>Late</BATCH_TITLE><ENTRIES>"
    "<GLENTRY><ACCOUNTNO>1000</ACCOUNTNO><TR_TYPE>1</TR_TYPE><TRX_AMOUNT>5.00</TRX_AMOUNT>"
    "<LOCATION>100</LOCATION></GLENTRY>"
    "<GLENTRY><ACCOUNTNO>4000</ACCOUNTNO><TR_TYPE>-1</TR_TYPE><TRX_AMOUNT>5.00</TRX_AMOUNT>"
    "<LOCATION>100</LOCATION></GLENTRY></ENTRIES></GLBATCH></create>"
)


def start(gateway: Gateway) -> str:
    [row] = table(gateway.done(JANUARY))
    return row["startbalance"]


def test_an_entry_into_an_earlier_year_moves_what_this_year_began_with(gateway: Gateway) -> None:
    assert start(gateway) == "70.00"

    gateway.done(LAST_YEAR)
    assert start(gateway) == "75.00"

    gateway.done_without_data("<delete><object>GLBATCH</object><keys>7</keys></delete>")
    assert start(gateway) == "70.00"


def test_an_entry_that_is_undone_leaves_it_as_it_was(gateway: Gateway) -> None:
    assert start(gateway) == "70.00"

    undone = request(LAST_YEAR, JANUARY, "<nothing/>", transaction="true")
    answer = etree.fromstring(gateway.post(undone).content)

    assert texts(answer, "operation/result/status") == ["aborted", "aborted", "failure"]
    assert start(gateway) == "70.00"


def test_later_years_begin_with_the_sums_of_earlier_ones(gateway: Gateway) -> None:
    def year(number: int) -> str:
        words = "".join(
            f"<{name}><year>{number}</year><month>1</month><day>{day}</day></{name}>"
            for name, day in (("startdate", 1), ("enddate", 31))
        )
        return JANUARY.replace(
            "<reportingperiodname>Month Ended January 2026</reportingperiodname>", words
        )

    found = [table(gateway.done(year(number))) for number in (2026, 2025, 2027, 2026)]

    assert [rows[0]["startbalance"] if rows else "" for rows in found] == [
        "70.00",
        "",
        "2920.50",  # 70.00 + 850.50 + 2,000.00
        "70.00",
    ]
