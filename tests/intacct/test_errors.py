"""Every error of the family is raised at the edge by an answer Intacct gives."""

from __future__ import annotations

import inspect

import httpx
import pytest

from intacct import errors
from intacct.client import Intacct
from intacct.errors import (
    BeyondDue,
    Busy,
    CannotBeQueried,
    CompanyExpired,
    CursorExpired,
    DimensionMissing,
    DuplicateDocument,
    Garbled,
    IntacctError,
    KeySeen,
    NotAuthorised,
    NotFound,
    NotPermitted,
    NotSignedIn,
    NoTurn,
    OffLine,
    OutcomeUnknown,
    PeriodClosed,
    Refused,
    Rejected,
    TransactionUndone,
    Unreachable,
)
from intacct.gate import Limits
from intacct.wire import element
from tests.intacct.paper import (
    ADDRESS,
    NINE,
    Desk,
    Paper,
    Patience,
    Sheet,
    authentication_failure,
    control_failure,
    page,
    result,
    results,
    signed_in,
)
from tests.intacct.paper import errors as said

QUESTIONS: dict[type[IntacctError], Sheet] = {
    Unreachable: httpx.ConnectError("refused"),
    Busy: page("<response/>", 429),
    OffLine: page("<response/>", 503),
    CompanyExpired: control_failure(("PL04000055", "The company has expired")),
    CannotBeQueried: results(
        result(
            said(("XL03000006", "the following fields cannot be queried: DUE")), status="failure"
        )
    ),
    CursorExpired: results(
        result(
            said(("readMore failed", "Attempt to readMore with an invalid or expired resultId: 7")),
            status="failure",
        )
    ),
    Refused: results(result(said(("1", "No.")), status="failure")),
    NotSignedIn: authentication_failure(("XL03000006", "Sign-in information is incorrect")),
    NotAuthorised: control_failure(("GW-0011", "Invalid Request"), status=400),
    NotPermitted: results(
        result(said(("1", "You do not have permission for API operation")), status="failure")
    ),
    NotFound: results(result(said(("1", "Object definition X not found")), status="failure")),
    Garbled: page("<response><cut"),
}
WRITES: dict[type[IntacctError], Sheet] = {
    Rejected: results(result(said(("1", "Account 9999 does not exist")), status="failure")),
    PeriodClosed: results(result(said(("1", "Period May 2026 is closed")), status="failure")),
    DuplicateDocument: results(
        result(said(("BL34000061", "Another one already exists")), status="failure")
    ),
    DimensionMissing: results(
        result(
            said(("BL03000018", "Missing the Location dimension for Account 6000")),
            status="failure",
        )
    ),
    BeyondDue: results(result(said(("XL03000027", "exceeds total amount due")), status="failure")),
    KeySeen: results(
        result(said(("XL03000011", "control ID '1' was previously executed")), status="failure")
    ),
    TransactionUndone: results(
        result(
            said(("XL03000009", "The entire transaction has been rolled back")), status="aborted"
        )
    ),
    OutcomeUnknown: httpx.ReadTimeout("slow"),
}


@pytest.mark.parametrize("expected", QUESTIONS)
def test_a_question_ends_in_this_error(expected: type[IntacctError]) -> None:
    desk = Desk(signed_in(), QUESTIONS[expected])

    with pytest.raises(IntacctError) as raised:
        desk.books.ask(element("one"))

    assert type(raised.value) is expected
    assert str(raised.value)


@pytest.mark.parametrize("expected", WRITES)
def test_a_write_ends_in_this_error(expected: type[IntacctError]) -> None:
    desk = Desk(signed_in(), WRITES[expected])

    with pytest.raises(IntacctError) as raised:
        desk.books.write(element("create"), key="1")

    assert type(raised.value) is expected
    assert str(raised.value)


def test_a_request_that_no_turn_comes_for_does_not_leave() -> None:
    gate = Patience().gate(Limits(1, 3, window_seconds=10_000))  # one at once, one every 10,000 s
    paper = Paper(signed_in(), results(result("<data/>")))
    books = Intacct(ADDRESS, clock=lambda: NINE, on_call=lambda _: None, gate=gate, transport=paper)

    with pytest.raises(NoTurn, match="too many requests are waiting"):
        books.ask(element("one"))
    books.close()

    assert len(paper.requests) == 1  # the sign-in


def test_no_error_of_the_family_is_left_out_here() -> None:
    family = {
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, IntacctError)
    }

    assert family - {IntacctError, NoTurn} == QUESTIONS.keys() | WRITES.keys()
