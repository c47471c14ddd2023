"""A whole recording against the rules: every call and delivery, and what they are to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sandbox.slack.validate.calls import call_problems, delivery_problems
from sandbox.slack.validate.finding import Finding
from sandbox.slack.validate.names import name_findings
from sandbox.slack.validate.recording import Call, Line
from sandbox.slack.validate.story import story_findings
from sandbox.slack.validate.uploads import file_findings


def findings_of(lines: Sequence[Line]) -> list[Finding]:
    """Everything found wrong, in the order of the recording, each once."""
    found = {*_each(lines), *story_findings(lines), *file_findings(lines), *name_findings(lines)}
    return sorted(found)


def _each(lines: Sequence[Line]) -> Iterator[Finding]:
    for line in lines:
        if isinstance(line, Call):
            for pointer, words in call_problems(line):
                yield Finding(line.line, line.method, pointer, words)
        else:
            for pointer, words in delivery_problems(line):
                yield Finding(line.line, line.kind, pointer, words)
