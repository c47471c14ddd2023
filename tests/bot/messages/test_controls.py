from __future__ import annotations

from typing import Any

from bot.messages.message import Button, Buttons, Field, Menu, Message, Modal, Option
from bot.messages.render import blocks_of, view_of


def options(many: int, length: int = 1) -> tuple[Option, ...]:
    return tuple(Option("x" * length, f"v{n}") for n in range(many))


def window(*fields: Field) -> list[Any]:
    return list(view_of(Modal("m", "t", "a", (), fields))["blocks"])


def picked(menu: Menu) -> Any:
    (row,) = view_of(Modal("m", "t", "a", (menu,)))["blocks"]
    return row["elements"][0]


def test_up_to_a_hundred_options_are_listed_and_more_are_looked_up_at_once() -> None:
    listed, looked_up = (
        picked(Menu("Figure", "a.b", options(100))),
        picked(Menu("Figure", "a.b", options(101), chosen="v100")),
    )

    assert listed["type"] == "static_select"
    assert len(listed["options"]) == 100
    assert (looked_up["type"], looked_up["min_query_length"]) == ("external_select", 0)
    assert looked_up["initial_option"]["value"] == "v100"


def test_a_value_that_cannot_come_back_whole_is_not_offered_and_counted() -> None:
    menu = Menu("Figure", "a.b", (*options(2), Option("long", "v" * 151), Option("twice", "v1")))
    buttons = Buttons((Button("Go", "a.go", "v" * 2001), Button("Stay", "a.stay", "v")))

    drawn = blocks_of(Message("t", "r", (menu, buttons)))

    assert [o["value"] for o in drawn[2]["elements"][0]["options"]] == ["v0", "v1"]
    assert [b["action_id"] for b in drawn[3]["elements"]] == ["a.stay"]
    assert drawn[4]["elements"][0]["text"] == "No room here for: 2 choices, 1 button."


def test_the_same_action_twice_stands_in_two_rows() -> None:
    buttons = Buttons(tuple(Button(f"Look at {n}", "a.look", f"{n}") for n in range(2)))

    drawn = blocks_of(Message("t", "r", (buttons,)))[2:]

    assert [len(row["elements"]) for row in drawn] == [1, 1]


def test_few_options_of_a_field_are_seen_at_once_and_many_in_a_list() -> None:
    (few, many, typed) = window(
        Field("format", "Format", options=options(2)),
        Field("account", "Account", options=options(30)),
        Field("reason", "Reason", "What would have to change?", required=False),
    )

    assert few["element"]["type"] == "radio_buttons"
    assert many["element"]["type"] == "static_select"
    assert typed["element"]["type"] == "plain_text_input"
    assert typed["hint"]["text"] == "What would have to change?"
    assert typed["optional"] is True


def test_a_window_with_fields_can_always_be_sent() -> None:
    view = view_of(Modal("m", "", "a", (), (Field("reason", "Reason"),), close=""))

    assert [view[name]["text"] for name in ("title", "submit", "close")] == [
        "Tieout",
        "Send",
        "Close",
    ]
