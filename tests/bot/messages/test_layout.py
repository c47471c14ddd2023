from __future__ import annotations

from datetime import UTC, datetime

from bot.messages.message import Button, Buttons, Footer, Message, Paragraph, Part, says
from bot.messages.render import blocks_of

READ = datetime(2026, 11, 21, 9, 2, tzinfo=UTC)
FOOTER = Footer("31 Oct 2026", "Sage Intacct, 12 balances", 3, "SNP-1", READ)


def foot(footer: Footer | Paragraph | str) -> str:
    return str(blocks_of(Message("t", "r", footer=footer))[-1]["elements"][0]["text"])


def test_the_footer_says_as_of_read_source_policy_and_snapshot_in_this_order() -> None:
    at = "<!date^1795251720^{date_short_pretty} {time}|21 Nov 2026 09:02 UTC>"

    assert foot(FOOTER) == (
        f"as of 31 Oct 2026 · read {at} · source Sage Intacct, 12 balances · policy v3 · "
        "snapshot #SNP-1"
    )
    assert foot(Footer("", "the record", 3, "", copied=True)) == "source the record · policy v3"
    assert foot(says("page 1 of 2")) == "page 1 of 2"


def test_what_can_be_tapped_stays_where_it_stands_and_what_finds_no_room_is_named() -> None:
    tap = Buttons((Button("Approve", "p.approve", "PRP-1"),))
    parts: tuple[Part, ...] = (*(says("word " * 500) for _ in range(6)), tap)

    drawn = blocks_of(Message("Title", "The result", parts, "The footer", "PRP-1"))

    assert [block["type"] for block in drawn[-3:]] == ["actions", "context", "context"]
    assert drawn[1]["text"]["text"] == "The result"
    assert drawn[-2]["elements"][0]["text"] == (
        "No room here for: 1 paragraph end, 2 paragraphs. Sources and All lines have every figure."
    )
    assert drawn[-1]["elements"][0]["text"] == "The footer"


def test_a_block_keeps_its_id_when_another_grows() -> None:
    def ids(words: str) -> list[str]:
        parts = (says(words), Buttons((Button("Go", "a.go", "1"),)))
        return [block["block_id"] for block in blocks_of(Message("t", "r", parts, "f"))]

    assert ids("short") == ["head.0", "part0.0", "part1.0", "part2.0", "foot.0"]
    assert ids("word " * 700) == ["head.0", "part0.0", "part1.0", "part1.1", "part2.0", "foot.0"]


def test_nothing_at_all_is_still_a_message() -> None:
    (block,) = blocks_of(Message("", ""))

    assert block["text"]["text"] == "–"
