"""`getAPISession`: a session for the user, at the top level or inside one entity."""

from __future__ import annotations

from lxml import etree

from sandbox.intacct.books import Caller
from sandbox.intacct.refusal import Complaint, Refused
from sandbox.intacct.reply import child, data
from sandbox.intacct.request import text_of
from sandbox.intacct.signin import check_entity
from sandbox.intacct.work import FunctionAnswer, Work

FAILED = "Get API Session Failed"


def get_api_session(work: Work, call: etree._Element) -> FunctionAnswer:
    """A session id and its endpoint; no locationid keeps the entity, an empty one leaves it."""
    if not work.alone:
        raise Refused(Complaint(FAILED, "", "getAPISession must be the only function of a request"))
    stays = call.find("locationid") is None
    entity = work.caller.entity if stays else text_of(call, "locationid")
    check_entity(work.books, entity, FAILED)
    session_id = work.sessions.open(Caller(work.caller.user, entity), work.books.clock())
    answer = data("api", 1)
    api = child(answer, "api")
    child(api, "sessionid", session_id)
    child(api, "endpoint", work.endpoint)
    child(api, "locationid", entity)
    return answer
