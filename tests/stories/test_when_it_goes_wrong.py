"""Each thing that goes wrong gets one clear sentence with what to do, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.stories.conftest import MakeWorld
from tests.stories.steps import QUICK, Json, about
from tests.stories.world import ANA, PATIENCE, World, said, until


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("/forecast revenue 0m", "I can forecast 1 to 36 months ahead, not 0"),
        ("/forecast revenue 1,000m", "I can forecast 1 to 36 months ahead, not 1,000"),
        ("/forecast revenue by customer", "I cannot split by “customer”"),
        ("/forecast revenue color=red", "I do not know “color=”"),
        ("/forecast revenue as of 2031-01", "not over yet"),
        ("/forecast help", "Type /forecast revenue 12m by department"),
        ("/audit everything", "Type /audit verify"),
        ("/forecast 4999x", "There is no account or category “4999x”"),
        ("/forecast subscripton revenu", "Did you mean 4000 Subscription revenue"),
        ("/forecast revenue dept=NOWHERE", "There is no department “NOWHERE”. Did you mean"),
        ("/forecast revenue dept=OLD", "is inactive in Intacct"),
        ("/forecast revenue entity=900", "There is no entity “900”. Say one of entity=100"),
        ("/forecast 1000", "I forecast active income-statement accounts"),
        ("/audit trail PRP-NOTTHERE", "Nothing is on record about “PRP-NOTTHERE”"),
    ],
)
def test_words_that_do_not_fit_are_answered_with_what_would(
    shared_world: World, words: str, sentence: str
) -> None:
    assert shared_world.type(words)["ok"]

    shared_world.sees(sentence)


def test_text_full_of_markup_comes_back_as_text(shared_world: World) -> None:
    shared_world.type("/forecast <!channel> *x* `y` & <@U02BEN> 6m")

    seen = shared_world.sees("ˋyˋ")
    read_for_signs = [seen["text"], *signs_read_in(seen["blocks"])]

    assert "There is no account or category “&lt;!channel&gt;" in str(read_for_signs)
    assert "<!channel>" not in str(read_for_signs)
    assert "<@U02BEN>" not in str(read_for_signs)


def signs_read_in(part: object) -> list[str]:
    """The texts of blocks in which Slack reads signs; in plain text it does not."""
    if isinstance(part, dict):
        own = [str(part["text"])] if part.get("type") == "mrkdwn" else []
        return own + [text for value in part.values() for text in signs_read_in(value)]
    if isinstance(part, list):
        return [text for value in part for text in signs_read_in(value)]
    return []


def since(world: World, before: int, words: str, patience: float = PATIENCE) -> Json:
    """The message with these words that came after so many, awaited."""
    return until(
        lambda: next((m for m in world.messages()[before:] if words in said(m)), None), patience
    )


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("INTACCT_USER_PASSWORD", "m1splaced", "Intacct refused our sign-in"),
        ("INTACCT_SENDER_PASSWORD", "m1splaced", "Intacct does not let our sender id in"),
    ],
)
def test_credentials_that_are_refused_say_which_setting_to_check(
    make_world: MakeWorld, setting: str, value: str, sentence: str
) -> None:
    world = make_world(**{setting: value})

    world.type("/forecast 4000 3m")

    failed = world.sees(sentence)
    assert setting.rsplit("_", 1)[0] in said(failed)
    assert value not in (world.folder / "bot.log").read_text(encoding="utf-8")


def test_a_gateway_that_is_down_is_asked_again_until_it_answers(shared_world: World) -> None:
    shared_world.fault(kind="down", count=3)

    shared_world.type(f"/forecast 4100 {QUICK}")

    about(shared_world, "4100", "Save as budget version")


def test_a_gateway_that_stays_down_says_so_and_the_command_can_be_tried_again(
    shared_world: World,
) -> None:
    world, before = shared_world, len(shared_world.messages())
    world.fault(kind="down", count=1000)
    world.type(f"/forecast 4200 {QUICK}")

    since(world, before, "Intacct does not answer")
    failed = since(world, before, "Try again", 120)
    world.fault(kind="none")
    world.tap("command.again", failed, ANA)

    about(world, "4200", "Save as budget version")
