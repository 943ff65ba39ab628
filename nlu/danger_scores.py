"""How many cries for help are heard, and how many harmless messages are taken for one: by words, and with a parser."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Sequence

from nlu.bands import bands
from nlu.judging import Hear, Ranking
from nlu.text.danger import danger_in

DEVELOPMENT, LOCKED = (
    Path(__file__).parent / "evaluation" / f"danger_{name}.csv" for name in ("development", "locked")
)
DANGERS = {"emergency": "emergency", "need_protection": "protection", "need_asylum": "asylum"}
"""What an intent is a sign of."""


@dataclass(frozen=True)
class Message:
    """`danger` is empty for a harmless one."""

    text: str
    variety: str
    danger: str


@dataclass(frozen=True)
class Heard:
    """Shares: of the cries for help that were heard, of those that led to the right door, of harmless ones taken so."""

    recall: float
    right_door: float
    false_alarms: float
    dangerous: int
    harmless: int


def read_messages(file: Path) -> List[Message]:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["text"]]
    return [Message(row["text"], row["variety"], row["danger"] or "") for row in rows]


def heard(messages: Sequence[Message], hear: Optional[Hear] = None) -> Heard:
    """By words alone, or by these and a parser."""
    found = [danger_in(message.text) for message in messages]
    if hear is not None:
        rankings = hear([message.text for message in messages])
        guessed = [_likely(ranking, message) for ranking, message in zip(rankings, messages, strict=True)]
        found = [words or guess for words, guess in zip(found, guessed, strict=True)]
    pairs = list(zip(messages, found, strict=True))
    dangerous = [(message, danger) for message, danger in pairs if message.danger]
    harmless = [danger for message, danger in pairs if not message.danger]
    return Heard(
        recall=_share([danger is not None for _, danger in dangerous]),
        right_door=_share([danger == message.danger for message, danger in dangerous]),
        false_alarms=_share([danger is not None for danger in harmless]),
        dangerous=len(dangerous),
        harmless=len(harmless),
    )


def by_variety(messages: Sequence[Message], hear: Optional[Hear] = None) -> Dict[str, Heard]:
    varieties = sorted({message.variety for message in messages})
    return {each: heard([message for message in messages if message.variety == each], hear) for each in varieties}


def _likely(ranking: Ranking, message: Message) -> Optional[str]:
    """As the dialogue acts: what is surely something else is none; what is likely enough a danger is one."""
    needed = bands()[message.variety]
    name, confidence = ranking[0]
    if confidence >= needed.answer:
        return DANGERS.get(name)
    danger = next(((DANGERS[name], share) for name, share in ranking if name in DANGERS), None)
    return danger[0] if danger and danger[1] >= needed.danger else None


def _share(told: Sequence[bool]) -> float:
    return sum(told) / len(told) if told else 0.0
