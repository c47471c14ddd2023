"""The local gateway misbehaves, and the conversation goes on or says plainly that it cannot."""

from __future__ import annotations

import pytest

from intacct.errors import Garbled, OutcomeUnknown, Unreachable
from intacct.post import find_posted, post
from intacct.read.setup import read_setup
from intacct.wire import element
from tests.intacct.local import Local
from tests.intacct.test_local_posting import PLAN, budgets

SETUP = "getFinancialSetup"


def test_sessions_that_end_are_replaced_by_one_new_sign_in(local: Local) -> None:
    books = local.books()
    read_setup(books)
    local.fault("expire_sessions")

    read_setup(books)
    read_setup(books)

    assert local.outcomes("getAPISession") == ["success", "success"]
    assert local.outcomes(SETUP) == ["success", "NotSignedIn", "success", "success"]


def test_a_write_whose_session_ended_enters_once(local: Local) -> None:
    books = local.books()
    read_setup(books)
    local.fault("expire_sessions")

    post(books, PLAN, "p:1")

    assert local.outcomes("create") == ["NotSignedIn", "success"]
    assert budgets(local) == ["2026 Budget", "FCST-1"]


@pytest.mark.parametrize(
    ("kind", "outcome"), [("busy", "Busy"), ("garbled", "Unreachable"), ("down", "Unreachable")]
)
def test_a_question_is_asked_again_until_somebody_answers(
    local: Local, kind: str, outcome: str
) -> None:
    books = local.books()
    read_setup(books)
    local.fault(kind, count=2)

    read_setup(books)

    assert local.outcomes(SETUP) == ["success", outcome, outcome, "success"]
    assert len(local.waits) == 2


def test_a_gateway_that_stays_away_is_unreachable_after_four_tries(local: Local) -> None:
    books = local.books()
    local.fault("down", count=50)

    with pytest.raises(Unreachable):
        read_setup(books)

    assert local.outcomes("getAPISession") == ["Unreachable"] * 4


def test_half_an_answer_is_not_taken_for_one(local: Local) -> None:
    books = local.books()
    read_setup(books)
    local.fault("cut", count=50)

    with pytest.raises((Garbled, Unreachable)):
        read_setup(books)

    assert "success" not in local.outcomes(SETUP)[1:]


def test_an_answer_later_than_we_wait_is_asked_for_again(local: Local) -> None:
    books = local.books(timeout_seconds=1)
    read_setup(books)
    local.fault("slow", seconds=2)

    read_setup(books)

    assert local.outcomes(SETUP) == ["success", "Unreachable", "success"]


def test_a_write_that_was_turned_away_knocks_again_and_enters_once(local: Local) -> None:
    books = local.books()
    local.fault("busy", function="create", count=3)

    post(books, PLAN, "p:1")

    assert local.outcomes("create") == ["Busy", "Busy", "Busy", "success"]
    assert len(local.waits) == 3
    assert budgets(local) == ["2026 Budget", "FCST-1"]


def test_a_connection_closed_in_our_face_may_have_been_heard(local: Local) -> None:
    books = local.books()
    read_setup(books)
    local.fault("down")

    with pytest.raises(OutcomeUnknown):
        post(books, PLAN, "p:1")

    assert find_posted(books, PLAN) is None


def test_neither_password_nor_session_is_on_record_or_in_an_error(local: Local) -> None:
    books = local.books()
    books.ask(element(SETUP), entity="100")
    with pytest.raises(Exception, match="Sign-in") as raised:
        read_setup(local.books(password="hunter2-hunter2"))

    said = repr(local.calls) + str(raised.value) + repr(raised.value)
    assert "hunter2" not in said
    assert "pw!" not in said
    assert "sender_pw" not in said
