"""Names of things in a message: cities, services, papers, nationalities, ages, schooling, trades."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Iterable, Iterator, List, Set

from nlu.text.ages import ages_in
from nlu.text.cities import CITIES, Cities
from nlu.text.cues import is_told_of_another
from nlu.text.danger_words import danger_worded
from nlu.text.found import Found, found_in
from nlu.text.holding import Holding, holding_of, is_asked
from nlu.text.normalise import MAX_LENGTH
from nlu.text.origins import origins_in
from nlu.text.papers import papers_in
from nlu.text.phrases import Hit, Message, Phrasebook, without_overlaps
from nlu.text.tables import rows
from nlu.text.variety import may_be_arabizi

_RETURN = "assisted_return_iom"
"""Never heard as a wish from somebody who speaks of danger: "I am afraid to go back"."""
TYPES = ("service", "situation", "city", "age", "education", "nationality", "trade")


@dataclass(frozen=True)
class Gazetteers:
    """All word lists, compiled."""

    cities: Cities
    services: "Phrasebook[str]"
    education: "Phrasebook[str]"
    trades: "Phrasebook[str]"

    @classmethod
    def load(cls, cities: Path = CITIES) -> "Gazetteers":
        return cls(
            Cities.load(cities),
            _values("services"),
            _values("education"),
            Phrasebook((word, row["variety"], "trade") for row in rows("trades") for word in row["words"].split("|")),
        )

    def find(self, text: str) -> List[Found]:
        """Everything named in a text, in the order written."""
        text = text[:MAX_LENGTH]
        message = Message.of(text)
        spoken = may_be_arabizi(text)
        found = _settled([*self._named(text, message, spoken), *ages_in(text, message)])
        if danger_worded(text) is not None:
            found = {thing for thing in found if thing.value != _RETURN}
        return sorted(found, key=lambda thing: (thing.start, -thing.end, thing.type))

    def _named(self, text: str, message: Message, spoken: bool) -> Iterator[Found]:
        yield from papers_in(text, message, spoken=spoken)
        yield from origins_in(text, message)
        yield from self.cities.find(text, message)
        for hit in without_overlaps(self.services.hits(message, spoken=spoken)):
            yield found_in(text, message, "service", hit.value, hit.first, hit.last)
        for hit in without_overlaps(self.trades.hits(message, spoken=spoken)):
            thing = found_in(text, message, "trade", "", hit.first, hit.last)
            yield Found("trade", thing.text, thing.text, thing.start, thing.end)
        for hit in without_overlaps(self.education.hits(message, spoken=spoken)):
            if _is_reached(text, message, hit):
                yield found_in(text, message, "education", hit.value, hit.first, hit.last)


def _is_reached(text: str, message: Message, hit: "Hit[str]") -> bool:
    """Whether schooling is told of the writer, neither hoped for nor asked about."""
    if hit.value == "none":
        return not is_told_of_another(text, message, hit)
    if hit.value == "skip":
        return False
    holding = holding_of(text, message, hit, past_counts=True)
    return holding is Holding.HELD or (holding is Holding.BARE and not is_asked(text, message, hit))


def _settled(found: Iterable[Found]) -> Set[Found]:
    """A UNHCR paper is what I hold, not also a service I ask about."""
    things = set(found)
    papers = [thing for thing in things if thing.type == "situation"]
    return {
        thing for thing in things if thing.type != "service" or not any(_is_part_of(thing, paper) for paper in papers)
    }


def _is_part_of(service: Found, paper: Found) -> bool:
    overlap = service.start < paper.end and paper.start < service.end
    return overlap and service.end - service.start <= paper.end - paper.start


def find_entities(text: str) -> List[Found]:
    """Everything named in a text, by the word lists that ship with the project."""
    return default_gazetteers().find(text)


@lru_cache(maxsize=1)
def default_gazetteers() -> Gazetteers:
    return Gazetteers.load()


def _values(name: str) -> "Phrasebook[str]":
    return Phrasebook((row["phrase"], row["variety"], row["value"]) for row in rows(name))
