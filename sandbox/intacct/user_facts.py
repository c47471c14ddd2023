"""What a user may do, and how they like figures written."""

from __future__ import annotations

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.setup import User
from sandbox.intacct.books import Caller
from sandbox.intacct.refusal import not_processed
from sandbox.intacct.reply import child, data
from sandbox.intacct.request import text_of
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import record

READING = "List|View"
WRITING = "List|View|Add|Edit|Delete"
COMPANY = "Company"
BEGINNINGS = (  # which application an object belongs to, by the beginning of its name
    (("GL", "STAT"), "General Ledger"),
    (("AR", "CUSTOMER"), "Accounts Receivable"),
    (("AP", "VENDOR"), "Accounts Payable"),
    (("CHECKING", "SAVINGS"), "Cash Management"),
    (("SO",), "Order Entry"),
    (("PO",), "Purchasing"),
    (("PJ", "PROJECT", "TASK", "COSTTYPE", "STANDARD"), "Project Costing"),
)
FORMATTING = (
    ("locale", "en_US.UTF-8"),
    ("dateformat", "/mdY"),
    ("gmtoffset", "0"),
    ("clock", "24"),
)


def get_user_permissions(work: Work, call: etree._Element) -> FunctionAnswer:
    """The rights of a user, by application and by object."""
    user = _user(work, text_of(call, "userId"))
    answer = data("permissions", 1)
    permissions = child(answer, "permissions")
    for application, names in _by_application(user).items():
        subscription = child(permissions, "appSubscription")
        child(subscription, "applicationName", application)
        policies = child(subscription, "policies")
        for name in names:
            rights = WRITING if Caller(user, "").may_write(name) else READING
            policies.append(record("policy", (("policyName", name), ("rights", rights))))
    return answer


def read_user_formatting(work: Work, call: etree._Element) -> FunctionAnswer:
    """How dates and times are written for a user: the same for everybody here."""
    user = _user(work, text_of(call, "userId") or text_of(call, "key") or work.caller.user.id)
    answer = data("userFormatting", 1)
    answer.append(record("userFormatting", (("userId", user.id), *FORMATTING)))
    return answer


def _user(work: Work, user_id: str) -> User:
    for user in work.books.setup().users:
        if user.id == user_id:
            return user
    raise not_processed(f"There is no user '{user_id}'")


def _by_application(user: User) -> dict[str, list[str]]:
    """What the user sees at all; an application without any of it is left out."""
    found: dict[str, list[str]] = {}
    caller = Caller(user, "")
    for name in OBJECTS:
        if caller.may_read(name) or caller.may_write(name):
            found.setdefault(_application(name), []).append(name)
    return found


def _application(name: str) -> str:
    return next((said for starts, said in BEGINNINGS if name.startswith(starts)), COMPANY)
