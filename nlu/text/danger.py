"""What a message is screened for before anything else: words that name a danger, and what such messages sound like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Optional

from nlu.text.danger_sense import Sense, sensed
from nlu.text.danger_words import CATEGORIES, danger_worded, phrases_by_category, sounds_harmless

__all__ = ["CATEGORIES", "Alarm", "alarm_in", "danger_in", "phrases_by_category"]

SURE = 0.65
POSSIBLE = 0.15
DENIED = 0.06
"""Likelihoods, chosen on folds of the training lines. Words whose message sounds like none of a danger are denied."""

CLEAR = 4.0
_LONG, _ENOUGH_WORDS = 200, 3


@dataclass(frozen=True)
class Alarm:
    """`sure`: answered with the way to help. Otherwise the way to help is offered beside the answer."""

    danger: str
    sure: bool


def danger_in(text: str) -> Optional[str]:
    """emergency, protection, asylum, or None: whatever is noticed, surely or possibly."""
    alarm = alarm_in(text)
    return alarm.danger if alarm else None


@lru_cache(maxsize=32)
def alarm_in(text: str) -> Optional[Alarm]:
    """Needs no parser and no trained model."""
    worded, sense = danger_worded(text), sensed(text)
    if worded is not None:
        danger = sense.danger if worded != "emergency" and _tells_better(sense) else worded
        return Alarm(danger, sense.likelihood >= DENIED)
    if sense.likelihood >= (SURE if _says_little(text) or sounds_harmless(text) else POSSIBLE):
        return Alarm(sense.danger, sense.likelihood >= SURE)
    return None


def _says_little(text: str) -> bool:
    """Too few words to sound like anything: "14 ans"."""
    return len(text[:_LONG].split()) < _ENOUGH_WORDS


def _tells_better(sense: Sense) -> bool:
    """Whether the whole message says more clearly than a word in it which door is meant; a word of urgency stands."""
    return sense.likelihood >= SURE and sense.lead >= CLEAR
