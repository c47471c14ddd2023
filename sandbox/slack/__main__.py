"""`python -m sandbox.slack`: the local workspace alone."""

from __future__ import annotations

from sandbox.slack.command import slack

if __name__ == "__main__":
    slack(prog_name="slack")
