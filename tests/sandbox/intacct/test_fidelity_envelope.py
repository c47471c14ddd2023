"""The lines of the fidelity checklist about HTTP, the envelope and signing in: 1 to 13, 47 and 49.

Line 50, the clients others published, is a script of the benchmarks.
"""

from __future__ import annotations

import gzip
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from lxml import etree

from sandbox.intacct.settings import Settings
from tests.sandbox.intacct.speaking import (
    LOGIN,
    Gateway,
    control,
    errors,
    request,
    served,
    texts,
)

SETUP = "<getFinancialSetup/>"
WRONG = "<query><object>NOTHING</object><select><field>X</field></select></query>"
SESSION = "<getAPISession/>"
NINE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def session(gateway: Gateway, inside: str = "", sign_in: str = LOGIN) -> str:
    data = gateway.done(f"<getAPISession>{inside}</getAPISession>", sign_in)
    return f"<sessionid>{data.findtext('api/sessionid')}</sessionid>"


def place(gateway: Gateway, sign_in: str) -> str | None:
    answer = gateway.ask(SETUP, sign_in=sign_in)
    return answer.findtext("operation/authentication/locationid")


def wire(gateway: Gateway, document: str, more: str = "") -> tuple[bytes, bytes]:
    """What a single `recv` brings after one POST: the head, and the body it begins."""
    parts, body = urlsplit(gateway.url), document.encode()
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n{more}"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as held:
        held.sendall(head + body)
        first, _, rest = held.recv(65536).partition(b"\r\n\r\n")
    return first, rest


def test_01_post_is_accepted_in_three_content_types_and_get_is_not(shared: Gateway) -> None:
    for kind in ("application/xml", "text/xml", "x-intacct-xml-request", "text/xml; charset=UTF-8"):
        answer = shared.post(request(SETUP), kind)
        assert (answer.status_code, b"<status>success" in answer.content) == (200, True)
    other = shared.post(request(SETUP), "application/json")

    assert (other.status_code, b"invalidRequest" in other.content) == (400, True)
    assert shared.client.get(shared.url).status_code == 405


def test_02_the_answer_is_utf_8_xml_and_zipped_only_when_offered(shared: Gateway) -> None:
    plain, body = wire(shared, request(SETUP))
    zipped, packed = wire(shared, request(SETUP), "Accept-Encoding: gzip,deflate\r\n")
    any_, _ = wire(shared, request(SETUP), "Accept-Encoding: *\r\n")
    refused, _ = wire(shared, request(SETUP), "Accept-Encoding: gzip;q=0\r\n")

    assert b'Content-Type: text/xml; encoding="UTF-8"' in plain
    assert body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert b"Content-Encoding" not in plain
    assert b"Content-Encoding" not in refused
    assert b"Content-Encoding: gzip" in zipped
    assert b"Content-Encoding: gzip" in any_
    assert gzip.decompress(packed)[:200] == body[:200]


def test_03_business_errors_are_http_200(shared: Gateway) -> None:
    answer = shared.post(request(WRONG))

    assert (answer.status_code, b"<status>failure" in answer.content) == (200, True)


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
def test_04_a_malformed_document_fails_at_the_control_level(shared: Gateway, body: bytes) -> None:
    answer = etree.fromstring(shared.post(body).content)

    assert texts(answer, "control/status") == ["failure"]
    assert errors(answer)[0][0] == "XL03000003"
    assert answer.find("operation") is None


def test_05_a_wrong_sender_fails_at_the_control_level_in_either_form(
    shared: Gateway, company: Path, client: httpx.Client
) -> None:
    wrong = [control(password="wrong"), control(sender="nobody"), control(sender="")]
    newer = [shared.post(request(SETUP, head=head)) for head in wrong]
    with served(company, client, Settings(wrong_sender_is_400=False)) as gateway:
        older = [gateway.post(request(SETUP, head=head)) for head in wrong]

    assert [(one.status_code, b"GW-0011" in one.content) for one in newer] == [(400, True)] * 3
    assert [(one.status_code, b"XL03000006" in one.content) for one in older] == [(200, True)] * 3
    assert not any(b"<operation>" in one.content for one in newer + older)
    assert [one.tag for one in etree.fromstring(newer[0].content)[0]] == ["status"]


def test_06_a_sender_the_company_did_not_let_in_fails_at_sign_in_and_both_are_named(
    shared: Gateway,
) -> None:
    answer = shared.ask(SETUP, head=control(sender="stranger"))
    number, text = errors(answer)[0]

    assert texts(answer, "control/status") == ["success"]
    assert texts(answer, "operation/authentication/status") == ["failure"]
    assert texts(answer, "operation/errormessage/error/description") == [
        "Invalid Web Services Authorization"
    ]
    assert (number, "stranger" in text, "acme" in text) == ("XL03000006", True, True)


@pytest.mark.parametrize(
    ("right", "wrong"), [("pw!", "pw"), ("bot_user", "nobody"), (">acme<", ">other<")]
)
def test_07_wrong_sign_in_values_fail_beside_authentication_without_results(
    shared: Gateway, right: str, wrong: str
) -> None:
    http = shared.post(request(SETUP, sign_in=LOGIN.replace(right, wrong)))
    answer = etree.fromstring(http.content)

    assert http.status_code == 200
    assert texts(answer, "control/status") == ["success"]
    assert texts(answer, "operation/authentication/status") == ["failure"]
    assert texts(answer, "operation/errormessage/error/errorno") == ["XL03000006"]
    assert answer.find("operation/result") is None


def test_08_an_unknown_or_expired_session_fails_at_sign_in_and_never_as_a_5xx(
    company: Path, client: httpx.Client
) -> None:
    now = [NINE]
    with served(company, client, clock=lambda: now[0]) as gateway:
        held = session(gateway)
        now[0] += timedelta(hours=2)
        ended = [
            gateway.post(request(SETUP, sign_in=one))
            for one in (held, "<sessionid>invented</sessionid>", "<sessionid/>")
        ]

    for http in ended:
        answer = etree.fromstring(http.content)
        assert http.status_code == 200
        assert texts(answer, "operation/authentication/status") == ["failure"]
        assert errors(answer)[0][0] == "XL03000006"


def test_09_control_is_echoed_without_the_password(shared: Gateway) -> None:
    http = shared.post(request(SETUP, head=control(unique="False")))

    assert [(one.tag, one.text) for one in etree.fromstring(http.content)[0]] == [
        ("status", "success"),
        ("senderid", "sandbox_sender"),
        ("controlid", "from test"),
        ("uniqueid", "false"),
        ("dtdversion", "3.0"),
    ]
    assert b"sender_pw" not in http.content
    assert b"pw!" not in http.content


def test_10_times_have_a_numeric_offset_and_the_end_moves_with_each_call(
    company: Path, client: httpx.Client
) -> None:
    now, seen = [NINE], []
    with served(company, client, clock=lambda: now[0]) as gateway:
        held = session(gateway)
        for minutes in (90, 90, 121):
            now[0] += timedelta(minutes=minutes)
            answer = gateway.ask(SETUP, sign_in=held).find("operation/authentication")
            assert answer is not None
            seen.append((answer.findtext("sessiontimestamp"), answer.findtext("sessiontimeout")))

    assert seen == [
        ("2026-03-01T10:30:00+00:00", "2026-03-01T12:30:00+00:00"),
        ("2026-03-01T12:00:00+00:00", "2026-03-01T14:00:00+00:00"),
        (None, None),
    ]


def test_11_locations_are_there_when_they_are_empty(shared: Gateway) -> None:
    answer = shared.ask(SESSION, sign_in=LOGIN.replace("</login>", "<locationid/></login>"))

    assert texts(answer, "operation/authentication/locationid") == [""]
    assert texts(answer, "operation/result/data/api/locationid") == [""]


def test_12_a_session_enters_an_entity_stays_and_climbs_back(shared: Gateway) -> None:
    entered = session(shared, "<locationid>200</locationid>")
    stayed = session(shared, sign_in=entered)
    climbed = session(shared, "<locationid/>", sign_in=stayed)
    unknown = "<getAPISession><locationid>999</locationid></getAPISession>"

    assert [place(shared, one) or "" for one in (entered, stayed, climbed)] == ["200", "200", ""]
    assert shared.refusal(unknown)[0][0] == "Get API Session Failed"


def test_13_the_endpoint_answers_and_may_be_another_address(
    shared: Gateway, company: Path, client: httpx.Client
) -> None:
    data = shared.done(SESSION)
    there = Gateway(client, data.findtext("api/endpoint") or "")
    held = f"<sessionid>{data.findtext('api/sessionid')}</sessionid>"
    elsewhere = Settings(advertised_url="http://127.0.0.1:9/other/xmlgw.phtml")
    with served(company, client, elsewhere) as gateway:
        said = gateway.done(SESSION).findtext("api/endpoint")
        beside = Gateway(client, gateway.url.replace("/ia/xml/", "/elsewhere/"))
        assert beside.done(SETUP, session(gateway)) is not None

    assert texts(there.ask(SETUP, sign_in=held), "operation/result/status") == ["success"]
    assert said == elsewhere.advertised_url


def test_47_one_more_than_the_limit_waits_and_the_next_is_held_and_then_refused_in_xml(
    gateway: Gateway,
) -> None:
    gateway.sandbox("limits", {"concurrency": 1, "queue_seconds": 0.8})
    gateway.sandbox("fault", {"kind": "slow", "seconds": 0.5, "count": 2})

    def asked(_: int) -> tuple[httpx.Response, float]:
        began = time.monotonic()
        return gateway.post(request(SETUP)), time.monotonic() - began

    with ThreadPoolExecutor(3) as pool:
        ended = sorted(pool.map(asked, range(3)), key=lambda one: one[0].status_code)
    third, held = ended[-1]
    answer = etree.fromstring(third.content)

    assert [one.status_code for one, _ in ended] == [200, 200, 429]
    assert held >= 0.8
    assert third.headers["Content-Type"].startswith("text/xml")
    assert [one.tag for one in answer] == ["control", "errormessage"]
    assert [(one.tag, one.text) for one in answer[0]] == [("status", "failure")]
    assert errors(answer)[0][0] == "GW-0010"


def test_49_head_and_body_come_in_one_piece_so_nothing_stalls(shared: Gateway) -> None:
    parts, body = urlsplit(shared.url), request(SETUP).encode()
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    took = []
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as held:
        for _ in range(50):
            began = time.monotonic()
            held.sendall(head)  # Nagle keeps the body back until the head is acknowledged
            held.sendall(body)
            piece = held.recv(65536)
            took.append(time.monotonic() - began)
            assert piece.startswith(b"HTTP/1.1 200 OK\r\n")
            assert re.search(rb"</response>\s*\Z", piece)

    assert min(took[20:]) < 0.03  # where acknowledgements are delayed, all of these take 40 ms
