"""A tap on a card that is a week old: told so, drawn so, and nothing else."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from bot.approvals.queue import get_proposal
from bot.desk import deciding, edge
from bot.desk.desk import Desk
from bot.desk.showing import card_key, show_card
from bot.jobs.work import Work, args_of
from bot.messages.workspace import connect
from bot.services import Services
from bot.store.engine import reading
from tests.bot.approvals.conftest import (  # noqa: F401  a desk over the small company
    books,
    clock,
    company_file,
    gateway,
    people,
    services,
)
from tests.bot.approvals.ledger import People, jobs, staged
from tests.bot.approvals.paper import BEN, Clock
from tests.bot.messages.conftest import FINANCE, Drawer, Workspace, workspace  # noqa: F401


@pytest.fixture
def desk(services: Services, workspace: Workspace, clock: Clock) -> Desk:  # noqa: F811
    """The services, and a workspace to answer in."""
    told = workspace.told
    slack = connect(told["api"], told["bot_token"], services.store, clock, Drawer())
    return Desk(services, slack)


def tapped(desk: Desk, action: str, proposal_id: str, ts: str) -> str:
    """Ben taps the card, and what that puts on the pile is done; its key."""
    trigger = uuid4().hex
    taken = edge.acted(
        desk,
        {
            "user": {"id": BEN.user, "team_id": BEN.team},
            "team": {"id": BEN.team},
            "trigger_id": trigger,
            "channel": {"id": FINANCE},
            "container": {"type": "message", "channel_id": FINANCE, "message_ts": ts},
            "actions": [{"action_id": action, "value": proposal_id}],
        },
    )
    assert taken.sentence == ""
    key = f"slack:{trigger}"
    with reading(desk.services.store) as tx:
        args = args_of(tx, key)
    assert args is not None
    deciding.click(Work(key, "click", args, lambda _, do: do(), lambda: None), desk)
    return key


def test_a_tap_on_a_card_a_week_old_is_told_so_and_decides_nothing(
    desk: Desk,
    workspace: Workspace,  # noqa: F811
    people: People,  # noqa: F811
    clock: Clock,  # noqa: F811
) -> None:
    proposal = staged(desk.services)
    show_card(desk, proposal.id, post_to={card_key(proposal.id): FINANCE})
    card = workspace.record("chat.postMessage", proposal.id)[-1]
    before = len(workspace.record("chat.postMessage"))
    clock.move(days=7)

    keys = [tapped(desk, "proposal.approve", proposal.id, card["response"]["ts"]) for _ in range(2)]

    now = get_proposal(desk.services.store, proposal.id)
    assert now is not None
    assert now.state == "expired"
    assert jobs(desk.services) == sorted(keys)  # the taps themselves, and no commit
    shown = workspace.record("chat.update", proposal.id)[-1]["args"]
    assert "Expired" in shown["text"]
    assert "proposal.approve" not in json.dumps(shown["blocks"])
    told = [
        line["args"]["text"]
        for line in workspace.record("chat.postMessage")[before:]
        if line["args"]["channel"] == BEN.user
    ]
    assert [text.count("The time to decide this ended on") for text in told] == [1, 1]
