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
    ],
)
def test_a_fault_nobody_knows_is_refused(gateway: Gateway, words: dict[str, object]) -> None:
    assert gateway.sandbox("fault", words).status_code == 400
