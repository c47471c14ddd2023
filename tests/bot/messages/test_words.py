from __future__ import annotations

import pytest

from bot.messages.words import cut, inert, plain, shown, unmarked


@pytest.mark.parametrize(
    ("foreign", "harmless"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("*b* _i_ ~s~ `c`", "∗b∗ ˍiˍ ∼s∼ ˋcˋ"),
        ("my_file_name", "my_file_name"),
        ("> quoted", "› quoted"),
        ("US:100:20 :tada:", "US∶100:20 ∶tada:"),
        ("at 12:30:45", "at 12:30:45"),
        ("6.1 %", "6.1\u00a0%"),
    ],
)
def test_foreign_signs_mean_nothing(foreign: str, harmless: str) -> None:
    assert unmarked(inert(foreign)) == harmless


def test_every_kind_of_line_end_is_one_and_hidden_letters_are_gone() -> None:
    assert inert("a\r\nb\rc\u2028d\x85e\tf") == "a\nb\nc\nd\ne f"
    assert inert("pay\u202enow\u200b\x00\ud800") == "paynow"


def test_a_plain_text_is_one_line_and_never_empty() -> None:
    assert shown(" a\n\u200bb ") == "a b"
    assert plain("\u200b", 10)["text"] == "–"
    assert plain("\u200b", 10, "Close")["text"] == "Close"
    assert cut("abcdef", 4) == "abc…"
