"""`pyintacct` at the local Intacct: prints one JSON line a step, from its own environment."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from jxmlease import XMLDictNode
from pyintacct import IntacctAPI
from pyintacct.exceptions import IntacctException

PLAN: dict[str, Any] = json.loads(sys.argv[1])
NAME: str = PLAN["name"]


def line(step: str, seen: object) -> None:
    """One step's outcome, for the script that started us."""
    print(json.dumps({"step": step, "seen": seen}), flush=True)


def client(password: str) -> Any:
    """A client that will sign in with its first request, at our address."""
    made = IntacctAPI(
        {
            "SENDER_ID": PLAN["sender_id"],
            "SENDER_PW": PLAN["sender_password"],
            "COMPANY_ID": PLAN["company_id"],
            "USER_ID": PLAN["user_id"],
            "USER_PW": password,
            "INCLUDE_WHITESPACE": "false",
        }
    )
    made.url = PLAN["url"]
    return made


def refusal(attempt: Callable[[], object]) -> str:
    """What the client says when it is refused."""
    try:
        attempt()
    except IntacctException as error:
        return str(error)
    return "accepted"


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
    return {"GLBATCH": {**head, "BATCH_TITLE": f"Entry of {NAME}", "ENTRIES": {"GLENTRY": entries}}}


def undone(api: Any) -> str:
    """Two creates as one transaction, of which the second is refused."""
    payload, function = api.get_function_base()
    function.add_node(tag="create", new_node=XMLDictNode({"CLASS": new_class(f"{NAME}-2")}))
    content = payload["request"]["operation"]["content"]
    again = content.add_node(tag="function", new_node=XMLDictNode(tag="function"))
    again.set_xml_attr("controlid", f"{NAME}-again")
    again.add_node(tag="create", new_node=XMLDictNode({"CLASS": new_class(f"{NAME}-1")}))
    payload["request"]["operation"].set_xml_attr("transaction", "true")
    return refusal(lambda: api.execute(payload))


def conform(api: Any) -> None:
    """Every step a client of this gateway takes."""
    line("sign in", "opened" if api.get_session_id()[0] else "no session")
    line("wrong password", refusal(lambda: client("wrong").get_session_id()))
    line("filtered read", len(api.read_by_query("GLACCOUNT", "ACCOUNTTYPE = 'I'", pagesize=1000)))
    entries = api.read_by_query("GLENTRY", "", fields="RECORDNO,AMOUNT", pagesize=1000)
    total = sum(int(Decimal(str(one["AMOUNT"])) * 100) for one in entries)
    line("paged read", f"{len(entries)} rows, {total} cents")
    made = api.create({"CLASS": new_class(f"{NAME}-1")})
    number = next(made.find_nodes_with_tag("RECORDNO"))
    line("create", "numbered" if str(number).isdigit() else "no number")
    line("duplicate", refusal(lambda: api.create({"CLASS": new_class(f"{NAME}-1")})))
    told = undone(api)
    left = len(api.read_by_query("CLASS", f"CLASSID = '{NAME}-2'"))
    line("roll-back", f"{left} left: {told}")
    posted = api.create(journal_entry("12.34"))
    number = next(posted.find_nodes_with_tag("RECORDNO"))
    line("journal entry", "numbered" if str(number).isdigit() else "no number")
    line("unbalanced entry", refusal(lambda: api.create(journal_entry("12.33"))))


def read(api: Any) -> None:
    """The same pages as everybody."""
    begun, records = time.perf_counter(), 0
    for page in range(PLAN["pages"]):
        payload, function = api.get_function_base()
        query = {
            "object": PLAN["object"],
            "select": {"field": PLAN["fields"]},
            "orderby": {"order": {"field": "RECORDNO", "ascending": ""}},
            "options": {"showprivate": "true"},
            "pagesize": "2000",
            "offset": str(page * 2000),
        }
        function.add_node(tag="query", new_node=XMLDictNode(query))
        answer = api.execute(payload)
        (data,) = answer.find_nodes_with_tag("data")
        records += len(data[PLAN["object"]])
    line("read", {"records": records, "seconds": time.perf_counter() - begun})


logging.disable()
(read if PLAN["step"] == "read" else conform)(client(PLAN["user_password"]))
