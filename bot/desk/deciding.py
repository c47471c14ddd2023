"""A stored click becomes a staged proposal, a decision or a commit, and the card shows it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from bot.approvals.commit import commit, settle_failed
from bot.approvals.decide import Click, decide
from bot.approvals.evidence import asked_on_record
from bot.approvals.outcome import Outcome
from bot.approvals.proposal import State
from bot.approvals.queue import get_proposal
from bot.approvals.review import review
from bot.approvals.stage import proposal_id, stage
from bot.desk.cards import decided_before
from bot.desk.desk import Desk, reference
from bot.desk.showing import card_key, show_approving, show_card, show_saving, show_unsaved
from bot.desk.telling import tell
from bot.errors import BotError, NotAllowed, NotDelivered, explain
from bot.forecasts.kept import kept
from bot.forecasts.save import draft_of, named
from bot.jobs.work import Work
from bot.messages import send
from bot.messages.message import Mention, Message, Paragraph, says
from bot.policy import Person
from intacct.errors import Unreachable

STANDS: Final[Mapping[State, str]] = {  # where the state's own word is not what people say
    "open": "waits for a decision",
    "stale": "is out of date",
    "failed": "was not written",
}


def save(work: Work, desk: Desk) -> None:
    """*Save as budget version*: a proposal is staged, and its card stands where it is decided.

    Who tapped elsewhere has a copy of it by direct message.
    """
    args: Any = work.args
    who = _on_record(work, desk)
    if not desk.services.policy.may_ask(who):
        raise NotAllowed("You may not stage budget versions. Ask finance to add you to the policy.")
    answer = kept(desk.services.store, args["value"])
    key = f"save:{answer.id}"
    id_ = proposal_id(key)
    shown = work.step("shown", lambda: send.stands(desk.slack, card_key(id_)))
    where = _where_it_stands(desk, args, who)
    proposal = get_proposal(desk.services.store, id_)
    if proposal is None:
        show_saving(desk, id_, named(answer), who, where)
        proposal = stage(desk.services, key, draft_of(desk.services, answer, who))
    show_card(desk, proposal.id, post_to=where)
    if shown:
        more = "" if proposal.state in {"open", "committed"} else " Type /forecast for a new one."
        how = STANDS.get(proposal.state, f"is {proposal.state}")
        said = f"This was saved before, as {proposal.document.budget_id}, and {how}.{more}"
        tell(desk, work.key, args, proposal.title, said)


def click(work: Work, desk: Desk) -> None:
    """*Approve* or *Reject*: decided once; whoever comes too late is told so, only to them."""
    args: Any = work.args
    who = _on_record(work, desk)
    tapped = Click(
        key=work.key,
        proposal=args["value"],
        verdict=args["verdict"],
        who=who,
        at=datetime.fromisoformat(args["at"]),
        reason=args["reason"],
    )
    if tapped.verdict == "approve":
        show_approving(desk, tapped, "checking the books…")
    try:
        outcome = decide(desk.services, tapped)
    except Unreachable as error:  # nobody should stare at a card that does not move
        show_approving(desk, tapped, explain(error).while_trying)
        raise
    _tell(desk, work, outcome)


def reviewed(work: Work, desk: Desk) -> None:
    """*I looked at them*: on record, and the card says so."""
    args: Any = work.args
    who, at = _on_record(work, desk), datetime.fromisoformat(args["at"])
    _tell(desk, work, review(desk.services, args["value"], who, at))


def write(work: Work, desk: Desk) -> None:
    """An approved proposal goes into Intacct, once, and the card says under which number."""
    proposal_id = str(work.args["proposal"])
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
    """The click came to nothing; its person is told why, and the buttons are back."""
    sentence = explain(error).sentence
    with suppress(BotError):
        if args.get("verdict") == "save":
            answer = kept(desk.services.store, args["value"])
            show_unsaved(desk, proposal_id(f"save:{answer.id}"), named(answer), sentence)
        else:
            show_card(desk, args["value"])
    tell(desk, key, args, args["value"], f"{sentence} Reference {reference(key)}.")


def _on_record(work: Work, desk: Desk) -> Person:
    """Who asked for it; NotAllowed where the edge has not put just this on record."""
    args: Any = work.args
    who = Person(args["team"], args["user"])
    if not asked_on_record(desk.services, work.key, who, args["value"], args["verdict"]):
        raise NotAllowed("This click is not on record, so it counts for nothing. Tap again.")
    return who


def _tell(desk: Desk, work: Work, outcome: Outcome) -> None:
    """The card for all; a refusal for the one who tapped; the outcome for the one who asked."""
    args: Any = work.args
    if outcome.proposal is not None or args["verdict"] == "approve":
        show_card(desk, args["value"])
    if outcome.kind not in {"approved", "rejected", "reviewed"}:
        tell(desk, work.key, args, _named(outcome), _in_words(outcome))
    if outcome.proposal is not None and outcome.kind in {"rejected", "out of date", "altered"}:
        _announce(desk, work, outcome)


def _named(outcome: Outcome) -> str:
    """The title of a sentence that comes alone."""
    return outcome.proposal.title if outcome.proposal else "Not decided"


def _in_words(outcome: Outcome) -> str | Paragraph:
    """The sentence; with the name and the reader's own time where somebody was faster."""
    if outcome.kind == "already decided" and outcome.proposal is not None:
        return decided_before(outcome.proposal)
    return outcome.sentence


def _announce(desk: Desk, work: Work, outcome: Outcome) -> None:
    """A word to the person who asked for it, in the thread of their copy or of the card."""
    if outcome.proposal is None:
        return
    asked_by = outcome.proposal.asked_by
    message = Message(
        title=outcome.proposal.title,
        result=outcome.sentence,
        parts=(says("For ", Mention(asked_by.user)),),
    )
    own = card_key(outcome.proposal.id, asked_by.user)
    to = own if send.stands(desk.slack, own) else card_key(outcome.proposal.id)
    with suppress(NotDelivered):  # refused for good, and in the log; what was decided is decided
        send.reply(desk.slack, f"told:{work.key}", to, message)


def _where_it_stands(desk: Desk, args: Any, who: Person) -> Mapping[str, str]:
    """The channel by the key of the card in it; and the person, by that of their copy."""
    id_, channel = proposal_id(f"save:{args['value']}"), desk.services.policy.approval_channel
    elsewhere = args.get("channel", channel) != channel
    return {card_key(id_): channel} | ({card_key(id_, who.user): who.user} if elsewhere else {})
