"""News of a conversation as server-sent events: with its token only, and without losing what is published."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.requests import Request

from app.adapters.events import MemoryEvents
from app.api import events


class Reader:
    """A browser that reads, then leaves."""

    def __init__(self):
        self.left = asyncio.Event()

    async def __call__(self):
        await self.left.wait()
        return {"type": "http.disconnect"}


async def read(news, count):
    return [await anext(news) for _ in range(count)]


async def listening(bus):
    reader = Reader()
    news = events.stream("c1", bus, Request({"type": "http"}, reader))
    first = await anext(news)
    return reader, news, first


def test_news_of_the_conversation_arrives_as_one_event_each():
    async def run():
        bus = MemoryEvents()
        _, news, first = await listening(bus)
        bus.publish("c2", {"kind": "reply", "text": "not for you"})
        bus.publish("c1", {"kind": "reply", "text": "one\ntwo\r\n\r\ndata: three"})
        (told,) = await read(news, 1)
        await news.aclose()
        return first, told

    first, told = asyncio.run(run())
    assert first == events.HEARTBEAT
    lines = told.split("\n")
    assert lines[0] == "event: news"
    assert json.loads(lines[1].removeprefix("data: ")) == {"kind": "reply", "text": "one\ntwo\r\n\r\ndata: three"}
    assert lines[2:] == ["", ""]


def test_silence_is_filled_so_that_nobody_hangs_up(monkeypatch):
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.01)

    async def run():
        _, news, _ = await listening(MemoryEvents())
        told = await read(news, 2)
        await news.aclose()
        return told

    assert asyncio.run(run()) == [events.HEARTBEAT] * 2


def test_a_reader_who_left_is_forgotten(monkeypatch):
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.01)

    async def run():
        bus = MemoryEvents()
        reader, news, _ = await listening(bus)
        reader.left.set()
        rest = [told async for told in news]
        return rest, dict(bus._readers)

    rest, readers = asyncio.run(run())
    assert len(rest) <= 1
    assert readers == {}


@pytest.mark.parametrize("header", [{}, {"authorization": "Bearer wrong"}])
def test_only_the_token_opens_the_stream(talk, header):
    person = talk(language="fr")
    answer = person.http.get(f"{person.path}/events", headers=header)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_allowed")


def test_the_stream_of_an_unknown_conversation_is_a_problem(client):
    answer = client.get(f"/api/v1/conversations/{'0' * 32}/events", headers={"authorization": "Bearer x"})
    assert (answer.status_code, answer.json()["code"]) == (404, "conversation_not_found")
