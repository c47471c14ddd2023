"""The lines of the fidelity checklist about writing the ledger and budgets.

33 to 36, 39, 40, 43 and 45. Receivables (37, 41, 42, 44) and orders (46) have files of their own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import httpx

from tests.sandbox.intacct.speaking import Gateway, errors, served, table, texts

JANUARY, MARCH = "Month Ended January 2026", "Month Ended March 2026"
DELETE = "<delete><object>{}</object><keys>{}</keys></delete>"


def parts(**words: str) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in words.items())


def item(amount: str, account: str = "4000", period: str = MARCH, **more: str) -> str:
    words = parts(ACCT_NO=account, PERIODNAME=period, AMOUNT=amount, **more)
    return f"<GLBUDGETITEM>{words}</GLBUDGETITEM>"


def header(*items: str, **words: str) -> str:
    held = f"<GLBUDGETITEMS>{''.join(items)}</GLBUDGETITEMS>"
    return f"<GLBUDGETHEADER>{parts(**words)}{held}</GLBUDGETHEADER>"


def budget(*items: str, name: str = "Plan") -> str:
    return f"<create>{header(*items, BUDGETID=name, DESCRIPTION='d')}</create>"


def line(account: str, side: int, amount: str, location: str = "100") -> str:
    words = parts(ACCOUNTNO=account, TR_TYPE=str(side), TRX_AMOUNT=amount, LOCATION=location)
    return f"<GLENTRY>{words}</GLENTRY>"


def entry(*lines: str, journal: str = "GJ", **more: str) -> str:
    words = parts(JOURNAL=journal, BATCH_DATE="03/15/2026", BATCH_TITLE="Accrual", **more)
    return f"<create><GLBATCH>{words}<ENTRIES>{''.join(lines)}</ENTRIES></GLBATCH></create>"


def sums(gateway: Gateway, last: str) -> dict[str, str]:
    """The ledger's detail of the US entity and its site, by account, from January on."""
    return {
        row["ACCOUNTNO"]: row["SUM.AMOUNT"]
        for row in table(
            gateway.done(
                "<query><object>GLDETAIL</object><select><field>ACCOUNTNO</field>"
                "<sum>AMOUNT</sum></select><filter><and><between><field>ENTRY_DATE</field>"
                f"<value>01/01/2026</value><value>{last}</value></between>"
                "<in><field>LOCATIONID</field><value>100</value><value>110</value></in>"
                "<equalto><field>STATISTICAL</field><value>false</value></equalto>"
                "</and></filter></query>"
            )
        )
    }


def balances(gateway: Gateway, more: str = "") -> list[dict[str, str]]:
    return table(
        gateway.done(
            "<get_accountbalancesbydimensions>"
            f"<reportingperiodname>{JANUARY}</reportingperiodname><locationid>100</locationid>"
            f"<loc_subs>true</loc_subs>{more}</get_accountbalancesbydimensions>"
        )
    )


def test_33_a_created_record_is_answered_with_its_keys_only(gateway: Gateway) -> None:
    data = gateway.done(budget(item("1")))

    assert dict(data.items()) == {"listtype": "objects", "count": "1"}
    assert [(one.tag, [(f.tag, f.text) for f in one]) for one in data] == [
        ("glbudgetheader", [("RECORDNO", "2"), ("BUDGETID", "Plan")])
    ]


def test_33_records_of_several_kinds_are_answered_with_their_own_keys(gateway: Gateway) -> None:
    contact = "<DISPLAYCONTACT><PRINTAS>n</PRINTAS></DISPLAYCONTACT>"
    data = gateway.done(
        f"<create><CUSTOMER><CUSTOMERID>N</CUSTOMERID><NAME>n</NAME>{contact}</CUSTOMER>"
        "<DEPARTMENT><DEPARTMENTID>D</DEPARTMENTID><TITLE>d</TITLE></DEPARTMENT>"
        "<Class><CLASSID>K</CLASSID><NAME>k</NAME></Class></create>"
    )

    assert data.get("count") == "3"
    assert [(one.tag, [(f.tag, f.text) for f in one]) for one in data] == [
        ("customer", [("RECORDNO", "3"), ("CUSTOMERID", "N")]),
        ("department", [("RECORDNO", "5"), ("DEPARTMENTID", "D")]),
        ("class", [("RECORDNO", "1"), ("CLASSID", "K")]),
    ]


def test_34_a_refused_create_says_that_nothing_is_there_before_its_errors(
    gateway: Gateway,
) -> None:
    result = gateway.result(budget(item("1"), item("1", account="9999")))

    assert [one.tag for one in result][3:] == ["data", "errormessage"]
    assert dict(result[3].items()) == {"listtype": "objects", "count": "0"}
    assert errors(result) == [
        ("BL01001973", "Account number '9999' does not exist."),
        ("BL01001973", "Could not create GLBUDGETHEADER record."),
    ]
    assert gateway.sandbox("tables/GLBUDGETHEADER?BUDGETID=Plan").json() == []


def test_35_a_duplicate_id_has_its_own_number(shared: Gateway) -> None:
    first, second = shared.refusal(budget(name="2026 Budget"))

    assert first == (
        "BL34000061",
        "Another GLBUDGETHEADER with the given value(s) 2026 Budget  already exists",
    )
    assert second[0] == "BL01001973"


def test_36_a_delete_answers_without_data_and_a_missing_key_fails(gateway: Gateway) -> None:
    result = gateway.result(DELETE.format("GLBATCH", "1"))

    assert [one.tag for one in result] == ["status", "function", "controlid"]
    for name in ("GLBATCH", "GLBUDGETHEADER"):
        assert gateway.refusal(DELETE.format(name, "99")) == [
            ("BL01001973", f"Cannot find {name.lower()} with key '99' to delete.")
        ]


def test_39_an_entry_balances_in_each_entity_or_is_statistical(gateway: Gateway) -> None:
    short = entry(line("6000", 1, "10.00"), line("1000", -1, "9.99"))
    across = (line("6000", 1, "10.00"), line("1000", -1, "10.00", "200"))

    assert "do not balance for entity 100: difference 0.01" in gateway.refusal(short)[0][1]
    assert "do not balance for entity 100" in gateway.refusal(entry(*across))[0][1]
    named = gateway.refusal(entry(*across, BASELOCATION_NO="100"))[0][1]
    assert "Inter-entity accounts are not set up" in named
    gateway.done(entry(line("9000", 1, "3"), journal="STJ"))
    gateway.done(entry(line("6000", 1, "10.00", "110"), line("1000", -1, "10.00", "100")))
    assert sums(gateway, "03/31/2026")["6000"] == "410.00"


def test_40_budget_items_are_merged_and_the_last_of_a_period_is_emptied(gateway: Gateway) -> None:
    changed = header(item("950.00", period=JANUARY, RECORDNO="1"), item("7"), RECORDNO="1")
    gateway.done(f"<update>{changed}</update>")
    merged = gateway.sandbox("tables/GLBUDGETITEM").json()
    for number in ("2", "4"):  # the only items of February and of March
        gateway.done_without_data(DELETE.format("GLBUDGETITEM", number))
    gateway.done_without_data(DELETE.format("GLBUDGETITEM", "1"))
    left = gateway.sandbox("tables/GLBUDGETITEM").json()

    assert [one["AMOUNT"] for one in merged] == ["950.00", "2100.00", "380.00", "7.00"]
    assert [(one["RECORDNO"], one["AMOUNT"]) for one in left] == [
        ("2", "0.00"),
        ("3", "380.00"),
        ("4", "0.00"),
    ]
    for period in ("Month Ended May 1999", "Quarter Ended March 2026"):
        assert gateway.refusal(budget(item("1", period=period)))


def test_43_balances_agree_with_the_ledger_detail_and_budget_beside_actual_differs(
    shared: Gateway,
) -> None:
    shown = {row["glaccountno"]: row["periodbalance"] for row in balances(shared)}
    moved = {account: amount for account, amount in shown.items() if amount != "0.00"}
    both = balances(
        shared,
        "<contentselection>Actual and Budget</contentselection><budgetid>2026 Budget</budgetid>",
    )

    # January in the US: 1,250.50 sold, 400.00 of rent paid out of it.
    assert moved == sums(shared, "01/31/2026")
    assert moved == {"1000": "850.50", "4000": "-1250.50", "6000": "400.00"}
    assert [
        (row["glaccountno"], row["budgetbalance"], row["periodbalance"], row["difference"])
        for row in both
    ] == [
        ("1000", "0.00", "850.50", "-850.50"),
        ("4000", "-900.00", "-1250.50", "350.50"),
        ("6000", "380.00", "400.00", "-20.00"),
    ]
    assert sum(Decimal(one) for one in moved.values()) == 0


def test_45_every_write_moves_the_time_of_change_and_deletes_are_on_the_trail(
    company: Path, client: httpx.Client
) -> None:
    at = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    changed = header(item("1", period=JANUARY, RECORDNO="1"), RECORDNO="1")
    with served(company, client, clock=lambda: at) as gateway:
        gateway.done(f"<update>{changed}</update>")
        [head] = gateway.sandbox("tables/GLBUDGETHEADER").json()
        items = gateway.sandbox("tables/GLBUDGETITEM").json()
        gateway.done_without_data(DELETE.format("GLBUDGETHEADER", "1"))
        trail = gateway.done(
            "<query><object>AUDITHISTORY</object><select><field>OBJECTTYPE</field>"
            "<field>OBJECTKEY</field><field>ACCESSMODE</field><field>ACCESSTIME</field></select>"
            "<filter><equalto><field>ACCESSMODE</field><value>D</value></equalto></filter></query>"
        )
        words = gateway.done(
            "<readByQuery><object>AUDITHISTORY</object><query>ACCESSMODE = 'delete'</query>"
            "</readByQuery>"
        )

    assert (head["WHENCREATED"], head["WHENMODIFIED"]) == (
        "03/01/2026 08:00:00",
        "03/04/2026 05:06:07",
    )
    assert [one["WHENMODIFIED"] == head["WHENMODIFIED"] for one in items] == [True, False, False]
    assert [list(one.values()) for one in table(trail)] == [
        ["glbudgetheader", "1", "D", "03/04/2026 05:06:07"]
    ]
    assert texts(words, "audithistory/ACCESSMODE") == ["delete"]
