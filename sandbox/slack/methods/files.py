"""files.*: an address, the bytes, completion, and what is known later."""

from __future__ import annotations

import asyncio

from sandbox.slack.files import PROCESSING, File, file_object
from sandbox.slack.postings import post, thread_of, where_bot_may_write
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, invalid_arguments, needed, number


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
    comment = str(args.get("initial_comment") or "")
    slack.later(_share(slack, files, {c: {"text": comment, **threads[c]} for c in channels}))
    return {"files": [file_object(file, slack.options.base, processed=False) for file in files]}


def _targets(args: Json) -> list[str]:
    single = args.get("channel_id") or ""
    return [channel for channel in [single, *str(args.get("channels") or "").split(",")] if channel]


async def _share(slack: Slack, files: list[File], told: dict[str, Json]) -> None:
    """Waits until the files are processed, then posts them where they were sent."""
    while not all(slack.files.processed(file) for file in files):
        await asyncio.sleep(PROCESSING.total_seconds() / 4)
    shared = [file for file in files if file.keeps_share]
    for channel, message in told.items() if shared else ():
        objects = [file_object(file, slack.options.base, processed=True) for file in shared]
        posted = post(slack, channel, {**message, "files": objects, "upload": True})
        for file in shared:
            file.shares.setdefault(channel, []).append(
                {"ts": posted["ts"], "thread_ts": posted.get("thread_ts")}
            )


async def info(slack: Slack, args: Json) -> Json:
    """One file, with type and shares once it is processed."""
    if not args.get("file"):
        raise Refused("file_not_found")
    file = slack.files.get(str(args["file"]))
    processed = slack.files.processed(file)
    return {"file": file_object(file, slack.options.base, processed=processed)}
