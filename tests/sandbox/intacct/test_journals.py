from __future__ import annotations

import pytest

from tests.sandbox.intacct.speaking import IN_UK, Gateway, table, texts


def line(account: str, side: int, amount: str, location: str = "100", **more: str) -> str:
    words = {
        "ACCOUNTNO": account,
        "TR_TYPE": str(side),
        "TRX_AMOUNT": amount,
        "LOCATION": location,
        **more,
    }
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in words.items() if value)
    return f"<GLENTRY>{inside}</GLENTRY>"


def entry(*lines: str, journal: str = "GJ", day: str = "03/15/2026", **more: str) -> str:
    words = {"JOURNAL": journal, "BATCH_DATE": day, "BATCH_TITLE": "Accrual", **more}
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in words.items())
    return f"<GLBATCH>{inside}<ENTRIES>{''.join(lines)}</ENTRIES></GLBATCH>"


def create(*lines: str, **words: str) -> str:
    return f"<create>{entry(*lines, **words)}</create>"


EURO = {"CURRENCY": "EUR"}
RENT = (line("6000", 1, "10.00", DEPARTMENT="OPS"), line("1000", -1, "10.00"))


def ledger(gateway: Gateway, batch: str) -> list[dict[str, str]]:
    return table(
        gateway.done(
            "<query><object>GLDETAIL</object><select><field>ACCOUNTNO</field><field>AMOUNT</field>"
            "<field>ENTRY_DATE</field></select><filter><equalto><field>BATCHKEY</field>"
            f"<value>{batch}</value></equalto></filter>"
            "<orderby><order><field>LINE_NO</field></order></orderby></query>"
        )
    )


def test_a_balanced_entry_is_posted_and_answers_with_its_record_number(gateway: Gateway) -> None:
    data = gateway.done(create(*RENT))

    assert [(one.tag, [f.tag for f in one]) for one in data] == [("glbatch", ["RECORDNO"])]
    assert ledger(gateway, "7") == [
        {"ACCOUNTNO": "6000", "AMOUNT": "10.00", "ENTRY_DATE": "03/15/2026"},
        {"ACCOUNTNO": "1000", "AMOUNT": "-10.00", "ENTRY_DATE": "03/15/2026"},
    ]


def test_a_draft_is_kept_but_not_in_the_ledger(gateway: Gateway) -> None:
    gateway.done(create(*RENT, STATE="Draft"))

    assert ledger(gateway, "7") == []
    assert gateway.sandbox("tables/GLBATCH?RECORDNO=7").json()[0]["STATE"] == "Draft"


def test_a_statistical_entry_may_have_a_single_line(gateway: Gateway) -> None:
    gateway.done(create(line("9000", 1, "3"), journal="STJ"))

    assert ledger(gateway, "7")[0]["AMOUNT"] == "3.00"
    assert gateway.refusal(create(line("6000", 1, "3"), journal="STJ"))
    assert gateway.refusal(create(line("9000", 1, "3"), line("1000", -1, "3")))


def test_an_entry_that_reverses_itself_stands_twice_in_the_ledger(gateway: Gateway) -> None:
    gateway.done(create(*RENT, day="02/28/2026", REVERSEDATE="03/01/2026"))

    assert [row["AMOUNT"] for row in ledger(gateway, "7")] == ["10.00", "-10.00"]
    assert [row["AMOUNT"] for row in ledger(gateway, "8")] == ["-10.00", "10.00"]
    assert gateway.refusal(create(*RENT, REVERSEDATE="03/15/2026"))


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (create(RENT[0]), "at least 2"),
        (create(*RENT, journal="XX"), "Journal 'XX'"),
        (create(*RENT, day="2026-03-15"), "'2026-03-15' is not a date"),
        (create(*RENT, day="01/15/1999"), "no reporting period for 01/15/1999"),
        (create(*RENT, STATE="Approved"), "STATE cannot be"),
        (create(*RENT, COLOUR="red"), "Field COLOUR"),
        (create(line("9999", 1, "1"), RENT[1]), "'9999' does not exist"),
        (create(line("6999", 1, "1"), RENT[1]), "'6999' is inactive"),
        (create(line("6000", 1, "1", "100", DEPARTMENT="OLD"), RENT[1]), "'OLD' is inactive"),
        (create(line("6000", 1, "-1"), RENT[1]), "greater than zero"),
        (create(line("6000", 2, "1"), RENT[1]), "TR_TYPE"),
        (create(line("6000", 1, "1.001"), RENT[1]), "fraction of a hundredth"),
        (create(line("6000", 1, "1", ALLOCATION="A1"), RENT[1]), "Allocation 'A1'"),
        (create(line("6000", 1, "1", CURRENCY="EUR"), RENT[1]), "Exchange rate"),
        (create(line("6000", 1, "1", **EURO, EXCHANGE_RATE="0"), RENT[1]), "EXCHANGE_RATE must be"),
        (
            create(line("6000", 1, "1", **EURO, EXCHANGE_RATE="-1"), RENT[1]),
            "EXCHANGE_RATE must be",
        ),
        (create(line("6000", 1, "9" * 15, **EURO, EXCHANGE_RATE="9" * 15), RENT[1]), "too large"),
    ],
)
def test_what_will_not_do_is_refused_by_name(gateway: Gateway, call: str, named: str) -> None:
    assert named in gateway.refusal(call)[0][1]


def test_a_line_without_a_location_has_its_own_number(gateway: Gateway) -> None:
    number, text = gateway.refusal(create(line("6000", 1, "1", ""), RENT[1]))[0]

    assert (number, text) == (
        "BL03000018",
        "Missing the Location dimension for Account 6000.",
    )


def test_a_line_that_names_no_location_belongs_to_the_entity_one_works_in(
    gateway: Gateway,
) -> None:
    lines = line("6000", 1, "5.00", ""), line("1000", -1, "5.00").replace("100</L", "</L")

    gateway.done(create(*lines), IN_UK)

    assert [one["LOCATION"] for one in gateway.sandbox("tables/GLENTRY?BATCHNO=7").json()] == [
        "200",
        "200",
    ]


def test_a_closed_period_takes_nothing_and_gives_nothing_back(gateway: Gateway) -> None:
    gateway.sandbox("close", {"through": "2026-02-28"})

    text = gateway.refusal(create(*RENT, day="02/28/2026"))[0][1]
    assert "closed for entity 100" in text
    assert "Date must be on or after" in text
    delete = "<delete><object>GLBATCH</object><keys>2</keys></delete>"
    assert "closed" in gateway.refusal(delete)[0][1]
    gateway.done(create(*RENT, day="03/01/2026"))


def test_an_update_replaces_all_lines(gateway: Gateway) -> None:
    gateway.done(create(*RENT))
    again = entry(line("6000", 1, "12.50"), line("1000", -1, "12.50"), RECORDNO="7")
    gateway.done(f"<update>{again}</update>")

    assert [row["AMOUNT"] for row in ledger(gateway, "7")] == ["12.50", "-12.50"]
    missing = entry(*RENT, RECORDNO="99")
    [(number, _)] = gateway.refusal(f"<update>{missing}</update>")
    assert number == "Cannot update non-existing GLBATCH with RECORDNO=99."


def test_a_foreign_amount_is_turned_into_the_entitys_currency(gateway: Gateway) -> None:
    foreign = {"CURRENCY": "EUR", "EXCHANGE_RATE": "1.1005"}
    gateway.done(create(line("6000", 1, "10.01", **foreign), line("1000", -1, "10.01", **foreign)))

    first, _ = gateway.sandbox("tables/GLENTRY?BATCHNO=7").json()
    assert (first["TRX_AMOUNT"], first["CURRENCY"]) == ("10.01", "EUR")
    assert (first["AMOUNT"], first["BASECURR"]) == ("11.02", "USD")  # 10.01 x 1.1005 = 11.016005


def test_the_entitys_own_currency_has_no_rate(gateway: Gateway) -> None:
    own = {"CURRENCY": "USD", "EXCHANGE_RATE": "3"}
    gateway.done(create(line("6000", 1, "10.01", **own), line("1000", -1, "10.01")))

    first, _ = gateway.sandbox("tables/GLENTRY?BATCHNO=7").json()
    assert (first["AMOUNT"], first["TRX_AMOUNT"], first["EXCHANGE_RATE"]) == ("10.01", "10.01", "1")


def test_a_deleted_entry_leaves_the_ledger_and_one_row_in_the_trail(gateway: Gateway) -> None:
    gateway.done_without_data("<delete><object>GLBATCH</object><keys>1</keys></delete>")

    assert ledger(gateway, "1") == []
    trail = gateway.sandbox("tables/AUDITHISTORY").json()
    assert [(one["OBJECTTYPE"], one["OBJECTKEY"]) for one in trail] == [("glbatch", "1")]


def test_read_shows_the_entry_with_its_lines(gateway: Gateway) -> None:
    gateway.done(create(*RENT, REFERENCENO="R-1"))
    data = gateway.done("<read><object>GLBATCH</object><keys>7</keys></read>")

    assert texts(data, "GLBATCH/REFERENCENO") == ["R-1"]
    assert texts(data, "GLBATCH/ENTRIES/glentry/TR_TYPE") == ["1", "-1"]
