"""How Rasa takes up a model: aside, while the old one goes on answering, and not before it has read its first text."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

ANY_TEXT = "bonjour"


def load_warm() -> None:
    """From now on in this process; Rasa has no setting for it, and version 3.6.21 is its last."""
    from rasa.core import agent  # noqa: PLC0415  seconds long, and only Rasa's environment has it

    plain = agent.load_agent

    async def load_agent(*positional: Any, **named: Any) -> Any:
        load = partial(plain, *positional, **{**named, "loop": None})
        # In a thread of its own: in the server's loop all who ask would wait for the end of it.
        loaded = await asyncio.get_running_loop().run_in_executor(None, lambda: asyncio.run(load()))
        if loaded.is_ready():
            # Word lists and pieces of code are fetched at the first text: nobody should wait for that.
            await loaded.parse_message(ANY_TEXT)
        return loaded

    agent.load_agent = load_agent
