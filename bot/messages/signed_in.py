"""Whether Slack lets the bot in, with all it needs; asked before anybody is answered.

A token that is wrong stays wrong, so the bot does not start with it. A Slack that is away comes
back, so the bot starts without it and asks again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from slack_sdk.web import SlackResponse

from bot.errors import Misconfigured, NotDelivered
from bot.messages.workspace import ShutOut, Slack, call
from bot.settings import Secret

log = logging.getLogger("tieout")

AGAIN: Final = 5.0  # seconds between two tries to reach a Slack that is away
SCOPES: Final = frozenset(
    {
        "commands",
        "chat:write",  # answers, cards, words only one person sees
        "im:write",  # the direct conversation with whoever asked
        "im:history",  # what is written there, and what of ours is there already
        "channels:history",  # the same in channels
        "groups:history",  # and in private ones
        "files:read",  # whether a file is ready to be shown
        "files:write",  # pictures and exports
    }
)
_UNKNOWN = {"not_authed", "invalid_auth"}
_OVER = {"token_revoked", "token_expired", "account_inactive"}
_ABSENT = {"not_in_channel", "channel_not_found"}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The workspace the bot token belongs to, and its address on the web."""

    team: str
    name: str
    url: str


def sign_in(slack: Slack, app_token: Secret | None, team: str) -> SignedIn:
    """Where the tokens let us in; Misconfigured naming the setting that is wrong.

    `team` is the workspace the policy is about. Raises NotDelivered where Slack does not answer.
    """
    told = _asked(slack.client.auth_test, "SLACK_BOT_TOKEN", "the bot token (xoxb-…)")
    if missing := _missing(told.headers):
        several = len(missing) > 1
        raise Misconfigured(
            f"SLACK_BOT_TOKEN: the scope{'s' * several} {_listed(missing)} "
            f"{'are' if several else 'is'} missing: add {'them' if several else 'it'} under OAuth "
            "& Permissions of the app (manifest.yml has all) and install the app again"
        )
    found = SignedIn(str(told["team_id"]), str(told["team"]), str(told["url"]))
    if found.team != team:
        raise Misconfigured(
            f"TIEOUT_POLICY is about the workspace {team}, and SLACK_BOT_TOKEN belongs to "
            f"{found.team} ({found.name}): one of the two is the wrong one"
        )
    if app_token:
        opening = slack.client.apps_connections_open
        _asked(opening, "SLACK_APP_TOKEN", "an app-level token", app_token=app_token.reveal())
    return found


def not_in(slack: Slack, channels: Iterable[str]) -> Iterator[str]:
    """The channels nothing can be posted to before somebody invites the bot."""
    for channel in channels:
        try:
            call(slack.client.conversations_history, channel=channel, limit=1)
        except NotDelivered as error:
            if str(error) in _ABSENT:
                yield channel


class Door:
    """The way into Slack: asked once at the start, and again for as long as nobody answers."""

    def __init__(self, ask: Callable[[], SignedIn], turned_away: Callable[[], None]) -> None:
        self._ask = ask
        self._turned_away = turned_away
        self.signed_in: SignedIn | None = None
        self.refusal: Misconfigured | None = None

    @property
    def address(self) -> str:
        """The workspace's address on the web, "" while it is not known."""
        return self.signed_in.url if self.signed_in else ""

    def knock(self) -> None:
        """Ask now; Misconfigured where Slack says no, a line in the log where it says nothing."""
        try:
            self.signed_in = self._ask()
        except NotDelivered as error:
            log.warning("slack does not answer at SLACK_API_URL (%s); I will ask again", error)

    def knock_again(self) -> None:
        """A round: ask once more where nobody answered yet, and have the bot end at a no."""
        if self.signed_in or self.refusal:
            return
        try:
            self.knock()
        except Misconfigured as refusal:
            log.error("%s", refusal)
            self.refusal = refusal
            self._turned_away()
        else:
            if self.signed_in:
                log.info("slack answers again")


def _asked(
    method: Callable[..., SlackResponse], setting: str, kind: str, **said: str
) -> SlackResponse:
    try:
        return call(method, **said)
    except NotDelivered as error:
        if error.passing and not isinstance(error, ShutOut):
            raise
        raise Misconfigured(f"{setting} {_refused(str(error), kind)}") from error


def _refused(why: str, kind: str) -> str:
    if why in _UNKNOWN:
        return f"is no token that Slack knows ({why}): copy {kind} of the app once more"
    if why in _OVER:
        return f"is no longer good ({why}): install the app again and copy {kind}"
    if why == "not_allowed_token_type":
        return f"is a token of another kind ({why}): it takes {kind}"
    if why == "missing_scope":
        return f"lacks a scope ({why}): make {kind} with connections:write"
    return f"was refused by Slack ({why}): check {kind} and the app's settings"


def _missing(headers: Mapping[str, str]) -> tuple[str, ...]:
    """The scopes we need and were not granted; none where Slack does not say what it granted."""
    told = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    if told is None:
        return ()
    return tuple(sorted(SCOPES - {scope.strip() for scope in told.split(",")}))


def _listed(words: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
