from __future__ import annotations

import httpx
import pytest

from intacct.errors import (
    Busy,
    Garbled,
    IntacctError,
    NotFound,
    OffLine,
    TransactionUndone,
    Unreachable,
)
from intacct.reply import Asked, read_reply
from tests.intacct.paper import (
    control_failure,
    errors,
    page,
    received,
    result,
    results,
)

HTML = {"content-type": "text/html; charset=UTF-8"}
CDN = "<html><body><div class='cf-error-details'>Error 524</div></body></html>"


ONE = Asked(("1",))
WRITE = Asked(("1",), writing=True)


def test_each_function_has_its_answer_in_order() -> None:
    sheet = results(
        result("<data listtype='A' numremaining='3'><A/><A/></data>", control_id="1"),
        result("<key>Purchase Order-PO1</key>", control_id="2"),
    )

    reply = read_reply(received(sheet), Asked(("1", "2")))

    assert [answer.control_id for answer in reply.answers] == ["1", "2"]
    assert len(reply.answers[0].records) == 2
    assert reply.answers[0].count("numremaining") == 3
    with pytest.raises(Garbled, match="without data"):
        _ = reply.answers[1].data
    with pytest.raises(Garbled):
        reply.answers[0].count("totalcount")


@pytest.mark.parametrize("count", [1, 3, "9" * 5000])
def test_records_that_are_not_as_many_as_said_are_garbled(count: object) -> None:
    sheet = results(result(f"<data count='{count}' numremaining='0'><A/><A/></data>"))
    (answer,) = read_reply(received(sheet), ONE).answers

    with pytest.raises(Garbled):
        _ = answer.records


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (page(CDN, 200, HTML), Unreachable),
        (page(CDN, 524, HTML), Unreachable),
        (page(CDN, 403, HTML), Unreachable),
        (page("", 302, {"location": "https://example.com/"}), Unreachable),
        (page("<response/>", 503), OffLine),
        (page(CDN, 502, HTML), OffLine),
        (page("ok", 200, {"content-type": "text/plain"}), Garbled),
        (page("ok", 200, {"content-length": "2"}), Garbled),
        (page("<response><control><status>suc"), Garbled),
        (page("<other/>"), Garbled),
        (page("<response/>"), Garbled),
        (page("<response><control><status>perhaps</status></control></response>"), Garbled),
        (page("<response><control><status>success</status></control></response>"), Garbled),
        (results(), Garbled),
        (results(result("<data/>", control_id="2")), Garbled),
        (results(result("<data/>"), result("<data/>")), Garbled),
        (results(result("<data/>", status="maybe")), Garbled),
        (
            results(
                result(
                    errors(("XL03000009", "The entire transaction has been rolled back")),
                    status="aborted",
                )
            ),
            TransactionUndone,
        ),
        (results(result(errors(("1", "Object definition X not found")), status="failure")), None),
    ],
)
def test_what_is_no_answer_is_told_from_what_is_a_refusal(
    sheet: httpx.Response, expected: type[IntacctError] | None
) -> None:
    with pytest.raises(expected or NotFound) as raised:
        read_reply(received(sheet), WRITE if expected is TransactionUndone else ONE)

    assert type(raised.value) is (expected or NotFound)


def test_what_passes_says_when_to_come_back_where_intacct_does() -> None:
    throttled = control_failure(("GW-0010", "throttled"), status=429)

    with pytest.raises(Busy) as told:
        read_reply(received(throttled), WRITE, told_to_wait=7.0)
    with pytest.raises(Busy) as untold:
        read_reply(received(throttled), WRITE)
    with pytest.raises(OffLine) as closed:
        read_reply(received(page("<response/>", 503)), ONE, told_to_wait=30.0)

    assert (told.value.seconds, untold.value.seconds, closed.value.seconds) == (7.0, None, 30.0)


def test_a_failure_beside_answers_is_raised_and_not_hidden_by_them() -> None:
    both = results(
        result("<data/>", control_id="1"),
        result(errors(("1", "Object definition X not found")), control_id="2", status="failure"),
    )

    with pytest.raises(NotFound):
        read_reply(received(both), Asked(("1", "2")))
