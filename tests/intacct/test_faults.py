from __future__ import annotations

import pytest

from intacct.errors import (
    Busy,
    DuplicateDocument,
    IntacctError,
    NotAuthorised,
    NotFound,
    NotPermitted,
    NotSignedIn,
    PeriodClosed,
    Refused,
    Rejected,
    Unreachable,
)
from intacct.faults import Fault, Level, error_for, faults_in, plain
from intacct.wire import parsed

GENERIC = ("BL01001973", "Could not create Budget record.")


def meaning(level: Level, *faults: tuple[str, str], writing: bool = False) -> IntacctError:
    listed = [Fault(number, "", words) for number, words in faults]
    return error_for(level, listed, writing=writing)


@pytest.mark.parametrize(
    ("level", "words", "expected"),
    [
        (Level.CONTROL, "Incorrect Intacct XML Partner ID or password", NotAuthorised),
        (Level.CONTROL, "x is not a valid transport policy.", Refused),
        (Level.AUTHENTICATION, "Sign-in information is incorrect", NotSignedIn),
        (
            Level.AUTHENTICATION,
            "The sender ID 'a' is not authorized to make Web Services requests to company 'b'",
            NotAuthorised,
        ),
        (Level.RESULT, "the following fields cannot be queried: DATEDUE", Refused),
    ],
)
def test_xl03000006_means_five_things(
    level: Level, words: str, expected: type[IntacctError]
) -> None:
    assert type(meaning(level, ("XL03000006", words))) is expected


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        (
            "BL34000061",
            "Another Budget with the given value(s) 2026 Plan  already exists",
            DuplicateDocument,
        ),
        ("PL05000104", "It is there", DuplicateDocument),
        (
            "XL03000009",
            "The function with control id k-1 was previously executed and completed.",
            DuplicateDocument,
        ),
        ("BL01", "The period Month Ended January 2026 is closed.", PeriodClosed),
        ("BL01", "Period Year 2026 is not budgetable", PeriodClosed),
        ("BL01", "Reporting period 'Undecember' not found", PeriodClosed),
        ("BL01", "Date must be on or after 02/01/2026", PeriodClosed),
        ("BL01", "Invalid reporting period Undecember", PeriodClosed),
        ("BL01", "Account 9999 does not exist", Rejected),
        ("BL01", "Department 99 is inactive", Rejected),
        ("BL01", "You do not have permission for API operation CREATE on X", NotPermitted),
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
        ("BL01", "You do not have permission for API operation READ on X", NotPermitted),
        ("BL01", "something else", Refused),
        ("GW-0010", "Too many", Busy),
        ("X", "API rate limit exceeded", Busy),
        ("X", "The Service is Temporarily Off-line", Unreachable),
    ],
)
def test_a_refused_question_says_why(number: str, words: str, expected: type[IntacctError]) -> None:
    assert type(meaning(Level.RESULT, (number, words))) is expected


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


def test_words_are_told_without_html_and_with_a_readable_support_id() -> None:
    said = "<b>Wrong</b>&nbsp;account<br/> if 1 < 2 [Support ID: a%2Fb%7Ec]"

    assert plain(said) == "Wrong account if 1 < 2 [Support ID: a/b~c]"


def test_a_malformed_request_is_refused_and_a_malformed_write_rejected() -> None:
    schema = ("XL03000003", "XML parse error, line 1, column 9")

    assert type(meaning(Level.CONTROL, schema)) is Refused
    assert type(meaning(Level.CONTROL, schema, writing=True)) is Rejected


def test_endless_words_are_cut() -> None:
    assert len(str(meaning(Level.RESULT, ("1", "long " * 1000)))) == 1000
