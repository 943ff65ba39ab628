"""How often each parser was asked, what came of it and how long it took. Numbers only, never a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from threading import Lock

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)

type Labels = tuple[tuple[str, str], ...]
type Sample = tuple[str, Labels, float]
"""Name, labels and value, as Prometheus reads them."""


class Outcome(StrEnum):
    """UNAVAILABLE: late, wrong or not there. BUSY: too many others were asking."""

    UNDERSTOOD = "understood"
    UNAVAILABLE = "unavailable"
    BUSY = "busy"


class Parses:
    """Counts since the start of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._outcomes: Counter[tuple[str, Outcome]] = Counter()
        self._within: Counter[tuple[str, float]] = Counter()
        self._seconds: dict[str, float] = {}

    def note(self, parser: str, outcome: Outcome, seconds: float) -> None:
        with self._lock:
            self._outcomes[parser, outcome] += 1
            self._seconds[parser] = self._seconds.get(parser, 0.0) + seconds
            for bucket in (*BUCKETS, float("inf")):
                self._within[parser, bucket] += seconds <= bucket

    def samples(self) -> Iterator[Sample]:
        with self._lock:
            outcomes, within, seconds = dict(self._outcomes), dict(self._within), dict(self._seconds)
        for (parser, outcome), count in outcomes.items():
            yield "boussole_parses_total", (("outcome", outcome.value), ("parser", parser)), count
        for (parser, bucket), count in within.items():
            edge = "+Inf" if bucket == float("inf") else str(bucket)
            yield "boussole_parse_seconds_bucket", (("le", edge), ("parser", parser)), count
        for parser, total in seconds.items():
            yield "boussole_parse_seconds_count", (("parser", parser),), within[parser, float("inf")]
            yield "boussole_parse_seconds_sum", (("parser", parser),), total
