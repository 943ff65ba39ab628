"""Whom the next question is chosen for: how many people hold which paper, and what they answer to the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.facts import FactId, FactValue

NOBODY_DECLINES = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Holders:
    """People of one row. Of what a question about the paper offers, they say the first in `says` that is there."""

    row: str
    says: tuple[str, ...]
    people: float


@dataclass(frozen=True)
class Shares:
    """What people of these rows answer to one question, how many of them each."""

    rows: frozenset[str]
    """None for everybody."""
    people: Mapping[FactValue, float]


@dataclass(frozen=True, eq=False)
class Population:
    """Given the row, what somebody answers to one question says nothing about their other answers."""

    holders: tuple[Holders, ...]
    shares: Mapping[FactId, tuple[Shares, ...]]
    """Of several about one fact the first that is about the person's row counts; the last one is about everybody."""
    declines: tuple[float, ...] = NOBODY_DECLINES
    """The part of those asked who would rather not say, by the sensitivity of the question."""
    sensitivity_weight: float = 0.5
    """A question costs one, and this much more for each step of sensitivity."""

    def cost(self, sensitivity: int) -> float:
        return 1 + self.sensitivity_weight * sensitivity
