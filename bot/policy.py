"""Who may ask, who may decide, and what must be looked at twice: one reviewed file, versioned."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from bot.errors import Misconfigured


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """Somebody in a Slack workspace; the same id in another workspace is somebody else."""

    team: str
    user: str


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules as they stand; every card prints the version it was drawn under.

    A copy of the books younger than `freshness` answers as they would, and it is brought up to
    date by itself every `refresh_every`; nothing for either means never.
    """

    version: int
    forecast_askers: frozenset[Person]
    budget_deciders: frozenset[Person]
    finance_channels: frozenset[str]
    review_above_percent: Decimal
    proposal_life: timedelta
    most_lines: int
    approval_channel: str = ""
    team: str = ""  # the workspace all of it is about
    freshness: timedelta = timedelta(0)
    refresh_every: timedelta = timedelta(0)

    def may_see(self, who: Person) -> bool:
        """Whether this person may see figures at all."""
        return who in self.forecast_askers or who in self.budget_deciders

    def may_type(self, command: str, who: Person) -> bool:
        """Whether this person may use this command."""
        return self.may_ask(who) if command == "/forecast" else self.may_see(who)

    def may_ask(self, who: Person) -> bool:
        """Whether this person may ask for forecasts and stage budget versions."""
        return who in self.forecast_askers

    def may_decide(self, who: Person, asked_by: Person) -> bool:
        """Whether this person may decide a budget version that the other asked for."""
        return who in self.budget_deciders and who != asked_by

    def needs_review(self, old: Decimal | None, new: Decimal) -> bool:
        """Whether the change is above the limit (15 %: 15.00 no, 15.01 yes; from 0 to more yes).

        `old` is None where the line was not in the version before: as if it had been nothing.
        """
        if old is None or old == 0:
            return new != 0
        return old * new < 0 or abs(new - old) * 100 > self.review_above_percent * abs(old)


def read_policy(file: Path) -> Policy:
    """The policy in a TOML file, or Misconfigured saying which entry is missing or wrong."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        team = _id(raw["team"], "team")
        return Policy(
            version=_count(raw["version"], "version"),
            forecast_askers=frozenset(Person(team, u) for u in _ids(raw["forecast"], "may_ask")),
            budget_deciders=frozenset(Person(team, u) for u in _ids(raw["budget"], "may_decide")),
            finance_channels=frozenset(_ids(raw["channels"], "finance")),
            review_above_percent=_percent(raw["forecast"]["review_above_percent"]),
            proposal_life=timedelta(
                hours=_count(raw["budget"]["expires_after_hours"], "expires_after_hours", least=0)
            ),
            most_lines=_count(raw["budget"]["most_lines"], "most_lines"),
            approval_channel=_id(raw["channels"]["approvals"], "approvals"),
            team=team,
            freshness=_minutes(raw.get("staged", {}).get("freshness_minutes", 0)),
            refresh_every=_minutes(raw.get("staged", {}).get("refresh_minutes", 0)),
        )
    except OSError as error:
        raise Misconfigured(f"the policy file {file} cannot be read: {error.strerror}") from error
    except KeyError as error:
        raise Misconfigured(f"the policy file {file} has no entry {error}") from error
    except (tomllib.TOMLDecodeError, ValueError, TypeError, ArithmeticError) as error:
        raise Misconfigured(f"the policy file {file} cannot be understood: {error}") from error


def _ids(part: Mapping[str, object], entry: str) -> list[str]:
    """A list of Slack ids; one id without its brackets is a mistake, not a list of letters."""
    raw = part[entry]
    if not isinstance(raw, list) or not all(isinstance(one, str) and one for one in raw):
        raise ValueError(f'{entry} takes ids in brackets, like ["U01ANA"], not {raw!r}')
    return raw


def _id(raw: object, entry: str) -> str:
    if not isinstance(raw, str) or not raw:
        raise ValueError(f'{entry} is one id, like "C01FINANCE", not {raw!r}')
    return raw


def _count(raw: object, entry: str, least: int = 1) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < least:
        raise ValueError(f"{entry} must be a whole number from {least}, not {raw!r}")
    return raw


def _percent(raw: object) -> Decimal:
    said = str(raw)
    if not re.fullmatch(r"\d+(\.\d+)?", said):
        raise ValueError(f"review_above_percent must be a number from 0, not {raw!r}")
    return Decimal(said)


def _minutes(raw: object) -> timedelta:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise ValueError(f"minutes must be a whole number from 0, not {raw!r}")
    return timedelta(minutes=raw)
