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
BOT_NAME = "Tieout"
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who types and clicks."""

    id: str
    name: str
    real_name: str
    title: str
    tz: str

    @property
    def dm(self) -> str:
        """The direct message with the bot."""
        return f"D{self.id[1:]}"

    @property
    def email(self) -> str:
        """The work address."""
        return f"{self.name}@acme.example"


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where messages stand, and who is in it."""

    id: str
    name: str
    topic: str
    members: tuple[str, ...]
    kind: str = "channel"  # or "im"


PEOPLE = {
    person.id: person
    for person in (
        Person("U01ANA", "ana", "Ana Ruiz", "FP&A analyst", "Europe/Madrid"),
        Person("U02BEN", "ben", "Ben Okafor", "Controller", "America/Chicago"),
        Person("U03CLEO", "cleo", "Cleo Marsh", "CFO", "America/New_York"),
        Person("U04DEV", "dev", "Dev Shah", "Sales operations", "Asia/Kolkata"),
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
        *(
            Channel(person.dm, "directmessage", "", (person.id, BOT_USER), "im")
            for person in PEOPLE.values()
        ),
    )
}


def channel_object(channel: Channel, created: int = 1_735_689_600) -> Json:
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
        "is_private": False,
        "is_archived": False,
        "is_general": channel.name == "general",
        "is_member": BOT_USER in channel.members,
        "is_shared": False,
        "is_ext_shared": False,
        "created": created,
        "creator": "U03CLEO",
        "topic": {"value": channel.topic, "creator": "U03CLEO", "last_set": created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
        "context_team_id": TEAM,
    }


def user_object(user: str, now: datetime, *, with_email: bool) -> Json:
    """A person or the bot as `users.*` tells them."""
    person = PEOPLE.get(user)
    if person is None:
        return _user(BOT_USER, "tieout", BOT_NAME, "America/Los_Angeles", now, {"api_app_id": APP})
    profile = {"title": person.title} | ({"email": person.email} if with_email else {})
    return _user(person.id, person.name, person.real_name, person.tz, now, profile)


def _user(user: str, name: str, real_name: str, tz: str, now: datetime, profile: Json) -> Json:
    local = now.astimezone(ZoneInfo(tz))
    offset = local.utcoffset()
    return {
        "id": user,
        "team_id": TEAM,
        "name": name,
        "real_name": real_name,
        "deleted": False,
        "tz": tz,
        "tz_label": local.tzname() or tz,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "is_bot": user == BOT_USER,
        "is_admin": user == "U03CLEO",
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_app_user": False,
        "updated": 1_735_689_600,
        "profile": {"display_name": name, "real_name": real_name, "team": TEAM, **profile},
    }
