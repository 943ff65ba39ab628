"""Rate limits count per key and window, in memory and in Redis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis import Redis

from app.adapters.limits import MOST_COUNTERS, MemoryLimiter, RedisLimiter


class Seconds:
    """A monotonic clock in hand."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture(params=["memory", "redis"])
def limiter(request):
    if request.param == "memory":
        yield MemoryLimiter()
        return
    with Redis.from_url(request.getfixturevalue("redis_url")) as redis:
        redis.flushdb()
        yield RedisLimiter(redis, MemoryLimiter())


def test_lets_pass_as_often_as_agreed_then_says_how_long_to_wait(limiter):
    waits = [limiter.wait("key", times=3, seconds=60) for _ in range(5)]
    assert waits[:3] == [0, 0, 0]
    assert all(1 <= wait <= 61 for wait in waits[3:])


def test_counts_each_key_for_itself(limiter):
    assert [limiter.wait(key, times=1, seconds=60) for key in ("one", "two", "three")] == [0, 0, 0]


def test_a_new_window_starts_afresh():
    clock = Seconds()
    limiter = MemoryLimiter(clock)
    assert limiter.wait("key", times=1, seconds=60) == 0
    assert limiter.wait("key", times=1, seconds=60) > 0
    clock.now += 61
    assert limiter.wait("key", times=1, seconds=60) == 0


def test_waiting_as_long_as_told_is_long_enough():
    clock = Seconds()
    limiter = MemoryLimiter(clock)
    limiter.wait("key", times=1, seconds=10)
    clock.now += limiter.wait("key", times=1, seconds=10)
    assert limiter.wait("key", times=1, seconds=10) == 0


def test_old_windows_are_forgotten():
    clock = Seconds()
    limiter = MemoryLimiter(clock)
    for number in range(MOST_COUNTERS):
        limiter.wait(f"key {number}", times=1, seconds=1)
    clock.now += 2
    limiter.wait("one more", times=1, seconds=1)
    assert len(limiter._windows) == 1


def test_while_redis_is_away_each_server_counts_for_itself(tmp_path):
    away = Redis(unix_socket_path=str(tmp_path / "nobody.sock"))
    limiter = RedisLimiter(away, MemoryLimiter())
    waits = [limiter.wait("key", times=1, seconds=60) for _ in range(2)]
    assert waits[0] == 0
    assert waits[1] > 0


@given(times=st.integers(1, 20), tries=st.integers(1, 60))
def test_never_more_than_agreed_in_one_window(times, tries):
    limiter = MemoryLimiter(Seconds())
    passed = sum(limiter.wait("key", times=times, seconds=60) == 0 for _ in range(tries))
    assert passed == min(times, tries)
