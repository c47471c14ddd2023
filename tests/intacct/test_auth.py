from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from intacct.auth import LONGEST_USE, may_be_endpoint, usable
from intacct.errors import CompanyExpired, Garbled, NotAuthorised, NotSignedIn, Refused
from intacct.wire import element
from tests.intacct.paper import (
    ADDRESS,
    NINE,
    URL,
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

EMPTY = results(result("<data/>"))
ENDED = authentication_failure(("XL03000006", "Sign-in information is incorrect"))


def test_a_session_is_opened_once_and_used_for_the_requests_after_it() -> None:
    desk = Desk(signed_in("s-1"), EMPTY)

    desk.books.ask(element("one"))
    desk.books.ask(element("two"))

    assert [r.findtext(".//sessionid") for r in map(desk.paper.asked, range(3))] == [
        None,
        "s-1",
        "s-1",
    ]
    assert [call.function for call in desk.calls] == ["getAPISession", "one", "two"]


def test_the_sign_in_names_company_user_and_password_in_the_old_parsers_order() -> None:
    desk = Desk(signed_in(), EMPTY)

    desk.books.ask(element("one"))

    login = desk.paper.asked(0).find("operation/authentication/login")
    assert login is not None
    assert [(part.tag, part.text) for part in login] == [
        ("userid", "bot_user"),
        ("companyid", "acme"),
        ("password", "user-secret"),
    ]


def test_each_entity_has_a_session_of_its_own() -> None:
    desk = Desk(signed_in("top"), EMPTY, signed_in("us", entity="100"), EMPTY)

    desk.books.ask(element("one"))
    desk.books.ask(element("two"), entity="100")

    assert desk.paper.asked(0).find(".//getAPISession/locationid") is None
    assert desk.paper.asked(2).findtext(".//getAPISession/locationid") == "100"
    assert desk.paper.asked(3).findtext(".//sessionid") == "us"
    assert [call.entity for call in desk.calls] == ["", "", "100", "100"]


def test_a_session_of_another_entity_than_asked_for_is_not_used() -> None:
    desk = Desk(signed_in("top", entity=""))

    with pytest.raises(NotSignedIn, match="asked for entity “100”"):
        desk.books.ask(element("one"), entity="100")

    assert len(desk.calls) == 1


def test_a_session_is_renewed_after_fifty_minutes() -> None:
    now = [NINE]
    desk = Desk(signed_in("s-1"), EMPTY, EMPTY, signed_in("s-2"), EMPTY, clock=lambda: now[0])

    desk.books.ask(element("one"))
    now[0] = NINE + timedelta(minutes=49)
    desk.books.ask(element("two"))
    now[0] = NINE + timedelta(minutes=50)
    desk.books.ask(element("three"))

    assert [call.function for call in desk.calls] == [
        "getAPISession",
        "one",
        "two",
        "getAPISession",
        "three",
    ]


@pytest.mark.parametrize(
    ("ends", "minutes"),
    [
        ("2026-01-31T11:00:00+00:00", 50.0),  # two hours: our own limit comes first
        ("2026-01-31T09:40:00+00:00", 38.0),  # 40 minutes, two of them kept as a margin
        ("2026-01-31T09:10:00+00:00", 9.0),  # a tenth is kept where two minutes are much
        ("2026-01-31T01:40:00-08:00", 38.0),
        ("2026-01-31T08:00:00+00:00", 0.0),
        ("", 50.0),
    ],
)
def test_a_session_is_used_until_shortly_before_its_own_end(ends: str, minutes: float) -> None:
    told = element(
        "authentication",
        None,
        element("sessiontimestamp", "2026-01-31T09:00:00+00:00"),
        element("sessiontimeout", ends),
    )

    assert usable(told) == timedelta(minutes=minutes)


def test_a_sign_in_that_says_nothing_of_time_is_good_for_fifty_minutes() -> None:
    assert usable(None) == LONGEST_USE


def test_later_requests_go_to_the_endpoint_the_sign_in_named() -> None:
    there = "https://www-p04.intacct.com/ia/xml/xmlgw.phtml"
    desk = Desk(signed_in("s-1", endpoint=there), EMPTY)

    desk.books.ask(element("one"))

    assert [str(r.url) for r in desk.paper.requests] == [URL, there]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://evil.example.net/ia/xml/xmlgw.phtml",
        "http://gateway.example.com/ia/xml/xmlgw.phtml",
        "http://api.intacct.com/ia/xml/xmlgw.phtml",
        "https://intacct.com.evil.net/x",
        "https://notintacct.com/x",
        "https://user@gateway.example.com/x",
        "https:///x",
        "https://[broken/x",
        "https://evil.example.net\\.intacct.com/x",
        "https://api.intacct.com:99999999/x",
    ],
)
def test_credentials_do_not_follow_to_another_house(endpoint: str) -> None:
    desk = Desk(signed_in("s-1", endpoint=endpoint.replace("&", "&amp;")))

    with pytest.raises(Garbled, match="not Intacct's"):
        desk.books.ask(element("one"))

    assert len(desk.paper.requests) == 1


def test_the_same_host_and_intacct_itself_may_be_endpoints() -> None:
    assert may_be_endpoint("http://127.0.0.1:5/x", "http://127.0.0.1:4/ia/xml/xmlgw.phtml")
    assert may_be_endpoint("https://api.intacct.com/x", URL)
    assert may_be_endpoint("https://intacct.com/x", URL)


def test_a_session_that_ended_is_replaced_once_and_the_request_repeated() -> None:
    desk = Desk(signed_in("s-1"), ENDED, signed_in("s-2"), EMPTY)

    desk.books.ask(element("one"))

    assert desk.outcomes == [
        ("getAPISession", "success"),
        ("one", "NotSignedIn"),
        ("getAPISession", "success"),
        ("one", "success"),
    ]
    assert desk.paper.asked(3).findtext(".//sessionid") == "s-2"


def test_a_session_refused_twice_is_final_and_the_next_request_signs_in_anew() -> None:
    desk = Desk(signed_in("s-1"), ENDED, signed_in("s-2"), ENDED, signed_in("s-3"), EMPTY)

    with pytest.raises(NotSignedIn):
        desk.books.ask(element("one"))
    desk.books.ask(element("two"))

    assert [call.function for call in desk.calls].count("getAPISession") == 3


def test_a_write_whose_session_ended_was_not_done_and_leaves_again_under_its_key() -> None:
    done = results(result("<data><x><RECORDNO>7</RECORDNO></x></data>", control_id="k-1"))
    desk = Desk(signed_in("s-1"), ENDED, signed_in("s-2"), done)

    desk.books.write(element("create"), key="k-1")

    keys = [desk.paper.asked(n).find(".//function") for n in (1, 3)]
    assert [key.get("controlid") for key in keys if key is not None] == ["k-1", "k-1"]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (ENDED, NotSignedIn),
        (control_failure(("XMLGW_JPP0002", "Sign-in information is incorrect"), status=401),
         NotSignedIn),
        (control_failure(("UJPP0002", "Sign-in information is incorrect"), status=401),
         NotSignedIn),
        (control_failure(("PL04000055", "This demo company has expired")), CompanyExpired),
        (page("", status=401, headers={"content-type": "text/plain"}), NotSignedIn),
        (control_failure(("GW-0011", "Invalid Request"), status=400), NotAuthorised),
        (control_failure(("XL03000006", "Incorrect Intacct XML Partner ID or password.")),
         NotAuthorised),
        (authentication_failure(
            ("XL03000006", "Sender ID 'x' is not authorized to make Web Services requests")),
         NotAuthorised),
        (results(result("<errormessage><error><errorno>Get API Session Failed</errorno>"
                        "<description2>Location 999 not found</description2></error>"
                        "</errormessage>", status="failure")),
         NotSignedIn),
    ],
)  # fmt: skip
def test_a_refused_sign_in_is_final(sheet: Sheet, expected: type[Refused]) -> None:
    desk = Desk(sheet)

    with pytest.raises(expected):
        desk.books.ask(element("one"))

    assert [function for function, _ in desk.outcomes] == ["getAPISession"]
    assert desk.waits == []


def test_neither_address_nor_session_show_their_secrets() -> None:
    desk = Desk(signed_in("the-session-id"), EMPTY)
    desk.books.ask(element("one"))

    shown = repr(ADDRESS) + repr(desk.calls) + repr(desk.books)

    assert "secret" not in shown
    assert "the-session-id" not in shown


def test_an_error_that_quotes_a_password_or_session_is_told_without_it() -> None:
    quoting = ("XL03000006", "user-secret, sender-secret and s-77 are wrong")
    desk = Desk(signed_in("s-77"), authentication_failure(quoting))

    with pytest.raises(NotSignedIn, match=r"^\*\*\*, \*\*\* and"):
        desk.books.ask(element("one"))


def test_a_mark_that_quotes_a_password_is_on_record_without_it() -> None:
    quoting = errors(("user-secret", "wrong [Support ID: for%20sender-secret]"))
    desk = Desk(signed_in(), results(result(quoting, status="failure")))

    with pytest.raises(Refused):
        desk.books.ask(element("one"))

    assert str(desk.calls[-1].marks) == "***, support id for ***"


def test_the_clock_of_the_server_does_not_matter() -> None:
    far_off = replace(ADDRESS, company_id="other")
    now = [datetime(2031, 5, 1, tzinfo=UTC)]
    desk = Desk(signed_in(), EMPTY, address=far_off, clock=lambda: now[0])

    desk.books.ask(element("one"))
    desk.books.ask(element("two"))

    assert [call.function for call in desk.calls] == ["getAPISession", "one", "two"]
