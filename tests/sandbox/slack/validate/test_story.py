"""What more than one line shows: lateness, repeats, wrong threads, unfinished files."""

from __future__ import annotations

import pytest

from tests.sandbox.slack.validate.written import (
    UPLOADED,
    Json,
    call,
    found_in,
    image,
    modal,
    opened,
    post,
    section,
    tap,
)

FIRST, SECOND = "1795262400.000100", "1795262401.000100"
KEY = {"event_type": "said", "event_payload": {"key": "answer:1"}}
DOWN = {"ok": False, "error": "ratelimited"}
ANSWER = post(section("12.00"))
WINDOW = modal(section("12.00"))


def update(ts: object = FIRST, **more: object) -> Json:
    args = {"channel": "C01FINANCE", "ts": ts, "text": "USD 12.00", **more}
    return call("chat.update", args, {"channel": "C01FINANCE", "ts": ts})


def refused(line: Json, error: str) -> Json:
    return line | {"response": {"ok": False, "error": error}}


BROKEN: list[tuple[str, list[Json], str]] = [
    ("late", [tap(ms=3000)], "line 1 interaction /: was acknowledged after 3,000 ms"),
    ("not at all", [tap(status=None)], "line 1 interaction /: was not acknowledged"),
    ("with an error", [tap(status=500)], "was answered with 500"),
    ("a taken back method", [call("files.upload", {})], "Slack has taken this method back"),
    ("a method of an old family", [call("im.open", {})], "Slack has taken this method back"),
    (
        "a number as stamp",
        [ANSWER, update(ts=1795262400.0001)],
        "/ts: 1795262400.0001 is no",
    ),
    ("a person as channel", [update(channel="U01ANA")], "/channel: is no channel's id"),
    ("another's message", [update()], "/ts: is no message the bot posted"),
    (
        "a reply to a reply",
        [ANSWER, post(thread_ts=FIRST, ts=SECOND), post(thread_ts=SECOND)],
        "is a",
    ),
    ("a reply to nothing", [post(thread_ts=SECOND)], "/thread_ts: is no message of this recording"),
    ("twice", [post(metadata=KEY), post(metadata=KEY, ts=SECOND)], "posts a second time"),
    ("metadata of no type", [post(metadata={"event_payload": {}})], "/metadata: has no event_type"),
    (
        "an amount in metadata",
        [post(metadata={"event_type": "a", "event_payload": {"sum": "12.50"}})],
        "/metadata: carries an amount",
    ),
    ("metadata too large", [post(metadata={**KEY, "event_type": "x" * 8000})], "larger than 8 kB"),
    ("no trigger", [opened(WINDOW)], "/trigger_id: came with no delivery"),
    ("an old trigger", [tap(), opened(WINDOW, 3.2)], "/trigger_id: is 3.2 seconds old"),
    ("a used trigger", [tap(), opened(WINDOW), opened(WINDOW)], "/trigger_id: was used before"),
    (
        "a window nobody opened",
        [call("views.update", {"view_id": "V99", "view": WINDOW})],
        "/view_id: is no window of this recording",
    ),
    (
        "a window without a name",
        [call("views.update", {"view": WINDOW})],
        "names the window by not exactly one id",
    ),
    ("our own fault", [refused(ANSWER, "invalid_arguments")], "was refused: invalid_arguments"),
    ("a missing scope", [refused(ANSWER, "missing_scope")], "was refused: missing_scope"),
    ("never said again", [refused(ANSWER, "invalid_blocks")], "and was never said again"),
    ("never changed again", [ANSWER, refused(update(), "ratelimited")], "was never said again"),
    ("too fast", [post(section(f"{n}"), ts=f"{n:010}.000000") for n in range(12)], "a second"),
    ("too often", [ANSWER, *[update()] * 51], "is called more than 50 times a minute"),
    (
        "a person by their id",
        [tap(user={"id": "U03CLEO"}), post(section("12.00 by U03CLEO"))],
        "line 2 chat.postMessage /blocks/0/text/text: shows the raw id U03CLEO",
    ),
    ("a file begun", [UPLOADED[0]], "the upload of F0123456789 was never completed"),
    ("no bytes", [UPLOADED[0], UPLOADED[2]], "/files/0/id: its bytes were not sent"),
    ("no address", [UPLOADED[2]], "/files/0/id: no address was asked for"),
    ("finished twice", [*UPLOADED, UPLOADED[2]], "/files/0/id: was completed before"),
    ("not processed", [*UPLOADED[:3], post(image())], "/blocks/0/slack_file: F0123456789 was not"),
    (
        "other bytes",
        [UPLOADED[0], call("upload", {"file": "F0123456789", "length": 8}, {"status": 200})],
        "is not as many bytes as were announced",
    ),
    (
        "an empty file",
        [call("files.getUploadURLExternal", {"filename": "", "length": 0})],
        "/filename: is missing",
    ),
    ("alt_txt", [call("files.completeUploadExternal", {"files": [], "alt_txt": "a"})], "/alt_txt"),
    ("a stream too long", [call("chat.startStream", {"markdown_text": "x" * 12_001})], "12,000"),
]


@pytest.mark.parametrize(("lines", "words"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_what_only_several_lines_show_is_named(lines: list[Json], words: str) -> None:
    assert [one for one in found_in(*lines) if words in one]


def test_a_conversation_as_it_should_be_has_nothing_to_find() -> None:
    event = {"event": {"type": "message", "ts": "1795262399.000001", "channel": "D01ANA"}}

    assert (
        found_in(
            {**tap(), "inbound": "event", "body": event},
            post(section("12.00"), metadata=KEY),
            post(section("12"), thread_ts="1795262399.000001", ts=SECOND),
            post(section("12"), thread_ts=FIRST, ts="1795262402.000100"),
            update(),
            tap(seconds=1, trigger_id="1.3.b"),
            opened(WINDOW, 1.5, "1.3.b"),
            call("views.update", {"view_id": "V01", "view": WINDOW}, {"view": {"id": "V01"}}),
            *UPLOADED,
            post(image(), ts="1795262403.000100"),
        )
        == []
    )


def test_a_person_who_is_mentioned_is_no_raw_id() -> None:
    tapped = tap(user={"id": "U03CLEO"})

    assert found_in(tapped, post(section("12.00 by <@U03CLEO>"), metadata=KEY)) == []


def test_what_was_not_taken_and_said_again_is_let_be() -> None:
    refused_once = refused(post(section("12.00"), metadata=KEY), "ratelimited")

    assert found_in(refused_once, post(section("12.00"), metadata=KEY)) == []
    assert found_in(ANSWER, refused(update(), "internal_error"), update()) == []
