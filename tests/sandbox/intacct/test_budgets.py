from __future__ import annotations

import pytest
from lxml import etree

from tests.sandbox.intacct.speaking import IN_UK, READER, Gateway, table, texts

JANUARY, FEBRUARY, MARCH = (
    f"Month Ended {month} 2026" for month in ("January", "February", "March")
)


def item(amount: str, account: str = "4000", period: str = MARCH, **more: str) -> str:
    words = {"ACCT_NO": account, "PERIODNAME": period, "AMOUNT": amount, **more}
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in words.items())
    return f"<GLBUDGETITEM>{inside}</GLBUDGETITEM>"


def header(*items: str, **words: str) -> str:
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in words.items())
    held = f"<GLBUDGETITEMS>{''.join(items)}</GLBUDGETITEMS>"
    return f"<GLBUDGETHEADER>{inside}{held}</GLBUDGETHEADER>"


def create(*items: str, name: str = "Plan", **words: str) -> str:
    return f"<create>{header(*items, BUDGETID=name, DESCRIPTION='d', **words)}</create>"


def update(*items: str, **words: str) -> str:
    return f"<update>{header(*items, **words)}</update>"


def rows(gateway: Gateway, key: int = 1) -> list[dict[str, str]]:
    data = gateway.done(
        "<query><object>GLBUDGETITEM</object><select><field>RECORDNO</field><field>ACCT_NO</field>"
        "<field>PERIODNAME</field><field>DEPT_NO</field><field>LOCATION_NO</field>"
        "<field>AMOUNT</field></select><filter><equalto><field>BUDGETKEY</field>"
        f"<value>{key}</value></equalto></filter></query>"
    )
    return table(data)


def amounts(gateway: Gateway, key: int = 1) -> list[str]:
    return [row["AMOUNT"] for row in rows(gateway, key)]


def test_a_new_budget_answers_with_its_keys_only(gateway: Gateway) -> None:
    data = gateway.done(create(item("20000"), item("-0.05", period=JANUARY, DEPT_NO="OPS")))

    assert dict(data.items()) == {"listtype": "objects", "count": "1"}
    assert [(one.tag, table(data)) for one in data] == [
        ("glbudgetheader", [{"RECORDNO": "2", "BUDGETID": "Plan"}])
    ]
    assert rows(gateway, 2) == [
        {
            "RECORDNO": "4",
            "ACCT_NO": "4000",
            "PERIODNAME": MARCH,
            "DEPT_NO": "",
            "LOCATION_NO": "",
            "AMOUNT": "20000.00",
        },
        {
            "RECORDNO": "5",
            "ACCT_NO": "4000",
            "PERIODNAME": JANUARY,
            "DEPT_NO": "OPS",
            "LOCATION_NO": "",
            "AMOUNT": "-0.05",
        },
    ]


def test_amounts_keep_every_cent_however_large(gateway: Gateway) -> None:
    sent = ["90071992547409.93", "0.01", "-123456789.10", ".5"]
    gateway.done(
        create(
            *(
                item(one, dept, DEPT_NO=d)
                for one, dept, d in zip(
                    sent,
                    ("4000", "4000", "4100", "4100"),
                    ("SALES", "OPS", "SALES", "OPS"),
                    strict=True,
                )
            )
        )
    )

    assert amounts(gateway, 2) == ["90071992547409.93", "0.01", "-123456789.10", "0.50"]


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        (item("1", account="6999"), "'6999' is inactive"),
        (item("1", period="Month Ended May 1999"), "Month Ended May 1999"),
        (item("1", period="Quarter Ended March 2026"), "not open for budgeting"),
        (item("1", DEPT_NO="NONE"), "Department 'NONE' does not exist"),
        (item("1", DEPT_NO="OLD"), "Department 'OLD' is inactive"),
        (item("1", LOCATION_NO="999"), "Location '999' does not exist"),
        (item("1", PROJECTID="P1"), "Project 'P1' does not exist"),
        (item("1.005"), "AMOUNT '1.005' is not an amount"),
        (item("1e3"), "AMOUNT '1e3' is not a number"),
        (item("99999999999999999999"), "AMOUNT '99999999999999999999' is not an amount"),
        (item(""), "AMOUNT is missing"),
        (item("1", COLOUR="red"), "Field COLOUR"),
        (item("1", RECORDNO="1"), "Cannot find GLBUDGETITEM"),
    ],
)
def test_an_item_that_will_not_do_is_refused_by_name(
    gateway: Gateway, bad: str, named: str
) -> None:
    refusal = gateway.refusal(create(item("5", period=JANUARY), bad))

    assert named in refusal[0][1]
    assert refusal[-1] == ("BL01001973", "Could not create GLBUDGETHEADER record.")


def test_everything_wrong_is_said_at_once(gateway: Gateway) -> None:
    refusal = gateway.refusal(
        create(item("1", account="x"), item("1", DEPT_NO="y"), item("1", LOCATION_NO="z"))
    )

    assert [text.split("'")[1] for _, text in refusal[:-1]] == ["x", "y", "z"]


@pytest.mark.parametrize("missing", ["BUDGETID", "DESCRIPTION"])
def test_a_header_needs_its_id_and_description(gateway: Gateway, missing: str) -> None:
    call = create(item("1")).replace(f"<{missing}>", "<X>").replace(f"</{missing}>", "</X>")
    call = call.replace("<X>Plan</X>", "").replace("<X>d</X>", "")

    assert missing in gateway.refusal(call)[0][1]


def test_a_consolidated_budget_needs_a_currency(gateway: Gateway) -> None:
    assert "CURRENCY" in gateway.refusal(create(ISCONSOLIDATED="true"))[0][1]
    gateway.done(create(ISCONSOLIDATED="true", CURRENCY="USD"))


def test_the_same_account_period_and_place_twice_is_refused(gateway: Gateway) -> None:
    twice = create(item("1", DEPT_NO="OPS"), item("2", DEPT_NO="OPS"))
    held = update(item("1", period=JANUARY, DEPT_NO="SALES", LOCATION_NO="100"), RECORDNO="1")

    assert gateway.refusal(twice)[0][0] == "BL34000061"
    assert gateway.refusal(held)[0][0] == "BL34000061"
    gateway.done(create(item("1", DEPT_NO="OPS"), item("2", DEPT_NO="SALES")))


def test_an_empty_element_clears_and_an_absent_one_stays(gateway: Gateway) -> None:
    gateway.done(update(item("1", period=JANUARY, RECORDNO="1", DEPT_NO=""), RECORDNO="1"))

    assert (rows(gateway)[0]["DEPT_NO"], rows(gateway)[0]["LOCATION_NO"]) == ("", "100")


def test_a_refused_update_changes_nothing_but_keeps_the_records_before_it(
    gateway: Gateway,
) -> None:
    good = header(RECORDNO="1", DESCRIPTION="new")
    bad = header(item("1", account="x"), BUDGETID="2026 Budget", DESCRIPTION="newer")
    result = gateway.result(f"<update>{good}{bad}</update>")

    assert texts(result, "status") == ["failure"]
    assert result[3].get("count") == "1"
    [head] = gateway.sandbox("tables/GLBUDGETHEADER").json()
    assert head["DESCRIPTION"] == "new"
    assert amounts(gateway) == ["900.00", "2100.00", "380.00"]


def test_updating_what_does_not_exist_says_so_in_the_number(gateway: Gateway) -> None:
    [(number, text)] = gateway.refusal(update(BUDGETID="UT99"))

    assert number == "Cannot update non-existing GLBUDGETHEADER with BUDGETID=UT99."
    assert text == ""


def test_there_is_one_default_budget(gateway: Gateway) -> None:
    gateway.done(create(DEFAULT_BUDGET="true"))

    heads = gateway.sandbox("tables/GLBUDGETHEADER").json()
    assert [(one["BUDGETID"], one["DEFAULT_BUDGET"]) for one in heads] == [
        ("2026 Budget", "false"),
        ("Plan", "true"),
    ]


def test_a_restriction_to_contracts_cannot_change_once_there_are_items(gateway: Gateway) -> None:
    assert "ISPCNBUDGET" in gateway.refusal(update(RECORDNO="1", ISPCNBUDGET="true"))[0][1]


def test_a_deleted_budget_is_gone_with_its_items_and_the_trail_says_so(gateway: Gateway) -> None:
    gateway.done_without_data("<delete><object>GLBUDGETHEADER</object><keys>1</keys></delete>")

    trail = gateway.done(
        "<query><object>AUDITHISTORY</object><select><field>OBJECTTYPE</field>"
        "<field>OBJECTKEY</field><field>ACCESSMODE</field><field>USERID</field>"
        "<field>SOURCE</field></select>"
        "<filter><equalto><field>ACCESSMODE</field><value>D</value></equalto></filter></query>"
    )
    assert rows(gateway) == []
    assert table(trail) == [
        {
            "OBJECTTYPE": "glbudgetheader",
            "OBJECTKEY": "1",
            "ACCESSMODE": "D",
            "USERID": "bot_user",
            "SOURCE": "api",
        }
    ]


def test_who_may_only_read_may_read_and_nothing_else(gateway: Gateway) -> None:
    calls = {
        "CREATE": create(),
        "UPDATE": update(RECORDNO="1", DESCRIPTION="x"),
        "DELETE": "<delete><object>GLBUDGETHEADER</object><keys>1</keys></delete>",
    }

    for operation, call in calls.items():
        [(_, text)] = gateway.refusal(call, READER)
        assert text.startswith(f"You do not have permission for API operation {operation}")
    read = "<read><object>GLBUDGETHEADER</object><keys>1</keys></read>"
    assert texts(gateway.done(read, READER), "GLBUDGETHEADER/BUDGETID") == ["2026 Budget"]


def test_an_entity_writes_to_its_own_locations_and_owns_what_it_writes(gateway: Gateway) -> None:
    assert "100" in gateway.refusal(create(item("1", LOCATION_NO="100")), IN_UK)[0][1]

    gateway.done(create(item("1", LOCATION_NO="200")), IN_UK)
    [head] = gateway.sandbox("tables/GLBUDGETHEADER?BUDGETID=Plan").json()
    assert head["MEGAENTITYID"] == "200"


def test_one_call_takes_a_hundred_records_all_or_none(gateway: Gateway) -> None:
    heads = [header(BUDGETID=f"B{n}", DESCRIPTION="d") for n in range(101)]

    assert gateway.refusal(f"<create>{''.join(heads)}</create>")
    twice = gateway.result(f"<create>{heads[0]}{heads[1]}{heads[0]}</create>")
    assert dict(twice[3].items()) == {"listtype": "objects", "count": "0"}
    assert len(gateway.sandbox("tables/GLBUDGETHEADER").json()) == 1
    gateway.done(f"<create>{''.join(heads[:100])}</create>")


def test_objects_that_are_not_written_here_are_refused_by_name(gateway: Gateway) -> None:
    line = "<create><GLENTRY><ACCOUNTNO>1000</ACCOUNTNO></GLENTRY></create>"
    stand_alone = f"<create>{item('1')}</create>"

    assert "GLENTRY" in gateway.refusal(line)[0][1]
    assert "GLBUDGETITEM" in gateway.refusal(stand_alone)[0][1]
    assert "NOTHING" in gateway.refusal("<create><NOTHING/></create>")[0][1]


def test_markup_in_a_description_comes_back_as_it_was(gateway: Gateway) -> None:
    words = "a < b & c > \"d\" 'é' 日本"
    call = etree.fromstring(create())
    description = call.find("GLBUDGETHEADER/DESCRIPTION")
    assert description is not None
    description.text = words
    gateway.done(etree.tostring(call, encoding="unicode"))

    read = "<readByName><object>GLBUDGETHEADER</object><keys>Plan</keys></readByName>"
    assert texts(gateway.done(read), "GLBUDGETHEADER/DESCRIPTION") == [words]
