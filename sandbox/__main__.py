"""`python -m sandbox`: the stand-ins, each started by its own command."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

import click

HOMES: Mapping[str, str] = MappingProxyType(
    {
        "intacct": "sandbox.intacct.command",
        "slack": "sandbox.slack.command",
        "load": "sandbox.company.command",
        "validate-messages": "sandbox.slack.validate.command",
    }
)


class Commands(click.Group):
    """Finds a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """The commands whose module is there."""
        return [name for name, module in HOMES.items() if _exists(module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now."""
        module = HOMES.get(cmd_name)
        if module is None or not _exists(module):
            return None
        found: click.Command = getattr(import_module(module), cmd_name.replace("-", "_"))
        return found


def _exists(module: str) -> bool:
    parent = module.rpartition(".")[0]
    return find_spec(parent) is not None and find_spec(module) is not None


@click.group(cls=Commands)
def main() -> None:
    """Local stand-ins for Sage Intacct and Slack, for trying the product and for its tests."""


if __name__ == "__main__":
    main()
