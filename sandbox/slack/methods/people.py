"""users.*, auth.test and what else tells who is who."""

from __future__ import annotations

from sandbox.slack.methods.conversations import page
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, needed
from sandbox.slack.workspace import (
    APP,
    BOT,
    BOT_NAME,
    BOT_USER,
    PEOPLE,
    TEAM,
    TEAM_DOMAIN,
    TEAM_NAME,
    UPDATED,
    picture,
    user_object,
)


async def auth_test(slack: Slack, args: Json) -> Json:  # noqa: ARG001  all methods take both
    """Who the token belongs to."""
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": TEAM_NAME,
        "user": "tieout",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


async def api_test(slack: Slack, args: Json) -> Json:  # noqa: ARG001
    """Echoes what was sent, or fails as asked."""
    if args.get("error"):
        raise Refused(str(args["error"]))
    return {"args": args}


async def info(slack: Slack, args: Json) -> Json:
    """One person."""
    needed(args, "user")
    return {"user": _user(slack, str(args["user"]))}


async def lookup_by_email(slack: Slack, args: Json) -> Json:
    """The person with this address."""
    needed(args, "email")
    for person in PEOPLE.values():
        if not person.stranger and person.email == str(args["email"]).lower():
            return {"user": _user(slack, person.id)}
    raise Refused("users_not_found")


async def list_users(slack: Slack, args: Json) -> Json:
    """Everybody, in pages."""
    own = [person.id for person in PEOPLE.values() if not person.stranger]
    users, cursor = page([*own, BOT_USER], args, 200)
    return {
        "members": [_user(slack, user) for user in users],
        "cache_ts": int(slack.clock().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


async def team_info(slack: Slack, args: Json) -> Json:  # noqa: ARG001
    """The workspace."""
    team = {"id": TEAM, "name": TEAM_NAME, "domain": TEAM_DOMAIN, "email_domain": ""}
    icon = {f"image_{size}": picture(TEAM, size) for size in (34, 44, 68, 88, 102, 132, 230)}
    return {"team": {**team, "icon": {**icon, "image_default": True}}}


async def bots_info(slack: Slack, args: Json) -> Json:  # noqa: ARG001
    """The app's bot."""
    if args.get("bot") not in (None, "", BOT):
        raise Refused("bot_not_found")
    icons = {f"image_{size}": picture(BOT, size) for size in (36, 48, 72)}
    return {"bot": {"id": BOT, "app_id": APP, "user_id": BOT_USER, "name": BOT_NAME,
                    "deleted": False, "updated": UPDATED, "icons": icons}}  # fmt: skip


def _user(slack: Slack, user: str) -> Json:
    if user not in PEOPLE and user != BOT_USER:
        raise Refused("user_not_found")
    return user_object(user, slack.clock(), with_email=slack.manifest.allows("users:read.email"))
