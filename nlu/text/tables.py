"""Reading our own CSV word lists."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import Dict, Tuple

DATA = Path(__file__).parent / "data"

Row = Dict[str, str]


@lru_cache(maxsize=None)
def rows(name: str) -> Tuple[Row, ...]:
    """The rows of nlu/text/data/<name>.csv; lines starting with # are remarks."""
    return tuple(read(DATA / f"{name}.csv"))


def read(path: Path) -> Tuple[Row, ...]:
    """The rows of any CSV file with a header line."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return tuple({key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(lines))
