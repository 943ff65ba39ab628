"""The population in which nobody is rare: each paper that can be named, and each kind of answer, is equally likely."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rules.conditions import InRow
from rules.facts import SITUATION, FactId
from rules.population import Holders, Population, Shares
from rules.reading.values import kinds_of
from rules.rulebook import FactDefinition, FactType, Rulebook

BOOKS = 8


@lru_cache(maxsize=BOOKS)
def even_population(rulebook: Rulebook) -> Population:
    """A kind of answer is what the rules of all services together cannot tell apart. Nobody declines."""
    services = rulebook.services.values()
    read = [rule.when for service in services for rule in service.rules]
    overlays = [InRow(frozenset(), service.overlays) for service in services]
    clashes = [clash.when for clash in rulebook.contradictions]
    kinds = kinds_of([*read, *overlays], clashes, rulebook.facts, rulebook.rows)
    shares: dict[FactId, tuple[Shares, ...]] = {}
    for fact, definition in rulebook.facts.items():
        if fact in kinds and fact != SITUATION:
            values = [value for value in kinds[fact].values if value is not None]
            values += [value for value in _offered(definition) if kinds[fact].representative(value) is None][:1]
            shares[fact] = (Shares(frozenset(), dict.fromkeys(values, 1.0)),)
    return Population(tuple(_holders(rulebook)), shares)


@lru_cache(maxsize=BOOKS)
def population_of(rulebook: Rulebook) -> Population:
    """The one that the book describes; where it is silent, the even one."""
    even, told = even_population(rulebook), rulebook.population
    if told is None:
        return even
    return Population(
        told.holders or even.holders, {**even.shares, **told.shares}, told.declines, told.sensitivity_weight
    )


def _offered(definition: FactDefinition) -> Iterator[str | int | bool]:
    if definition.type is FactType.BOOLEAN:
        yield from (True, False)
    yield from sorted(definition.values)


def _holders(rulebook: Rulebook) -> Iterator[Holders]:
    asked = rulebook.facts[SITUATION]
    for option in asked.question.options:
        said = option.value
        if not isinstance(said, str):
            continue
        narrower = asked.variants.get(said)
        if narrower is None:
            yield Holders(said, (said,), 1.0)
            continue
        for answer in narrower.options:
            if isinstance(answer.value, str):
                yield Holders(answer.value, (said, answer.value), 1.0)
