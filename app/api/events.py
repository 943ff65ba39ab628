"""GET .../events: server-sent events of one conversation, read with fetch so that the token stays a header."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from app.adapters.events import Events
from app.api.access import V1, Now, Token
from app.api.conversations import in_conversation
from app.turns import read_conversation

router = APIRouter(prefix=V1)

HEARTBEAT_SECONDS = 15.0
HEARTBEAT = ": still here\n\n"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/conversations/{conversation}/events")
async def events(conversation: str, services: Now, token: Token, request: Request) -> StreamingResponse:
    with in_conversation():
        await run_in_threadpool(read_conversation, conversation, token, services.turns)
    news = stream(conversation, services.events, request)
    return StreamingResponse(news, media_type="text/event-stream", headers=HEADERS)


async def stream(conversation: str, events: Events, request: Request) -> AsyncIterator[str]:
    """Until the reader leaves. A comment now and then keeps proxies from hanging up."""
    async with events.subscribe(conversation) as news:
        yield HEARTBEAT
        while not await request.is_disconnected():
            event = await news.next(within=HEARTBEAT_SECONDS)
            yield HEARTBEAT if event is None else written(event)


def written(event: object) -> str:
    """One event on one line: JSON escapes line breaks."""
    return f"event: news\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
