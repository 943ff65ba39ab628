"""A named thing found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from nlu.text.phrases import Message


@dataclass(frozen=True)
class Found:
    """`type` city, service, situation, nationality, age, education or trade; offsets are those of the text given."""

    type: str
    value: Union[str, int]
    text: str
    start: int
    end: int


def found_in(text: str, message: Message, kind: str, value: "Union[str, int]", first: int, last: int) -> Found:
    """The thing that the words `first` to `last` (excluded) of a message name."""
    start, end = message.words[first].start, message.words[last - 1].end
    return Found(kind, value, text[start:end], start, end)
