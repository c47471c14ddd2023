"""One request document in, one answer out: sender, user, then each function in its turn."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.company.setup import Setup
from sandbox.intacct.books import Books, Caller
from sandbox.intacct.carrying import Incident, carried_out
from sandbox.intacct.cursors import Cursors
from sandbox.intacct.functions import READS
from sandbox.intacct.openings import prepare
from sandbox.intacct.policies import Policies
from sandbox.intacct.readers import Readers
from sandbox.intacct.refusal import NOT_ALLOWED_IN, WRONG_SENDER, Complaint, Refused
from sandbox.intacct.reply import (
    Answered,
    Raw,
    Reply,
    Result,
    SignedIn,
    acknowledged,
    answer,
    not_signed_in,
    refused,
)
from sandbox.intacct.request import Login, NotARequest, Request, read_request
from sandbox.intacct.settings import Settings
from sandbox.intacct.signin import Sessions, check_authorised, log_in, sender_is_known
from sandbox.intacct.work import Work


class Gateway:
    """The company's door: it answers request documents, whoever carries them."""

    def __init__(self, books: Books, readers: Readers, settings: Settings, endpoint: str) -> None:
        self.books = books
        prepare(books.connection)
        self.sessions = Sessions(settings.session_lasts)
        self._readers = readers
        self._settings = settings
        self._endpoint = settings.advertised_url or endpoint
        self._cursors = Cursors(readers)
        self._policies = Policies(settings.policies)

    def answer(self, body: bytes, incident: Incident | None = None) -> Reply:
        """The answer to one document; only a programming mistake of ours is ever raised."""
        try:
            request = read_request(body)
        except NotARequest as wrong:
            return refused(wrong.complaint, wrong.control)
        policy = request.control.policy_id
        if refusal := self._refused_at_door(request):
            return refusal
        if not policy:
            return self._worked_out(request, incident)
        self._policies.later(policy, lambda: self._worked_out(request, incident))
        return acknowledged(request.control)

    def close(self) -> None:
        """Gives back what reads still hold open."""
        self._policies.close()
        self._cursors.close()
        self._readers.close()

    def work_for(self, caller: Caller, *, alone: bool, books: Books | None = None) -> Work:
        """What a function of this caller works with."""
        held = books or self.books
        return Work(
            held, caller, self.sessions, self._cursors, self._endpoint, alone, self._settings
        )

    def _refused_at_door(self, request: Request) -> Reply | None:
        """Refuses a sender nobody knows, and a policy nobody agreed to."""
        control = request.control
        with self._readers.one() as books:
            if not sender_is_known(books.setup(), control):
                return self._wrong_sender(request)
        if control.policy_id and control.policy_id not in self._policies:
            text = f"'{control.policy_id}' is not a valid transport policy."
            return refused(Complaint(NOT_ALLOWED_IN, "", text), control)
        return None

    def _worked_out(self, request: Request, incident: Incident | None) -> Reply:
        """Requests that only read have books of their own; the others come one after another."""
        if _only_reads(request):
            with self._readers.one() as books:
                ended = self._let_in(request, books, incident)
        else:
            with self.books.lock:
                ended = self._let_in(request, self.books, incident)
        return ended if isinstance(ended, Reply) else answer(ended)

    def _let_in(
        self, request: Request, books: Books, incident: Incident | None
    ) -> Reply | Answered:
        setup = books.setup()
        try:
            caller = self._caller(request, books, setup)
        except Refused as refusal:
            user, company = _claimed(request)
            return not_signed_in(request.control, user, company, refusal.complaints)
        now = books.clock()
        until = now + self._settings.session_lasts
        signed_in = SignedIn(caller.user.id, setup.company_id, caller.entity, now, until)
        work = self.work_for(caller, alone=len(request.functions) == 1, books=books)
        return _told(request, signed_in, carried_out(request, work, incident))

    def _wrong_sender(self, request: Request) -> Reply:
        if self._settings.wrong_sender_is_400:
            complaint = Complaint(
                WRONG_SENDER, "Invalid Request", "The request or its credentials are not valid."
            )
            return refused(complaint, status=400)
        text = "Incorrect Intacct XML Partner ID or password."
        return refused(Complaint(NOT_ALLOWED_IN, "", text), request.control)

    def _caller(self, request: Request, books: Books, setup: Setup) -> Caller:
        check_authorised(setup, request.control)
        if isinstance(request.sign_in, Login):
            return log_in(books, setup, request.sign_in)
        return self.sessions.resume(request.sign_in.session_id, books.clock())


def _only_reads(request: Request) -> bool:
    """A guarded function leaves its control id behind, so even a read then writes."""
    reads = all(function.name in READS for function in request.functions)
    return reads and not request.control.unique


def _told(request: Request, signed_in: SignedIn, ended: Sequence[Result | Raw]) -> Reply | Answered:
    raw = next((one for one in ended if isinstance(one, Raw)), None)
    if raw:
        return Reply(raw.body, content_type=raw.content_type)
    results = tuple(one for one in ended if isinstance(one, Result))
    return Answered(request.control, signed_in, results)


def _claimed(request: Request) -> tuple[str, str]:
    if isinstance(request.sign_in, Login):
        return request.sign_in.user_id, request.sign_in.company_id
    return "", ""
