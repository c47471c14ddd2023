"""What the bot is told from outside, read once; every mistake in it is named at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import Misconfigured

PRODUCTION_GATEWAY = "https://api.intacct.com/ia/xml/xmlgw.phtml"
PRODUCTION_SLACK = "https://slack.com/api/"


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A value that never shows itself in a log, a message or an error."""

    _value: str

    def reveal(self) -> str:
        """The value itself; only where it is handed to the library that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(*****)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the bot is told; see `.env.example` for a line on each."""

    database_url: str
    audit_key: Secret
    policy_file: Path
    intacct_url: str
    intacct_sender_id: str
    intacct_sender_password: Secret
    intacct_company_id: str
    intacct_user_id: str
    intacct_user_password: Secret
    intacct_in_flight: int
    intacct_per_minute: int
    intacct_monthly_allowance: int
    slack_api_url: str
    slack_bot_token: Secret
    slack_signing_secret: Secret | None
    slack_app_token: Secret | None
    host: str
    port: int
    default_entity: str
    first_fiscal_month: int

    @staticmethod
    def from_env(env: Mapping[str, str]) -> Settings:
        """The settings, or one Misconfigured naming everything that is missing or wrong."""
        problems = [*_missing(env), *_misplaced(env)]
        gateway = env.get("INTACCT_URL") or PRODUCTION_GATEWAY
        slack = env.get("SLACK_API_URL") or PRODUCTION_SLACK
        problems += [
            f"{name} must begin with https:// (http is for this machine only)"
            for name, url in (("INTACCT_URL", gateway), ("SLACK_API_URL", slack))
            if not _safe(url)
        ]
        numbers = {name: int(told) for name in _NUMBERS if (told := _told(env, name)).isdecimal()}
        problems += _unfit(env, numbers)
        if problems:
            raise Misconfigured("; ".join(problems))
        return Settings(
            database_url=env.get("TIEOUT_DATABASE_URL") or "sqlite:///tieout.sqlite",
            audit_key=Secret(env["TIEOUT_AUDIT_KEY"]),
            policy_file=Path(env.get("TIEOUT_POLICY") or "policy.toml"),
            intacct_url=gateway,
            intacct_sender_id=env["INTACCT_SENDER_ID"],
            intacct_sender_password=Secret(env["INTACCT_SENDER_PASSWORD"]),
            intacct_company_id=env["INTACCT_COMPANY_ID"],
            intacct_user_id=env["INTACCT_USER_ID"],
            intacct_user_password=Secret(env["INTACCT_USER_PASSWORD"]),
            intacct_in_flight=numbers["INTACCT_IN_FLIGHT"],
            intacct_per_minute=numbers["INTACCT_PER_MINUTE"],
            intacct_monthly_allowance=numbers["INTACCT_MONTHLY_ALLOWANCE"],
            slack_api_url=slack,
            slack_bot_token=Secret(env["SLACK_BOT_TOKEN"].strip()),
            slack_signing_secret=_secret(env.get("SLACK_SIGNING_SECRET")),
            slack_app_token=_secret(env.get("SLACK_APP_TOKEN")),
            host=env.get("TIEOUT_HOST") or "127.0.0.1",
            port=numbers["TIEOUT_PORT"],
            default_entity=env.get("TIEOUT_DEFAULT_ENTITY") or "",
            first_fiscal_month=numbers["TIEOUT_FIRST_FISCAL_MONTH"],
        )


_REQUIRED = (
    "TIEOUT_AUDIT_KEY",
    "INTACCT_SENDER_ID",
    "INTACCT_SENDER_PASSWORD",
    "INTACCT_COMPANY_ID",
    "INTACCT_USER_ID",
    "INTACCT_USER_PASSWORD",
    "SLACK_BOT_TOKEN",
)


# How each kind of Slack's tokens begins, and which one belongs where.
_KINDS = {
    "xoxb": "a bot token (xoxb-…)",
    "xapp": "an app-level token (xapp-…)",
    "xoxp": "a person's token (xoxp-…)",
    "xoxe": "a token that expires (xoxe…; switch token rotation off)",
}
_SLACK_KEYS = {
    "SLACK_BOT_TOKEN": ("xoxb", "the app's bot token (xoxb-…)"),
    "SLACK_APP_TOKEN": ("xapp", "an app-level token (xapp-…)"),
    "SLACK_SIGNING_SECRET": ("", "the app's signing secret"),
}

# What a number is where nobody says, and from where to where it makes sense.
_NUMBERS = {
    "INTACCT_IN_FLIGHT": (2, 1, 100),
    "INTACCT_PER_MINUTE": (600, 3, 100_000),
    "INTACCT_MONTHLY_ALLOWANCE": (100_000, 1, 1_000_000_000),
    "TIEOUT_PORT": (8080, 0, 65_535),
    "TIEOUT_FIRST_FISCAL_MONTH": (1, 1, 12),
}


def monthly_allowance(env: Mapping[str, str]) -> int:
    """The transactions a month that the company's tier includes; Misconfigured for no number."""
    told = _told(env, "INTACCT_MONTHLY_ALLOWANCE")
    if not told.isdecimal() or not int(told):
        raise Misconfigured(f"INTACCT_MONTHLY_ALLOWANCE is no number from 1: {told}")
    return int(told)


def _missing(env: Mapping[str, str]) -> list[str]:
    missing = [f"{name} is missing" for name in _REQUIRED if not env.get(name, "").strip()]
    if _secret(env.get("SLACK_SIGNING_SECRET")) or _secret(env.get("SLACK_APP_TOKEN")):
        return missing
    return [*missing, "SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing"]


def _told(env: Mapping[str, str], name: str) -> str:
    return env.get(name) or str(_NUMBERS[name][0])


def _unfit(env: Mapping[str, str], numbers: Mapping[str, int]) -> Iterator[str]:
    for name, (_, least, most) in _NUMBERS.items():
        if not least <= numbers.get(name, -1) <= most:
            yield f"{name} must be a number from {least} to {most}, not {_told(env, name)}"
    at_once, a_minute = numbers.get("INTACCT_IN_FLIGHT"), numbers.get("INTACCT_PER_MINUTE")
    if at_once and a_minute and a_minute < at_once + 2:
        yield f"INTACCT_PER_MINUTE must be at least {at_once + 2} for INTACCT_IN_FLIGHT={at_once}"


def _misplaced(env: Mapping[str, str]) -> Iterator[str]:
    """Slack hands out several keys that look alike; one in another's place is named by its kind."""
    for name, (kind, words) in _SLACK_KEYS.items():
        given = env.get(name, "").strip().partition("-")[0].partition(".")[0]
        if given in _KINDS and given != kind:
            yield f"{name} takes {words}, and this is {_KINDS[given]}"


def _secret(value: str | None) -> Secret | None:
    """What was pasted, without the space around it; None where that is nothing."""
    return Secret(value.strip()) if value and value.strip() else None


def _safe(url: str) -> bool:
    parts = urlsplit(url)
    loopback = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return parts.scheme == "https" or (parts.scheme == "http" and loopback)
