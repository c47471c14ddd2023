"""What a user may do in Intacct, as Intacct tells it."""

from __future__ import annotations

from dataclasses import dataclass

from intacct.client import Intacct
from intacct.wire import element, required_text, text_of


@dataclass(frozen=True, slots=True)
class Right:
    """What a user may do with one thing of an application, in Intacct's words: List, View, Add."""

    application: str
    policy: str
    may: frozenset[str]


def read_rights(books: Intacct, user_id: str) -> tuple[Right, ...]:
    """The user's rights by application and policy; what is not listed is not allowed.

    Refused for a user the company does not have.
    """
    (answer,) = books.ask(element("getUserPermissions", None, element("userId", user_id)))
    return tuple(
        Right(
            application=required_text(subscription, "applicationName"),
            policy=required_text(policy, "policyName"),
            may=frozenset(filter(None, text_of(policy, "rights").split("|"))),
        )
        for subscription in answer.data.iterfind("permissions/appSubscription")
        for policy in subscription.iterfind("policies/policy")
    )
