"""`validate-messages`: a recording held against what Slack publishes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from sandbox.slack.validate.finding import Finding
from sandbox.slack.validate.holds import findings_of
from sandbox.slack.validate.recording import Call, Line, NotARecording, read_recording


@click.command("validate-messages")
@click.argument("recording", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def validate_messages(recording: Path) -> None:
    """Hold every call, message, view and file of a recording against Slack's published limits.

    Prints one finding a line and a summary; leaves with 1 where something was found, and with 2
    where the file is no recording.
    """
    try:
        lines = read_recording(recording.read_text(encoding="utf-8"))
    except (NotARecording, UnicodeDecodeError) as error:
        click.echo(f"{recording} is no recording: {error}", err=True)
        sys.exit(2)
    found = findings_of(lines)
    for finding in found:
        click.echo(str(finding))
    click.echo(summary(lines, found))
    sys.exit(1 if found else 0)


def summary(lines: Sequence[Line], found: Sequence[Finding]) -> str:
    """What was looked at and how much was found, in a line."""
    calls = Counter(line.method for line in lines if isinstance(line, Call))
    deliveries = len(lines) - calls.total()
    families = Counter(method.partition(".")[0] for method in calls.elements())
    looked = ", ".join(f"{many:,} {family}" for family, many in sorted(families.items()))
    return (
        f"{len(lines):,} lines: {calls.total():,} calls ({looked or 'none'}), "
        f"{deliveries:,} deliveries. {len(found):,} findings."
    )
