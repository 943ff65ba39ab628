"""Counters for Prometheus: routes, statuses, durations, steps and parsers. Nothing about a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from threading import Lock

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

type Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counts since the start of this process. Labels come from closed sets only."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[tuple[str, Labels]] = Counter()
        self._sums: defaultdict[tuple[str, Labels], float] = defaultdict(float)

    def count(self, name: str, **labels: str) -> None:
        with self._lock:
            self._counts[f"boussole_{name}_total", tuple(sorted(labels.items()))] += 1

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        self.count("requests", route=route, method=method, status=str(status))
        with self._lock:
            for bucket in (*(bucket for bucket in BUCKETS if seconds <= bucket), float("inf")):
                edge = "+Inf" if bucket == float("inf") else str(bucket)
                self._counts["boussole_request_seconds_bucket", (("le", edge), ("route", route))] += 1
            self._counts["boussole_request_seconds_count", (("route", route),)] += 1
            self._sums["boussole_request_seconds_sum", (("route", route),)] += seconds

    def exposition(self, others: Iterable[tuple[str, Labels, float]] = ()) -> str:
        """Prometheus text format; `others` were counted elsewhere."""
        with self._lock:
            samples: list[tuple[tuple[str, Labels], float]] = [*self._counts.items(), *self._sums.items()]
        samples = sorted([*samples, *(((name, labels), value) for name, labels, value in others)])
        lines = []
        announced: set[str] = set()
        for (name, labels), value in samples:
            family, kind = _family(name)
            if family not in announced:
                announced.add(family)
                lines.append(f"# TYPE {family} {kind}")
            lines.append(f"{name}{_labels(labels)} {value}")
        return "\n".join([*lines, ""])


def _family(name: str) -> tuple[str, str]:
    for suffix in ("_bucket", "_count", "_sum"):
        if name.endswith(suffix):
            return name.removesuffix(suffix), "histogram"
    return name, "counter" if name.endswith("_total") else "gauge"


def _labels(labels: Labels) -> str:
    quoted = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{quoted}}}" if quoted else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
