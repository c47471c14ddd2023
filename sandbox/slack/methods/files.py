"""files.*: an address, the bytes, completion, and what is known later."""

from __future__ import annotations

import asyncio

from sandbox.slack.accepting import accepted_blocks
from sandbox.slack.files import PROCESSING, File, file_object
from sandbox.slack.postings import post, remove, thread_of, where_bot_may_write
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, invalid_arguments, needed, number
from sandbox.slack.workspace import BOT_USER, TEAM


async def get_upload_url(slack: Slack, args: Json) -> Json:
    """Where the bytes of a file go."""
    needed(args, "filename", "length")
    length = number(args, "length", 0)
    if length <= 0:
        raise invalid_arguments("must be greater than 0 [json-pointer:/length]")
    # alt text at this step has been seen to keep Slack from sharing the file
    file = slack.files.expect(str(args["filename"]), length, keeps_share=not args.get("alt_txt"))
    return {"upload_url": f"{slack.options.base}upload/v1/{file.id}", "file_id": file.id}


async def complete_upload(slack: Slack, args: Json) -> Json:
    """Makes uploaded files known, and shares them a moment later."""
    wanted = args.get("files")
    if not isinstance(wanted, list) or not all(isinstance(file, dict) for file in wanted or [0]):
        raise invalid_arguments("missing required field: files")
    channels = [where_bot_may_write(slack, channel) for channel in _targets(args)]
    threads = {channel: thread_of(slack, channel, args) for channel in channels}
    files = [slack.files.complete(str(f.get("id")), str(f.get("title") or "")) for f in wanted]
    for file in files:
        _slow_down(slack, file)
    text: Json = {"text": str(args.get("initial_comment") or "")}
    if args.get("blocks"):
        text["blocks"] = accepted_blocks(slack, args["blocks"])
    share_later(slack, [file.id for file in files], {c: {**text, **threads[c]} for c in channels})
    return {"files": [file_object(file, slack.options.base, processed=False) for file in files]}


def _slow_down(slack: Slack, file: File) -> None:
    """Processing that takes long, or never ends, where that was asked for."""
    if slack.faults.take("stuck_file"):
        file.processing = None
    elif slow := slack.faults.take("slow_file"):
        file.processing = slow.seconds
    slack.files.keep(file)


def _targets(args: Json) -> list[str]:
    single = args.get("channel_id") or ""
    return [channel for channel in [single, *str(args.get("channels") or "").split(",")] if channel]


def share_later(slack: Slack, files: list[str], told: dict[str, Json]) -> None:
    """Posts files once they are processed; what waits for that outlives a restart."""
    if told:
        slack.store.put("share", files[0], {"files": files, "told": told})
        slack.later(_share(slack, files, told))


def resume_shares(slack: Slack) -> None:
    """Goes on waiting for files that were not processed when the workspace stopped."""
    for _, kept, _ in slack.store.all("share"):
        slack.later(_share(slack, kept["files"], kept["told"]))


async def _share(slack: Slack, wanted: list[str], told: dict[str, Json]) -> None:
    """Waits until the files are processed, then posts them where they were sent."""
    files = [slack.files.get(file) for file in wanted]
    while not all(slack.files.processed(file) for file in files):
        await asyncio.sleep(PROCESSING / 4)
    shared = [file for file in files if file.keeps_share]
    for channel, message in told.items() if shared else ():
        objects = [told_file(slack, file) for file in shared]
        posted = post(slack, channel, {**message, "files": objects, "upload": True})
        attach(slack, channel, posted, shared)
    slack.store.drop("share", wanted[0])


def attach(slack: Slack, channel: str, message: Json, files: list[File]) -> Json:
    """The message with these files, which now know where they are shared."""
    share: Json = {
        "reply_users": [],
        "reply_users_count": 0,
        "reply_count": 0,
        "ts": message["ts"],
        **({"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}),
        "channel_name": slack.channels[channel].name,
        "team_id": TEAM,
    }
    for file in files:
        file.shares.setdefault(channel, []).append(share)
        slack.files.keep(file)
    objects = [told_file(slack, file) for file in files]
    shown = {**message, "files": objects}
    slack.messages.add(channel, shown)
    slack.tell(channel)
    return shown


def told_file(slack: Slack, file: File) -> Json:
    """A file as it is known by now."""
    processed = slack.files.processed(file)
    return file_object(file, slack.options.base, processed=processed, hidden=slack.private)


async def info(slack: Slack, args: Json) -> Json:
    """One file, with type and shares once it is processed."""
    if not args.get("file"):
        raise Refused("file_not_found")
    return {"file": told_file(slack, slack.files.get(str(args["file"])))}


async def delete(slack: Slack, args: Json) -> Json:
    """Takes a file of the app away, also from the messages it was shared in."""
    if not args.get("file"):
        raise Refused("file_not_found")
    file = slack.files.get(str(args["file"]))
    if file.user != BOT_USER:
        raise Refused("cant_delete_file")
    slack.files.forget(file.id)
    for channel, shares in file.shares.items():
        for share in shares:
            _take_off(slack, channel, share["ts"], file.id)
    return {}


def _take_off(slack: Slack, channel: str, ts: str, file_id: str) -> None:
    """A message without a deleted file; one that had nothing else is gone."""
    message = slack.messages.get(channel, ts)
    if message is None:
        return
    left = [file for file in message.get("files", []) if file["id"] != file_id]
    if left or message["text"] or message.get("blocks"):
        slack.messages.add(channel, {**message, "files": left})
        slack.tell(channel)
    else:
        remove(slack, channel, message)
