from __future__ import annotations

from contextlib import suppress

import httpx
import pytest
from lxml import etree

from intacct.billing import billed
from intacct.errors import IntacctError
from intacct.wire import element
from tests.intacct.paper import (
    Desk,
    Sheet,
    authentication_failure,
    control_failure,
    errors,
    page,
    result,
    results,
    signed_in,
)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("<query><object>GLDETAIL</object></query>", 1),
        ("<readByQuery/>", 1),
        ("<readMore/>", 1),
        ("<create><CLASS/><CLASS/><VENDOR/></create>", 3),
        ("<create><GLBATCH><ENTRIES><GLENTRY/><GLENTRY/></ENTRIES></GLBATCH></create>", 1),
        ("<update><CLASS/></update>", 1),
        ("<delete><object>CLASS</object><keys>1,2, 3</keys></delete>", 3),
        ("<create_invoice><invoiceitems><lineitem/><lineitem/></invoiceitems></create_invoice>", 1),
        ("<getAPISession/>", 0),
    ],
)
def test_pages_and_records_count_and_lines_do_not(call: str, expected: int) -> None:
    assert billed([etree.fromstring(call)]) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (results(result("<data/>", control_id="k-1")), 2),
        (httpx.ReadTimeout("slow"), 2),  # it may have been done
        (page("<html/>", 524, {"content-type": "text/html"}), 2),
        (httpx.ConnectError("refused"), 0),
        (results(result(errors(("1", "no account")), control_id="k-1", status="failure")), 0),
        (authentication_failure(("XL03000006", "Sign-in information is incorrect")), 0),
        (control_failure(("GW-0011", "Invalid Request"), status=400), 0),
        (control_failure(("GW-0010", "throttled"), status=429), 0),
    ],
)
def test_what_was_or_may_have_been_done_is_counted_and_what_was_refused_is_not(
    answer: Sheet, expected: int
) -> None:
    desk = Desk(signed_in(), answer)

    with suppress(IntacctError):
        desk.books.write(element("create", None, element("A"), element("B")), key="k-1")

    assert desk.gate.billed == expected
