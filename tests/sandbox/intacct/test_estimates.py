from __future__ import annotations

import pytest

from tests.sandbox.intacct.payables import created, elements, row
from tests.sandbox.intacct.speaking import Gateway

BUDGET = "<GLBUDGETHEADER><BUDGETID>Jobs</BUDGETID><DESCRIPTION>Jobs</DESCRIPTION></GLBUDGETHEADER>"


@pytest.fixture
def site(gateway: Gateway) -> Gateway:
    """A company with a project of January to March and a budget for jobs."""
    project = elements(
        {
            "PROJECTID": "P1",
            "NAME": "Bridge",
            "PROJECTCATEGORY": "Contract",
            "BEGINDATE": "01/10/2026",
            "ENDDATE": "03/20/2026",
        }
    )
    gateway.done(f"<create><PROJECT>{project}</PROJECT>{BUDGET}</create>")
    return gateway


def entry(**words: str) -> str:
    return f"<PJESTIMATEENTRY>{elements(words)}</PJESTIMATEENTRY>"


def estimate(*entries: str, **words: str) -> str:
    lines = f"<ENTRIES>{''.join(entries)}</ENTRIES>" if entries else ""
    return f"<PJESTIMATE>{elements(words)}{lines}</PJESTIMATE>"


def new(*entries: str, **more: str) -> str:
    words = {"PROJECTID": "P1", "ISPRIMARY": "true", "POSTED": "true", "GLBUDGETID": "Jobs", **more}
    return f"<create>{estimate(*entries, **words)}</create>"


def budget(gateway: Gateway) -> list[tuple[str, str, str]]:
    rows = gateway.sandbox("tables/GLBUDGETITEM?BUDGETID=Jobs").json()
    return sorted((one["PERIODNAME"].split()[2], one["ACCT_NO"], one["AMOUNT"]) for one in rows)


def entries(gateway: Gateway, number: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = gateway.sandbox(
        f"tables/PJESTIMATEENTRY?PJESTIMATEKEY={number}"
    ).json()
    return found


def test_the_primary_estimate_is_in_its_budget_when_it_is_posted(site: Gateway) -> None:
    number = created(
        site,
        new(
            entry(ACCOUNTNO="6000", QTY="3", UNITCOST="10.005"),
            entry(ACCOUNTNO="6000", AMOUNT="5.00", QTY="9", UNITCOST="9"),
            entry(ACCOUNTNO="1000", AMOUNT="7.00", EFFECTIVEDATE="02/03/2026"),
        ),
    )

    # 3 x 10.005 = 30.015, half up 30.02, and 5.00 beside it in the project's first month.
    assert [one["AMOUNT"] for one in entries(site, number)] == ["30.02", "5.00", "7.00"]
    assert budget(site) == [("February", "1000", "7.00"), ("January", "6000", "35.02")]
    assert row(site, "PJESTIMATE", number)["PJESTIMATEID"] == f"PE-{int(number):04}"


def test_an_update_merges_and_the_budget_follows(site: Gateway) -> None:
    number = created(site, new(entry(ACCOUNTNO="6000", AMOUNT="10.00")))
    kept = entries(site, number)[0]["RECORDNO"]
    site.done(
        "<update>"
        + estimate(
            entry(RECORDNO=kept, AMOUNT="12.00"),
            entry(ACCOUNTNO="6000", AMOUNT="1.00", WFTYPE="revision"),
            RECORDNO=number,
        )
        + "</update>"
    )
    assert (len(entries(site, number)), budget(site)) == (2, [("January", "6000", "13.00")])

    site.done(f"<update>{estimate(RECORDNO=number, POSTTO='All periods')}</update>")
    # Three months: 12.00 is 4.00 each, 1.00 is 0.33, 0.33 and 0.34; January keeps its item.
    assert budget(site) == [
        ("February", "6000", "4.33"),
        ("January", "6000", "4.33"),
        ("March", "6000", "4.34"),
    ]


def test_shares_of_all_periods_add_up_entry_by_entry(site: Gateway) -> None:
    created(site, new(entry(ACCOUNTNO="6000", AMOUNT="10.00"), POSTTO="All periods"))

    # 10.00 / 3 = 3.33 and a hundredth over, which goes to the last month.
    assert budget(site) == [
        ("February", "6000", "3.33"),
        ("January", "6000", "3.33"),
        ("March", "6000", "3.34"),
    ]


def test_entries_may_be_written_alone_and_leave_the_budget_again(site: Gateway) -> None:
    number = created(site, new(entry(ACCOUNTNO="6000", AMOUNT="10.00"), PJESTIMATEID="E1"))
    more = entry(PJESTIMATEID="E1", ACCOUNTNO="6000", AMOUNT="2.50", LOCATIONID="100")
    alone = created(site, f"<create>{more}</create>")
    assert row(site, "PJESTIMATEENTRY", alone)["PROJECTID"] == "P1"
    site.done(f"<update>{entry(RECORDNO=alone, QTY='2', UNITCOST='2')}</update>")
    assert budget(site) == [("January", "6000", "10.00"), ("January", "6000", "4.00")]
    delete = f"<delete><object>PJESTIMATEENTRY</object><keys>{alone}</keys></delete>"
    site.done_without_data(delete)
    assert ("January", "6000", "0.00") in budget(site)
    assert len(entries(site, number)) == 1


def test_drafts_and_secondary_estimates_stay_out_of_the_budget(site: Gateway) -> None:
    line = entry(ACCOUNTNO="6000", AMOUNT="10.00")
    created(site, new(line, ISPRIMARY="false"))
    draft = created(site, new(line, POSTED="false"))
    assert budget(site) == []
    site.done(f"<update>{estimate(RECORDNO=draft, POSTED='true')}</update>")
    assert budget(site) == [("January", "6000", "10.00")]
    assert "already has the primary estimate" in site.refusal(new(line))[0][1]


@pytest.mark.parametrize(
    ("line", "words", "named"),
    [
        ({"AMOUNT": "1"}, {}, "Required field ACCOUNTNO is missing in a posted estimate."),
        ({"ACCOUNTNO": "6000"}, {}, "AMOUNT, or QTY and UNITCOST, is required."),
        ({"ACCOUNTNO": "6999", "AMOUNT": "1"}, {}, "ACCOUNTNO: Account number '6999' is inactive."),
        ({"AMOUNT": "1", "PRODUCTIONUNITS": "2"}, {}, "PRODUCTIONUNITS needs a TASKID."),
        ({"AMOUNT": "1", "TASKID": "T"}, {}, "Task 'T' does not exist."),
        ({"AMOUNT": "1", "WFTYPE": "guess"}, {}, "WFTYPE: 'guess' is not one of original"),
        ({"AMOUNT": "1"}, {"GLBUDGETID": ""}, "GLBUDGETID is missing"),
        ({"AMOUNT": "1"}, {"PROJECTID": "NO"}, "PROJECTID: Project 'NO' does not exist."),
        ({"AMOUNT": "1"}, {"PJESTIMATETYPENAME": "x"}, "Project estimate type 'x' does not exist."),
        (
            {"AMOUNT": "1", "ACCOUNTNO": "6000"},
            {"POSTTO": "Estimate date", "ESTIMATEDATE": "01/01/1999"},
            "no reporting period open for budgeting for 01/01/1999",
        ),
    ],
)
def test_what_will_not_do_is_refused_by_name(
    site: Gateway, line: dict[str, str], words: dict[str, str], named: str
) -> None:
    assert named in site.refusal(new(entry(**line), **words))[0][1]
    assert site.sandbox("tables/PJESTIMATE").json() == []


def test_primary_and_finalized_estimates_cannot_be_deleted(site: Gateway) -> None:
    delete = "<delete><object>PJESTIMATE</object><keys>{}</keys></delete>"
    primary = created(site, new(POSTED="false"))
    done = created(site, new(ISPRIMARY="false", STATUS="finalized"))
    plain = created(site, new(entry(AMOUNT="1"), ISPRIMARY="false"))

    assert "A primary estimate cannot be deleted." in site.refusal(delete.format(primary))[0][1]
    assert "A finalized estimate cannot be deleted." in site.refusal(delete.format(done))[0][1]
    site.done_without_data(delete.format(plain))
    assert entries(site, plain) == []


def request(number: str = "", **more: str) -> str:
    words = {
        "CHANGEREQUESTID": "CR1",
        "PROJECTID": "P1",
        "CHANGEREQUESTDATE": "02/01/2026",
        "PROJECTCHANGEORDERID": "CO1",
        "PJESTIMATEID": "E1",
        **more,
    }
    lines = "".join(
        f"<CHANGEREQUESTENTRY>{elements(one)}</CHANGEREQUESTENTRY>"
        for one in (
            {"COST": "100.00", "PRICE": "130.00", "ACCOUNTNO": "6000", "WFTYPE": "approved change"},
            {"COST": "20.50", "PRICE": "30.00", "ACCOUNTNO": "6000", "MEMO": "steel"},
        )
    )
    inside = f"<CHANGEREQUESTENTRIES>{lines}</CHANGEREQUESTENTRIES>"
    return f"<CHANGEREQUEST>{elements(words)}{inside}</CHANGEREQUEST>"


def test_a_change_order_adds_up_its_requests_and_a_posted_one_reaches_the_estimate(
    site: Gateway,
) -> None:
    order = {
        "PROJECTCHANGEORDERID": "CO1",
        "PROJECTID": "P1",
        "PROJECTCHANGEORDERDATE": "02/01/2026",
    }
    number = created(site, new(PJESTIMATEID="E1"))
    whole = created(
        site, f"<create><PROJECTCHANGEORDER>{elements(order)}</PROJECTCHANGEORDER></create>"
    )
    key = created(site, f"<create>{request()}</create>")

    kept = row(site, "PROJECTCHANGEORDER", whole)
    assert (kept["TOTALCOST"], kept["TOTALPRICE"]) == ("120.50", "160.00")
    assert entries(site, number) == []
    used = f"<delete><object>PROJECTCHANGEORDER</object><keys>{whole}</keys></delete>"
    assert "used by CHANGEREQUEST" in site.refusal(used)[0][1]

    site.done(f"<update>{request(RECORDNO=key, CHANGEREQUESTSTATE='Posted')}</update>")
    linked = entries(site, number)
    assert [(one["AMOUNT"], one["WFTYPE"]) for one in linked] == [
        ("100.00", "approved change"),
        ("20.50", "original"),
    ]
    assert budget(site) == [("January", "6000", "120.50")]
    changed = f"<update>{entry(RECORDNO=linked[0]['RECORDNO'], AMOUNT='1')}</update>"
    assert "belongs to a change request" in site.refusal(changed)[0][1]
    delete = "<delete><object>{}</object><keys>{}</keys></delete>"
    gone = delete.format("PJESTIMATEENTRY", linked[0]["RECORDNO"])
    assert "belongs to a change request" in site.refusal(gone)[0][1]
    assert "cannot be changed" in site.refusal(f"<update>{request(RECORDNO=key)}</update>")[0][1]
    assert "cannot be deleted" in site.refusal(delete.format("CHANGEREQUEST", key))[0][1]


def test_a_draft_request_leaves_its_change_order_when_it_is_deleted(site: Gateway) -> None:
    order = {
        "PROJECTCHANGEORDERID": "CO1",
        "PROJECTID": "P1",
        "PROJECTCHANGEORDERDATE": "02/01/2026",
    }
    whole = created(
        site, f"<create><PROJECTCHANGEORDER>{elements(order)}</PROJECTCHANGEORDER></create>"
    )
    key = created(site, f"<create>{request(PJESTIMATEID='')}</create>")
    site.done_without_data(f"<delete><object>CHANGEREQUEST</object><keys>{key}</keys></delete>")

    assert row(site, "PROJECTCHANGEORDER", whole)["TOTALCOST"] == "0.00"
    trail = site.sandbox(f"tables/AUDITHISTORY?OBJECTTYPE=changerequest&OBJECTKEY={key}").json()
    assert [one["ACCESSMODE"] for one in trail] == ["C", "D"]
