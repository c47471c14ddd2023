from __future__ import annotations

from tests.sandbox.intacct.payables import day, key_of, row
from tests.sandbox.intacct.speaking import READER, Gateway
from tests.sandbox.intacct.test_journals import ledger


def glentry(side: str, account: str, amount: str, tag: str = "glentry") -> str:
    return (
        f"<{tag}><trtype>{side}</trtype><amount>{amount}</amount><glaccountno>{account}"
        f"</glaccountno><memo>m</memo><locationid>100</locationid></{tag}>"
    )


def call(*lines: str, journal: str = "GJ", kind: str = "gltransaction", more: str = "") -> str:
    return (
        f"<create_{kind}><journalid>{journal}</journalid>{day('datecreated', '2026-03-15')}{more}"
        f"<description>Accrual</description><referenceno>R-1</referenceno>"
        f"<{kind}entries>{''.join(lines)}</{kind}entries></create_{kind}>"
    )


BOTH = (glentry("debit", "6000", "10.00"), glentry("credit", "1000", "10.00"))


def test_a_legacy_entry_is_posted_and_answers_with_its_key(gateway: Gateway) -> None:
    number = key_of(gateway, call(*BOTH))

    assert [(one["ACCOUNTNO"], one["AMOUNT"]) for one in ledger(gateway, number)] == [
        ("6000", "10.00"),
        ("1000", "-10.00"),
    ]
    kept = row(gateway, "GLBATCH", number)
    assert (kept["BATCH_TITLE"], kept["REFERENCENO"], kept["BATCH_DATE"]) == (
        "Accrual",
        "R-1",
        "03/15/2026",
    )


def test_a_legacy_entry_is_checked_as_any_other(gateway: Gateway) -> None:
    assert (
        "do not balance" in gateway.refusal(call(BOTH[0], glentry("credit", "1000", "9.00")))[0][1]
    )
    side = gateway.refusal(call(BOTH[0], glentry("plus", "1000", "10.00")))
    assert side[0][1] == "trtype cannot be 'plus'."
    assert "do not have permission" in gateway.refusal(call(*BOTH), READER)[0][1]
    # The reversal date belongs before the description.
    late = call(*BOTH).replace("<referenceno>", day("reversedate", "2026-03-20") + "<referenceno>")
    assert gateway.refusal(late)[0][0] == "XL03000003"
    early = key_of(gateway, call(*BOTH, more=day("reversedate", "2026-03-20")))
    assert row(gateway, "GLBATCH", early)["REVERSED"] == "03/20/2026"


def test_a_legacy_statistical_entry_needs_one_line(gateway: Gateway) -> None:
    line = glentry("increase", "9000", "3", "statglentry")
    number = key_of(gateway, call(line, journal="STJ", kind="statgltransaction"))
    down = glentry("decrease", "9000", "1", "statglentry")
    less = key_of(gateway, call(down, journal="STJ", kind="statgltransaction"))

    assert [one["AMOUNT"] for one in ledger(gateway, number)] == ["3.00"]
    assert [one["AMOUNT"] for one in ledger(gateway, less)] == ["-1.00"]
