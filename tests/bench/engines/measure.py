"""What engines take of the processor, all their threads together: the clock would count the neighbours as well."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from time import process_time

MICRO = 1e6


@dataclass(frozen=True)
class Times:
    """Seconds, one for each person."""

    seconds: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.seconds) * MICRO

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1] * MICRO


def one_by_one[P](
    people: Iterable[P], decide: Callable[[P], object], before: Callable[[], object] | None = None
) -> Times:
    """`before` is done before each person and not counted; no garbage is collected meanwhile, as `timeit` has it."""
    gc.collect()
    gc.disable()
    try:
        return Times(tuple(_timed(decide, person, before) for person in people))
    finally:
        gc.enable()


def _timed[P](decide: Callable[[P], object], person: P, before: Callable[[], object] | None) -> float:
    if before is not None:
        before()
    began = process_time()
    decide(person)
    return process_time() - began


def together(decide_all: Callable[[], object]) -> float:
    """Seconds for all at once, with nothing left over from before."""
    gc.collect()
    began = process_time()
    decide_all()
    return process_time() - began
