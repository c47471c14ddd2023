"""What may stand in no text: live mentions, raw values, secrets; and what a notification says."""

from __future__ import annotations

import pytest

from tests.sandbox.slack.validate.written import call, found_in, post, section, table, tap

SAID = [
    ("paid by <!channel>", "would ring everybody"),
    ("paid by <!here> now", "would ring everybody"),
    ("Smith & Sons", "has an unescaped “&”"),
    ("less < than", "has an unescaped “<”"),
    ("<!date^1795262400^{date_short} {time}>", "has a date without a fallback"),
    ("<!date^1795262400^{date_short} {time}|21 Nov 12:00>", "whose fallback names no zone"),
    ("Reason: None", "shows a raw “None”"),
    ("WAPE nan %", "shows a raw “nan”"),
    ("USD 1234.5000001", "shows the raw float"),
    ("USD 1.2e-05 or 1.2e+16", "shows the raw float"),
    ("USD 1234567.89", "without thousands separators"),
    ("Decimal('12.00')", "shows “Decimal(”"),
    ("Dear {name}", "shows the unfilled place “{name}”"),
    ("Traceback (most recent call last)", "shows a stack trace"),
    ("ask ana.ruiz@acme.example", "has an e-mail address"),
    ("token xoxb-1234567890", "looks like a secret"),
    ("password=hunter2", "looks like a secret"),
    ("postgresql://tieout:pw@db/x", "looks like a secret"),
]


@pytest.mark.parametrize(("said", "words"), SAID, ids=[words for _, words in SAID])
def test_what_nobody_should_read_is_named_where_it_stands(said: str, words: str) -> None:
    found = found_in(post(section(f"12 {said}")))

    assert [one for one in found if one.startswith("line 1 chat.postMessage /blocks/0/text/text")]
    assert [one for one in found if words in one]
    assert not any("hunter2" in one or "xoxb" in one for one in found)


@pytest.mark.parametrize(
    "said",
    [
        "“nothing” was written, version 2026.11 of 1,234.50 (−0.95 %)",
        "<@U02BEN> in <#C01FINANCE|finance> &lt;!channel&gt; &amp; co",
        "read <!date^1795262400^{date_short_pretty} {time}|21 Nov 2026 12:00 UTC>",
        "<https://docs.example.com/a?b=1|the page>",
        "0.05 of 2026-11-21, 12:00, PRP-27KQP4VE",
    ],
)
def test_what_is_written_as_it_should_be_is_let_be(said: str) -> None:
    assert found_in(post(section(said))) == []


def test_signs_in_plain_text_are_not_read_and_so_let_be() -> None:
    assert found_in(post(table(("<!channel> & co", "12.00")))) == []


TEXTS = [
    (None, "/text: is missing"),
    ("  ", "/text: is missing"),
    ("New message", "/text: says nothing"),
    ("Revenue forecast", "/text: has no figure while the blocks show some"),
    ("1" * 4001, "/text: has 4,001 characters"),
    ("<!channel> 12.00", "would ring everybody"),
]


@pytest.mark.parametrize(("text", "words"), TEXTS, ids=[words for _, words in TEXTS])
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.postEphemeral", "response_url"])
def test_a_notification_that_does_not_say_the_result_is_named(
    method: str, text: str | None, words: str
) -> None:
    args = {"channel": "C01FINANCE", "blocks": [section("USD 1,234.50")]}
    said = args if text is None else args | {"text": text}

    assert [one for one in found_in(call(method, said)) if words in one]


def test_a_secret_anywhere_in_a_call_is_named() -> None:
    metadata = {"event_type": "told", "event_payload": {"key": "a", "token": "xoxb-1234567890"}}

    found = found_in(post(section("1"), metadata=metadata))

    assert "line 1 chat.postMessage /metadata/event_payload/token: " in str(found)


ANSWERS = [
    ("ask <!here>", "/answer: would ring everybody"),
    ({"text": "", "blocks": [section("12")]}, "/text: is missing"),
    ({"response_action": "errors", "errors": {"amount": "Say one."}}, "is no input of this window"),
    ({"response_action": "errors", "errors": {}}, "names no field"),
    ({"response_action": "update", "view": {"type": "x"}}, "/answer/view: is neither"),
    ({"response_action": "shout"}, "/answer/response_action: shout is none"),
]


@pytest.mark.parametrize(("answer", "words"), ANSWERS, ids=[words for _, words in ANSWERS])
def test_what_is_said_with_an_acknowledgement_is_read_too(answer: object, words: str) -> None:
    sent = {"id": "V1", "blocks": [{"type": "input", "block_id": "reason"}]}

    assert [one for one in found_in(tap(view=sent) | {"answer": answer}) if words in one]


def test_errors_under_their_own_field_are_let_be() -> None:
    sent = {"id": "V1", "blocks": [{"type": "input", "block_id": "reason"}]}
    answer = {"response_action": "errors", "errors": {"reason": "Say why."}}

    assert found_in(tap(view=sent) | {"answer": answer}) == []
