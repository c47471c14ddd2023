from __future__ import annotations

import pytest
from lxml import etree

from tests.sandbox.intacct.speaking import LOGIN, READER, Gateway, control

HEAD = control(more="<showadditionalerrorinfo>true</showadditionalerrorinfo>")
SECOND = (
    "<create><GLBUDGETHEADER><BUDGETID>2026 Budget</BUDGETID><DESCRIPTION>d</DESCRIPTION>"
    "</GLBUDGETHEADER></create>"
)
LINE = (
    "<GLENTRY><ACCOUNTNO>{}</ACCOUNTNO><TR_TYPE>{}</TR_TYPE><TRX_AMOUNT>1</TRX_AMOUNT>"
    "<LOCATION>{}</LOCATION></GLENTRY>"
)


def entry(*lines: tuple[str, str, str], day: str = "03/01/2026") -> str:
    inside = "".join(LINE.format(*line) for line in lines)
    return (
        f"<create><GLBATCH><JOURNAL>GJ</JOURNAL><BATCH_DATE>{day}</BATCH_DATE>"
        f"<BATCH_TITLE>t</BATCH_TITLE><ENTRIES>{inside}</ENTRIES></GLBATCH></create>"
    )


def known(gateway: Gateway, call: str, sign_in: str = LOGIN) -> tuple[str | None, ...]:
    more = gateway.result(call, sign_in, HEAD).find("errormessage/error/additionalinfo")
    assert more is not None, etree.tostring(gateway.result(call, sign_in, HEAD))
    return more.findtext("category"), more.findtext("description/messageid")


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (
            "<create><GLBUDGETHEADER><BUDGETID>x</BUDGETID></GLBUDGETHEADER></create>",
            ("REQUIRED", "IA.REQUIRED_FIELD_MISSING"),
        ),
        (
            SECOND,
            ("DUPLICATE", "IA.DUPLICATE_BUDGET"),
        ),
        (entry(("1000", "1", "100"), ("4000", "1", "100")), ("BALANCE", "IA.OUT_OF_BALANCE")),
        (entry(("1000", "1", "100"), ("none", "-1", "100")), ("NOT_FOUND", "IA.NOT_FOUND")),
        (entry(("1000", "1", "100"), ("6999", "-1", "100")), ("INACTIVE", "IA.INACTIVE")),
        (
            "<delete><object>GLBATCH</object><keys>999</keys></delete>",
            ("NOT_FOUND", "IA.NOT_FOUND"),
        ),
        (
            "<query><object>CLASS</object><select><field>X</field></select></query>",
            ("QUERY", "IA.FIELD_NOT_QUERYABLE"),
        ),
        ("<surprise/>", ("", "")),
    ],
)
def test_errors_we_know_have_a_category_and_a_message_id(
    gateway: Gateway, call: str, expected: tuple[str, str]
) -> None:
    assert known(gateway, call) == expected


def test_a_closed_period_and_a_missing_right_are_told_apart(gateway: Gateway) -> None:
    gateway.sandbox("close", {"through": "2026-02-28"})
    late = entry(("1000", "1", "100"), ("4000", "-1", "100"), day="02/01/2026")

    assert known(gateway, late) == ("PERIOD", "IA.PERIOD_CLOSED")
    assert known(gateway, late, READER) == ("PERMISSION", "IA.NO_PERMISSION")
