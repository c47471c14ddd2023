"""The clients others published: which they are, how they are installed, how they are driven.

They go into a throw-away folder; no code of theirs enters the repository. What is fetched comes
from the registries `npm` and `pip` are set up with.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
NPM = ("@intacct/intacct-sdk@2.2.1", "intacct-api@0.3.0")
PIP = ("sageintacctsdk==1.28.1", "pyintacct==0.1.1", "pydantic<2", "requests", "jxmlease")
LONGEST_STEP = 300  # seconds


@dataclass(frozen=True, slots=True)
class Client:
    """One published client: its name, the prefix of what it makes, and the script driving it."""

    name: str
    prefix: str
    script: str


CLIENTS = (
    Client("vendor's Node SDK 2.2.1", "NODE", "drive_node_sdk.cjs"),
    Client("sageintacctsdk 1.28.1", "SAGE", "drive_sageintacctsdk.py"),
    Client("pyintacct 0.1.1", "PYIN", "drive_pyintacct.py"),
    Client("intacct-api 0.3.0 (npm)", "NAPI", "drive_intacct_api.cjs"),
)


def install(folder: Path) -> None:
    """The clients, in a Node folder and a Python environment below this one."""
    if (folder / "installed").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n')
    _quietly(["npm", "install", "--no-audit", "--no-fund", "--no-save", *NPM], folder)
    _quietly([sys.executable, "-m", "venv", "python"], folder)
    _quietly([str(folder / "python/bin/pip"), "install", "--quiet", *PIP], folder)
    (folder / "installed").touch()


def drive(client: Client, folder: Path, plan: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What the client saw at each step of the plan; the last step is `stopped` where it broke."""
    node = client.script.endswith(".cjs")
    program = "node" if node else str(folder / "python/bin/python")
    command = [program, str(HERE / client.script), json.dumps({**plan, "name": client.prefix})]
    ended = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=LONGEST_STEP, check=False
    )
    for line in ended.stdout.splitlines():
        told = json.loads(line)
        yield told["step"], told["seen"]
    if ended.returncode and '"stopped"' not in ended.stdout:
        yield "stopped", ended.stderr.strip().splitlines()[-1]


def _quietly(command: list[str], folder: Path) -> None:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode:
        sys.exit(f"{' '.join(command[:2])} failed:\n{ended.stderr[-2000:]}")
