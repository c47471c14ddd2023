"""Files: an address, the bytes, the completion, the processing; and only then in a block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sandbox.slack.validate.finding import Finding
from sandbox.slack.validate.parts import listed
from sandbox.slack.validate.recording import Call, Line
from sandbox.slack.wire import Json

ASKS, BYTES, COMPLETES = "files.getUploadURLExternal", "upload", "files.completeUploadExternal"


def file_findings(lines: Sequence[Line]) -> Iterator[Finding]:
    """Every file that was begun is finished, and none is used before."""
    calls = [line for line in lines if isinstance(line, Call)]
    asked: dict[str, Call] = {}
    sent: set[str] = set()
    done: set[str] = set()
    ready: set[str] = set()
    for call in calls:
        if call.method == ASKS and call.ok:
            asked[str(call.response.get("file_id"))] = call
        elif call.method == BYTES and call.response.get("status") == 200:
            sent.add(str(call.args.get("file")))
            yield from _length_findings(call, asked)
        elif call.method == COMPLETES:
            yield from _completion_findings(call, asked, sent, done)
        elif call.method == "files.info" and call.response.get("file", {}).get("mimetype"):
            ready.add(str(call.response["file"]["id"]))
        for place, file in _shown(call.args, ""):
            if file not in ready:
                yield _found(call, place, f"{file} was not known to be processed yet")
    for file, call in asked.items():
        if file not in done:
            yield _found(call, "", f"the upload of {file} was never completed")


def _found(call: Call, pointer: str, words: str) -> Finding:
    return Finding(call.line, call.method, pointer, words)


def _length_findings(call: Call, asked: dict[str, Call]) -> Iterator[Finding]:
    begun = asked.get(str(call.args.get("file")))
    if begun and int(begun.args.get("length") or 0) != int(call.args.get("length") or 0):
        yield _found(call, "/length", "is not as many bytes as were announced")


def _completion_findings(
    call: Call, asked: dict[str, Call], sent: set[str], done: set[str]
) -> Iterator[Finding]:
    for index, file in enumerate(listed(call.args.get("files"))):
        id_ = str(file.get("id")) if isinstance(file, dict) else ""
        if id_ not in asked:
            yield _found(call, f"/files/{index}/id", "no address was asked for")
        elif id_ not in sent:
            yield _found(call, f"/files/{index}/id", "its bytes were not sent")
        if id_ in done:
            yield _found(call, f"/files/{index}/id", "was completed before")
        if call.ok:
            done.add(id_)


def _shown(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    """Every file shown in blocks, with its place."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from _shown(part, f"{pointer}/{index}")
    elif isinstance(value, dict):
        file: Json | None = value.get("slack_file")
        if isinstance(file, dict) and "id" in file:
            yield f"{pointer}/slack_file", str(file["id"])
        for name, part in value.items():
            yield from _shown(part, f"{pointer}/{name}")
