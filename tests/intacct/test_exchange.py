"""Answers that hurt, through a real socket: each is one clear error, and memory stays bounded."""

from __future__ import annotations

import gzip
import resource
import tracemalloc
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from intacct.client import Address, Intacct
from intacct.errors import Garbled, IntacctError, OffLine, OutcomeUnknown, Unreachable
from intacct.exchange import Outgoing, Received
from intacct.wire import element
from tests.intacct.paper import NINE, Patience, result, results
from tests.intacct.rude import Body, Rude

MEGABYTE = 1024 * 1024
HEAD, TAIL = results(result("<data numremaining='0'>|</data>")).content.split(b"|")
RECORD = b"<ROW><RECORDNO>1</RECORDNO><NOTE>" + b"x" * 1000 + b"</NOTE></ROW>"
LAUGHS = b"".join(
    b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(10)
)


@contextmanager
def asking(body: Body, *, status: int = 200, **headers: str) -> Iterator[tuple[Rude, Intacct]]:
    server, patience = Rude(body, status=status, **headers), Patience()
    books = Intacct(
        Address(server.url, "s", "p", "acme", "u", "p"),
        clock=lambda: NINE,
        on_call=lambda _: None,
        gate=patience.gate(),
        timeout_seconds=10,
        largest_answer=80 * MEGABYTE,
        wait=patience.waits.append,
    )
    yield server, books
    books.close()
    server.stop()


def page(times: int) -> Iterable[bytes]:
    yield HEAD
    for _ in range(times):
        yield RECORD
    yield TAIL


def bomb(megabytes: int) -> Iterable[bytes]:
    """As much as that in zeros, which gzip makes a thousand times smaller."""
    squeeze = zlib.compressobj(9, wbits=31)
    yield squeeze.compress(HEAD)
    for _ in range(megabytes):
        yield squeeze.compress(bytes(MEGABYTE))
    yield squeeze.flush()


HURTING: dict[str, tuple[Body, type[IntacctError], str]] = {
    "cut in the middle": (lambda: [HEAD, RECORD[:500]], Garbled, "no readable XML"),
    "billion laughs": (
        lambda: [b"<!DOCTYPE response [", LAUGHS, b"]><response>&l9;</response>"],
        Garbled,
        "DOCTYPE|no readable XML",
    ),
    "laughs in an attribute": (
        lambda: [b"<!DOCTYPE response [", LAUGHS, b"]><response a='&l9;'/>"],
        Garbled,
        "DOCTYPE|no readable XML",
    ),
    "a file of ours": (
        lambda: [b"<!DOCTYPE response [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>", HEAD, TAIL],
        Garbled,
        "no readable XML|DOCTYPE",
    ),
    "a DOCTYPE": (lambda: [b"<!DOCTYPE response>", HEAD, TAIL], Garbled, "DOCTYPE"),
    "nothing": (lambda: [b""], Garbled, "no readable XML"),
    "no XML at all": (lambda: [b"\x00\xff\xfe" * 9], Garbled, "no readable XML"),
}


@pytest.mark.parametrize("name", HURTING)
def test_an_answer_that_hurts_is_one_clear_error_and_is_not_asked_for_again(name: str) -> None:
    body, expected, words = HURTING[name]
    with asking(body) as (server, books):
        with pytest.raises(expected, match=words):
            books.ask(element("query"))

        assert server.asked == 1


@pytest.mark.parametrize("name", HURTING)
def test_a_write_whose_answer_hurts_is_unknown_and_never_repeated(name: str) -> None:
    with asking(HURTING[name][0]) as (server, books):
        with pytest.raises(OutcomeUnknown):
            books.write(element("create", None, element("X")), key="k-1")

        assert server.asked == 1


@pytest.mark.parametrize(
    ("status", "expected"), [(200, Unreachable), (524, Unreachable), (502, OffLine), (503, OffLine)]
)
def test_a_page_of_the_machines_in_front_is_asked_again_for_a_question_only(
    status: int, expected: type[IntacctError]
) -> None:
    def html() -> list[bytes]:
        return [b"<html><div class='cf-error-details'>a timeout occurred</div></html>"]

    with asking(html, status=status, Content_Type="text/html") as (server, books):
        with pytest.raises(expected):
            books.ask(element("query"))
        asked = server.asked
        with pytest.raises(OutcomeUnknown):
            books.write(element("create", None, element("X")), key="k-1")

    assert asked >= 4
    assert server.asked == asked + 1


def test_an_answer_of_the_wrong_kind_is_not_read() -> None:
    with (
        asking(lambda: [b"RECORDNO\n1\n"], Content_Type="text/csv") as (_, books),
        pytest.raises(Garbled, match="text/csv and no XML"),
    ):
        books.ask(element("query"))


def test_a_page_of_fifty_megabytes_is_read_within_bounded_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with asking(lambda: page(50 * MEGABYTE // len(RECORD))) as (_, books):
        (answer,) = books.ask(element("query"))

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert len(answer.data) == 50 * MEGABYTE // len(RECORD)
    assert grown < 300 * MEGABYTE


def test_an_answer_beyond_the_limit_is_dropped_while_it_comes() -> None:
    sent: list[int] = []

    def endless() -> Iterable[bytes]:
        yield HEAD
        while len(sent) < 1000:  # a gigabyte, if anybody listened
            sent.append(1)
            yield RECORD * 1000

    with (
        asking(endless) as (_, books),
        pytest.raises(Garbled, match="longer than 83,886,080 bytes"),
    ):
        books.ask(element("query"))

    assert len(sent) < 120


def test_a_gzip_bomb_is_not_unpacked_beyond_the_limit() -> None:
    packed = b"".join(bomb(200))
    tracemalloc.start()
    with (
        asking(lambda: [packed], Content_Encoding="gzip") as (_, books),
        pytest.raises(Garbled, match="longer than"),
    ):
        books.ask(element("query"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(packed) < MEGABYTE
    assert peak < 300 * MEGABYTE


def test_a_zipped_answer_is_read_and_a_broken_one_is_garbled() -> None:
    packed = gzip.compress(HEAD + RECORD + TAIL)

    with asking(lambda: [packed], Content_Encoding="gzip") as (_, books):
        (answer,) = books.ask(element("query"))
    broken = [packed[:20], b"broken"]
    with (
        asking(lambda: broken, Content_Encoding="gzip") as (_, books),
        pytest.raises(Garbled),
    ):
        books.ask(element("query"))

    assert len(answer.data) == 1


def test_an_answer_zipped_twice_is_not_unpacked() -> None:
    packed = gzip.compress(gzip.compress(HEAD + TAIL))

    with (
        asking(lambda: [packed], Content_Encoding="gzip, gzip") as (_, books),
        pytest.raises(Garbled, match="nobody asked for"),
    ):
        books.ask(element("query"))


def test_neither_what_leaves_nor_what_comes_shows_its_body() -> None:
    out = Outgoing("https://x", b"<password>secret</password>", 0, writing=False, background=False)
    received = Received(200, {}, b"<sessionid>secret</sessionid>")

    assert "secret" not in f"{out} {received}"


def test_an_answer_shorter_than_it_said_is_asked_for_again() -> None:
    with asking(lambda: [HEAD], Content_Length=str(len(HEAD) + 1)) as (server, books):
        with pytest.raises(Unreachable):
            books.ask(element("query"))

        assert server.asked == 4
