from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from lxml import etree

from sandbox.intacct.server import LocalIntacct
from sandbox.intacct.settings import Settings
from tests.sandbox.intacct.speaking import (
    LOGIN,
    Gateway,
    control,
    errors,
    request,
    texts,
)

SETUP = "<getFinancialSetup/>"
SESSION = "<getAPISession/>"


def opened(gateway: Gateway, call: str = SESSION, sign_in: str = LOGIN) -> tuple[str, str, str]:
    data = gateway.done(call, sign_in)
    return (
        data.findtext("api/sessionid") or "",
        data.findtext("api/endpoint") or "",
        data.findtext("api/locationid") or "",
    )


def resumed(session: str) -> str:
    return f"<sessionid>{session}</sessionid>"


def place(answer: etree._Element) -> str | None:
    return answer.findtext("operation/authentication/locationid")


@pytest.mark.parametrize(
    "body",
    [
        b"<request><control>",
        b"not xml at all",
        b"",
        b"<request/>",
        b"<other/>",
        request(SETUP).replace('controlid="f1"', "").encode(),
        request("<query/><query/>").encode(),
        request(SETUP).replace("<companyid>acme</companyid>", "").encode(),
        request(SETUP).replace("3.0", "2.1").encode(),
    ],
)
def test_a_malformed_document_fails_at_the_control_level(gateway: Gateway, body: bytes) -> None:
    answer = etree.fromstring(gateway.post(body).content)

    assert texts(answer, "control/status") == ["failure"]
    assert errors(answer)[0][0] == "XL03000003"
    assert answer.find("operation") is None


def test_a_doctype_is_refused_and_entities_are_never_expanded(gateway: Gateway) -> None:
    bomb = '<!DOCTYPE request [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    body = request(SETUP).replace("<request>", f"{bomb}<request>").replace("from test", "&b;")

    answer = gateway.post(body).content

    assert b"XL03000003" in answer
    assert b"haha" not in answer


@pytest.mark.parametrize(
    "head", [control(password="wrong"), control(sender="nobody"), control(sender="")]
)
def test_a_wrong_sender_is_http_400_and_nothing_is_echoed(gateway: Gateway, head: str) -> None:
    http = gateway.post(request(SETUP, head=head))
    answer = etree.fromstring(http.content)

    assert http.status_code == 400
    assert errors(answer)[0][0] == "GW-0011"
    assert [one.tag for one in answer[0]] == ["status"]
    assert answer.find("operation") is None


def test_by_setting_a_wrong_sender_is_http_200_with_the_older_number(company: Path) -> None:
    local = LocalIntacct(company, settings=Settings(wrong_sender_is_400=False))
    local.start()
    with httpx.Client() as client:
        http = Gateway(client, local.url).post(request(SETUP, head=control(password="wrong")))
    local.stop()

    assert (http.status_code, b"XL03000006" in http.content) == (200, True)
    assert b"<operation>" not in http.content


def test_a_sender_the_company_did_not_let_in_fails_at_sign_in_and_both_are_named(
    gateway: Gateway,
) -> None:
    answer = gateway.ask(SETUP, head=control(sender="stranger"))

    assert texts(answer, "control/status") == ["success"]
    assert texts(answer, "operation/authentication/status") == ["failure"]
    assert texts(answer, "operation/errormessage/error/description") == [
        "Invalid Web Services Authorization"
    ]
    number, text = errors(answer)[0]
    assert (number, "stranger" in text, "acme" in text) == ("XL03000006", True, True)


@pytest.mark.parametrize(
    ("right", "wrong"), [("pw!", "pw"), ("bot_user", "nobody"), (">acme<", ">other<")]
)
def test_wrong_sign_in_values_fail_beside_authentication_without_results(
    gateway: Gateway, right: str, wrong: str
) -> None:
    http = gateway.post(request(SETUP, sign_in=LOGIN.replace(right, wrong)))
    answer = etree.fromstring(http.content)

    assert http.status_code == 200
    assert texts(answer, "control/status") == ["success"]
    assert texts(answer, "operation/authentication/status") == ["failure"]
    assert texts(answer, "operation/errormessage/error/errorno") == ["XL03000006"]
    assert answer.find("operation/result") is None


def test_an_unknown_session_fails_at_sign_in(gateway: Gateway) -> None:
    answer = gateway.ask(SETUP, sign_in=resumed("invented"))

    assert texts(answer, "operation/authentication/status") == ["failure"]
    assert errors(answer)[0][0] == "XL03000006"


def test_control_is_echoed_without_the_password(gateway: Gateway) -> None:
    http = gateway.post(request(SETUP, head=control(unique="False")))
    answer = etree.fromstring(http.content)

    assert [(one.tag, one.text) for one in answer[0]] == [
        ("status", "success"),
        ("senderid", "sandbox_sender"),
        ("controlid", "from test"),
        ("uniqueid", "false"),
        ("dtdversion", "3.0"),
    ]
    assert b"sender_pw" not in http.content
    assert b"pw!" not in http.content


def test_times_have_a_numeric_offset_and_the_end_comes_after(gateway: Gateway) -> None:
    answer = gateway.ask(SETUP)
    at = answer.findtext("operation/authentication/sessiontimestamp") or ""
    until = answer.findtext("operation/authentication/sessiontimeout") or ""

    for one in (at, until):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", one)
    assert at < until


def test_each_call_moves_the_end_of_a_session_forward_until_it_expires(company: Path) -> None:
    now = [datetime(2026, 3, 1, 9, 0, tzinfo=UTC)]
    local = LocalIntacct(company, clock=lambda: now[0])
    local.start()
    with httpx.Client() as client:
        gateway = Gateway(client, local.url)
        session = resumed(opened(gateway)[0])
        statuses = []
        for minutes in (90, 90, 121):
            now[0] += timedelta(minutes=minutes)
            answer = gateway.ask(SETUP, sign_in=session)
            statuses += texts(answer, "operation/authentication/status")
    local.stop()

    assert statuses == ["success", "success", "failure"]


def test_the_top_level_has_an_empty_location_everywhere(gateway: Gateway) -> None:
    answer = gateway.ask(SESSION, sign_in=LOGIN.replace("</login>", "<locationid/></login>"))

    assert texts(answer, "operation/authentication/locationid") == [""]
    assert texts(answer, "operation/result/data/api/locationid") == [""]


def test_an_entity_session_stays_in_its_entity_and_an_empty_locationid_climbs_back(
    gateway: Gateway,
) -> None:
    enter = "<getAPISession><locationid>200</locationid></getAPISession>"
    climb = "<getAPISession><locationid/></getAPISession>"
    in_uk, _, named = opened(gateway, enter)
    stayed, _, still = opened(gateway, SESSION, resumed(in_uk))
    climbed, _, top = opened(gateway, climb, resumed(stayed))

    assert (named, still, top) == ("200", "200", "")
    assert place(gateway.ask(SETUP, sign_in=resumed(stayed))) == "200"
    assert not place(gateway.ask(SETUP, sign_in=resumed(climbed)))


def test_an_unknown_entity_is_refused_by_session_and_by_login(gateway: Gateway) -> None:
    call = "<getAPISession><locationid>999</locationid></getAPISession>"
    login = LOGIN.replace("</login>", "<locationid>999</locationid></login>")

    assert gateway.refusal(call)[0][0] == "Get API Session Failed"
    assert texts(gateway.ask(SETUP, sign_in=login), "operation/authentication/status") == [
        "failure"
    ]


def test_the_pipe_form_of_a_company_enters_the_entity(gateway: Gateway) -> None:
    answer = gateway.ask(SETUP, sign_in=LOGIN.replace(">acme<", ">console|acme|200<"))

    assert place(answer) == "200"


def test_a_session_must_be_asked_for_alone(gateway: Gateway) -> None:
    answer = gateway.ask(SESSION, SETUP)

    assert texts(answer, "operation/result/status") == ["failure", "success"]


def test_the_endpoint_answers_and_may_be_another_address(company: Path, gateway: Gateway) -> None:
    session, endpoint, _ = opened(gateway)
    there = Gateway(gateway.client, endpoint)
    local = LocalIntacct(company, settings=Settings(advertised_url="http://127.0.0.1:9/other"))
    local.start()
    with httpx.Client() as client:
        _, elsewhere, _ = opened(Gateway(client, local.url))
    local.stop()

    assert texts(there.ask(SETUP, sign_in=resumed(session)), "operation/result/status") == [
        "success"
    ]
    assert elsewhere == "http://127.0.0.1:9/other"


def test_an_unknown_transport_policy_is_refused(gateway: Gateway) -> None:
    answer = gateway.ask(SETUP, head=control(more="<policyid>p1</policyid>"))

    assert errors(answer) == [("XL03000006", "'p1' is not a valid transport policy.")]
    assert answer.find("operation") is None
