"""Messages as they look, kept as files; `make snapshots` renews them on purpose."""

from __future__ import annotations

import json
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def looks_like(name: str, drawn: object) -> bool:
    """Whether it looks as it did; with TIEOUT_SNAPSHOTS=write it is kept as it looks now."""
    file = FOLDER / f"{name}.json"
    text = json.dumps(drawn, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("TIEOUT_SNAPSHOTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return file.read_text(encoding="utf-8") == text
