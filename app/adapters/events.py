"""News for whoever has a conversation open: in this process, or through Redis to every process.

News is a nudge, not a record: what must not be lost is in the database before it is published.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

from redis import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

type Event = Mapping[str, Any]
"""A JSON object."""

CHANNEL = "boussole:events:"
MOST_WAITING = 100
RECONNECT_PAUSE = 1.0


class Subscription:
    """The news of one conversation from now on. A reader too slow for it loses the oldest."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Event] = asyncio.Queue(MOST_WAITING)

    async def next(self, within: float | None = None) -> Event | None:
        """The next event, or None when none came within so many seconds."""
        try:
            return await asyncio.wait_for(self._queue.get(), within)
        except TimeoutError:
            return None

    def deliver(self, event: Event) -> None:
        """From any thread."""
        # A loop that closed meanwhile has nobody left who reads.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._put, event)

    def _put(self, event: Event) -> None:
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(event)


class Events(Protocol):
    """Publish and subscribe, by conversation id."""

    def publish(self, conversation: str, event: Event) -> None:
        """From any thread; never waits for readers and never fails because of them."""

    def subscribe(self, conversation: str) -> AbstractAsyncContextManager[Subscription]:
        """`async with events.subscribe(id) as news: await news.next(within=20)`."""

    def close(self) -> None:
        """No more news."""


class MemoryEvents:
    """For one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readers: defaultdict[str, set[Subscription]] = defaultdict(set)

    def publish(self, conversation: str, event: Event) -> None:
        with self._lock:
            readers = tuple(self._readers.get(conversation, ()))
        for reader in readers:
            reader.deliver(event)

    @asynccontextmanager
    async def subscribe(self, conversation: str) -> AsyncIterator[Subscription]:
        reader = Subscription()
        with self._lock:
            self._readers[conversation].add(reader)
        try:
            yield reader
        finally:
            with self._lock:
                self._readers[conversation].discard(reader)
                if not self._readers[conversation]:
                    del self._readers[conversation]

    def close(self) -> None:
        """Nothing to let go of."""


class RedisEvents:
    """One listener per process takes everybody's news from Redis and hands it to the readers here.

    While Redis is away, readers in the publisher's own process still get theirs; who subscribes then has waited
    `patience` seconds for it to come back.
    """

    def __init__(self, redis: Redis, *, patience: float = 3.0) -> None:
        self._redis = redis
        self._patience = patience
        self._here = MemoryEvents()
        self._lock = threading.Lock()
        self._listener: threading.Thread | None = None
        self._listening = threading.Event()
        self._closed = threading.Event()

    def publish(self, conversation: str, event: Event) -> None:
        try:
            self._redis.publish(f"{CHANNEL}{conversation}", json.dumps(event))
        except RedisError as error:
            log.warning("events: redis is away: %s", type(error).__name__)
            self._here.publish(conversation, event)

    @asynccontextmanager
    async def subscribe(self, conversation: str) -> AsyncIterator[Subscription]:
        self._listen()
        await asyncio.to_thread(self._listening.wait, self._patience)
        async with self._here.subscribe(conversation) as reader:
            yield reader

    def close(self) -> None:
        self._closed.set()
        if self._listener is not None:
            self._listener.join()

    def _listen(self) -> None:
        with self._lock:
            if self._listener is None:
                self._listener = threading.Thread(target=self._keep_listening, name="events", daemon=True)
                self._listener.start()

    def _keep_listening(self) -> None:
        while not self._closed.is_set():
            try:
                self._hand_out()
            except RedisError as error:
                log.warning("events: redis is away: %s", type(error).__name__)
                self._listening.clear()
                self._closed.wait(RECONNECT_PAUSE)

    def _hand_out(self) -> None:
        with self._redis.pubsub() as news:  # type: ignore[no-untyped-call]  # redis-py leaves it unannotated
            news.psubscribe(f"{CHANNEL}*")
            while not self._closed.is_set():
                # Short, so that closing does not wait long.
                message = news.get_message(timeout=0.5)
                match message:
                    case {"type": "psubscribe"}:
                        self._listening.set()
                    case {"type": "pmessage", "channel": bytes() as channel, "data": bytes() as sent}:
                        self._here.publish(channel.decode().removeprefix(CHANNEL), json.loads(sent))
