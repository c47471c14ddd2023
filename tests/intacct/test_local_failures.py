"""The local gateway misbehaves, and the conversation goes on or says plainly that it cannot."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

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


def test_busy_is_waited_for_as_long_as_it_says(local: Local) -> None:
    books = local.books()
    read_setup(books)
    local.fault("busy", retry_after=17)

    read_setup(books)

    assert local.waits == [17.0]


def test_laughs_end_in_one_clear_error(local: Local) -> None:
    books = local.books()
    read_setup(books)
    local.fault("billion_laughs")

    with pytest.raises(Garbled, match=r"DOCTYPE|no readable XML"):
        read_setup(books)

    assert local.outcomes(SETUP) == ["success", "Garbled"]


def test_an_answer_padded_to_fifty_megabytes_is_read(local: Local) -> None:
    books = local.books()
    before = read_setup(books)
    local.fault("huge", megabytes=50)

    assert read_setup(books) == before


def test_a_transaction_cut_off_halfway_is_unknown_and_left_nothing(local: Local) -> None:
    books = local.books()
    one, two = (replace(PLAN, budget_id=name).wire() for name in ("ONE", "TWO"))
    local.fault("half_transaction", function="create")

    with pytest.raises(OutcomeUnknown):
        books.write_all((one, two), key="p:1")
    left = budgets(local)
    books.write_all((one, two), key="p:1")

    assert left == ["2026 Budget"]
    assert budgets(local) == ["2026 Budget", "ONE", "TWO"]


def test_a_session_that_ends_between_two_functions_has_the_whole_question_asked_again(
    local: Local,
) -> None:
    books = local.books()
    read_setup(books)
    local.fault("expire_sessions", after=1)

    answers = books.ask(element(SETUP), element(SETUP), element(SETUP))

    assert [answer.control_id for answer in answers] == ["1", "2", "3"]
    assert local.outcomes(f"{SETUP} ×3") == ["NotSignedIn", "success"]


def test_eight_threads_never_meet_a_refusal_where_two_may_be_inside(local: Local) -> None:
    books = local.books()
    local.limit(concurrency=2, queue_seconds=0)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: read_setup(books), range(24)))

    counted = local.traffic()
    assert (counted["requests"], counted["refused"]) == (25, 0)
    assert counted["most_in_flight"] <= 2
