"""What the bot is told from outside, read once; every mistake in it is named at once."""

from __future__ import annotations

from collections.abc import Mapping
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
        problems = [f"{name} is missing" for name in _REQUIRED if not env.get(name)]
        if not env.get("SLACK_SIGNING_SECRET") and not env.get("SLACK_APP_TOKEN"):
            problems.append(
                "SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing"
            )
        gateway = env.get("INTACCT_URL") or PRODUCTION_GATEWAY
        slack = env.get("SLACK_API_URL") or PRODUCTION_SLACK
        problems += [
            f"{name} must begin with https:// (http is for this machine only)"
            for name, url in (("INTACCT_URL", gateway), ("SLACK_API_URL", slack))
            if not _safe(url)
        ]
        port, first = env.get("TIEOUT_PORT") or "8080", env.get("TIEOUT_FIRST_FISCAL_MONTH") or "1"
        problems += [] if port.isdigit() else [f"TIEOUT_PORT is no number: {port}"]
        if first not in {str(number) for number in range(1, 13)}:
            problems.append(f"TIEOUT_FIRST_FISCAL_MONTH must be 1 to 12, not {first}")
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
            slack_api_url=slack,
            slack_bot_token=Secret(env["SLACK_BOT_TOKEN"]),
            slack_signing_secret=_secret(env.get("SLACK_SIGNING_SECRET")),
            slack_app_token=_secret(env.get("SLACK_APP_TOKEN")),
            host=env.get("TIEOUT_HOST") or "127.0.0.1",
            port=int(port),
            default_entity=env.get("TIEOUT_DEFAULT_ENTITY") or "",
            first_fiscal_month=int(first),
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


def _secret(value: str | None) -> Secret | None:
    return Secret(value) if value else None


def _safe(url: str) -> bool:
    parts = urlsplit(url)
    loopback = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return parts.scheme == "https" or (parts.scheme == "http" and loopback)
