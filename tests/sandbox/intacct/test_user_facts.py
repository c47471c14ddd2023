from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from sandbox.intacct.server import LocalIntacct
from sandbox.intacct.settings import Settings
from tests.sandbox.intacct.speaking import LOGIN, Gateway, table, texts

CLERK = LOGIN.replace("bot_user", "ar_clerk")
ACCOUNTS = "<query><object>GLACCOUNT</object><select><field>TITLE</field></select></query>"
READS = {
    "READ_BY_QUERY": (
        ACCOUNTS,
        "<readByQuery><object>GLACCOUNT</object><query/></readByQuery>",
        '<get_list object="glaccount"/>',
    ),
    "READ": ("<read><object>GLACCOUNT</object><keys>1</keys></read>",),
}


@pytest.fixture
def gateway(shared: Gateway) -> Gateway:
    """One for all: nothing here writes."""
    return shared


def rights(gateway: Gateway, user: str) -> dict[str, dict[str, str]]:
    call = f"<getUserPermissions><userId>{user}</userId></getUserPermissions>"
    permissions = gateway.done(call).find("permissions")
    assert permissions is not None
    return {
        one.findtext("applicationName") or "": {
            policy.findtext("policyName") or "": policy.findtext("rights") or ""
            for policy in one.findall("policies/policy")
        }
        for one in permissions
    }


def test_rights_are_told_by_application(gateway: Gateway) -> None:
    bot, reader, clerk = (rights(gateway, name) for name in ("bot_user", "reader", "ar_clerk"))

    assert bot["General Ledger"]["GLBATCH"] == "List|View|Add|Edit|Delete"
    assert reader["General Ledger"]["GLBATCH"] == "List|View"
    assert set(clerk) == {"Accounts Receivable"}
    assert (
        "nobody"
        in gateway.refusal("<getUserPermissions><userId>nobody</userId></getUserPermissions>")[0][1]
    )


def test_who_may_not_read_an_object_sees_no_record_of_it(gateway: Gateway) -> None:
    counts = [gateway.done(call, CLERK).find("*") for calls in READS.values() for call in calls]
    customers = ACCOUNTS.replace("GLACCOUNT", "CUSTOMER").replace("TITLE", "NAME")

    assert counts == [None] * 4
    assert gateway.done(customers, CLERK).get("count") == "2"


def test_by_setting_a_missing_right_is_said(company: Path, client: httpx.Client) -> None:
    local = LocalIntacct(company, settings=Settings(unreadable_is_refused=True))
    local.start()
    gateway = Gateway(client, local.url)
    said = {name: [gateway.refusal(call, CLERK)[0] for call in READS[name]] for name in READS}
    local.stop()

    text = "You do not have permission for API operation {} on objects of type GLACCOUNT."
    assert said == {
        name: [("XL03000010", text.format(name))] * len(calls) for name, calls in READS.items()
    }


def test_a_user_has_a_way_of_writing_dates(gateway: Gateway) -> None:
    [own] = table(gateway.done("<readUserFormatting/>"))
    [other] = table(gateway.done("<readUserFormatting><key>reader</key></readUserFormatting>"))

    assert (own["userId"], other["userId"]) == ("bot_user", "reader")
    assert (own["gmtoffset"], own["clock"]) == ("0", "24")


def test_applications_and_the_ledgers_preferences_are_listed(gateway: Gateway) -> None:
    applications = gateway.done("<get_applications/>")
    ledger = table(gateway.done('<get_companyprefs application="GL"/>'))
    other = gateway.done('<get_companyprefs application="XX"/>')

    assert "2.GL" in texts(applications, "application")
    assert {one["preference"]: one["prefvalue"] for one in ledger} == {
        "BASECURRENCY": "",
        "FIRSTMONTH": "1",
        "MULTIENTITY": "true",
    }
    assert other.get("count") == "0"
