"""Rate tiers: how many calls of each method a minute Slack puts up with, short bursts included."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from sandbox.slack.wire import Clock

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
BURST = 3  # minutes' worth of calls that may come at once; Slack names no figure
POSTS_PER_MINUTE, POSTS_AT_ONCE = 60, 60  # one a second and channel, after a short burst
WORKSPACE_POSTS_PER_MINUTE, WORKSPACE_POSTS_AT_ONCE = 300, 600  # "several hundred a minute"


@dataclass(slots=True)
class Bucket:
    """Calls that may still be made now; it fills up again as time passes."""

    left: float
    looked: datetime


class Limits:
    """What each method, and each channel posted to, has left."""

    def __init__(self, clock: Clock, *, on: bool) -> None:
        self._clock = clock
        self._on = on
        self._buckets: dict[str, Bucket] = {}

    def wait(self, method: str, tier: int) -> int:
        """Whole seconds until this method may be called; 0 counts the call and lets it through."""
        per_minute = PER_MINUTE.get(tier)
        if not self._on or per_minute is None:
            return 0
        return self._take((method, per_minute, per_minute * BURST))

    def wait_to_post(self, channel: str) -> int:
        """Whole seconds until something may be posted here; 0 counts it and lets it through."""
        if not self._on:
            return 0
        return self._take(
            ("posts", WORKSPACE_POSTS_PER_MINUTE, WORKSPACE_POSTS_AT_ONCE),
            (f"posts to {channel}", POSTS_PER_MINUTE, POSTS_AT_ONCE),
        )

    def _take(self, *wanted: tuple[str, int, int]) -> int:
        """Takes one call out of every bucket, or none of them and says how long to wait."""
        now = self._clock()
        buckets = []
        longest = 0
        for name, per_minute, at_once in wanted:
            bucket = self._buckets.setdefault(name, Bucket(at_once, now))
            passed = max(0.0, (now - bucket.looked).total_seconds())
            bucket.left = min(at_once, bucket.left + passed * per_minute / 60)
            bucket.looked = now
            buckets.append(bucket)
            if bucket.left < 1:
                longest = max(longest, math.ceil((1 - bucket.left) * 60 / per_minute))
        for bucket in buckets if not longest else ():
            bucket.left -= 1
        return longest
