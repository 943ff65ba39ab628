"""One contract for news, within a process and through Redis."""

from __future__ import annotations

import asyncio
from threading import Thread

import pytest
from redis import Redis

from app.adapters.events import MOST_WAITING, MemoryEvents, RedisEvents


class Processes:
    """`here` publishes, `there` reads: the same object in memory, two that share a server with Redis."""

    def __init__(self, here, there):
        self.here, self.there = here, there


@pytest.fixture(params=["memory", "redis"])
def processes(request):
    if request.param == "memory":
        events = MemoryEvents()
        yield Processes(events, events)
        return
    url = request.getfixturevalue("redis_url")
    clients = [Redis.from_url(url), Redis.from_url(url)]
    here, there = (RedisEvents(client) for client in clients)
    yield Processes(here, there)
    for events in (here, there):
        events.close()
    for client in clients:
        client.close()


def test_a_reader_gets_the_news_of_its_conversation_in_order(processes):
    async def read():
        async with processes.there.subscribe("a") as news:
            processes.here.publish("b", {"n": 0})
            for number in (1, 2, 3):
                processes.here.publish("a", {"n": number, "text": "مرحبا"})
            return [await news.next(within=10) for _ in range(3)]

    assert asyncio.run(read()) == [{"n": number, "text": "مرحبا"} for number in (1, 2, 3)]


def test_every_reader_of_a_conversation_gets_the_news(processes):
    async def read():
        async with processes.there.subscribe("a") as one, processes.there.subscribe("a") as two:
            Thread(target=processes.here.publish, args=("a", {"n": 1})).start()
            return await one.next(within=10), await two.next(within=10)

    assert asyncio.run(read()) == ({"n": 1}, {"n": 1})


def test_who_comes_later_hears_nothing_old_and_who_left_is_forgotten(processes):
    async def read():
        async with processes.there.subscribe("a"):
            processes.here.publish("a", {"n": 1})
        processes.here.publish("a", {"n": 2})
        async with processes.there.subscribe("c") as news:
            processes.here.publish("c", {"n": 3})
            return await news.next(within=10), await news.next(within=0.05)

    assert asyncio.run(read()) == ({"n": 3}, None)


def test_a_slow_reader_loses_the_oldest_and_holds_up_nobody(processes):
    async def read():
        async with processes.there.subscribe("a") as slow:
            for number in range(MOST_WAITING):
                processes.here.publish("a", {"n": number})
            async with processes.there.subscribe("end") as end:
                processes.here.publish("a", {"n": MOST_WAITING})
                processes.here.publish("end", {})
                await end.next(within=10)
            return await slow.next(within=10)

    assert asyncio.run(read()) == {"n": 1}


def test_without_redis_readers_of_the_same_process_still_get_their_news(tmp_path):
    async def read():
        async with events.subscribe("a") as news:
            events.publish("a", {"n": 1})
            return await news.next(within=10)

    client = Redis(unix_socket_path=str(tmp_path / "nothing"), socket_connect_timeout=1)
    events = RedisEvents(client, patience=0)
    assert asyncio.run(read()) == {"n": 1}
    events.close()
    client.close()
