"""`sageintacctsdk` at the local Intacct: prints one JSON line a step, from its own environment."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sageintacctsdk import SageIntacctSDK
from sageintacctsdk.apis.api_base import ApiBase
from sageintacctsdk.exceptions import SageIntacctSDKError

PLAN: dict[str, Any] = json.loads(sys.argv[1])
NAME: str = PLAN["name"]


def at_local_address() -> None:
    """Every part of the client has the vendor's address built in; these get ours."""
    make = ApiBase.__init__

    def made(self: Any, *words: Any, **named: Any) -> None:
        make(self, *words, **named)
        self._ApiBase__api_url = PLAN["url"]

    ApiBase.__init__ = made


def line(step: str, seen: object) -> None:
    """One step's outcome, for the script that started us."""
    print(json.dumps({"step": step, "seen": seen}), flush=True)


def client(password: str) -> Any:
    """Signed in at the top level, seeing what belongs to entities."""
    return SageIntacctSDK(
        sender_id=PLAN["sender_id"],
        sender_password=PLAN["sender_password"],
        user_id=PLAN["user_id"],
        company_id=PLAN["company_id"],
        user_password=password,
        show_private=True,
    )


def refusal(attempt: Callable[[], object]) -> str:
    """What the client says when it is refused."""
    try:
        attempt()
    except SageIntacctSDKError as error:
        return f"{error} {getattr(error, 'response', '')}"
    return "accepted"


def part(signed_in: Any, dimension: str) -> Any:
    """The part of the client for any object: its base class, signed in like the others."""
    made = ApiBase(dimension)
    for name in ("sender_id", "sender_password", "session_id", "show_private"):
        value = getattr(signed_in, f"_SageIntacctSDK__{name}")
        getattr(made, f"set_{name}")(value)
    return made


def new_class(name: str) -> dict[str, str]:
    """The fields of a class."""
    return {"CLASSID": name, "NAME": f"Class {name}"}


def journal_entry(credit: str) -> dict[str, Any]:
    """12.34 to the debit account, against the credit account."""
    year, month, day = PLAN["day"].split("-")
    sides = (("1", PLAN["debit_account"], "12.34"), ("-1", PLAN["credit_account"], credit))
    entries = [
        {"ACCOUNTNO": account, "TR_TYPE": side, "TRX_AMOUNT": amount, "LOCATION": PLAN["location"]}
        for side, account, amount in sides
    ]
    head = {"JOURNAL": PLAN["journal"], "BATCH_DATE": f"{month}/{day}/{year}"}
    return {**head, "BATCH_TITLE": f"Entry of {NAME}", "ENTRIES": {"GLENTRY": entries}}


def conform(signed_in: Any) -> None:
    """Every step a client of this gateway takes."""
    line("sign in", "opened")
    line("wrong password", refusal(lambda: client("wrong")))
    accounts = part(signed_in, "GLACCOUNT")
    found = accounts.get("ACCOUNTTYPE", "I", fields=["RECORDNO", "ACCOUNTNO"])
    line("filtered read", int(found["@count"]))
    entries = part(signed_in, "GLENTRY").get_all(fields=["RECORDNO", "AMOUNT"])
    total = sum(int(Decimal(one["AMOUNT"]) * 100) for one in entries)
    line("paged read", f"{len(entries)} rows, {total} cents")
    classes = part(signed_in, "CLASS")
    made = classes.post(new_class(f"{NAME}-1"))
    line("create", "numbered" if made["data"]["class"]["RECORDNO"].isdigit() else "no number")
    line("duplicate", refusal(lambda: classes.post(new_class(f"{NAME}-1"))))
    # it knows no transactions: two records in one create are all or nothing
    two = [new_class(f"{NAME}-2"), new_class(f"{NAME}-1")]
    told = refusal(lambda: classes.post(two))
    left = classes.get("CLASSID", f"{NAME}-2", fields=["RECORDNO"])["@count"]
    line("roll-back", f"{left} left: {told}")
    batches = part(signed_in, "GLBATCH")
    posted = batches.post(journal_entry("12.34"))
    line("journal entry", "numbered" if posted["data"]["glbatch"]["RECORDNO"].isdigit() else "no")
    line("unbalanced entry", refusal(lambda: batches.post(journal_entry("12.33"))))


def read(signed_in: Any) -> None:
    """The same pages as everybody."""
    asked = part(signed_in, PLAN["object"])
    begun, records = time.perf_counter(), 0
    for page in range(PLAN["pages"]):
        query = {
            "object": PLAN["object"],
            "select": {"field": PLAN["fields"]},
            "orderby": {"order": {"field": "RECORDNO", "ascending": None}},
            "pagesize": "2000",
            "offset": page * 2000,
        }
        answer = asked.format_and_send_request({"query": query})
        records += len(answer["data"][PLAN["object"]])
    line("read", {"records": records, "seconds": time.perf_counter() - begun})


at_local_address()
(read if PLAN["step"] == "read" else conform)(client(PLAN["user_password"]))
