from __future__ import annotations

import pytest

from bot.errors import Misconfigured
from bot.settings import PRODUCTION_GATEWAY, Secret, Settings

ENOUGH = {
    "TIEOUT_AUDIT_KEY": "k",
    "INTACCT_SENDER_ID": "s",
    "INTACCT_SENDER_PASSWORD": "hunter2",
    "INTACCT_COMPANY_ID": "c",
    "INTACCT_USER_ID": "u",
    "INTACCT_USER_PASSWORD": "p",
    "SLACK_BOT_TOKEN": "xoxb",
    "SLACK_SIGNING_SECRET": "x",
}


def test_enough_settings_leave_the_rest_at_what_most_people_want() -> None:
    settings = Settings.from_env(ENOUGH)

    assert settings.intacct_url == PRODUCTION_GATEWAY
    assert settings.database_url.startswith("sqlite:///")
    assert settings.first_fiscal_month == 1
    assert (settings.intacct_in_flight, settings.intacct_per_minute) == (2, 600)
    assert settings.intacct_monthly_allowance == 100_000


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(Misconfigured) as caught:
        Settings.from_env({})

    for name in ("TIEOUT_AUDIT_KEY", "INTACCT_USER_PASSWORD", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        assert name in str(caught.value)


def test_an_empty_signing_secret_is_noticed_at_the_start() -> None:
    with pytest.raises(Misconfigured, match="SLACK_SIGNING_SECRET"):
        Settings.from_env({**ENOUGH, "SLACK_SIGNING_SECRET": ""})


@pytest.mark.parametrize("url", ["http://intacct.example/x", "ftp://127.0.0.1/", "intacct"])
def test_what_leaves_this_machine_is_encrypted(url: str) -> None:
    with pytest.raises(Misconfigured, match="INTACCT_URL must begin with https"):
        Settings.from_env({**ENOUGH, "INTACCT_URL": url})


def test_a_stand_in_on_this_machine_needs_no_encryption() -> None:
    url = "http://127.0.0.1:9/ia/xml/xmlgw.phtml"

    assert Settings.from_env({**ENOUGH, "INTACCT_URL": url}).intacct_url == url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIEOUT_PORT", "http"),
        ("TIEOUT_FIRST_FISCAL_MONTH", "13"),
        ("INTACCT_IN_FLIGHT", "0"),
        ("INTACCT_PER_MINUTE", "3"),  # of which two may be under way
        ("INTACCT_PER_MINUTE", "-600"),
        ("INTACCT_MONTHLY_ALLOWANCE", "lots"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        Settings.from_env({**ENOUGH, name: value})


def test_a_secret_never_shows_itself() -> None:
    settings = Settings.from_env(ENOUGH)

    assert "hunter2" not in f"{settings} {settings!r} {settings.intacct_sender_password}"
    assert settings.intacct_sender_password.reveal() == "hunter2"
    assert str(Secret("hunter2")) == "Secret(*****)"


def test_a_secret_of_spaces_is_none_and_space_around_one_is_not_part_of_it() -> None:
    with pytest.raises(Misconfigured, match="SLACK_SIGNING_SECRET"):
        Settings.from_env({**ENOUGH, "SLACK_SIGNING_SECRET": " \t\n"})
    with pytest.raises(Misconfigured, match="SLACK_BOT_TOKEN is missing"):
        Settings.from_env({**ENOUGH, "SLACK_BOT_TOKEN": "  "})

    assert Settings.from_env({**ENOUGH, "SLACK_BOT_TOKEN": " xoxb-1\n"}).slack_bot_token == Secret(
        "xoxb-1"
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1-A0", "and this is an app-level token"),
        ("SLACK_BOT_TOKEN", "xoxp-1", "and this is a person's token"),
        ("SLACK_BOT_TOKEN", "xoxe.xoxb-1", "and this is a token that expires"),
        ("SLACK_APP_TOKEN", "xoxb-1", "and this is a bot token"),
        ("SLACK_SIGNING_SECRET", "xoxb-1", "takes the app's signing secret"),
    ],
)
def test_a_key_in_anothers_place_is_named_by_its_kind(name: str, value: str, words: str) -> None:
    with pytest.raises(Misconfigured, match=f"{name} takes") as caught:
        Settings.from_env({**ENOUGH, name: value})

    assert words in str(caught.value)
    assert value not in str(caught.value)
