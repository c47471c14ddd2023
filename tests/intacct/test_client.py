from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep

import httpx
import pytest
from lxml import etree

from intacct.client import Address, Intacct
from intacct.errors import (
    DuplicateDocument,
    Garbled,
    IntacctError,
    OffLine,
    OutcomeUnknown,
    Refused,
    Rejected,
    Unreachable,
)
from intacct.gate import IN_FLIGHT
from intacct.wire import element
from tests.intacct.paper import (
    ADDRESS,
    NINE,
    Desk,
    Sheet,
    control_failure,
    errors,
    page,
    result,
    results,
    signed_in,
)

EMPTY = results(result("<data/>"))
DOWN = httpx.ConnectError("refused")
HTML = {"content-type": "text/html"}


def wrote(key: str = "k-1") -> httpx.Response:
    return results(
        result("<data><glbudgetheader><RECORDNO>7</RECORDNO></glbudgetheader></data>",
               control_id=key)
    )  # fmt: skip


def failed(number: str, words: str, key: str = "k-1") -> httpx.Response:
    return results(result(errors((number, words)), control_id=key, status="failure"))


def to_another(request: str) -> httpx.Response:
    """A refusal, whole and well formed, of somebody else's request."""
    control = f"<control><status>failure</status><controlid>{request}</controlid></control>"
    return page(f"<response>{control}{errors(('1', 'no'))}</response>")


@pytest.mark.parametrize("stray", [failed("1", "no account", "k-2"), to_another("k-2")])
def test_a_refusal_of_somebody_else_s_write_says_nothing_about_ours(stray: Sheet) -> None:
    desk = Desk(signed_in(), stray)

    with pytest.raises(OutcomeUnknown, match=r"another request|not to what was asked"):
        desk.books.write(element("create"), key="k-1")

    assert len(desk.paper.requests) == 2


@pytest.mark.parametrize(
    "failure",
    [
        DOWN,
        httpx.ConnectTimeout("slow"),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.RemoteProtocolError("closed without an answer"),
        page("<html/>", 502, HTML),
        page("<html/>", 524, HTML),
        page("<html/>", 200, HTML),
        results(result(errors(("X", "API rate limit exceeded")), status="failure")),
        control_failure(("GW-0010", "throttled"), status=429),
    ],
)
def test_a_question_nobody_answered_is_asked_again(failure: Sheet) -> None:
    desk = Desk(signed_in(), failure, failure, EMPTY)

    desk.books.ask(element("one"))

    assert [function for function, _ in desk.outcomes] == ["getAPISession", "one", "one", "one"]
    assert desk.outcomes[-1] == ("one", "success")
    assert len(desk.waits) == 2


def test_a_question_is_given_up_after_four_times_and_each_wait_is_longer() -> None:
    desk = Desk(signed_in(), DOWN)

    with pytest.raises(Unreachable):
        desk.books.ask(element("one"))

    assert desk.outcomes[1:] == [("one", "Unreachable")] * 4
    first, second, third = desk.waits
    assert 0.5 <= first <= 1 <= second <= 2 <= third <= 4


def test_busy_waits_as_long_as_it_was_told_to_but_not_longer_than_a_minute() -> None:
    busy = [page("<response/>", 429, {"retry-after": s}) for s in ("7", "3600")]
    desk = Desk(signed_in(), *busy, EMPTY)

    desk.books.ask(element("one"))

    assert desk.waits == [7.0, 60.0]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (page("<response><cut"), Garbled),
        (results(result(errors(("1", "no")), status="failure")), Refused),
        (httpx.DecodingError("bad gzip"), Garbled),
    ],
)
def test_a_question_that_was_answered_is_not_asked_again(
    sheet: Sheet, expected: type[IntacctError]
) -> None:
    desk = Desk(signed_in(), sheet)

    with pytest.raises(expected):
        desk.books.ask(element("one"))

    assert len(desk.paper.requests) == 2
    assert desk.waits == []


@pytest.mark.parametrize(
    "lost",
    [
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("closed without an answer"),
        httpx.DecodingError("bad gzip"),
        page("<html/>", 200, HTML),
        page("<html/>", 524, HTML),
        page("<response/>", 503),
        page("<response><control><status>success</status></control>"),
        page("<response/>"),
        wrote("another-key"),
    ],
)
def test_a_write_without_a_readable_answer_is_unknown_and_never_repeated(lost: Sheet) -> None:
    desk = Desk(signed_in(), lost)

    with pytest.raises(OutcomeUnknown):
        desk.books.write(element("create"), key="k-1")

    assert desk.outcomes == [("getAPISession", "success"), ("create", "OutcomeUnknown")]
    assert desk.waits == []


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (DOWN, Unreachable),
        (httpx.ConnectTimeout("slow"), Unreachable),
        (httpx.PoolTimeout("full"), Unreachable),
        (failed("X", "Temporarily Off-line"), OffLine),
        (failed("1", "no account"), Rejected),
        (failed("BL34000061", "Another one already exists"), DuplicateDocument),
    ],
)
def test_a_write_that_was_certainly_not_done_says_so(
    sheet: Sheet, expected: type[IntacctError]
) -> None:
    desk = Desk(signed_in(), sheet)

    with pytest.raises(IntacctError) as raised:
        desk.books.write(element("create"), key="k-1")

    assert type(raised.value) is expected
    assert len(desk.paper.requests) == 2


def test_signing_in_for_a_write_is_tried_again_since_nothing_has_left() -> None:
    desk = Desk(httpx.ReadTimeout("slow"), signed_in(), wrote())

    desk.books.write(element("create"), key="k-1")

    assert [function for function, _ in desk.outcomes] == [
        "getAPISession",
        "getAPISession",
        "create",
    ]


def test_a_write_is_done_once_under_its_key_and_a_question_as_often_as_asked() -> None:
    desk = Desk(signed_in(), wrote(), EMPTY)

    answer = desk.books.write(element("create"), key="k-1")
    desk.books.ask(element("one"))

    sign_in, write, question = (desk.paper.asked(n) for n in range(3))
    assert [r.findtext("control/uniqueid") for r in (sign_in, write, question)] == [
        "false",
        "true",
        "false",
    ]
    assert write.findtext("control/controlid") == "k-1"
    assert answer.control_id == "k-1"


def test_requests_are_xml_and_take_gzip() -> None:
    desk = Desk(signed_in(), EMPTY)

    desk.books.ask(element("one"))

    headers = desk.paper.requests[1].headers
    assert headers["content-type"] == "application/xml"
    assert headers["accept-encoding"] == "gzip"


def test_every_request_is_on_record_once_with_the_hash_of_what_it_asked_and_got() -> None:
    three = results(*(result("<data/>", control_id=str(n)) for n in (1, 2, 3)))
    desk = Desk(signed_in(), three)

    desk.books.ask(element("get"), element("get"), element("look"))

    _, call = desk.calls
    content = desk.paper.asked(1).find("operation/content")
    assert content is not None
    assert call.request_sha256 == hashlib.sha256(etree.tostring(content)).hexdigest()
    assert call.reply_sha256 == hashlib.sha256(three.content).hexdigest()
    assert call.control_id == desk.paper.asked(1).findtext("control/controlid")
    assert (call.at, call.function, call.outcome) == (NINE, "get ×2, look", "success")
    assert call.ms >= 0


def test_a_header_that_makes_no_sense_does_not_hide_what_came_of_a_write() -> None:
    odd = "1 Jan 2026 00:00:00 +99999999999999999999"
    desk = Desk(signed_in(), page("<html/>", 503, {**HTML, "retry-after": odd, "date": odd}))

    with pytest.raises(OutcomeUnknown):
        desk.books.write(element("create"), key="k-1")


def test_the_same_question_has_the_same_hash_whoever_asks_it_in_whatever_session() -> None:
    desk = Desk(signed_in("s-1"), EMPTY)
    other = Desk(signed_in("s-2"), EMPTY)

    desk.books.ask(element("one"))
    other.books.ask(element("one"))

    assert desk.calls[1].request_sha256 == other.calls[1].request_sha256
    assert desk.calls[1].control_id != other.calls[1].control_id


def test_a_request_without_an_answer_is_on_record_without_a_hash_of_one() -> None:
    desk = Desk(signed_in(), httpx.ReadTimeout("slow"))

    with pytest.raises(OutcomeUnknown):
        desk.books.write(element("create"), key="k-1")

    assert (desk.calls[1].reply_sha256, desk.calls[1].outcome) == ("", "OutcomeUnknown")


def test_a_failure_is_on_record_with_what_sage_calls_it() -> None:
    refused = errors(("BL01", "No account [Support ID: aZ1%7Ey]"))
    desk = Desk(signed_in(), results(result(refused, status="failure")))

    with pytest.raises(Refused) as raised:
        desk.books.ask(element("one"))

    assert str(raised.value) == "No account"
    assert str(desk.calls[1].marks) == "BL01, support id aZ1~y"
    assert str(desk.calls[0].marks) == ""


class Crowd(httpx.BaseTransport):
    """Counts how many requests are with it at one time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.now = self.most = self.sign_ins = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        signing_in = b"getAPISession" in request.read()
        with self.lock:
            self.now += 1
            self.sign_ins += signing_in
            self.most = max(self.most, self.now)
        sleep(0.02)
        with self.lock:
            self.now -= 1
        sheet = signed_in() if signing_in else EMPTY
        return httpx.Response(200, headers=sheet.headers, content=sheet.content)


def test_eight_threads_share_one_session_and_two_requests_at_a_time() -> None:
    crowd = Crowd()
    books = Intacct(ADDRESS, clock=lambda: NINE, on_call=lambda _: None, transport=crowd)

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(books.ask, element("one")) for _ in range(16)]
        answers = [question.result() for question in asked]
    books.close()

    assert len(answers) == 16
    assert crowd.sign_ins == 1
    assert crowd.most == IN_FLIGHT


def test_an_address_nobody_listens_at_is_unreachable() -> None:
    nowhere = Address("http://127.0.0.1:9/ia/xml/xmlgw.phtml", "s", "p", "c", "u", "p")
    waits: list[float] = []
    books = Intacct(nowhere, clock=lambda: NINE, on_call=lambda _: None, wait=waits.append)

    with pytest.raises(Unreachable, match="nothing left: ConnectError"):
        books.ask(element("one"))
    books.close()

    assert len(waits) == 3
