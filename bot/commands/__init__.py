"""The slash commands: one file each, named like the command."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def commands() -> dict[str, ModuleType]:
    """`{"/forecast": <module>, …}`, read from this folder."""
    names = sorted(found.name for found in iter_modules(__path__))
    return {f"/{name.replace('_', '-')}": import_module(f"{__name__}.{name}") for name in names}
