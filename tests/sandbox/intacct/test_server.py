from __future__ import annotations

import gzip
import socket
from urllib.parse import urlsplit

import pytest

from tests.sandbox.intacct.speaking import Gateway, request

SETUP = "<query><object>DEPARTMENT</object><select><field>TITLE</field></select></query>"


@pytest.mark.parametrize("kind", ["application/xml", "text/xml", "x-intacct-xml-request"])
def test_a_post_of_every_known_content_type_is_answered(gateway: Gateway, kind: str) -> None:
    answer = gateway.post(request(SETUP), kind)

    assert answer.status_code == 200
    assert b"<status>success</status>" in answer.content


def test_another_content_type_is_refused_and_so_is_get(gateway: Gateway) -> None:
    refused = gateway.post(request(SETUP), "application/json")

    assert (refused.status_code, b"invalidRequest" in refused.content) == (400, True)
    assert gateway.client.get(gateway.url).status_code == 405


def test_the_answer_is_text_xml_and_zipped_only_when_offered(gateway: Gateway) -> None:
    plain = gateway.post(request(SETUP), **{"Accept-Encoding": "identity"})
    zipped = gateway.post(request(SETUP), **{"Accept-Encoding": "gzip,deflate"})

    assert plain.headers["Content-Type"] == 'text/xml; encoding="UTF-8"'
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert b"Operations" in plain.content
    assert b"Operations" in zipped.content


def test_head_and_body_come_in_one_piece_and_the_connection_stays_open(gateway: Gateway) -> None:
    parts = urlsplit(gateway.url)
    body = request(SETUP).encode()
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as wire:
        for _ in range(2):
            wire.sendall(head + body)
            piece = wire.recv(65536)
            assert piece.startswith(b"HTTP/1.1 200 OK\r\n")
            assert piece.rstrip().endswith(b"</response>")


def test_a_zipped_answer_unzips_to_the_plain_one(gateway: Gateway) -> None:
    parts = urlsplit(gateway.url)
    body = request(SETUP).encode()
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
        f"Accept-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as wire:
        wire.sendall(head + body)
        answer = wire.recv(65536)

    assert b"<TITLE>Operations</TITLE>" in gzip.decompress(answer.split(b"\r\n\r\n", 1)[1])
