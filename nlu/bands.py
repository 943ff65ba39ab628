"""What to do with a confidence: answer, offer two readings to choose from, or show buttons.

The figures are data: `python -m nlu.choose_thresholds` writes them from messages nobody has trained on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "thresholds.json"
_DANGER_SHARE = 0.5


@dataclass(frozen=True)
class Bands:
    """At `answer` and above a message is answered; from `clarify` up, "do you mean A or B?"; below, buttons."""

    answer: float
    clarify: float

    @property
    def danger(self) -> float:
        """From which a danger is acted on that is not the surest guess: to miss one costs more than to ask in vain."""
        return _DANGER_SHARE * self.answer


@lru_cache(maxsize=1)
def bands() -> "dict[str, Bands]":
    """For each variety."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return {variety: Bands(each["answer"], each["clarify"]) for variety, each in kept["bands"].items()}


@lru_cache(maxsize=1)
def sure() -> float:
    """The confidence of the fast classifier from which the slow one is not asked."""
    return float(json.loads(FILE.read_text(encoding="utf-8"))["sure"])
