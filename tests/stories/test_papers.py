"""Every figure opens its sources, every table its lines, and both go out as files, once."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import httpx
import pytest

from bot.audit import trail
from bot.store.engine import open_store
from tests.stories.world import ANA, BEN, DEV, World, said, until

Json = dict[str, Any]
ASKED = "/forecast expenses 3m as of 2024-03 by department"  # a short history is forecast soon


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    """One world for all of it: these stories only read."""
    return shared_world


@pytest.fixture(scope="module")
def answer(world: World) -> Json:
    """A forecast in the channel, with more lines than it shows."""
    assert world.type(ASKED)["ok"]
    return world.sees("Save as budget version")


def paper_of(answer: Json) -> str:
    return next(
        str(element["value"])
        for block in answer["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == "paper.sources"
    )


def exports_on_record(world: World, answer: Json) -> list[str]:
    """What is on record of the paper's exports."""
    store = open_store(world.database_url)
    did = [row.did for row in trail(store, paper_of(answer)) if "export" in row.did]
    store.dispose()
    return did


def exported(world: World, answer: Json, kind: str) -> bytes:
    """The file that Ben exports, from the direct messages it goes to."""
    before = len(files_of(world))
    assert world.tap("paper.export", answer, BEN)["ok"]
    world.window_says("direct messages", BEN)
    assert world.choose("format", kind, BEN)["ok"]
    (*_, file) = until(lambda: files_of(world)[before:] or None)
    token = {"Authorization": f"Bearer {world.slack['bot_token']}"}
    return httpx.get(file["url_private"], headers=token).raise_for_status().content


def files_of(world: World) -> list[Json]:
    """Every file in Ben's direct messages with the bot."""
    return [f for message in world.messages(BEN, "D02BEN") for f in message.get("files", [])]


def test_sources_turn_pick_and_lead_on_in_place(world: World, answer: Json) -> None:
    assert world.tap("paper.sources", answer, BEN)["ok"]
    window = world.window_says("Computed, not the sum of its rows.", BEN)
    assert "Rows 1 – 20 of" in said(window)

    assert world.press("paper.sources.more", BEN)["ok"]
    assert world.window_says("Rows 21 –", BEN)["id"] == window["id"]
    assert world.press("paper.sources.pick", BEN, f"{paper_of(answer)}|1|0")["ok"]
    assert world.window_says("Ties: ", BEN)["id"] == window["id"]
    assert world.press("paper.export", BEN)["ok"]
    on_top = world.window_says("only you see it", BEN)
    assert on_top["id"] != window["id"]
    world.close_windows(BEN)


def test_a_table_of_a_message_opens_whole(world: World, answer: Json) -> None:
    assert world.tap("paper.table", answer, ANA)["ok"]

    first = world.window_says("lines in USD", ANA)

    assert "page 1 of" in said(first)
    world.close_windows(ANA)


def test_an_export_goes_to_the_direct_messages_and_reads_back_to_the_figures_shown(
    world: World, answer: Json
) -> None:
    lines = exported(world, answer, "csv").decode("utf-8-sig")
    with ZipFile(BytesIO(exported(world, answer, "xlsx"))) as book:
        assert book.testzip() is None

    head, *table = csv.reader(StringIO(lines, newline=""))
    total = sum((Decimal(row[1]) for row in table), Decimal(0))
    assert head[0] == "Line"
    assert f"USD {total:,}" in said(answer)
    assert not any(message.get("files") for message in world.messages(BEN))


def test_a_window_sent_twice_is_exported_once(world: World, answer: Json) -> None:
    before = len(files_of(world))
    assert world.tap("paper.export", answer, BEN)["ok"]
    world.window_says("direct messages", BEN)
    world.slack_fault(kind="deliver_twice", count=1)
    assert world.choose("format", "rows", BEN)["ok"]
    until(lambda: len(files_of(world)) > before)
    until(lambda: exports_on_record(world, answer)[-1] == "exported")

    assert "sent paper.export (delivered again)" in exports_on_record(world, answer)
    assert len(files_of(world)) == before + 1


def test_a_stranger_opens_nothing(world: World, answer: Json) -> None:
    for action in ("paper.sources", "paper.export", "paper.table"):
        world.tap(action, answer, DEV)
    refusal = world.sees("You may not see or decide this", who=DEV)

    assert world.windows(DEV) == []
    assert not any(letter.isdigit() for letter in said(refusal))


def test_a_page_turned_in_a_window_that_is_out_of_date_still_turns(
    world: World, answer: Json
) -> None:
    assert world.tap("paper.sources", answer, BEN)["ok"]
    window = world.window_says("Computed, not the sum of its rows.", BEN)
    paper = paper_of(answer)
    stale = {**window, "hash": "1.stale"}

    world.deliver(
        BEN,
        {
            "type": "block_actions",
            "view": stale,
            "actions": [{"action_id": "paper.sources.pick", "value": f"{paper}|1|0"}],
        },
    )

    assert world.window_says("Ties:", BEN)["id"] == window["id"]
    world.close_windows(BEN)
