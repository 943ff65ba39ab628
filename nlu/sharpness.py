"""How margins become confidences. The figures are data: `python -m nlu.choose_sharpness` fits them out of fold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "sharpness.json"


@dataclass(frozen=True)
class Sharpness:
    """`fast` for the fast classifier where it decides alone; otherwise `slow` for the slow one and `beside` for the
    fast one, added up."""

    fast: float
    slow: float
    beside: float


@lru_cache(maxsize=1)
def sharpness() -> Sharpness:
    return Sharpness(**json.loads(FILE.read_text(encoding="utf-8")))
