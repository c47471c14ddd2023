"""Whatever is billed, paid and taken back: vendors, bills and the ledger say the same."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.payables import bill, day, item, new_bill, prepare
from tests.sandbox.intacct.small_company import make_small_company
from tests.sandbox.intacct.speaking import Gateway
from tests.sandbox.intacct.test_bill_payments import detail, pay, payment

CENTS = st.integers(1, 9_999).map(lambda n: f"{n // 100}.{n % 100:02}")
VENDORS = st.sampled_from(["V1", "V2"])
PLACES = st.sampled_from(["100", "110"])


class Payables(RuleBasedStateMachine):
    """Calls that may be refused, each at the wire; what must hold is asked of the books."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "company.sqlite"
        make_small_company(path)
        prepare(path)
        self.local = LocalIntacct(path)
        self.local.start()
        self.client = httpx.Client()
        self.gateway = Gateway(self.client, self.local.url)

    def teardown(self) -> None:
        if hasattr(self, "local"):
            self.client.close()
            self.local.stop()
            self.folder.cleanup()

    def table(self, name: str) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = self.gateway.sandbox(f"tables/{name}").json()
        return rows

    def some(self, name: str, at: int) -> dict[str, str]:
        rows = self.table(name)
        return rows[at % len(rows)] if rows else {"RECORDNO": "1", "VENDORID": "V1"}

    @rule(
        vendor=VENDORS,
        amounts=st.lists(CENTS, min_size=1, max_size=3),
        place=PLACES,
        action=st.sampled_from(["Submit", "Submit", "Draft"]),
    )
    def billed(self, vendor: str, amounts: list[str], place: str, action: str) -> None:
        lines = [item(amount, location=place) for amount in amounts]
        self.gateway.done(new_bill(*lines, vendor=vendor, ACTION=action))

    @rule(at=st.integers(0, 9), amount=CENTS)
    def changed(self, at: int, amount: str) -> None:
        found = self.some("APBILL", at)
        words = {"RECORDNO": found["RECORDNO"], "WHENDUE": "05/01/2026", "ACTION": "Submit"}
        self.gateway.result(f"<update>{bill(item(amount), item('1.00'), **words)}</update>")

    @rule(at=st.integers(0, 9), amount=CENTS, action=st.sampled_from(["Draft", "Submit"]))
    def paid(self, at: int, amount: str, action: str) -> None:
        found = self.some("APBILL", at)
        lines = detail(found["RECORDNO"], amount)
        self.gateway.result(pay(lines, VENDORID=found["VENDORID"], ACTION=action))

    @rule(at=st.integers(0, 9))
    def paid_in_full(self, at: int) -> None:
        found = self.some("APBILL", at)
        lines = detail(found["RECORDNO"], found.get("TRX_TOTALDUE", "1.00"))
        self.gateway.result(pay(lines, VENDORID=found["VENDORID"]))

    @rule(at=st.integers(0, 9))
    def submitted(self, at: int) -> None:
        words = {"RECORDNO": self.some("APPYMT", at)["RECORDNO"], "ACTION": "Submit"}
        self.gateway.result(f"<update>{payment(**words)}</update>")

    @rule(at=st.integers(0, 9))
    def voided(self, at: int) -> None:
        key = self.some("APPYMT", at)["RECORDNO"]
        on = day("datevoided", "2026-03-25")
        self.gateway.result(f'<void_appayment key="{key}">{on}</void_appayment>')

    @rule(at=st.integers(0, 9))
    def reversed(self, at: int) -> None:
        key = self.some("APBILL", at)["RECORDNO"]
        on = day("datereversed", "2026-03-25")
        self.gateway.result(f'<reverse_bill key="{key}">{on}</reverse_bill>')

    @rule(at=st.integers(0, 9), name=st.sampled_from(["APBILL", "APPYMT"]))
    def deleted(self, at: int, name: str) -> None:
        key = self.some(name, at)["RECORDNO"]
        self.gateway.result(f"<delete><object>{name}</object><keys>{key}</keys></delete>")

    @invariant()
    def vendors_bills_and_the_control_account_agree(self) -> None:
        if not hasattr(self, "local"):
            return
        bills, ledger = self.table("APBILL"), self.table("GLDETAIL")
        for vendor in self.table("VENDOR"):
            mine = [one for one in bills if one["VENDORID"] == vendor["VENDORID"]]
            owed = sum((Decimal(one["TOTALDUE"]) for one in mine), Decimal(0))
            control = [
                Decimal(one["AMOUNT"])
                for one in ledger
                if one["ACCOUNTNO"] == "2000" and one["VENDORID"] == vendor["VENDORID"]
            ]
            assert Decimal(vendor["TOTALDUE"]) == owed == -sum(control, Decimal(0))

    @invariant()
    def lines_add_up_to_their_bills(self) -> None:
        if not hasattr(self, "local"):
            return
        lines = self.table("APBILLITEM")
        for one in self.table("APBILL"):
            mine = [x for x in lines if x["RECORDKEY"] == one["RECORDNO"]]
            entered = sum((Decimal(x["AMOUNT"]) for x in mine), Decimal(0))
            assert entered == Decimal(one["TOTALENTERED"])
            due = Decimal(one["TOTALENTERED"]) - Decimal(one["TOTALPAID"])
            assert Decimal(one["TOTALDUE"]) in (due, Decimal(0))
            assert 0 <= Decimal(one["TOTALSELECTED"]) <= max(due, Decimal(0))


TestPayables = Payables.TestCase
TestPayables.settings = settings(
    max_examples=12,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
