"""The people, channels and app of the local workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.slack.wire import Json

TEAM = "T01ACME"
TEAM_NAME = "Acme Group"
TEAM_DOMAIN = "acme"
BOT_USER = "U00TIEOUT"
BOT = "B00TIEOUT"
APP = "A00TIEOUT"
UPDATED = 1_735_689_600  # when people and the app were last changed
AVATARS = (24, 32, 48, 72, 192, 512)  # pixels
CLIENT_ID = "1111111111.2222222222"
BOT_NAME = "Tieout"
SLACKBOT = "USLACKBOT"
ADMIN = "U03CLEO"
OTHER_TEAM, OTHER_TEAM_NAME, OTHER_TEAM_DOMAIN = "T02ORBIT", "Orbit Holdings", "orbit"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who types and clicks."""

    id: str
    name: str
    real_name: str
    title: str
    tz: str
    team: str = TEAM
    guest: bool = False

    @property
    def stranger(self) -> bool:
        """Whether they come from another workspace, through a shared channel."""
        return self.team != TEAM

    @property
    def dm(self) -> str:
        """The direct message with the bot."""
        return f"D{self.id[1:]}"

    @property
    def email(self) -> str:
        """The work address."""
        domain = OTHER_TEAM_DOMAIN if self.stranger else TEAM_DOMAIN
        return f"{self.name}@{domain}.example"


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where messages stand, and who is in it."""

    id: str
    name: str
    topic: str
    members: tuple[str, ...]
    kind: str = "channel"  # or "im"
    private: bool = False
    archived: bool = False
    shared: bool = False  # with another workspace

    @property
    def sort(self) -> str:
        """The kind as scopes and events call it: channels, groups or im."""
        return "im" if self.kind == "im" else "groups" if self.private else "channels"


PEOPLE = {
    person.id: person
    for person in (
        Person("U01ANA", "ana", "Ana Ruiz", "FP&A analyst", "Europe/Madrid"),
        Person("U02BEN", "ben", "Ben Okafor", "Controller", "America/Chicago"),
        Person("U03CLEO", "cleo", "Cleo Marsh", "CFO", "America/New_York"),
        Person("U04DEV", "dev", "Dev Shah", "Sales operations", "Asia/Kolkata"),
        Person("U05GINA", "gina", "Gina Lund", "External auditor", "Europe/Oslo", guest=True),
        Person(
            "U06OMAR",
            "omar",
            "Omar Haddad",
            "Accounts payable at Orbit",
            "Asia/Dubai",
            team=OTHER_TEAM,
        ),
    )
}

CHANNELS = {
    channel.id: channel
    for channel in (
        Channel(
            "C01FINANCE",
            "finance",
            "Forecasts, variances and month end",
            ("U01ANA", "U02BEN", "U03CLEO", "U04DEV", BOT_USER),
        ),
        Channel(
            "C02AUDIT",
            "fin-audit",
            "The daily head of the audit chain",
            ("U02BEN", "U03CLEO", BOT_USER),
        ),
        Channel(
            "C03GENERAL",
            "general",
            "Everybody at Acme",
            ("U01ANA", "U02BEN", "U03CLEO", "U04DEV"),
        ),
        Channel(
            "C04CLOSE",
            "close-team",
            "Month end, among ourselves and the auditor",
            ("U02BEN", "U03CLEO", "U05GINA", BOT_USER),
            private=True,
        ),
        Channel(
            "C05ORBIT",
            "orbit-acme",
            "What Orbit Holdings owes, with Orbit Holdings",
            ("U01ANA", "U02BEN", "U06OMAR", BOT_USER),
            shared=True,
        ),
        Channel(
            "C06PLAN24",
            "plan-2024",
            "Last year's plan, closed",
            ("U01ANA", "U02BEN", BOT_USER),
            archived=True,
        ),
        *(
            Channel(person.dm, "directmessage", "", (person.id, BOT_USER), "im")
            for person in PEOPLE.values()
            if not person.stranger
        ),
    )
}


def picture(who: str, size: int) -> str:
    """The address of somebody's picture, `size` pixels wide."""
    return f"https://avatars.example/{who}-{size}.png"


def channel_object(channel: Channel, created: int = UPDATED) -> Json:
    """A channel as `conversations.*` tells it."""
    if channel.kind == "im":
        return {
            "id": channel.id,
            "created": created,
            "is_im": True,
            "is_archived": False,
            "user": channel.members[0],
            "is_user_deleted": False,
            "context_team_id": TEAM,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "unlinked": 0,
        "updated": created * 1000,  # milliseconds, as Slack has it here
        "previous_names": [],
        "pending_shared": [],
        "is_general": channel.name == "general",
        "is_member": BOT_USER in channel.members,
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_org_shared": False,
        "created": created,
        "creator": "U03CLEO",
        "topic": {"value": channel.topic, "creator": "U03CLEO", "last_set": created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
        "context_team_id": TEAM,
        **({"shared_team_ids": [TEAM, OTHER_TEAM]} if channel.shared else {}),
    }


def user_object(user: str, now: datetime, *, with_email: bool) -> Json:
    """A person or the bot as `users.*` tells them."""
    person = PEOPLE.get(user)
    if person is None:
        bot = Person(BOT_USER, "tieout", BOT_NAME, "", "America/Los_Angeles")
        return _user(bot, now, {"api_app_id": APP})
    profile = {"title": person.title} | ({"email": person.email} if with_email else {})
    return _user(person, now, profile)


def _user(person: Person, now: datetime, profile: Json) -> Json:
    local = now.astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    names = {
        "display_name": person.name,
        "display_name_normalized": person.name,
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "status_text": "",
        "status_emoji": "",
        "team": person.team,
    }
    images = {f"image_{size}": picture(person.id, size) for size in AVATARS}
    return {
        "id": person.id,
        "team_id": person.team,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": False,
        "tz": person.tz,
        "tz_label": local.tzname() or person.tz,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "is_bot": person.id == BOT_USER,
        "is_admin": person.id == ADMIN,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "is_stranger": person.stranger,
        "is_app_user": False,
        "updated": UPDATED,
        "profile": {**names, **images, **profile},
    }
