from __future__ import annotations

import time

import httpx
import pytest
from lxml import etree

from tests.sandbox.intacct.speaking import Gateway, errors, request, texts

SETUP = "<getFinancialSetup/>"
CREATE = (
    "<create><GLBUDGETHEADER><BUDGETID>Plan</BUDGETID><DESCRIPTION>d</DESCRIPTION>"
    "</GLBUDGETHEADER></create>"
)


def plans(gateway: Gateway) -> int:
    return len(gateway.sandbox("tables/GLBUDGETHEADER?BUDGETID=Plan").json())


def fault(gateway: Gateway, **words: object) -> None:
    assert gateway.sandbox("fault", words).json() == {"ok": True}


def test_a_lost_reply_leaves_the_work_done(gateway: Gateway) -> None:
    fault(gateway, kind="lose_reply", function="create")
    gateway.done(SETUP)

    with pytest.raises(httpx.RemoteProtocolError):
        gateway.post(request(CREATE))
    assert plans(gateway) == 1
    assert gateway.refusal(CREATE)[0][0] == "BL34000061"


def test_down_closes_before_anything_is_done(gateway: Gateway) -> None:
    fault(gateway, kind="down")

    with pytest.raises(httpx.TransportError):
        gateway.post(request(CREATE))
    assert plans(gateway) == 0
    gateway.done(CREATE)


def test_busy_is_a_429_in_xml_for_as_often_as_asked(gateway: Gateway) -> None:
    fault(gateway, kind="busy", count=2)

    answers = [gateway.post(request(SETUP)) for _ in range(3)]
    assert [one.status_code for one in answers] == [429, 429, 200]
    root = etree.fromstring(answers[0].content)
    assert errors(root)[0][0] == "GW-0010"
    assert [one.tag for one in root[0]] == ["status"]


def test_garbled_is_a_page_of_the_network_in_between(gateway: Gateway) -> None:
    fault(gateway, kind="garbled")
    fault(gateway, kind="garbled", status=200)

    first, second = gateway.post(request(CREATE)), gateway.post(request(CREATE))
    assert (first.status_code, second.status_code) == (524, 200)
    assert first.headers["Content-Type"].startswith("text/html")
    assert b"cf-error-details" in first.content
    assert plans(gateway) == 0


def test_cut_is_half_an_answer(gateway: Gateway) -> None:
    fault(gateway, kind="cut")

    with pytest.raises(httpx.RemoteProtocolError):
        gateway.post(request(CREATE))
    assert plans(gateway) == 1


def test_slow_takes_its_time_and_answers(gateway: Gateway) -> None:
    fault(gateway, kind="slow", seconds=0.3)

    began = time.monotonic()
    gateway.done(SETUP)
    assert time.monotonic() - began >= 0.3


def test_expired_sessions_are_refused_and_a_new_one_works(gateway: Gateway) -> None:
    def session() -> str:
        data = gateway.done("<getAPISession/>")
        return f"<sessionid>{data.findtext('api/sessionid')}</sessionid>"

    held = session()
    fault(gateway, kind="expire_sessions")
    answer = gateway.ask(SETUP, sign_in=held)
    assert texts(answer, "operation/authentication/status") == ["failure"]

    held = session()
    fault(gateway, kind="expire_sessions", function="query")
    gateway.done(SETUP, held)
    query = "<query><object>CLASS</object><select><field>NAME</field></select></query>"
    assert gateway.ask(query, sign_in=held).find("operation/result") is None
    gateway.done(SETUP, session())


def test_a_session_may_end_in_the_middle_of_a_batch(gateway: Gateway) -> None:
    opened = gateway.done("<getAPISession/>").findtext("api/sessionid")
    held = f"<sessionid>{opened}</sessionid>"
    fault(gateway, kind="expire_sessions", after=1)
    results = gateway.ask(CREATE, SETUP, sign_in=held).findall("operation/result")

    assert [one.findtext("status") for one in results] == ["success", "failure"]
    assert errors(results[1]) == [("XL03000006", "The session is invalid or has expired.")]
    assert texts(gateway.ask(SETUP, sign_in=held), "operation/authentication/status") == ["failure"]
    assert plans(gateway) == 1


def test_who_signed_in_with_a_password_has_no_session_to_lose(gateway: Gateway) -> None:
    fault(gateway, kind="expire_sessions", after=1)

    results = gateway.ask(SETUP, SETUP).findall("operation/result")
    assert [one.findtext("status") for one in results] == ["success", "success"]


def test_a_transaction_half_done_is_undone_and_nobody_answers(gateway: Gateway) -> None:
    fault(gateway, kind="half_transaction")
    both = request(CREATE, CREATE.replace("Plan", "Second"), transaction="true")

    with pytest.raises(httpx.RemoteProtocolError):
        gateway.post(both)
    assert plans(gateway) == 0
    assert b"<status>aborted" not in gateway.post(both).content
    assert plans(gateway) == 1


def test_outside_of_a_transaction_the_first_function_stays_done(gateway: Gateway) -> None:
    fault(gateway, kind="half_transaction", function="create")

    with pytest.raises(httpx.RemoteProtocolError):
        gateway.post(request(CREATE, CREATE.replace("Plan", "Second")))
    heads = gateway.sandbox("tables/GLBUDGETHEADER").json()
    assert [one["BUDGETID"] for one in heads] == ["2026 Budget", "Plan"]


def test_a_billion_laughs_are_a_small_answer_with_nested_entities(gateway: Gateway) -> None:
    fault(gateway, kind="billion_laughs")
    answer = gateway.post(request(CREATE))

    assert (answer.status_code, len(answer.content) < 2000) == (200, True)
    assert answer.content.count(b"<!ENTITY") == 11
    with pytest.raises(etree.XMLSyntaxError, match="amplification"):
        etree.fromstring(answer.content)
    assert plans(gateway) == 1


def test_a_huge_answer_is_well_formed_and_holds_the_real_one(gateway: Gateway) -> None:
    fault(gateway, kind="huge", megabytes=3)
    body = gateway.post(request(SETUP)).content

    assert 3 * 1024 * 1024 < len(body) < 3 * 1024 * 1024 + 4000
    assert texts(etree.fromstring(body), "operation/result/status") == ["success"]


def test_busy_says_when_to_come_again_only_if_asked_to(gateway: Gateway) -> None:
    fault(gateway, kind="busy")
    fault(gateway, kind="busy", retry_after=7)

    answers = [gateway.post(request(SETUP)).headers.get("Retry-After") for _ in range(2)]
    assert answers == [None, "7"]


def test_faults_can_be_called_off(gateway: Gateway) -> None:
    fault(gateway, kind="busy", count=9)
    fault(gateway, kind="none")

    gateway.done(SETUP)


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"kind": "surprise"},
        {"kind": "busy", "count": 0},
        {"kind": "busy", "count": "two"},
        {"kind": "slow", "seconds": -1},
        {"kind": "down", "function": "create"},
        {"kind": "garbled", "status": 99},
        {"kind": "huge", "megabytes": 0},
        {"kind": "busy", "retry_after": -1},
    ],
)
def test_a_fault_nobody_knows_is_refused(gateway: Gateway, words: dict[str, object]) -> None:
    assert gateway.sandbox("fault", words).status_code == 400
