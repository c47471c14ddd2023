"""Several writes in one transaction: all of them, or none and one error that says so."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from intacct.errors import (
    Busy,
    DuplicateDocument,
    IntacctError,
    KeySeen,
    NotSignedIn,
    OutcomeUnknown,
    PeriodClosed,
    Rejected,
    TransactionUndone,
)
from intacct.wire import element
from tests.intacct.local import Local
from tests.intacct.paper import (
    Desk,
    authentication_failure,
    control_failure,
    errors,
    page,
    result,
    results,
    signed_in,
)
from tests.intacct.test_local_posting import PLAN

ROLLED_BACK = (
    "XL03000009",
    "The entire transaction in this operation has been rolled back due to an error.",
)
CLOSED = ("BL01", "The period Month Ended May 2026 is closed.")
GENERAL = ("BL01001973", "Could not create Journal record.")
NONE = "<data listtype='objects' count='0'/>"
TWO = (element("create", None, element("A")), element("create", None, element("B")))


def done(n: int) -> str:
    return result(f"<key>{n}</key>", control_id=f"k:{n}")


def aborted(n: int, *faults: tuple[str, str]) -> str:
    return result(NONE + errors(*faults, ROLLED_BACK), control_id=f"k:{n}", status="aborted")


def failed(n: int, *faults: tuple[str, str]) -> str:
    return result(NONE + errors(*faults, ROLLED_BACK), control_id=f"k:{n}", status="failure")


def test_all_answers_come_in_order_under_keys_that_follow_from_the_one() -> None:
    desk = Desk(signed_in(), results(done(1), done(2)))

    answers = desk.books.write_all(TWO, key="k")

    asked = desk.paper.asked(1)
    assert [answer.control_id for answer in answers] == ["k:1", "k:2"]
    assert [f.get("controlid") for f in asked.findall(".//function")] == ["k:1", "k:2"]
    assert asked.find("operation[@transaction='true']") is not None
    assert asked.findtext("control/uniqueid") == "true"
    assert asked.findtext("control/controlid") == "k"
    assert desk.outcomes[-1] == ("create ×2", "success")
    assert desk.gate.billed == 2


def test_a_single_write_is_no_transaction() -> None:
    desk = Desk(signed_in(), results(result("<key>7</key>", control_id="k")))

    desk.books.write(TWO[0], key="k")

    assert desk.paper.asked(1).find("operation[@transaction='false']") is not None


@pytest.mark.parametrize(
    ("culprit", "cause"),
    [
        (failed(2, CLOSED, GENERAL), PeriodClosed),
        (aborted(2, CLOSED), PeriodClosed),
        (failed(2, ("BL34000061", "Another Class already exists")), DuplicateDocument),
        (failed(2, ("PL01000127", "Document Number is missing")), Rejected),
    ],
)
def test_one_that_fails_undoes_the_others_and_is_named_with_its_own_cause(
    culprit: str, cause: type[IntacctError]
) -> None:
    desk = Desk(signed_in(), results(aborted(1), culprit))

    with pytest.raises(TransactionUndone) as raised:
        desk.books.write_all(TWO, key="k")

    assert type(raised.value.cause) is cause
    assert str(raised.value) == f"function 2 of 2: {raised.value.cause}"
    assert desk.gate.billed == 0


def test_a_transaction_undone_for_no_given_reason_was_not_done_either() -> None:
    desk = Desk(signed_in(), results(aborted(1), aborted(2)))

    with pytest.raises(TransactionUndone, match="rolled back") as raised:
        desk.books.write_all(TWO, key="k")

    assert raised.value.cause is None


def test_a_transaction_that_was_done_before_says_so() -> None:
    seen = ("XL03000011", "The function with control ID 'k:1' was previously executed.")
    desk = Desk(signed_in(), results(failed(1, seen), aborted(2)))

    with pytest.raises(KeySeen):
        desk.books.write_all(TWO, key="k")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("slow"),
        results(done(1)),
        results(done(1), failed(2, CLOSED)),
        results(done(2), done(1)),
        page("<response><control>"),
    ],
)
def test_an_answer_that_does_not_settle_all_of_it_is_unknown(
    answer: httpx.Response | Exception,
) -> None:
    desk = Desk(signed_in(), answer)

    with pytest.raises(OutcomeUnknown):
        desk.books.write_all(TWO, key="k")

    assert len(desk.paper.requests) == 2


def test_a_transaction_turned_away_at_the_door_knocks_again_with_the_same_keys() -> None:
    full = control_failure(("GW-0010", "throttled"), status=429)
    desk = Desk(signed_in(), full, results(done(1), done(2)))

    desk.books.write_all(TWO, key="k")

    assert desk.paper.requests[1].content == desk.paper.requests[2].content
    assert desk.outcomes[1:] == [("create ×2", "Busy"), ("create ×2", "success")]


def test_words_of_a_full_gateway_in_one_result_are_busy_too() -> None:
    full = failed(2, ("X", "API rate limit exceeded"))
    desk = Desk(signed_in(), results(aborted(1), full))

    with pytest.raises(Busy):
        desk.books.write_all(TWO, key="k")


@pytest.mark.parametrize(
    "ended",
    [
        authentication_failure(("XL03000006", "Sign-in information is incorrect")),
        results(aborted(1), failed(2, ("XL03000006", "The session has expired"))),
    ],
)
def test_a_session_that_ends_in_the_middle_is_replaced_once(ended: httpx.Response) -> None:
    desk = Desk(signed_in("s-1"), ended, signed_in("s-2"), results(done(1), done(2)))

    answers = desk.books.write_all(TWO, key="k")

    assert len(answers) == 2
    assert [outcome for _, outcome in desk.outcomes] == [
        "success", "NotSignedIn", "success", "success",
    ]  # fmt: skip


def test_a_question_of_several_functions_is_asked_again_whole_when_the_session_ends() -> None:
    half = results(
        result("<data/>", control_id="1"),
        result(errors(("XL03000006", "session is no longer valid")), control_id="2",
               status="failure"),
    )  # fmt: skip
    both = results(result("<data/>", control_id="1"), result("<data/>", control_id="2"))
    desk = Desk(signed_in("s-1"), half, signed_in("s-2"), both)

    answers = desk.books.ask(element("one"), element("two"))

    assert [answer.control_id for answer in answers] == ["1", "2"]
    again = desk.paper.asked(3)
    assert [call[0].tag for call in again.findall(".//function")] == ["one", "two"]
    assert again.findtext(".//sessionid") == "s-2"


def test_a_question_whose_new_session_ends_as_well_is_given_up() -> None:
    half = results(result(errors(("XL03000006", "The session has expired")), status="failure"))
    desk = Desk(signed_in("s-1"), half, signed_in("s-2"), half)

    with pytest.raises(NotSignedIn):
        desk.books.ask(element("one"))

    assert len(desk.paper.requests) == 4


def test_no_password_of_ours_is_in_a_cause() -> None:
    leak = failed(2, ("BL01", "Wrong: user-secret sender-secret s-1"))
    desk = Desk(signed_in("s-1"), results(aborted(1), leak))

    with pytest.raises(TransactionUndone) as raised:
        desk.books.write_all(TWO, key="k")

    assert str(raised.value.cause) == "Wrong: *** *** ***"
    assert "secret" not in str(raised.value)


def test_the_local_gateway_does_all_or_nothing(local: Local) -> None:
    books = local.books()
    one, two, new = (replace(PLAN, budget_id=name).wire() for name in ("ONE", "TWO", "NEW"))

    answers = books.write_all((one, two), key="p:1")
    with pytest.raises(TransactionUndone) as raised:
        books.write_all((new, one), key="p:2")
    with pytest.raises(KeySeen):
        books.write_all((one, two), key="p:1")

    assert [answer.control_id for answer in answers] == ["p:1:1", "p:1:2"]
    assert isinstance(raised.value.cause, DuplicateDocument)
    held = [row["BUDGETID"] for row in local.table("GLBUDGETHEADER")]
    assert held.count("ONE") == held.count("TWO") == 1
    assert "NEW" not in held
