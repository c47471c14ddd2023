from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.company.setup import Accounts, read_setup, write_setup
from tests.sandbox.intacct.payables import created, elements, item, new_bill, prepare, row
from tests.sandbox.intacct.speaking import Gateway
from tests.sandbox.intacct.test_journals import RENT, create, entry, ledger, line


@pytest.fixture
def company(company: Path) -> Path:
    prepare(company)
    return company


def split(*parts: dict[str, str]) -> str:
    return "".join(f"<SPLIT>{elements(part)}</SPLIT>" for part in parts)


def update(*lines: str, **words: str) -> str:
    return f"<update>{entry(*lines, **words)}</update>"


def amounts(gateway: Gateway, batch: str) -> list[str]:
    return [one["AMOUNT"] for one in ledger(gateway, batch)]


def test_a_custom_allocation_splits_a_line_over_its_dimensions(gateway: Gateway) -> None:
    whole = line("6000", 1, "10.00", ALLOCATION="Custom", DESCRIPTION="Rent")
    parts = split(
        {"AMOUNT": "4.00", "DEPARTMENTID": "OPS"},
        {"AMOUNT": "6.00", "DEPARTMENTID": "SALES", "LOCATIONID": "110"},
    )
    divided = whole.replace("</GLENTRY>", f"{parts}</GLENTRY>")
    number = created(gateway, create(divided, RENT[1]))

    kept = gateway.sandbox(f"tables/GLENTRY?BATCHNO={number}").json()
    assert [(one["DEPARTMENT"], one["LOCATION"], one["AMOUNT"]) for one in kept] == [
        ("OPS", "100", "4.00"),
        ("SALES", "110", "6.00"),
        (None, "100", "10.00"),
    ]
    short = divided.replace("6.00</AMOUNT>", "5.00</AMOUNT>")
    assert "add up to 9.00, not to 10.00" in gateway.refusal(create(short, RENT[1]))[0][1]
    assert "belong together" in gateway.refusal(create(whole, RENT[1]))[0][1]


def test_a_draft_is_posted_by_an_update_and_never_drafted_again(gateway: Gateway) -> None:
    number = created(gateway, create(*RENT, STATE="Draft", REFERENCENO="R-1"))
    assert amounts(gateway, number) == []
    gateway.done(update(*RENT, RECORDNO=number, STATE="Posted"))

    assert amounts(gateway, number) == ["10.00", "-10.00"]
    # A header field that was not sent stays as it was.
    assert row(gateway, "GLBATCH", number)["REFERENCENO"] == "R-1"
    back = gateway.refusal(update(*RENT, RECORDNO=number, STATE="Draft"))
    assert back == [("BL01001973", "A posted journal entry cannot become a draft.")]


def test_a_reversal_follows_its_entry(gateway: Gateway) -> None:
    number = created(gateway, create(*RENT, day="02/20/2026", REVERSEDATE="03/01/2026"))
    reversal = row(gateway, "GLBATCH", number)["REVERSEDKEY"]
    more = (line("6000", 1, "12.00"), line("1000", -1, "12.00"))
    gateway.done(update(*more, RECORDNO=number, day="02/20/2026"))
    assert amounts(gateway, reversal) == ["-12.00", "12.00"]
    alone = gateway.refusal(update(*more, RECORDNO=reversal))
    assert "reverses another one" in alone[0][1]
    delete = "<delete><object>GLBATCH</object><keys>{}</keys></delete>"
    assert "reverses another one" in gateway.refusal(delete.format(reversal))[0][1]

    gateway.done(update(*more, RECORDNO=number, day="02/20/2026", REVERSEDATE=""))
    assert gateway.sandbox(f"tables/GLBATCH?RECORDNO={reversal}").json() == []
    gateway.done(update(*more, RECORDNO=number, day="02/20/2026", REVERSEDATE="03/05/2026"))
    again = row(gateway, "GLBATCH", number)["REVERSEDKEY"]
    assert again != reversal
    gateway.done_without_data(delete.format(number))
    assert gateway.sandbox(f"tables/GLENTRY?BATCHNO={again}").json() == []
    trail = gateway.sandbox("tables/AUDITHISTORY?ACCESSMODE=D").json()
    assert [one["OBJECTKEY"] for one in trail] == [reversal, again, number]


def test_what_a_bill_posted_is_changed_through_the_bill_alone(gateway: Gateway) -> None:
    bill = created(gateway, new_bill(item("10.00")))
    batch = row(gateway, "APBILL", bill)["PRBATCHKEY"]

    assert "belongs to a document of 3.AP" in gateway.refusal(update(*RENT, RECORDNO=batch))[0][1]
    delete = f"<delete><object>GLBATCH</object><keys>{batch}</keys></delete>"
    assert "belongs to a document of 3.AP" in gateway.refusal(delete)[0][1]


def test_the_companys_rates_turn_an_amount_without_one(gateway: Gateway) -> None:
    rates = (
        "<EXCHANGERATE><TYPENAME>House</TYPENAME><FROM_CURRENCY>EUR</FROM_CURRENCY>"
        "<TO_CURRENCY>USD</TO_CURRENCY><EXCHANGERATEENTRIES><EXCHANGERATEENTRY>"
        "<EFFECTIVE_START_DATE>03/01/2026</EFFECTIVE_START_DATE>"
        "<EXCHANGE_RATE>1.2</EXCHANGE_RATE></EXCHANGERATEENTRY></EXCHANGERATEENTRIES>"
        "</EXCHANGERATE>"
    )
    gateway.done(f"<create>{rates}</create>")
    foreign = (
        line("6000", 1, "10.00", CURRENCY="EUR"),
        line("1000", -1, "10.00", CURRENCY="EUR"),
    )

    assert amounts(gateway, created(gateway, create(*foreign))) == ["12.00", "-12.00"]
    early = gateway.refusal(create(*foreign, day="02/28/2026"))
    assert early[0][1] == "Exchange rate is missing for currency EUR."


def test_every_dimension_an_account_asks_for_must_be_there(gateway: Gateway) -> None:
    for words in (
        (
            "<update><GLACCOUNT><ACCOUNTNO>6000</ACCOUNTNO><REQUIREPROJECT>true</REQUIREPROJECT>"
            "</GLACCOUNT></update>"
        ),
        (
            "<create><PROJECT><PROJECTID>P1</PROJECTID><NAME>P</NAME>"
            "<PROJECTCATEGORY>Contract</PROJECTCATEGORY></PROJECT></create>"
        ),
        (
            "<create><TASK><TASKID>T1</TASKID><NAME>T</NAME><PROJECTID>P1</PROJECTID>"
            "<TASKSTATUS>Planned</TASKSTATUS></TASK></create>"
        ),
    ):
        gateway.done(words)

    missing = gateway.refusal(create(*RENT))[0]
    assert missing == ("BL03000018", "Missing the Project dimension for Account 6000.")
    place = {"PROJECTID": "P1", "TASKID": "T1"}
    gateway.done(create(line("6000", 1, "10.00", **place), RENT[1]))
    wrong = create(line("6000", 1, "10.00", PROJECTID="P1", TASKID="T2"), RENT[1])
    assert gateway.refusal(wrong)[0][1] == "Task 'T2' does not exist."
    contract = create(line("6000", 1, "10.00", PROJECTID="P1", CONTRACTID="K"), RENT[1])
    assert gateway.refusal(contract)[0][1] == "Contract 'K' does not exist."


ACROSS = (line("6000", 1, "10.00"), line("1000", -1, "10.00", "300"))


def third_entity(company: Path, accounts: Accounts) -> None:
    """A second entity in dollars, and what entities owe each other."""
    with sqlite3.connect(company) as books:
        for table in ("LOCATION", "LOCATIONENTITY"):
            books.execute(
                f"INSERT INTO {table} (LOCATIONID, NAME, CURRENCY) VALUES ('300', 'West', 'USD')"
            )
        books.row_factory = sqlite3.Row
        write_setup(books, replace(read_setup(books), accounts=accounts))


def test_entities_owe_each_other_what_one_paid_for_the_other(
    company: Path, gateway: Gateway
) -> None:
    third_entity(company, Accounts(due_from="3000", due_to="2000"))
    assert "entity 100" in gateway.refusal(create(*ACROSS))[0][1]
    number = created(gateway, create(*ACROSS, BASELOCATION_NO="300"))

    # 100 has the cost and owes 10.00 to 300, which paid and is owed it.
    kept = gateway.sandbox(f"tables/GLENTRY?BATCHNO={number}").json()
    assert [(one["ACCOUNTNO"], one["LOCATION"], one["TR_TYPE"]) for one in kept] == [
        ("6000", "100", "1"),
        ("1000", "300", "-1"),
        ("2000", "100", "-1"),
        ("3000", "300", "1"),
    ]
    assert row(gateway, "GLBATCH", number)["BASELOCATION_NAME"] == "West"
    nobody = gateway.refusal(create(*ACROSS, BASELOCATION_NO="999"))
    assert "'999' is not an entity" in nobody[0][1]
    foreign = (line("6000", 1, "10.00"), line("1000", -1, "10.00", "200"))
    other = gateway.refusal(create(*foreign, BASELOCATION_NO="100"))
    assert "different currencies" in other[0][1]
