"""Every failure Intacct is known to report, as the gateway words it, and what it becomes."""

from __future__ import annotations

from time import monotonic

import pytest
from lxml import etree

from bot.errors import explain
from intacct.errors import (
    BeyondDue,
    Busy,
    CannotBeQueried,
    CompanyExpired,
    CursorExpired,
    DimensionMissing,
    DuplicateDocument,
    IntacctError,
    KeySeen,
    Marks,
    NotAuthorised,
    NotFound,
    NotPermitted,
    NotSignedIn,
    OffLine,
    PeriodClosed,
    Refused,
    Rejected,
    TransactionUndone,
)
from intacct.faults import Fault, Level, error_for, faults_in, plain, support_id_in
from intacct.wire import parsed

GENERIC = ("BL01001973", "Could not create Budget record.")
UNDONE = "The entire transaction in this operation has been rolled back due to an error."


def meaning(level: Level, *faults: tuple[str, str], writing: bool = False) -> IntacctError:
    listed = [Fault(number, "", words) for number, words in faults]
    return error_for(level, listed, writing=writing)


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        ("XL03000003", "XML parse error, line 1, column 9", Refused),
        ("XL03000006", "Incorrect Intacct XML Partner ID or password", NotAuthorised),
        ("XL03000006", "nightly is not a valid transport policy.", Refused),
        ("PL04000055", "The company is a demo company and has expired.", CompanyExpired),
        ("GW-0010", "Throttled", Busy),
        ("GW-0011", "Invalid Request", NotAuthorised),
        ("XMLGW_JPP0002", "Sign-in information is incorrect.", NotSignedIn),
        ("UJPP0002", "Sign-in information is incorrect.", NotSignedIn),
        ("invalidRequest", "Invalid Request", NotSignedIn),
        ("X", "The Service is Temporarily Off-line", OffLine),
    ],
)
def test_a_refused_envelope_says_why(number: str, words: str, expected: type[IntacctError]) -> None:
    assert type(meaning(Level.CONTROL, (number, words))) is expected


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        ("XL03000006", "Sign-in information is incorrect", NotSignedIn),
        (
            "XL03000006",
            "The sender ID 'a' is not authorized to make Web Services requests to company 'b'",
            NotAuthorised,
        ),
        ("XL03000006", "whatever it says of an ended session", NotSignedIn),
        ("PL04000055", "The company has expired.", CompanyExpired),
    ],
)
def test_a_refused_sign_in_says_why(number: str, words: str, expected: type[IntacctError]) -> None:
    assert type(meaning(Level.AUTHENTICATION, (number, words))) is expected


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        (
            "BL34000061",
            "Another Budget with the given value(s) 2026 Plan  already exists",
            DuplicateDocument,
        ),
        ("PL05000104", "It is there", DuplicateDocument),
        ("BL01001973", "Duplicate account number", DuplicateDocument),
        ("BL01", "Another record with the value 7 already exists", DuplicateDocument),
        (
            "XL03000009",
            "The function with control id k-1 was previously executed and completed.",
            KeySeen,
        ),
        ("XL03000006", "The session has expired", NotSignedIn),
        ("BL03000018", "Missing the Location dimension for Account 6000.", DimensionMissing),
        ("XL03000027", "amount paid is greater than amount due for the invoice", BeyondDue),
        ("BL01", "Payment exceeds total amount due", BeyondDue),
        ("BL01", "The period Month Ended January 2026 is closed.", PeriodClosed),
        ("BL01", "Period Year 2026 is not budgetable", PeriodClosed),
        ("BL01", "Reporting period 'Undecember' not found", PeriodClosed),
        ("BL01", "Date must be on or after 02/01/2026", PeriodClosed),
        ("BL01", "Invalid reporting period Undecember", PeriodClosed),
        ("PL01000127", "Document Number is missing", Rejected),
        ("BL01001973", "Debits and credits do not balance", Rejected),
        ("Cannot update non-existing CLASS with CLASSID=UT99.", "Cannot update", Rejected),
        ("BL01", "Account 9999 does not exist", Rejected),
        ("BL01", "Department 99 is inactive", Rejected),
        ("BL01", "You do not have permission for API operation CREATE on X", NotPermitted),
        ("X", "API rate limit exceeded", Busy),
    ],
)
def test_a_refused_document_says_why(number: str, words: str, expected: type[IntacctError]) -> None:
    error = meaning(Level.RESULT, (number, words), GENERIC, writing=True)

    assert type(error) is expected
    assert str(error) == words


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        ("XL03000009", "Object definition UNICORN not found", NotFound),
        ("Query Failed", "Object definition UNICORN not found", NotFound),
        ("XXX", "Object definition UNICORN not found", NotFound),
        ("readMore failed", "Results for reportId 7 do not exist.", NotFound),
        (
            "readMore failed",
            "Attempt to readMore with an invalid or expired resultId: 7",
            CursorExpired,
        ),
        ("Get API Session Failed", "Location 999 not found", NotFound),
        ("XL03000006", "the following fields cannot be queried: DATEDUE", CannotBeQueried),
        ("XL03000006", "Your session is no longer valid", NotSignedIn),
        ("BL01", "You do not have permission for API operation READ on X", NotPermitted),
        ("BL01", "something else", Refused),
        ("GW-0010", "Too many", Busy),
        ("X", "API rate limit exceeded", Busy),
        ("X", "The Service is Temporarily Off-line", OffLine),
    ],
)
def test_a_refused_question_says_why(number: str, words: str, expected: type[IntacctError]) -> None:
    assert type(meaning(Level.RESULT, (number, words))) is expected


@pytest.mark.parametrize(
    ("kind", "again"),
    [
        (Busy, True),
        (OffLine, True),
        (CursorExpired, True),
        (CompanyExpired, False),
        (CannotBeQueried, False),
        (DimensionMissing, False),
        (BeyondDue, False),
        (TransactionUndone, False),
        (KeySeen, False),
        (NotSignedIn, False),
        (PeriodClosed, False),
    ],
)
def test_only_what_passes_is_tried_again(kind: type[IntacctError], again: bool) -> None:
    assert explain(kind("the reason")).retry is again


def test_fields_that_cannot_be_queried_are_named() -> None:
    words = "The following fields cannot be queried: VENDOR.TERM.DUEDATE, rate_2 and BASE."

    error = meaning(Level.RESULT, ("XL03000006", words))

    assert isinstance(error, CannotBeQueried)
    assert error.fields == ("VENDOR.TERM.DUEDATE", "rate_2", "BASE")
    assert "VENDOR.TERM.DUEDATE, rate_2 and BASE" in explain(error).sentence


def test_the_cause_is_told_and_not_that_it_undid_everything() -> None:
    cause = ("BL01", "The period Month Ended January 2026 is closed.")

    error = meaning(Level.RESULT, cause, GENERIC, ("XL03000009", UNDONE), writing=True)

    assert type(error) is PeriodClosed
    assert str(error) == cause[1]


def test_what_was_undone_for_a_reason_it_does_not_give_was_not_done() -> None:
    error = meaning(Level.RESULT, ("XL03000009", UNDONE), writing=True)

    assert type(error) is TransactionUndone
    assert "Nothing was written" in explain(error).sentence


def test_all_causes_are_told_once_each_and_the_general_line_only_where_there_is_no_cause() -> None:
    two = meaning(Level.RESULT, ("A", "No account."), ("B", "No period."), ("A", "No account."))

    assert str(two) == "No account.; No period."
    assert str(meaning(Level.RESULT, GENERIC)) == "Could not create Budget record."
    assert str(meaning(Level.RESULT)) == "Intacct refused and gave no reason"


def test_the_second_description_is_told_else_the_first_else_the_number() -> None:
    reply = parsed(
        b"<result><errormessage>"
        b"<error><errorno>1</errorno><description>General</description>"
        b"<description2>Account 9 is missing</description2></error>"
        b"<error><errorno>2</errorno><description>General</description></error>"
        b"<error><errorno>Cannot update non-existing CLASS.</errorno><description/></error>"
        b"<error/></errormessage></result>"
    )

    assert [fault.words for fault in faults_in(reply)] == [
        "Account 9 is missing",
        "General",
        "Cannot update non-existing CLASS.",
        "Intacct gives no reason",
    ]


def test_what_identifies_a_failure_to_sage_is_kept_beside_the_sentence_and_not_in_it() -> None:
    reply = parsed(
        b"<result><errormessage>"
        b"<error><errorno>BL34000061</errorno><description/>"
        b"<description2>Another Class exists [Support ID: aZ1%7Eyyyy]</description2>"
        b"<additionalinfo><errorid>GL-0493</errorid><category/><target/><description>"
        b"<messageid>IA.DUPLICATE_ACCOUNT_NUMBER</messageid></description></additionalinfo></error>"
        b"<error><errorno>BL01001973</errorno><description2>Could not create Class record."
        b"</description2></error></errormessage></result>"
    )

    error = error_for(Level.RESULT, faults_in(reply), writing=True)

    assert str(error) == "Another Class exists"
    assert error.marks == Marks("BL34000061", "GL-0493", "IA.DUPLICATE_ACCOUNT_NUMBER", "aZ1~yyyy")
    assert str(error.marks) == (
        "BL34000061, GL-0493, IA.DUPLICATE_ACCOUNT_NUMBER, support id aZ1~yyyy"
    )


def test_what_goes_into_the_log_is_one_short_line() -> None:
    root = etree.fromstring(
        b"<r><errormessage><error><errorno>X1</errorno>"
        b"<description2>No. [Support ID: a%0A2026-01-01 paid]</description2><additionalinfo>"
        b"<errorid>" + b"e" * 10_000 + b"</errorid><description><messageid>a&#10;b</messageid>"
        b"</description></additionalinfo></error></errormessage></r>"
    )

    (fault,) = faults_in(root)

    assert str(fault.marks) == "X1"


def test_a_refusal_as_long_as_a_book_is_understood_at_once() -> None:
    words = "transaction " * 100_000 + "[Support ID: " * 100_000
    root = etree.Element("r")
    etree.SubElement(
        etree.SubElement(etree.SubElement(root, "errormessage"), "error"), "description2"
    ).text = words
    began = monotonic()

    error = error_for(Level.RESULT, faults_in(root), writing=True)

    assert type(error) is Rejected
    assert monotonic() - began < 2


def test_words_are_told_without_html_and_without_their_support_id() -> None:
    said = "<b>Wrong</b>&nbsp;account<br/> if 1 < 2 [Support ID: a%2Fb%7Ec]"

    assert plain(said) == "Wrong account if 1 < 2"
    assert support_id_in(said) == "a/b~c"
    assert support_id_in("Wrong account") == ""


def test_a_malformed_request_is_refused_and_a_malformed_write_rejected() -> None:
    schema = ("XL03000003", "XML parse error, line 1, column 9")

    assert type(meaning(Level.CONTROL, schema)) is Refused
    assert type(meaning(Level.CONTROL, schema, writing=True)) is Rejected


def test_endless_words_are_cut() -> None:
    assert len(str(meaning(Level.RESULT, ("1", "long " * 1000)))) == 1000
