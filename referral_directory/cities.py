"""Finds a town by any of its names, in any script, with the slips people make on a phone."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from referral_directory.geography import Coordinates
from referral_directory.points import CityId, Localized

type Fold = Callable[[str], str]
"""Brings spellings together before comparison; the application gives its own, which knows Arabic letters."""

LONGEST_NAME = 60
EDIT_FROM_LENGTH = (5, 9)
"""Names of five letters bear one slip, of nine two."""
SHORT = 5
ALIKE = 0.6
ARRONDISSEMENT = "arrondissement"
ARTICLES = re.compile(r"^(?:(?:al|el|l|la|le|les)\s+|ال)(?=\w{3})")
CLEARLY_LARGER = 2
"""Between towns equally near to what was typed, one this many times larger is taken to be meant."""


@dataclass(frozen=True)
class City:
    """A town, or an arrondissement of one (`parent`)."""

    id: CityId
    name: Localized
    kind: str
    region: str
    province: str | None
    parent: CityId | None
    centre: Coordinates | None
    population: int
    aliases: tuple[str, ...] = ()


def bare(text: str) -> str:
    """Case, accents, vowel marks and punctuation taken away."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(" " if not char.isalnum() else char for char in decomposed if not unicodedata.combining(char))
    return " ".join(letters.split())


def edits_allowed(name: str) -> int:
    """How many slips a name of this length bears before it could be another word."""
    return bisect(EDIT_FROM_LENGTH, len(name))


@dataclass(frozen=True)
class CityIndex:
    """Every town by id and by each of its names."""

    cities: Mapping[CityId, City]
    fold: Fold = str.casefold
    _official: Mapping[str, tuple[CityId, ...]] = field(init=False, repr=False)
    _any: Mapping[str, tuple[CityId, ...]] = field(init=False, repr=False)
    _loose: Mapping[str, tuple[CityId, ...]] = field(init=False, repr=False)
    _names: Sequence[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        official = [(name, city.id) for city in self.cities.values() for name in city.name.values()]
        aliases = [(name, city.id) for city in self.cities.values() for name in city.aliases]
        object.__setattr__(self, "_official", _grouped(official, self._key))
        object.__setattr__(self, "_any", _grouped(official + aliases, self._key))
        object.__setattr__(self, "_names", list(self._any))
        object.__setattr__(self, "_loose", _grouped(official + aliases, lambda name: ARTICLES.sub("", self._key(name))))

    def get(self, city: str | None) -> City | None:
        return self.cities.get(CityId(city)) if city else None

    def home(self, city: CityId) -> CityId:
        """The town an arrondissement belongs to; a town is its own."""
        known = self.cities.get(city)
        return known.parent if known and known.parent else city

    def centre(self, city: CityId) -> Coordinates | None:
        known = self.cities.get(city)
        return known.centre if known else None

    def centre_nearby(self, city: CityId) -> Coordinates | None:
        """Where to look from when a town's own centre is unknown: the largest town of its province, or region."""
        known = self.cities.get(city)
        if known is None:
            return None
        around = [other for other in self.cities.values() if other.centre and other.region == known.region]
        same_province = [other for other in around if other.province == known.province]
        largest = max(same_province or around, key=lambda other: other.population, default=None)
        return largest.centre if largest else None

    def match_city(self, text: str) -> CityId | None:
        """The one town this names, or None where nothing, or more than one town, is near enough."""
        found = self._ranked(text)
        return self._clear(found)

    def suggestions(self, text: str, limit: int = 5) -> tuple[City, ...]:
        """Towns this could name, the likeliest first: to offer when `match_city` gives none."""
        found = self._ranked(text) or self._alike(text, limit)
        return tuple(self.cities[city] for city in found[:limit])

    def _key(self, text: str) -> str:
        return bare(self.fold(text))

    def _usable_key(self, text: str) -> str:
        return self._key(text) if 0 < len(text) <= LONGEST_NAME else ""

    def _ranked(self, text: str) -> Sequence[CityId]:
        key = self._usable_key(text)
        if not key:
            return ()
        for names, wanted in ((self._official, key), (self._any, key), (self._loose, ARTICLES.sub("", key))):
            if wanted in names:
                return self._by_size(names[wanted])
        return self._misspelt(key)

    def _misspelt(self, key: str) -> Sequence[CityId]:
        near = process.extract(key, self._names, scorer=OSA.distance, limit=None, score_cutoff=len(EDIT_FROM_LENGTH))
        # A first letter is seldom wrong, and short names that differ only there are other words.
        likely = [
            (name, slips)
            for name, slips, _ in near
            if slips <= edits_allowed(name) and (len(name) > SHORT or name[0] == key[0])
        ]
        fewest = min((slips for _, slips in likely), default=0)
        return self._by_size(city for name, slips in likely if slips == fewest for city in self._any[name])

    def _alike(self, text: str, limit: int) -> Sequence[CityId]:
        key = self._usable_key(text)
        near = process.extract(key, self._names, scorer=OSA.normalized_similarity, limit=limit, score_cutoff=ALIKE)
        return list(dict.fromkeys(city for name, _, _ in near for city in self._any[name])) if key else ()

    def _by_size(self, found: Iterable[CityId]) -> Sequence[CityId]:
        def towns_then_size(city: CityId) -> tuple[bool, int, str]:
            return (self.cities[city].kind == ARRONDISSEMENT, -self.cities[city].population, city)

        return sorted(set(found), key=towns_then_size)

    def _clear(self, found: Sequence[CityId]) -> CityId | None:
        if not found:
            return None
        first = self.cities[found[0]]
        rivals = [self.cities[city] for city in found[1:] if self.home(city) != self.home(first.id)]
        return first.id if all(_clearly_meant(first, rival) for rival in rivals) else None


def _clearly_meant(city: City, rival: City) -> bool:
    town_before_quarter = city.kind != ARRONDISSEMENT and rival.kind == ARRONDISSEMENT
    return town_before_quarter or city.population >= CLEARLY_LARGER * rival.population


def _grouped(named: Iterable[tuple[str, CityId]], key: Callable[[str], str]) -> Mapping[str, tuple[CityId, ...]]:
    groups: dict[str, dict[CityId, None]] = {}
    for name, city in named:
        groups.setdefault(key(name), {})[city] = None
    return {name: tuple(cities) for name, cities in groups.items() if name}
