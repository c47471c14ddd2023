"""views.*: open, push, update and publish."""

from __future__ import annotations

from sandbox.slack.accepting import accepted_view
from sandbox.slack.blocks.catalog import HOME, MODAL
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, invalid_arguments, needed
from sandbox.slack.workspace import PEOPLE


async def open_view(slack: Slack, args: Json) -> Json:
    """A first modal, for the person who just typed or clicked."""
    return _shown(slack, args, push=False)


async def push(slack: Slack, args: Json) -> Json:
    """A modal on top of the open one."""
    return _shown(slack, args, push=True)


def _shown(slack: Slack, args: Json, *, push: bool) -> Json:
    needed(args, "view")
    trigger = args.get("trigger_id") or args.get("interactivity_pointer")
    if not trigger:
        raise invalid_arguments("missing required field: trigger_id")
    sent = accepted_view(slack, args["view"], MODAL)
    ticket = slack.tickets.check_trigger(str(trigger))
    person = ticket.person
    view = (slack.views.push if push else slack.views.open)(person, sent)
    if ticket.channel:
        slack.views.preset(view, ticket.channel)
    slack.tickets.use_trigger(str(trigger))
    slack.listeners.tell([person], {"type": "views"})
    return {"view": slack.views.told(view)}


async def update(slack: Slack, args: Json) -> Json:
    """Other content for an open modal, or a Home."""
    needed(args, "view")
    view_id, external_id = args.get("view_id"), args.get("external_id")
    if bool(view_id) == bool(external_id):
        raise invalid_arguments("must provide exactly one of view_id and external_id")
    person, old = slack.views.find(view_id, external_id)
    sent = accepted_view(slack, args["view"], old["type"])
    expected = args.get("hash")
    if old["type"] == HOME:
        view = slack.views.publish(person, sent, expected)
    else:
        view = slack.views.replace(old, sent, expected)
    kind = "home" if old["type"] == HOME else "views"
    slack.listeners.tell([person], {"type": kind})
    return {"view": slack.views.told(view)}


async def publish(slack: Slack, args: Json) -> Json:
    """The Home tab of one person."""
    needed(args, "user_id", "view")
    person = str(args["user_id"])
    if person not in PEOPLE or PEOPLE[person].stranger:
        raise Refused("user_not_found")
    if not slack.manifest.home_tab:
        raise Refused("not_enabled")
    sent = accepted_view(slack, args["view"], HOME)
    view = slack.views.publish(person, sent, args.get("hash"))
    slack.listeners.tell([person], {"type": "home"})
    return {"view": slack.views.told(view)}
