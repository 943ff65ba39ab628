"""Complete people, the only ones all engines understand: they answered or declined everything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from rules.admit import contradictions
from rules.facts import SITUATION, Facts, FactValue
from rules.rulebook import FactDefinition, FactType, Rulebook

SEED = 20261121
DECLINES = 0.1
AGES = (6, 65)
NATIONALITIES = ("SN", "DZ", "TN", "CM", "GN", "CI", "ML", "SY", "CD", "NG", "FR", "MA", "PS")


def complete_people(rulebook: Rulebook, count: int, seed: int = SEED) -> list[Facts]:
    """Spread evenly over the rows and the answers, without answers that contradict each other."""
    return list(islice(_people(rulebook, Random(seed)), count))  # noqa: S311  # the same people each time, no secret


def _people(rulebook: Rulebook, chance: Random) -> Iterator[Facts]:
    while True:
        answers = {fact: _answer(definition, chance) for fact, definition in rulebook.facts.items()}
        person = Facts({**answers, SITUATION: chance.choice(rulebook.rows)})
        if not contradictions(rulebook, person):
            yield person


def _answer(definition: FactDefinition, chance: Random) -> FactValue | None:
    if chance.random() < DECLINES:
        return None
    if definition.type is FactType.BOOLEAN:
        return chance.random() < 0.5
    if definition.type is FactType.INTEGER:
        return chance.randint(*AGES)
    if definition.fact == "nationality":
        return chance.choice(NATIONALITIES)
    return chance.choice(sorted(definition.values) or ["city_rabat"])
