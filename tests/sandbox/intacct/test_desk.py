from __future__ import annotations

import pytest

from tests.sandbox.intacct.speaking import Gateway, table

POST = {
    "account": "6000",
    "offset": "1000",
    "entity": "100",
    "department": "OPS",
    "date": "2026-03-02",
    "amount": "12.34",
}


def test_a_person_posts_a_balanced_entry_that_moves_the_ledger(gateway: Gateway) -> None:
    answer = gateway.sandbox("post", POST).json()

    data = gateway.done(
        "<query><object>GLDETAIL</object><select><field>ACCOUNTNO</field><field>AMOUNT</field>"
        "<field>DEPARTMENTID</field></select><filter><equalto><field>BATCHKEY</field>"
        f"<value>{answer['RECORDNO']}</value></equalto></filter></query>"
    )
    assert [(row["ACCOUNTNO"], row["AMOUNT"], row["DEPARTMENTID"]) for row in table(data)] == [
        ("6000", "12.34", "OPS"),
        ("1000", "-12.34", "OPS"),
    ]
    [trail] = gateway.sandbox("tables/AUDITHISTORY").json()
    assert (trail["USERID"], trail["SOURCE"]) == ("controller", "ui")


def test_a_negative_amount_credits_the_account(gateway: Gateway) -> None:
    answer = gateway.sandbox("post", POST | {"amount": "-5.00"}).json()

    lines = gateway.sandbox(f"tables/GLENTRY?BATCHNO={answer['RECORDNO']}").json()
    assert [(one["ACCOUNTNO"], one["TR_TYPE"]) for one in lines] == [("6000", "-1"), ("1000", "1")]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"account": "9999"}, "9999"),
        ({"date": "someday"}, "someday"),
        ({"amount": ""}, "amount"),
        ({"entity": "999"}, "999"),
    ],
)
def test_a_wrong_entry_is_refused_and_nothing_is_posted(
    gateway: Gateway, wrong: dict[str, str], named: str
) -> None:
    answer = gateway.sandbox("post", POST | wrong)

    assert answer.status_code == 400
    assert named in answer.json()["error"]
    assert len(gateway.sandbox("tables/GLBATCH").json()) == 6


def test_tables_show_rows_as_the_wire_would_and_can_be_narrowed(gateway: Gateway) -> None:
    [row] = gateway.sandbox("tables/arinvoice?RECORDID=I2").json()

    assert (row["TOTALDUE"], row["WHENCREATED"], row["WHENPAID"]) == ("9.00", "02/03/2026", None)
    assert gateway.sandbox("tables/NOTHING").status_code == 404
    assert gateway.sandbox("tables/ARINVOICE?COLOUR=red").status_code == 400
    assert gateway.sandbox("close", {"through": "never"}).status_code == 400
    assert gateway.sandbox("surprise", {}).status_code == 404


def test_the_desk_reads_json_objects_only(gateway: Gateway) -> None:
    assert gateway.sandbox("fault", [1]).status_code == 400
    origin = gateway.url.removesuffix("/ia/xml/xmlgw.phtml")
    assert gateway.client.post(f"{origin}/sandbox/fault", content=b"{").status_code == 400
