from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from bot.messages.message import Bold, Link, Mention, Moment, Paragraph, Span, says
from bot.messages.sentences import spoken, told


def one(*spans: Span) -> str:
    (text,) = told(says(*spans), 10_000, 1).texts
    return text


def test_a_moment_is_shown_in_the_readers_time_and_falls_back_to_a_named_zone() -> None:
    at = datetime(2026, 11, 21, 10, 2, tzinfo=timezone(timedelta(hours=1)))

    assert one("read ", Moment(at)) == (
        "read <!date^1795251720^{date_short_pretty} {time}|21 Nov 2026 09:02 UTC>"
    )
    assert spoken(says("read ", Moment(at)), 100) == "read 21 Nov 2026 09:02 UTC"


def test_only_an_id_of_slacks_is_a_mention_and_only_an_address_a_link() -> None:
    assert one(Mention("U02BEN"), " and ", Mention("!channel")) == "<@U02BEN> and !channel"
    assert one(Link("the *card* | 1", "https://x.example/p?a=1&b=2")) == (
        "<https://x.example/p?a=1&amp;b=2|the ∗card∗ ¦ 1>"
    )
    assert one(Link("the card", "javascript:alert(1)")) == "the card"


def test_bold_is_marked_line_by_line_and_never_against_a_letter() -> None:
    assert one(Bold("one\ntwo")) == "*one*\n*two*"
    assert one("x", Bold("y"), "z") == "xyz"
    assert one(Bold("5.00"), ", more") == "*5.00*, more"
    assert one(Bold("  "), "a") == "a"


def test_a_long_text_is_split_between_words_and_each_piece_is_marked_by_itself() -> None:
    said = told(says(Bold("word " * 1000)), 10_000, 3)

    assert said.whole
    assert len(said.texts) == 2
    assert all(text.startswith("*word") and text.endswith("word*") for text in said.texts)


def test_no_sign_that_is_spelled_out_is_ever_cut_in_two() -> None:
    said = told(says("&" * 9000), 100_000, 100)

    assert "".join(said.texts) == "&amp;" * 9000
    assert all(text.endswith(";") for text in said.texts)


def test_what_does_not_fit_ends_with_an_ellipsis_and_is_known_to_be_missing() -> None:
    said = told(says("one two three"), 9, 5)

    assert said.texts == ("one two…",)
    assert not said.whole
    assert told(says("a " * 4000), 10_000, 1).texts[0].endswith("…")
    assert told(says("a"), 0, 0) == told(Paragraph(()), 0, 0).__class__((), whole=False)


def test_a_notification_is_cut_between_words() -> None:
    assert spoken(says(Bold("USD 5.00 "), "from <x>"), 14) == "USD 5.00 from…"


def test_figures_read_alike_in_every_zone() -> None:
    assert one(Moment(datetime(2026, 1, 5, tzinfo=UTC))).endswith("|5 Jan 2026 00:00 UTC>")
