"""oauth.v2.access: the code of an installation for the bot's token."""

from __future__ import annotations

from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused
from sandbox.slack.workspace import APP, BOT_USER, CLIENT_ID, TEAM, TEAM_NAME


async def access(slack: Slack, args: Json) -> Json:
    """The bot's token, for a code that was not exchanged before."""
    if args.get("client_id") != CLIENT_ID:
        raise Refused("invalid_client_id")
    if args.get("client_secret") != slack.keys.client_secret:
        raise Refused("bad_client_secret")
    person = slack.installs.exchange(
        str(args.get("code") or ""), str(args.get("redirect_uri") or "")
    )
    return {
        "access_token": slack.keys.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(slack.manifest.scopes or ())),
        "bot_user_id": BOT_USER,
        "app_id": APP,
        "team": {"id": TEAM, "name": TEAM_NAME},
        "enterprise": None,
        "authed_user": {"id": person},
        "is_enterprise_install": False,
    }
