"""The log: one JSON line per thing that happened, to standard error."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class OneLine(logging.Formatter):
    """One JSON line per thing that happened; no amounts, no names, no payloads."""

    def format(self, entry: logging.LogRecord) -> str:
        """The line; a traceback, where there is one, as a field of it."""
        line = {
            "at": datetime.fromtimestamp(entry.created, UTC).isoformat(),
            "level": entry.levelname.lower(),
            "from": entry.name,
            "what": entry.getMessage(),
        }
        if entry.exc_info:
            line["trace"] = self.formatException(entry.exc_info)
        return json.dumps(line, ensure_ascii=False)


def log_to_stderr() -> None:
    """Our own lines and the warnings of others, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("tieout").setLevel(logging.INFO)
