"""Rate limits: counted in this process, or in Redis where several servers share the load."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any, Protocol

from redis.exceptions import RedisError

log = logging.getLogger(__name__)

MOST_COUNTERS = 50_000


class RateLimiter(Protocol):
    """Counts what is done under a key."""

    def wait(self, key: str, *, times: int, seconds: int) -> int:
        """Count one more. 0: go on; otherwise the seconds to wait, because `times` in `seconds` are used up."""


class MemoryLimiter:
    """Fixed windows in memory. Old windows are dropped when there are many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._windows: dict[str, tuple[float, int]] = {}

    def wait(self, key: str, *, times: int, seconds: int) -> int:
        now = self._clock()
        with self._lock:
            ends, used = self._windows.get(key, (0.0, 0))
            if now >= ends:
                self._forget(now)
                ends, used = now + seconds, 0
            self._windows[key] = (ends, used + 1)
        return 0 if used < times else max(1, int(ends - now) + 1)

    def _forget(self, now: float) -> None:
        if len(self._windows) >= MOST_COUNTERS:
            self._windows = {key: window for key, window in self._windows.items() if window[0] > now}


class RedisLimiter:
    """The same windows, shared. While Redis is away each server counts for itself."""

    def __init__(self, redis: Any, spare: RateLimiter) -> None:
        self._redis = redis
        self._spare = spare

    def wait(self, key: str, *, times: int, seconds: int) -> int:
        try:
            return self._count(f"boussole:limit:{key}", times, seconds)
        except RedisError as error:
            log.warning("rate limits: redis is away: %s", type(error).__name__)
            return self._spare.wait(key, times=times, seconds=seconds)

    def _count(self, key: str, times: int, seconds: int) -> int:
        pipeline = self._redis.pipeline()
        pipeline.set(key, 0, ex=seconds, nx=True)
        pipeline.incr(key)
        pipeline.ttl(key)
        _, used, left = pipeline.execute()
        return 0 if used <= times else max(1, int(left))
