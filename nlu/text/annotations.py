"""Training examples: plain text out of Rasa's annotated lines."""

from __future__ import annotations

import re
from typing import Iterator

_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_BULLET = "- "


def plain(example: str) -> str:
    """The example as a person would have written it."""
    return _ANNOTATION.sub(r"\1", example).strip()


def lines_of(block: str) -> Iterator[str]:
    """The annotated lines of an `examples: |` block."""
    for line in block.splitlines():
        if line.strip().startswith(_BULLET):
            yield line.strip()[len(_BULLET) :]
