"""Whatever is done in whatever order, subledger, customers and ledger agree after every step."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.sandbox.intacct.small_company import make_small_company
from tests.sandbox.intacct.speaking import Gateway, texts
from tests.sandbox.intacct.trading import (
    adjustment,
    advance,
    day,
    detail,
    invoice,
    item,
    payment,
    rows,
    served,
)

CENTS = st.integers(min_value=1, max_value=50_000).map(lambda n: Decimal(n).scaleb(-2))
CUSTOMERS = st.sampled_from(("C1", "C2"))
PLACES = st.sampled_from((("100", "BANKUS"), ("200", "BANKUK")))
SHARES = st.sampled_from((Decimal(1), Decimal("0.5"), Decimal("0.1"), Decimal("1.1")))
ANY = st.randoms(use_true_random=False)
CREDITS = {
    "ARADVANCE": ("ADVANCEKEY", "TRX_POSTEDADVANCEAMOUNT", 1),
    "ARADJUSTMENT": ("ADJUSTMENTKEY", "TRX_ADJUSTMENTAMOUNT", -1),
    "ARPYMT": ("OVERPAYMENTKEY", "TRX_POSTEDOVERPAYMENTAMOUNT", 1),
}
DEAD = ("Draft", "Reversed", "Reversal")
Rows = list[dict[str, str]]


def figure(text: str | None) -> Decimal:
    return Decimal(text or 0)


class Receivables(RuleBasedStateMachine):
    """Clerks at work on two customers in two entities."""

    @initialize()
    def open_the_books(self) -> None:
        self.held = ExitStack()
        self.seen: dict[str, Rows] = {}
        folder = Path(self.held.enter_context(tempfile.TemporaryDirectory()))
        make_small_company(folder / "small.sqlite")
        self.gateway: Gateway = self.held.enter_context(served(folder / "small.sqlite", folder))
        for customer in ("C1", "C2"):
            for _ in range(2):
                lines = item("60.00"), item("40.05")
                self.attempt(invoice(*lines, customer=customer, on="2026-03-02"))
            self.attempt(adjustment("-25.00", customer=customer))
            self.attempt(f"<create>{advance('33.33', customer=customer)}</create>")

    def teardown(self) -> None:
        if hasattr(self, "held"):
            self.held.close()

    def attempt(self, call: str, *, sound: bool = False) -> None:
        """Done, or refused with nothing changed; what is sound is done."""
        before = self.books()
        result = self.gateway.result(call)
        self.seen = {}
        if texts(result, "status") == ["failure"]:
            assert not sound, texts(result, ".//description2")
            assert self.books() == before

    def table(self, name: str) -> Rows:
        """The rows of a table, read once after every step."""
        if name not in self.seen:
            self.seen[name] = rows(self.gateway, name)
        return self.seen[name]

    def books(self) -> list[Rows]:
        names = ("customer", "arinvoice", "arinvoiceitem", "aradjustment", "aradvance", "arpymt")
        return [self.table(name) for name in (*names, "arpymtdetail", "glentry")]

    def one(
        self, name: str, any_: object, fits: Callable[[dict[str, str]], bool]
    ) -> dict[str, str]:
        found = [one for one in self.table(name) if fits(one)]
        chosen: dict[str, str] = any_.choice(found) if found else {"RECORDNO": "0"}  # type: ignore[attr-defined]
        return chosen

    @rule(
        customer=CUSTOMERS,
        amounts=st.lists(CENTS, min_size=1, max_size=3),
        place=PLACES,
        action=st.sampled_from(("Submit", "Submit", "Draft")),
    )
    def bill(
        self, customer: str, amounts: list[Decimal], place: tuple[str, str], action: str
    ) -> None:
        lines = [item(str(amount), location=place[0]) for amount in amounts]
        self.attempt(invoice(*lines, customer=customer, action=action, on="2026-03-02"))

    @rule(customer=CUSTOMERS, amount=CENTS, sign=st.sampled_from((1, -1, -1)))
    def adjust(self, customer: str, amount: Decimal, sign: int) -> None:
        self.attempt(adjustment(str(sign * amount), customer=customer))

    @rule(customer=CUSTOMERS, amount=CENTS)
    def take_an_advance(self, customer: str, amount: Decimal) -> None:
        self.attempt(f"<create>{advance(str(amount), customer=customer)}</create>")

    @rule(
        any_=ANY,
        share=SHARES,
        over=st.one_of(st.none(), CENTS),
        action=st.sampled_from(("Submit", "Draft")),
    )
    def pay(self, any_: object, share: Decimal, over: Decimal | None, action: str) -> None:
        owed = self.one("arinvoice", any_, lambda one: figure(one["TOTALDUE"]) > 0)
        amount = (figure(owed.get("TOTALDUE")) * share).quantize(Decimal("0.01"))
        bank = "BANKUK" if owed.get("CURRENCY") == "GBP" else "BANKUS"
        place = "200" if bank == "BANKUK" else "100"
        more = (
            f"<OVERPAYMENTAMOUNT>{over}</OVERPAYMENTAMOUNT>"
            f"<OVERPAYMENTLOCATIONID>{place}</OVERPAYMENTLOCATIONID>"
        )
        made = payment(
            detail(owed["RECORDNO"], str(amount)),
            customer=owed.get("CUSTOMERID", "C1"),
            action=action,
            bank=bank,
            more=more if over else "",
        )
        self.attempt(f"<create>{made}</create>", sound=amount > 0 and share <= 1)

    @rule(any_=ANY, share=SHARES, kind=st.sampled_from(tuple(CREDITS)))
    def apply_a_credit(self, any_: object, share: Decimal, kind: str) -> None:
        key, amount_name, sign = CREDITS[kind]
        credit = self.one(kind, any_, lambda one: sign * figure(one["TOTALDUE"]) > 0)
        owed = self.one(
            "arinvoice",
            any_,
            lambda one: (
                figure(one["TOTALDUE"]) > 0 and one["CUSTOMERID"] == credit.get("CUSTOMERID")
            ),
        )
        least = min(abs(figure(credit.get("TOTALDUE"))), figure(owed.get("TOTALDUE")))
        amount = (least * share).quantize(Decimal("0.01"))
        words = {key: credit["RECORDNO"], amount_name: str(amount)}
        bank = "BANKUK" if owed.get("CURRENCY") == "GBP" else "BANKUS"
        made = payment(
            detail(owed["RECORDNO"], **words), customer=owed.get("CUSTOMERID", "C1"), bank=bank
        )
        fits = amount > 0 and share <= 1 and credit.get("CURRENCY") == owed.get("CURRENCY")
        self.attempt(f"<create>{made}</create>", sound=fits)

    @rule(any_=ANY, submit=st.booleans())
    def finish_a_draft(self, any_: object, submit: bool) -> None:
        draft = self.one("arpymt", any_, lambda one: one["STATE"] == "Draft")["RECORDNO"]
        if submit:
            words = f"<RECORDNO>{draft}</RECORDNO><ACTION>Submit</ACTION>"
            self.attempt(f"<update><ARPYMT>{words}</ARPYMT></update>")
        else:
            self.attempt(f"<delete><object>ARPYMT</object><keys>{draft}</keys></delete>")

    @rule(any_=ANY)
    def reverse_a_payment(self, any_: object) -> None:
        paid = self.one("arpymt", any_, lambda one: one["STATE"] == "Posted")["RECORDNO"]
        inside = day("datereversed", "2026-03-18")
        self.attempt(f'<reverse_arpayment key="{paid}">{inside}</reverse_arpayment>')

    @rule(any_=ANY, reverse=st.booleans())
    def take_an_invoice_back(self, any_: object, reverse: bool) -> None:
        key = self.one("arinvoice", any_, lambda one: one["STATE"] == "Posted")["RECORDNO"]
        if reverse:
            inside = day("datereversed", "2026-03-18")
            self.attempt(f'<reverse_invoice key="{key}">{inside}</reverse_invoice>')
        else:
            self.attempt(f"<delete><object>ARINVOICE</object><keys>{key}</keys></delete>")

    @rule(any_=ANY, amount=CENTS)
    def change_an_invoice(self, any_: object, amount: Decimal) -> None:
        key = self.one("arinvoice", any_, lambda one: one["STATE"] in ("Posted", "Draft"))
        self.attempt(
            f'<update_invoice key="{key["RECORDNO"]}"><updateinvoiceitems>'
            f'<updatelineitem line_num="1"><amount>{amount}</amount></updatelineitem>'
            "</updateinvoiceitems></update_invoice>"
        )

    @invariant()
    def customers_owe_what_their_documents_say(self) -> None:
        if not hasattr(self, "gateway"):
            return
        for customer in self.table("customer"):
            assert figure(customer["TOTALDUE"]) == self.due(customer["CUSTOMERID"])

    @invariant()
    def the_control_account_is_the_open_subledger(self) -> None:
        if not hasattr(self, "gateway"):
            return
        entries = [one for one in self.table("gldetail") if one["ACCOUNTNO"] == "1200"]
        assert sum((figure(one["AMOUNT"]) for one in entries), Decimal(0)) == self.due(None)

    @invariant()
    def every_entry_balances_in_each_entity(self) -> None:
        if not hasattr(self, "gateway"):
            return
        sums: dict[tuple[str, str], Decimal] = {}
        for one in self.table("gldetail"):
            if one["STATISTICAL"] == "T":
                continue
            where = one["BATCHKEY"], (one["LOCATIONID"] or "")[:1]
            sums[where] = sums.get(where, Decimal(0)) + figure(one["AMOUNT"])
        assert not any(sums.values())

    @invariant()
    def headers_are_the_sum_of_their_lines_and_drafts_are_selected(self) -> None:
        if not hasattr(self, "gateway"):
            return
        lines, drafts = self.table("arinvoiceitem"), set[str]()
        drafts = {p["RECORDNO"] for p in self.table("arpymt") if p["STATE"] == "Draft"}
        details = [one for one in self.table("arpymtdetail") if one["PAYMENTKEY"] in drafts]
        for one in self.table("arinvoice"):
            own = [line for line in lines if line["RECORDKEY"] == one["RECORDNO"]]
            assert figure(one["TOTALENTERED"]) == sum(figure(line["AMOUNT"]) for line in own)
            chosen = sum(
                figure(x["TRX_PAYMENTAMOUNT"]) for x in details if x["RECORDKEY"] == one["RECORDNO"]
            )
            assert figure(one["TOTALSELECTED"]) == chosen
            if one["STATE"] in DEAD:
                assert figure(one["TOTALDUE"]) == 0
                continue
            paid = [figure(line["TOTALPAID"]) for line in own]
            assert figure(one["TOTALPAID"]) == sum(paid)
            assert figure(one["TOTALDUE"]) == figure(one["TOTALENTERED"]) - sum(paid)
            assert all(
                0 <= part <= figure(line["AMOUNT"]) for part, line in zip(paid, own, strict=True)
            )

    def due(self, customer: str | None) -> Decimal:
        signs = (("arinvoice", 1), ("aradjustment", 1), ("aradvance", -1), ("arpymt", -1))
        return sum(
            (
                sign * figure(one["TOTALDUE"])
                for name, sign in signs
                for one in self.table(name)
                if customer in (None, one["CUSTOMERID"])
            ),
            Decimal(0),
        )


Receivables.TestCase.settings = settings(
    max_examples=20, stateful_step_count=15, deadline=None, database=None
)
test_everything_stays_in_step = Receivables.TestCase
