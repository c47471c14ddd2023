from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.speaking import IN_UK, IN_US, READER, Gateway, table, texts


@pytest.fixture(scope="module")
def shared(
    small_company: Path, tmp_path_factory: pytest.TempPathFactory, client: httpx.Client
) -> Iterator[Gateway]:
    """One gateway for the whole module: each test writes records of its own."""
    path = tmp_path_factory.mktemp("masters") / "company.sqlite"
    path.write_bytes(small_company.read_bytes())
    local = LocalIntacct(path)
    local.start()
    yield Gateway(client, local.url)
    local.stop()


def element(tag: str, words: dict[str, str], inside: str = "") -> str:
    made = "".join(f"<{name}>{value}</{name}>" for name, value in words.items())
    return f"<{tag}>{made}{inside}</{tag}>"


def create(tag: str, inside: str = "", **words: str) -> str:
    return f"<create>{element(tag, words, inside)}</create>"


def update(tag: str, inside: str = "", **words: str) -> str:
    return f"<update>{element(tag, words, inside)}</update>"


def delete(tag: str, number: str) -> str:
    return f"<delete><object>{tag}</object><keys>{number}</keys></delete>"


def made(gateway: Gateway, tag: str, inside: str = "", **words: str) -> str:
    """The record number of a record that must be created."""
    number = gateway.done(create(tag, inside, **words))[0].findtext("RECORDNO")
    assert number
    return number


def row(gateway: Gateway, name: str, number: str) -> dict[str, str | None]:
    found = gateway.sandbox(f"tables/{name}?RECORDNO={number}").json()
    assert len(found) == 1
    kept: dict[str, str | None] = found[0]
    return kept


def trail(gateway: Gateway, name: str, number: str) -> list[str]:
    found = gateway.sandbox(f"tables/AUDITHISTORY?OBJECTTYPE={name}&OBJECTKEY={number}").json()
    return [one["ACCESSMODE"] for one in found]


# Everything a plain record of each kind needs; ids begin with Z so that none is there before.
LEAST = {
    "GLACCOUNT": {"ACCOUNTNO": "Z100", "TITLE": "Sundry"},
    "STATACCOUNT": {"ACCOUNTNO": "Z900", "TITLE": "Hours"},
    "DEPARTMENT": {"DEPARTMENTID": "Z1", "TITLE": "Research"},
    "LOCATION": {"LOCATIONID": "Z1", "NAME": "Depot"},
    "PROJECT": {"PROJECTID": "Z1", "NAME": "Bridge", "PROJECTCATEGORY": "Contract"},
    "CLASS": {"CLASSID": "Z1", "NAME": "Retail"},
    "ITEM": {"ITEMID": "Z1", "NAME": "Bolt"},
    "STANDARDTASK": {"STANDARDTASKID": "Z1", "NAME": "Dig"},
    "STANDARDCOSTTYPE": {"STANDARDCOSTTYPEID": "Z1", "NAME": "Labour"},
    "REPORTINGPERIOD": {"NAME": "Z1", "START_DATE": "01/01/2031", "END_DATE": "01/31/2031"},
    "CONTACT": {"CONTACTNAME": "Z1", "PRINTAS": "Zoe"},
    "VENDOR": {"VENDORID": "Z1", "NAME": "Zebra"},
    "PJESTIMATETYPE": {"NAME": "Z1"},
}


@pytest.mark.parametrize("name", LEAST)
def test_a_master_is_created_once_changed_and_deleted_on_the_record(
    shared: Gateway, name: str
) -> None:
    words = LEAST[name]
    key, other = next(iter(words)), list(words)[-1]
    data = shared.done(create(name, **words))
    number = data[0].findtext("RECORDNO") or ""

    assert (data[0].tag, [f.tag for f in data[0]]) == (name.lower(), ["RECORDNO", key])
    again = shared.refusal(create(name, **words))
    assert again[0][0] == "BL34000061"
    assert f"with the given value(s) {words[key]}  already exists" in again[0][1]
    assert again[1][0] == "BL01001973"

    before = row(shared, name, number)
    changed = words[other] if name == "REPORTINGPERIOD" else f"{words[other]} 2"
    if key != other:
        shared.done(update(name, **{key: words[key], other: changed}))
    else:
        shared.done(update(name, RECORDNO=number, DESCRIPTION="Bids"))
    after = row(shared, name, number)
    assert (after["WHENMODIFIED"] or "") >= (before["WHENMODIFIED"] or "") > "0"
    assert after["STATUS"] == "active"

    shared.done_without_data(delete(name, number))
    assert trail(shared, name.lower(), number) == ["C", "M", "D"]
    assert shared.refusal(delete(name, number))[0][0] == "BL01001973"


@pytest.mark.parametrize("name", LEAST)
def test_every_required_field_is_asked_for(shared: Gateway, name: str) -> None:
    refusal = [text for _, text in shared.refusal(create(name, DESCRIPTION="x"))]

    missing = {f"Required field {field} is missing." for field in LEAST[name]}
    if name == "VENDOR":
        missing = {"Required field NAME is missing."}
    assert missing <= set(refusal)


def test_an_empty_element_clears_and_an_absent_one_stays(shared: Gateway) -> None:
    number = made(shared, "CLASS", CLASSID="K1", NAME="One", DESCRIPTION="first", PARENTID="")

    shared.done(update("CLASS", CLASSID="K1", NAME="Uno"))
    assert (row(shared, "CLASS", number)["NAME"], row(shared, "CLASS", number)["DESCRIPTION"]) == (
        "Uno",
        "first",
    )
    shared.done(update("CLASS", RECORDNO=number, DESCRIPTION=""))
    assert row(shared, "CLASS", number)["DESCRIPTION"] is None
    assert "NAME is missing" in shared.refusal(update("CLASS", CLASSID="K1", NAME=""))[0][1]


def test_a_missing_record_is_named_in_the_error_number_alone(shared: Gateway) -> None:
    [(number, text)] = shared.refusal(update("CLASS", CLASSID="UT99", NAME="x"))

    assert (number, text) == ("Cannot update non-existing CLASS with CLASSID=UT99.", "")
    [(number, _)] = shared.refusal(update("VENDOR", RECORDNO="99999", NAME="x"))
    assert number == "Cannot update non-existing VENDOR with RECORDNO=99999."


def test_what_the_ledger_computes_cannot_be_written(shared: Gateway) -> None:
    words = {"VENDORID": "K2", "NAME": "Kite"}

    assert (
        "TOTALDUE of VENDOR is read-only"
        in shared.refusal(create("VENDOR", **words, TOTALDUE="5"))[0][1]
    )
    assert (
        "Field COLOUR is not valid" in shared.refusal(create("VENDOR", **words, COLOUR="r"))[0][1]
    )
    made(shared, "VENDOR", **words)
    assert "read-only" in shared.refusal(update("VENDOR", VENDORID="K2", TOTALDUE="0"))[0][1]
    assert "WHENMODIFIED" in shared.refusal(update("VENDOR", VENDORID="K2", WHENMODIFIED=""))[0][1]


def test_references_must_exist_be_active_and_not_run_in_circles(shared: Gateway) -> None:
    one = {"DEPARTMENTID": "D1", "TITLE": "One"}

    assert "PARENTID: Department 'NO' does not exist." in texts_of(
        shared, create("DEPARTMENT", **one, PARENTID="NO")
    )
    assert "PARENTID: Department 'OLD' is inactive." in texts_of(
        shared, create("DEPARTMENT", **one, PARENTID="OLD")
    )
    number = made(shared, "DEPARTMENT", **one, PARENTID="SALES")
    assert row(shared, "DEPARTMENT", number)["PARENTKEY"] == "1"
    made(shared, "DEPARTMENT", DEPARTMENTID="D2", TITLE="Two", PARENTID="D1")
    assert "Department 'D1' cannot be above itself." in texts_of(
        shared, update("DEPARTMENT", DEPARTMENTID="D1", PARENTID="D2")
    )
    shared.done(update("DEPARTMENT", DEPARTMENTID="D1", PARENTID=""))
    assert row(shared, "DEPARTMENT", number)["PARENTKEY"] is None


def texts_of(gateway: Gateway, call: str) -> list[str]:
    return [text for _, text in gateway.refusal(call)]


def test_a_master_in_use_stays(shared: Gateway) -> None:
    assert texts_of(shared, delete("DEPARTMENT", "1"))[0] == (
        "Department 'SALES' cannot be deleted because it is used by GLENTRY."
    )
    assert "used by GLENTRY" in texts_of(shared, delete("GLACCOUNT", "1"))[0]
    assert "used by GLBUDGETITEM" in texts_of(shared, delete("REPORTINGPERIOD", "2"))[0]
    assert "used by GLENTRY" in texts_of(shared, delete("LOCATION", "1"))[0]


def test_labels_are_the_only_words_a_choice_takes(shared: Gateway) -> None:
    item = {"ITEMID": "I1", "NAME": "Nut"}

    refusal = texts_of(shared, create("ITEM", **item, ITEMTYPE="Gadget"))
    assert refusal[0].startswith("ITEMTYPE: 'Gadget' is not one of Inventory, Non-Inventory,")
    made(shared, "ITEM", **item, ITEMTYPE="Kit")
    assert "ITEMTYPE of ITEM cannot be changed." in texts_of(
        shared, update("ITEM", ITEMID="I1", ITEMTYPE="Inventory")
    )
    assert "STATUS: 'open'" in texts_of(shared, update("ITEM", ITEMID="I1", STATUS="open"))[0]


def test_accounts_have_one_number_in_both_charts_and_close_somewhere(shared: Gateway) -> None:
    assert "Duplicate account number: '9000' is in STATACCOUNT." in texts_of(
        shared, create("GLACCOUNT", ACCOUNTNO="9000", TITLE="Heads again")
    )
    income = {
        "ACCOUNTNO": "7000",
        "TITLE": "Postage",
        "ACCOUNTTYPE": "incomestatement",
        "CLOSINGTYPE": "closing account",
    }
    assert "CLOSINGACCOUNTNO is missing" in texts_of(shared, create("GLACCOUNT", **income))[0]
    shared.done(create("GLACCOUNT", **income, CLOSINGACCOUNTNO="3000", REQUIREDEPT="true"))
    lines = "".join(
        f"<GLENTRY><ACCOUNTNO>{account}</ACCOUNTNO><TR_TYPE>{side}</TR_TYPE>"
        "<TRX_AMOUNT>1.00</TRX_AMOUNT><LOCATION>100</LOCATION></GLENTRY>"
        for account, side in (("7000", 1), ("1000", -1))
    )
    entry = element(
        "GLBATCH",
        {"JOURNAL": "GJ", "BATCH_DATE": "03/15/2026", "BATCH_TITLE": "Stamps"},
        f"<ENTRIES>{lines}</ENTRIES>",
    )
    assert "Missing the Department dimension for Account 7000." in texts_of(
        shared, f"<create>{entry}</create>"
    )


def test_budgetable_periods_do_not_overlap(shared: Gateway) -> None:
    words = {"NAME": "Half March", "START_DATE": "03/15/2026", "END_DATE": "04/15/2026"}

    assert (
        "overlaps 'Month Ended March 2026'"
        in (texts_of(shared, create("REPORTINGPERIOD", **words, BUDGETING="true"))[0])
    )
    made(shared, "REPORTINGPERIOD", **words)
    assert (
        "overlaps"
        in texts_of(shared, update("REPORTINGPERIOD", NAME="Half March", BUDGETING="true"))[0]
    )
    assert "END_DATE must be on or after START_DATE." in texts_of(
        shared,
        create("REPORTINGPERIOD", NAME="Back", START_DATE="02/02/2030", END_DATE="02/01/2030"),
    )


def test_a_period_with_budget_items_keeps_its_days(shared: Gateway) -> None:
    call = update("REPORTINGPERIOD", NAME="Month Ended January 2026", END_DATE="01/30/2026")

    assert "budgets have items in it" in texts_of(shared, call)[0]
    shared.done(update("REPORTINGPERIOD", NAME="Month Ended January 2026", HEADER1="January"))


def test_what_subledgers_post_to_stays(shared: Gateway) -> None:
    number = made(shared, "GLACCOUNT", ACCOUNTNO="8200", TITLE="Exchange differences")

    assert "subledgers post to it" in texts_of(shared, delete("GLACCOUNT", number))[0]


VENDOR_CONTACT = (
    "<DISPLAYCONTACT><PRINTAS>Quill Ltd</PRINTAS><PHONE1>555</PHONE1>"
    "<MAILADDRESS><CITY>Leeds</CITY></MAILADDRESS></DISPLAYCONTACT>"
)


def query(name: str, fields: str, number: str) -> str:
    wanted = "".join(f"<field>{field}</field>" for field in fields.split())
    return (
        f"<query><object>{name}</object><select>{wanted}</select><filter><equalto>"
        f"<field>RECORDNO</field><value>{number}</value></equalto></filter></query>"
    )


def test_a_vendors_display_contact_is_written_with_it(shared: Gateway) -> None:
    number = made(shared, "VENDOR", VENDOR_CONTACT, VENDORID="Q1", NAME="Quill")
    fields = (
        "ENTITY TOTALDUE DISPLAYCONTACT.CONTACTNAME DISPLAYCONTACT.PRINTAS DISPLAYCONTACT.PHONE1 "
        "DISPLAYCONTACT.MAILADDRESS.CITY"
    )

    assert list(table(shared.done(query("VENDOR", fields, number)))[0].values()) == [
        "VQ1",
        "0.00",
        "Quill(VQ1)",
        "Quill Ltd",
        "555",
        "Leeds",
    ]
    shared.done(
        update(
            "VENDOR", "<DISPLAYCONTACT><PHONE1/></DISPLAYCONTACT>", VENDORID="Q1", CREDITLIMIT="9"
        )
    )
    assert list(table(shared.done(query("VENDOR", fields, number)))[0].values())[3:] == [
        "Quill Ltd",
        "",
        "Leeds",
    ]
    assert (
        "used by VENDOR"
        in texts_of(
            shared, delete("CONTACT", row(shared, "VENDOR", number)["DISPLAYCONTACTKEY"] or "")
        )[0]
    )


def test_pay_to_and_personal_details_name_contacts_that_exist(shared: Gateway) -> None:
    pay_to = "<PAYTO><CONTACTNAME>Pat Payne</CONTACTNAME></PAYTO>"
    person = "<PERSONALINFO><CONTACTNAME>Pat Payne</CONTACTNAME></PERSONALINFO>"

    assert "Contact 'Pat Payne' of PAYTO does not exist." in texts_of(
        shared, create("VENDOR", pay_to, VENDORID="P1", NAME="Payne")
    )
    assert "does not exist" in texts_of(shared, create("EMPLOYEE", person, EMPLOYEEID="E1"))[0]
    made(shared, "CONTACT", CONTACTNAME="Pat Payne", PRINTAS="Pat", FIRSTNAME="Pat")
    vendor = made(shared, "VENDOR", pay_to, VENDORID="P1", NAME="Payne")
    employee = made(shared, "EMPLOYEE", person, EMPLOYEEID="E1", STARTDATE="01/02/2026")
    assert table(shared.done(query("VENDOR", "PAYTO.CONTACTNAME", vendor))) == [
        {"PAYTO.CONTACTNAME": "Pat Payne"}
    ]
    assert table(
        shared.done(query("EMPLOYEE", "CONTACT.FIRSTNAME PERSONALINFO.CONTACTNAME", employee))
    ) == [{"CONTACT.FIRSTNAME": "Pat", "PERSONALINFO.CONTACTNAME": "Pat Payne"}]
    made(shared, "DEPARTMENT", DEPARTMENTID="HR", TITLE="People", SUPERVISORID="E1")
    assert "used by DEPARTMENT" in texts_of(shared, delete("EMPLOYEE", employee))[0]
    assert "ENDDATE must be on or after STARTDATE." in texts_of(
        shared, update("EMPLOYEE", EMPLOYEEID="E1", ENDDATE="01/01/2026")
    )


def test_several_records_are_created_all_or_none(shared: Gateway) -> None:
    good = element("CLASS", {"CLASSID": "B1", "NAME": "Good"})
    bad = element("CLASS", {"CLASSID": "B2"})

    result = shared.result(f"<create>{good}{bad}</create>")
    assert texts(result, "status") == ["failure"]
    assert shared.sandbox("tables/CLASS?CLASSID=B1").json() == []
    done = shared.done(
        f"<create>{good}{element('DEPARTMENT', {'DEPARTMENTID': 'B1', 'TITLE': 'B'})}</create>"
    )
    assert [one.tag for one in done] == ["class", "department"]


def test_an_entitys_record_is_not_another_entitys_to_change(shared: Gateway) -> None:
    shared.done(create("CLASS", CLASSID="UK1", NAME="Crown"), IN_UK)

    assert shared.sandbox("tables/CLASS?CLASSID=UK1").json()[0]["MEGAENTITYID"] == "200"
    number = shared.sandbox("tables/CLASS?CLASSID=UK1").json()[0]["RECORDNO"]
    gone = shared.refusal(delete("CLASS", number), IN_US)
    assert gone[0][1] == f"Cannot find class with key '{number}' to delete."
    call = update("CLASS", CLASSID="UK1", NAME="Stars")
    assert shared.refusal(call, IN_US)[0][0].startswith("Cannot update non-existing CLASS")
    shared.done(call, IN_UK)
    shared.done(call)


def test_who_may_not_write_is_refused(shared: Gateway) -> None:
    text = shared.refusal(create("CLASS", CLASSID="N1", NAME="No"), READER)[0][1]

    assert text == "You do not have permission for API operation CREATE on objects of type CLASS."


def test_a_task_made_from_a_standard_one_gets_its_cost_types(shared: Gateway) -> None:
    made(shared, "PROJECT", PROJECTID="T1", NAME="Tower", PROJECTCATEGORY="Contract")
    made(shared, "STANDARDCOSTTYPE", STANDARDCOSTTYPEID="LAB", NAME="Labour", ACCOUNTNO="6000")
    made(shared, "STANDARDCOSTTYPE", STANDARDCOSTTYPEID="MAT", NAME="Material")
    owned = "<STANDARDTASKSTANDARDCOSTTYPES>{}</STANDARDTASKSTANDARDCOSTTYPES>"
    one = (
        "<STANDARDTASKSTANDARDCOSTTYPE><STANDARDCOSTTYPEID>{}</STANDARDCOSTTYPEID>"
        "</STANDARDTASKSTANDARDCOSTTYPE>"
    )
    both = owned.format(one.format("LAB") + one.format("MAT"))
    made(shared, "STANDARDTASK", both, STANDARDTASKID="DIG", NAME="Digging")

    words = {"TASKID": "1", "NAME": "Pit", "PROJECTID": "T1", "STANDARDTASKID": "DIG"}
    assert "Required field TASKSTATUS is missing." in texts_of(shared, create("TASK", **words))
    task = made(shared, "TASK", **words, TASKSTATUS="Not Started")
    kept = shared.sandbox(f"tables/COSTTYPE?TASKKEY={task}").json()
    assert [(c["COSTTYPEID"], c["NAME"], c["ACCOUNTNO"], c["PROJECTID"]) for c in kept] == [
        ("LAB", "Labour", "6000", "T1"),
        ("MAT", "Material", None, "T1"),
    ]

    shared.done(update("STANDARDTASK", owned.format(one.format("MAT")), STANDARDTASKID="DIG"))
    left = shared.sandbox("tables/STANDARDTASKSTANDARDCOSTTYPE?STANDARDTASKID=DIG").json()
    assert [one["STANDARDCOSTTYPEID"] for one in left] == ["MAT"]
    assert (
        "needs a task"
        in texts_of(
            shared, create("COSTTYPE", STANDARDCOSTTYPEID="LAB", PROJECTID="T1", TASKID="9")
        )[0]
    )
    assert (
        "already exists"
        in texts_of(
            shared, create("COSTTYPE", STANDARDCOSTTYPEID="LAB", PROJECTID="T1", TASKID="1")
        )[0]
    )
    assert "used by COSTTYPE" in texts_of(shared, delete("TASK", task))[0]


def test_exchange_rates_are_written_once_with_their_entries(shared: Gateway) -> None:
    entry = (
        "<EXCHANGERATEENTRIES><EXCHANGERATEENTRY>"
        "<EFFECTIVE_START_DATE>01/01/2026</EFFECTIVE_START_DATE>"
        "<EXCHANGE_RATE>1.25</EXCHANGE_RATE></EXCHANGERATEENTRY></EXCHANGERATEENTRIES>"
    )
    words = {"TYPENAME": "House rate", "FROM_CURRENCY": "GBP", "TO_CURRENCY": "USD"}

    assert "at least one" in texts_of(shared, create("EXCHANGERATE", **words))[0]
    number = made(shared, "EXCHANGERATE", entry, **words)
    [kept] = shared.sandbox(f"tables/EXCHANGERATEENTRY?EXCHANGERATEKEY={number}").json()
    assert (kept["EFFECTIVE_START_DATE"], kept["EXCHANGE_RATE"]) == ("01/01/2026", "1.25")
    assert float(kept["RECIPROCAL_RATE"]) == 0.8
    assert (
        "House rate, GBP, USD  already exists"
        in (texts_of(shared, create("EXCHANGERATE", entry, **words))[0])
    )
    assert (
        "must differ"
        in texts_of(shared, create("EXCHANGERATE", entry, **{**words, "TO_CURRENCY": "GBP"}))[0]
    )
    assert (
        "UPDATE is not supported"
        in texts_of(shared, update("EXCHANGERATE", RECORDNO=number, TYPENAME="x"))[0]
    )
