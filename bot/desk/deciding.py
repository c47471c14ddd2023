"""A stored click becomes a staged proposal, a decision or a commit, and the card shows it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.approvals.commit import commit, settle_failed
from bot.approvals.decide import Click, decide
from bot.approvals.evidence import asked_on_record
from bot.approvals.outcome import Outcome
from bot.approvals.queue import flagged, get_proposal
from bot.approvals.review import review
from bot.approvals.reviewers import reviewers
from bot.approvals.stage import proposal_id, stage
from bot.desk.cards import card
from bot.desk.desk import Desk, reference
from bot.errors import NotAllowed, NotDelivered, explain
from bot.forecasts.kept import kept
from bot.forecasts.save import draft_of
from bot.jobs.work import Work
from bot.messages import send
from bot.messages.message import Mention, Message, says
from bot.policy import Person
from bot.store.turn import turn


def save(work: Work, desk: Desk) -> None:
    """*Save as budget version*: a proposal is staged, and its card stands where it is decided."""
    args: Any = work.args
    who = _on_record(work, desk)
    if not desk.services.policy.may_ask(who):
        raise NotAllowed("You may not stage budget versions. Ask finance to add you to the policy.")
    answer = kept(desk.services.store, args["value"])
    key = f"save:{answer.id}"
    id_ = proposal_id(key)
    shown = send.stands(desk.slack, _card_key(id_))
    proposal = get_proposal(desk.services.store, id_)
    proposal = proposal or stage(desk.services, key, draft_of(desk.services, answer, who))
    show_card(desk, proposal.id, post_to=desk.services.policy.approval_channel)
    if shown:
        more = "" if proposal.state in {"open", "committed"} else " Type /forecast for a new one."
        _whisper(desk, args, f"This was saved before, as {id_}, and is {proposal.state}.{more}")


def click(work: Work, desk: Desk) -> None:
    """*Approve* or *Reject*: decided once; whoever comes too late is told so, only to them."""
    args: Any = work.args
    who = _on_record(work, desk)
    outcome = decide(
        desk.services,
        Click(
            key=work.key,
            proposal=args["value"],
            verdict=args["verdict"],
            who=who,
            at=datetime.fromisoformat(args["at"]),
            reason=args["reason"],
        ),
    )
    _tell(desk, work, outcome)


def reviewed(work: Work, desk: Desk) -> None:
    """*I looked at them*: on record, and the card says so."""
    args: Any = work.args
    who, at = _on_record(work, desk), datetime.fromisoformat(args["at"])
    _tell(desk, work, review(desk.services, args["value"], who, at))


def write(work: Work, desk: Desk) -> None:
    """An approved proposal goes into Intacct, once, and the card says under which number."""
    proposal_id = str(work.args["proposal"])
    with suppress(NotDelivered):  # a card Slack does not take now stops nothing that was approved
        show_card(desk, proposal_id)
    outcome = commit(desk.services, proposal_id, work.check_still_mine)
    show_card(desk, proposal_id)
    if outcome.proposal is not None:
        _announce(desk, work, outcome)


def look_again(work: Work, desk: Desk) -> None:
    """*Look in Intacct*: an unsettled proposal is looked for there, and settled if it can be."""
    args: Any = work.args
    who, proposal = _on_record(work, desk), get_proposal(desk.services.store, args["value"])
    if proposal is None or not desk.services.policy.may_decide(who, proposal.asked_by):
        raise NotAllowed("You may not decide this. Another budget approver can.")
    commit(desk.services, proposal.id, work.check_still_mine)
    show_card(desk, proposal.id)


def write_failed(args: Any, desk: Desk, error: Exception) -> None:
    """Tried as often as it makes sense: the proposal says plainly how it stands."""
    settle_failed(desk.services, args["proposal"], error)
    show_card(desk, args["proposal"])


def click_failed(key: str, args: Any, desk: Desk, error: Exception) -> None:
    """The click came to nothing; its person is told why, and the buttons are still there."""
    _whisper(desk, args, f"{explain(error).sentence} Reference {reference(key)}.")


def _on_record(work: Work, desk: Desk) -> Person:
    """Who asked for it; NotAllowed where the edge has not put just this on record."""
    args: Any = work.args
    who = Person(args["team"], args["user"])
    if not asked_on_record(desk.services, work.key, who, args["value"], args["verdict"]):
        raise NotAllowed("This click is not on record, so it counts for nothing. Tap again.")
    return who


def _tell(desk: Desk, work: Work, outcome: Outcome) -> None:
    """The card for all; a refusal for the one who tapped; the outcome for the one who asked."""
    if outcome.proposal is not None:
        show_card(desk, outcome.proposal.id)
    if outcome.kind not in {"approved", "rejected", "reviewed"}:
        _whisper(desk, work.args, outcome.sentence)
    if outcome.proposal is not None and outcome.kind in {"rejected", "out of date", "altered"}:
        _announce(desk, work, outcome)


def _whisper(desk: Desk, args: Any, sentence: str) -> None:
    """Said to the one who tapped alone; a window sent back and a tap on the Home come without an
    address to answer, and nobody knows which channel that person looks at."""
    if args.get("response_url"):
        send.whisper(args["response_url"], sentence)
    else:
        key = f"whisper:{args['user']}:{args['value']}:{args['at']}"
        send.post(desk.slack, key, args["user"], Message(args["value"], sentence))


def _announce(desk: Desk, work: Work, outcome: Outcome) -> None:
    """A word in the card's thread to the person who asked for it."""
    if outcome.proposal is None:
        return
    message = Message(
        title=outcome.proposal.title,
        result=outcome.sentence,
        parts=(says("For ", Mention(outcome.proposal.asked_by.user)),),
    )
    send.reply(desk.slack, f"told:{work.key}", _card_key(outcome.proposal.id), message)


def show_card(desk: Desk, proposal_id: str, post_to: str = "") -> None:
    """The card as the proposal stands now; every writer draws the same from the same state.

    One writer at a time: one that is late would put an older state over a newer one, and two that
    are first would both post.
    """
    services, key = desk.services, _card_key(proposal_id)
    with turn(services.store, key):
        proposal = get_proposal(services.store, proposal_id)
        if proposal is None:
            return
        lines = flagged(proposal, services.policy)
        message = card(proposal, lines, reviewers(services.store, proposal_id, lines))
        if post_to:
            send.post(desk.slack, key, post_to, message, about=proposal_id)
        send.change(desk.slack, key, message)


def _card_key(proposal_id: str) -> str:
    return f"card:{proposal_id}"
