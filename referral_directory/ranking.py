"""Which places to propose first, and why. Pure: everything it needs is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from referral_directory.geography import Coordinates, kilometres
from referral_directory.points import CityId, ServicePoint, Why, WhyNot, in_order
from referral_directory.service_types import Wanted

NEAR_KM = 50
OLD_AFTER_YEARS = 3
RECENT_DAYS = 365
CONFIDENCE = ("high", "medium", "low")
FOR_SOME = {
    WhyNot.WOMEN_ONLY,
    WhyNot.CHILDREN_ONLY,
    WhyNot.PEOPLE_WITH_DISABILITIES,
    WhyNot.REFUGEES_FIRST,
    WhyNot.SENEGALESE_FIRST,
    WhyNot.STUDENTS_FIRST,
    WhyNot.REFERRAL_ONLY,
}


@dataclass(frozen=True)
class Place:
    """A service point as the directory holds it, before anybody asks, with what only ranking needs."""

    point: ServicePoint
    kind: str
    home: CityId | None
    """The town it is in, not the arrondissement."""
    serves: frozenset[CityId] = frozenset()
    everywhere: bool = False
    national: bool = False
    of_the_state: bool = False
    takes_people_without_papers: bool = False

    @property
    def works_with_authorities(self) -> bool:
        """It passes on what it hears, or is run by the State and no source says that it takes people without papers."""
        warned = WhyNot.MAY_SHARE_WITH_AUTHORITIES in self.point.why_not
        return warned or (self.of_the_state and not self.takes_people_without_papers)


@dataclass(frozen=True)
class Asked:
    """From where and for whom. `home` None: the town is not known. `exact`: `centre` is that of the town itself."""

    language: str
    today: date
    home: CityId | None = None
    centre: Coordinates | None = None
    exact: bool = True
    without_papers: bool = False


@dataclass(frozen=True)
class _Candidate:
    place: Place
    asked: Asked
    kilometres: float | None

    @property
    def here(self) -> bool:
        return self.place.everywhere or self.in_town or self.works_in_town or self.asked.home in self.place.serves

    @property
    def in_town(self) -> bool:
        return self._of_this_town and self.place.point.has_an_office

    @property
    def works_in_town(self) -> bool:
        """It helps people of this town, and no source names an office to go to."""
        return self._of_this_town and not self.place.point.has_an_office

    @property
    def _of_this_town(self) -> bool:
        return self.asked.home is not None and self.place.home == self.asked.home

    @property
    def near(self) -> bool:
        return self.here or (self.kilometres is not None and self.kilometres <= NEAR_KM)


def rank(places: Sequence[Place], wanted: Wanted, asked: Asked, limit: int) -> tuple[ServicePoint, ...]:
    """The best places first. Where nothing is near, the last one is a national line, if there is any."""
    candidates = [_Candidate(place, asked, _kilometres(place, asked)) for place in places]
    candidates.sort(key=lambda candidate: _key(candidate, wanted))
    chosen = _with_a_line(_once_per_location(candidates), limit)
    away = asked.exact and not any(candidate.in_town for candidate in chosen)
    nearest = next((one for one in chosen if away and not one.here and one.kilometres is not None), None)
    return tuple(_explained(candidate, nearest=candidate is nearest) for candidate in chosen)


def described(place: Place, asked: Asked) -> ServicePoint:
    """One place with what is to be known of it, not compared with others."""
    return _explained(_Candidate(place, asked, _kilometres(place, asked)), nearest=False)


def _kilometres(place: Place, asked: Asked) -> float | None:
    point = place.point
    if asked.centre is None or point.latitude is None or point.longitude is None:
        return None
    return round(kilometres(asked.centre, (point.latitude, point.longitude)), 1)


def _key(candidate: _Candidate, wanted: Wanted) -> tuple[object, ...]:
    place, asked = candidate.place, candidate.asked
    point, codes = place.point, set(place.point.why_not)
    preference = wanted.preference(
        service_type=point.service_type,
        organization=point.organisation,
        service=point.service,
        name=point.name.get("fr", ""),
    )
    return (
        # Somebody who travels to a closed door has lost the day: whatever else is known comes first.
        WhyNot.MAY_HAVE_CLOSED in codes,
        # Somebody without papers sees associations within reach before offices of the State, and those before far ones.
        (not candidate.near, place.works_with_authorities) if asked.without_papers else (),
        _tier(candidate),
        0 if candidate.here else candidate.kilometres or 0,
        preference,
        bool(codes & FOR_SOME),
        not point.has_an_office,
        asked.language not in point.languages,
        CONFIDENCE.index(point.confidence),
        point.address is None and not point.phones,
        _newest_first(point.source_date),
        point.id,
    )


def _tier(candidate: _Candidate) -> int:
    place = candidate.place
    if candidate.here:
        return 0 if place.everywhere or candidate.in_town else 1
    if candidate.asked.home is None and place.national:
        return 1
    if candidate.kilometres is not None or (candidate.asked.home is None and not place.national):
        return 2
    return 3 if place.national else 4


def _newest_first(source_date: str) -> int:
    return -int((source_date.replace("-", "") + "00000000")[:8])


def _once_per_location(ranked: Sequence[_Candidate]) -> Sequence[_Candidate]:
    best: dict[str, _Candidate] = {}
    for candidate in ranked:
        best.setdefault(candidate.place.point.location, candidate)
    return list(best.values())


def _with_a_line(ranked: Sequence[_Candidate], limit: int) -> Sequence[_Candidate]:
    chosen = list(ranked[:limit])
    if limit == 1 or any(candidate.near or candidate.place.national for candidate in chosen):
        return chosen
    line = next((candidate for candidate in ranked if candidate.place.national), None)
    return [*chosen[: limit - 1], line] if line else chosen


def _explained(candidate: _Candidate, *, nearest: bool) -> ServicePoint:
    distance = candidate.kilometres if candidate.asked.exact else None
    return replace(
        candidate.place.point,
        distance_km=distance,
        why=tuple(_why(candidate, nearest=nearest)),
        why_not=in_order((*candidate.place.point.why_not, *_why_not(candidate))),
    )


def _why(candidate: _Candidate, *, nearest: bool) -> list[Why]:
    place, asked = candidate.place, candidate.asked
    reasons = {
        Why.IN_EVERY_COMMUNE: place.everywhere,
        Why.IN_YOUR_CITY: candidate.in_town,
        Why.WORKS_IN_YOUR_CITY: candidate.works_in_town,
        Why.SERVES_YOUR_CITY: asked.home in place.serves and not candidate.in_town,
        Why.NEAREST: nearest,
        Why.NATIONAL_LINE: place.national,
        Why.TAKES_PEOPLE_WITHOUT_PAPERS: asked.without_papers and place.takes_people_without_papers,
        Why.SPEAKS_YOUR_LANGUAGE: asked.language in place.point.languages,
        Why.RECENTLY_VERIFIED: _verified_recently(place.point, asked.today),
    }
    return [reason for reason, holds in reasons.items() if holds]


def _why_not(candidate: _Candidate) -> list[WhyNot]:
    point, asked = candidate.place.point, candidate.asked
    doubts = {
        WhyNot.MAY_SHARE_WITH_AUTHORITIES: asked.without_papers and candidate.place.works_with_authorities,
        WhyNot.FAR: candidate.kilometres is not None and not candidate.near,
        WhyNot.OLD_SOURCE: _is_old(point.source_date, asked.today),
        WhyNot.UNVERIFIED: not _verified_recently(point, asked.today),
    }
    return [doubt for doubt, holds in doubts.items() if holds]


def _is_old(source_date: str, today: date) -> bool:
    return bool(source_date) and int(source_date[:4]) < today.year - OLD_AFTER_YEARS


def _verified_recently(point: ServicePoint, today: date) -> bool:
    if not point.verified_on:
        return False
    verified = date.fromisoformat((point.verified_on + "-01-01")[:10])
    return (today - verified).days <= RECENT_DAYS
