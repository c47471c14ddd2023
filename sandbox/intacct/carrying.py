"""The functions of a request, one after another: each on its own, or all as one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sandbox.intacct.functions import FUNCTIONS
from sandbox.intacct.refusal import (
    ROLLED_BACK,
    SEEN_CONTROL_ID,
    Complaint,
    Refused,
    not_processed,
)
from sandbox.intacct.reply import Raw, Result
from sandbox.intacct.request import Function, Request, Resume
from sandbox.intacct.signin import session_is_over
from sandbox.intacct.work import FunctionAnswer, Work

UNDONE = Complaint(
    ROLLED_BACK,
    "",
    "The entire transaction in this operation has been rolled back due to an error.",
)


@dataclass(frozen=True, slots=True)
class Incident:
    """What goes wrong on request once so many functions of a request are carried out."""

    kind: Literal["session ends", "process dies"]
    after: int


class ProcessDied(Exception):
    """The work ended in the middle, and nobody is left to answer."""


def carried_out(
    request: Request, work: Work, incident: Incident | None = None
) -> list[Result | Raw]:
    """How each function ended, in their order."""
    if request.transaction:
        return _as_one(request, work, incident)
    ended: list[Result | Raw] = []
    for function in request.functions:
        ended.append(_kept_if_done(request, work, function, _now(incident, ended)))
        _die_if_asked(incident, ended)
    return ended


def _kept_if_done(
    request: Request, work: Work, function: Function, incident: Incident | None
) -> Result | Raw:
    work.books.run("BEGIN")
    try:
        ended = _run(request, work, function, incident)
    except BaseException:
        work.books.run("ROLLBACK")
        raise
    work.books.run("COMMIT")
    return ended


def _as_one(request: Request, work: Work, incident: Incident | None) -> list[Result | Raw]:
    work.books.run("BEGIN")
    ended: list[Result | Raw] = []
    try:
        for function in request.functions:
            ended.append(_run(request, work, function, _now(incident, ended)))
            _die_if_asked(incident, ended)
            if _failed(ended[-1]):
                break
    except BaseException:
        work.books.run("ROLLBACK")
        raise
    if not any(_failed(one) for one in ended):
        work.books.run("COMMIT")
        return ended
    work.books.run("ROLLBACK")
    return _all_undone(request, ended)


def _now(incident: Incident | None, ended: list[Result | Raw]) -> Incident | None:
    return incident if incident and len(ended) >= incident.after else None


def _die_if_asked(incident: Incident | None, ended: list[Result | Raw]) -> None:
    if incident and incident.kind == "process dies" and len(ended) == incident.after:
        raise ProcessDied


def _run(
    request: Request, work: Work, function: Function, incident: Incident | None
) -> Result | Raw:
    work.books.run("SAVEPOINT one_function")
    try:
        if incident and incident.kind == "session ends":
            _end_session(request, work)
        _check_unseen(request, work, function)
        done = _carry(work, function)
    except Refused as refusal:
        if refusal.data is None or refusal.data.get("count") == "0":
            work.books.run("ROLLBACK TO one_function")
        work.books.run("RELEASE one_function")
        return _failure(function, refusal)
    _remember(request, work, function)
    work.books.run("RELEASE one_function")
    if isinstance(done, Raw):
        return done
    return Result("success", function.name, function.control_id, done)


def _end_session(request: Request, work: Work) -> None:
    """A user who signed in with a password has no session to lose."""
    work.sessions.expire_all()
    if isinstance(request.sign_in, Resume):
        raise session_is_over()


def _check_unseen(request: Request, work: Work, function: Function) -> None:
    if request.control.unique and work.books.row(
        "SELECT 1 FROM SANDBOX_CONTROLIDS WHERE SENDERID = ? AND CONTROLID = ?",
        [request.control.sender_id, function.control_id],
    ):
        raise Refused(
            Complaint(
                SEEN_CONTROL_ID,
                "Duplicate control ID",
                f"The function with control ID '{function.control_id}' was previously "
                "executed and completed.",
                "Use a unique control ID, or set uniqueid to false.",
            )
        )


def _remember(request: Request, work: Work, function: Function) -> None:
    """A read that nobody asked to guard leaves nothing behind."""
    if not work.books.reading:
        work.books.run(
            "INSERT OR IGNORE INTO SANDBOX_CONTROLIDS (SENDERID, CONTROLID) VALUES (?, ?)",
            [request.control.sender_id, function.control_id],
        )


def _carry(work: Work, function: Function) -> FunctionAnswer:
    if function.name not in FUNCTIONS:
        raise not_processed(f"The function '{function.name}' is not supported")
    return FUNCTIONS[function.name](work, function.call)


def _failed(one: Result | Raw) -> bool:
    return isinstance(one, Result) and one.status == "failure"


def _failure(function: Function, refusal: Refused) -> Result:
    return Result("failure", function.name, function.control_id, refusal.data, refusal.complaints)


def _all_undone(request: Request, ended: list[Result | Raw]) -> list[Result | Raw]:
    culprit = ended[-1]
    assert isinstance(culprit, Result)
    complaints = (*culprit.complaints, UNDONE)
    return [
        replace(culprit, complaints=complaints)
        if position == len(ended) - 1
        else Result("aborted", function.name, function.control_id, complaints=(UNDONE,))
        for position, function in enumerate(request.functions)
    ]
