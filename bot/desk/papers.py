"""The working paper with an id, and what lies below one of its rows."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.approvals import paper as proposals
from bot.approvals.evidence import why_altered
from bot.approvals.proposal import Proposal
from bot.approvals.queue import flagged, get_proposal, source_rows
from bot.approvals.sources import SourceRow
from bot.desk.cards import card
from bot.desk.desk import Desk
from bot.errors import Altered, NotUnderstood, Untied
from bot.forecasts import paper as forecasts
from bot.forecasts.kept import kept
from bot.messages.audit_paper import paper_of_record
from bot.messages.kept_tables import tables_in
from bot.messages.paper import Paper
from bot.staged.balances import Cell
from intacct.read.balances import BalancesQuestion

log = logging.getLogger("tieout")


@dataclass(frozen=True, slots=True)
class Under:
    """A row that is a balance: the question it answered, which figure of the answer it is, and
    the ledger's amount, debits positive."""

    question: BalancesQuestion
    cell: Cell
    amount: Decimal


def paper(desk: Desk, id_: str) -> Paper:
    """The paper, every figure of it tied; its maker is known by how the id begins.

    NotUnderstood for an id nobody gave out, Altered where what is stored is not what was shown,
    Untied where a figure is not the sum of its rows.
    """
    found = _made(desk, id_)
    if untied := found.untied():
        log.error("paper %s: %s of %s figures do not tie", id_, len(untied), len(found.figures))
        raise Untied(
            f"“{untied[0].name}” is not the sum of its rows, so I show none of it. This is a "
            f"defect of mine: please report it, with the id {id_}."
        )
    return found


def under(desk: Desk, id_: str, number: int) -> Under | None:
    """What the row of this number was read as; None where it is no balance of the ledger."""
    match id_.partition("-")[0]:
        case "FC":
            answer = kept(desk.services.store, id_)
            rows = forecasts.ordered(answer.rows)
            questions: tuple[object, ...] = (answer.question,)
        case "PRP":
            proposal, shown = as_staged(desk, id_)
            rows = proposals.ordered(proposal, shown)
            questions = proposal.questions
        case _:
            return None
    if not 0 <= number < len(rows) or rows[number].kind != "balance":
        return None
    return _under(questions, rows[number])


def _made(desk: Desk, id_: str) -> Paper:
    store = desk.services.store
    match id_.partition("-")[0]:
        case "FC":
            return forecasts.paper_of(kept(store, id_))
        case "PRP":
            return _of_proposal(desk, *as_staged(desk, id_))
        case "AUD":
            return paper_of_record(store, id_)
    raise NotUnderstood("I do not know what this belongs to. Type the command again.")


def _of_proposal(desk: Desk, proposal: Proposal, rows: Sequence[SourceRow]) -> Paper:
    marked = flagged(proposal, desk.services.policy)
    return proposals.paper_of(
        proposal,
        rows,
        _own_signs(desk, proposal),
        tables_in(card(proposal, marked)),
        marked,
    )


def as_staged(desk: Desk, id_: str) -> tuple[Proposal, tuple[SourceRow, ...]]:
    """The proposal and its rows as they were staged; Altered where they are not."""
    proposal = get_proposal(desk.services.store, id_)
    if proposal is None:
        raise NotUnderstood("I no longer have this proposal.")
    if why := why_altered(desk.services, proposal):
        raise Altered(f"Nothing of {id_} is shown: {why}.")
    return proposal, source_rows(desk.services.store, proposal)


def _own_signs(desk: Desk, proposal: Proposal) -> Mapping[str, int]:
    """What turns each account's balances into its own sign, where the forecast it came from says.

    A proposal that came from elsewhere shows balances as the ledger has them.
    """
    cause, _, id_ = proposal.key.partition(":")
    try:
        lines = kept(desk.services.store, id_).lines if cause == "save" else ()
    except (NotUnderstood, Altered):
        return {}
    return {line.account: line.own for line in lines} if all(line.own for line in lines) else {}


def _under(questions: tuple[object, ...], row: SourceRow) -> Under | None:
    question = questions[int(row.question)]
    if not isinstance(question, BalancesQuestion):
        return None
    return Under(question, forecasts.cell_of(row), Decimal(row.value))
