"""One request document in, one answer out: sender, user, then each function in its turn."""

from __future__ import annotations

from dataclasses import replace

from sandbox.intacct.books import Books, Caller
from sandbox.intacct.cursors import Cursors
from sandbox.intacct.functions import FUNCTIONS
from sandbox.intacct.openings import prepare
from sandbox.intacct.refusal import (
    NOT_ALLOWED_IN,
    ROLLED_BACK,
    SEEN_CONTROL_ID,
    WRONG_SENDER,
    Complaint,
    Refused,
    not_processed,
)
from sandbox.intacct.reply import Raw, Reply, Result, SignedIn, answer, not_signed_in, refused
from sandbox.intacct.request import Function, Login, NotARequest, Request, read_request
from sandbox.intacct.settings import Settings
from sandbox.intacct.signin import Sessions, check_authorised, log_in, sender_is_known
from sandbox.intacct.work import FunctionAnswer, Work

UNDONE = Complaint(
    ROLLED_BACK,
    "",
    "The entire transaction in this operation has been rolled back due to an error.",
)


class Gateway:
    """The company's door: it answers request documents, whoever carries them."""

    def __init__(self, books: Books, settings: Settings, endpoint: str) -> None:
        self.books = books
        prepare(books.connection)
        self.sessions = Sessions(settings.session_lasts)
        self._settings = settings
        self._endpoint = settings.advertised_url or endpoint
        self._cursors = Cursors()

    def answer(self, body: bytes) -> Reply:
        """The answer to one document; only a programming mistake of ours is ever raised."""
        try:
            request = read_request(body)
        except NotARequest as wrong:
            return refused(wrong.complaint, wrong.control)
        with self.books.lock:
            return self._checked(request)

    def work_for(self, caller: Caller, *, alone: bool) -> Work:
        """What a function of this caller works with."""
        return Work(
            self.books, caller, self.sessions, self._cursors, self._endpoint, alone, self._settings
        )

    def _checked(self, request: Request) -> Reply:
        control = request.control
        if not sender_is_known(self.books.setup(), control):
            return self._wrong_sender(request)
        if control.policy_id:
            text = f"'{control.policy_id}' is not a valid transport policy."
            return refused(Complaint(NOT_ALLOWED_IN, "", text), control)
        try:
            caller = self._caller(request)
        except Refused as refusal:
            user, company = _claimed(request)
            return not_signed_in(control, user, company, refusal.complaints)
        return self._carried_out(request, caller)

    def _wrong_sender(self, request: Request) -> Reply:
        if self._settings.wrong_sender_is_400:
            complaint = Complaint(
                WRONG_SENDER, "Invalid Request", "The request or its credentials are not valid."
            )
            return refused(complaint, status=400)
        text = "Incorrect Intacct XML Partner ID or password."
        return refused(Complaint(NOT_ALLOWED_IN, "", text), request.control)

    def _caller(self, request: Request) -> Caller:
        setup = self.books.setup()
        check_authorised(setup, request.control)
        if isinstance(request.sign_in, Login):
            return log_in(self.books, setup, request.sign_in)
        return self.sessions.resume(request.sign_in.session_id, self.books.clock())

    def _carried_out(self, request: Request, caller: Caller) -> Reply:
        now = self.books.clock()
        company = self.books.setup().company_id
        signed_in = SignedIn(
            caller.user.id, company, caller.entity, now, now + self._settings.session_lasts
        )
        work = self.work_for(caller, alone=len(request.functions) == 1)
        run = self._as_one if request.transaction else self._one_by_one
        ended = run(request, work)
        raw = next((one for one in ended if isinstance(one, Raw)), None)
        if raw:
            return Reply(raw.body, content_type=raw.content_type)
        return answer(request.control, signed_in, [one for one in ended if isinstance(one, Result)])

    def _one_by_one(self, request: Request, work: Work) -> list[Result | Raw]:
        return [self._kept_if_done(request, work, function) for function in request.functions]

    def _kept_if_done(self, request: Request, work: Work, function: Function) -> Result | Raw:
        self.books.run("BEGIN")
        try:
            ended = self._run(request, work, function)
        except BaseException:
            self.books.run("ROLLBACK")
            raise
        self.books.run("COMMIT")
        return ended

    def _as_one(self, request: Request, work: Work) -> list[Result | Raw]:
        self.books.run("BEGIN")
        ended: list[Result | Raw] = []
        try:
            for function in request.functions:
                ended.append(self._run(request, work, function))
                if _failed(ended[-1]):
                    break
        except BaseException:
            self.books.run("ROLLBACK")
            raise
        if not any(_failed(one) for one in ended):
            self.books.run("COMMIT")
            return ended
        self.books.run("ROLLBACK")
        return _all_undone(request, ended)

    def _run(self, request: Request, work: Work, function: Function) -> Result | Raw:
        self.books.run("SAVEPOINT one_function")
        try:
            self._check_unseen(request, function)
            done = _carry(work, function)
        except Refused as refusal:
            if refusal.data is None or refusal.data.get("count") == "0":
                self.books.run("ROLLBACK TO one_function")
            self.books.run("RELEASE one_function")
            return _failure(function, refusal)
        self._remember(request, function)
        self.books.run("RELEASE one_function")
        if isinstance(done, Raw):
            return done
        return Result("success", function.name, function.control_id, done)

    def _check_unseen(self, request: Request, function: Function) -> None:
        if request.control.unique and self.books.row(
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

    def _remember(self, request: Request, function: Function) -> None:
        self.books.run(
            "INSERT OR IGNORE INTO SANDBOX_CONTROLIDS (SENDERID, CONTROLID) VALUES (?, ?)",
            [request.control.sender_id, function.control_id],
        )


def _carry(work: Work, function: Function) -> FunctionAnswer:
    if function.name not in FUNCTIONS:
        raise not_processed(f"The function '{function.name}' is not supported")
    return FUNCTIONS[function.name](work, function.call)


def _claimed(request: Request) -> tuple[str, str]:
    if isinstance(request.sign_in, Login):
        return request.sign_in.user_id, request.sign_in.company_id
    return "", ""


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
