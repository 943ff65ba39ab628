"""Everything the search needs, read from the database in one go and frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_directory import models as m
from referral_directory.cities import City, CityIndex, Fold
from referral_directory.points import (
    CityId,
    Localized,
    Opening,
    PlaceId,
    Precision,
    ServicePoint,
    WhyNot,
    in_order,
)
from referral_directory.ranking import Place
from referral_directory.rows import ACCESS, CAUTION, SERVICE_TYPE, STATE, WITHOUT_PAPERS

type Terms = Mapping[tuple[str, str], frozenset[str]]
"""(table, row id) to the terms attached to it, as `taxonomy.code`."""


@dataclass(frozen=True)
class Snapshot:
    """The directory as it was at one revision."""

    revision: int
    cities: CityIndex
    places: Mapping[PlaceId, Place]
    by_type: Mapping[str, Sequence[Place]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_type: defaultdict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            by_type[place.point.service_type].append(place)
        object.__setattr__(self, "by_type", dict(by_type))


def take_snapshot(session: Session, revision: int, fold: Fold) -> Snapshot:
    names = _names(session)
    cities = CityIndex(_cities(session, names), fold)
    return Snapshot(revision, cities, _Places(session, names, cities).read())


type Names = Mapping[tuple[str, str], Localized]


def _names(session: Session) -> Names:
    names: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for text in session.scalars(select(m.LocalizedText).where(m.LocalizedText.field == "name")):
        names[text.resource_type, text.resource_id][text.language] = text.text
    return names


def _cities(session: Session, names: Names) -> Mapping[CityId, City]:
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for alias in session.scalars(select(m.CityAlias).order_by(m.CityAlias.city_id, m.CityAlias.name)):
        aliases[alias.city_id].append(alias.name)
    return {
        CityId(city.id): City(
            id=CityId(city.id),
            name=names.get(("city", city.id), {"fr": city.name}),
            kind=city.kind,
            region=city.region_id,
            province=city.province,
            parent=CityId(city.parent_id) if city.parent_id else None,
            centre=_coordinates(city.latitude, city.longitude),
            population=city.population or 0,
            aliases=tuple(aliases[city.id]),
        )
        for city in session.scalars(select(m.City).order_by(m.City.id))
    }


def _coordinates(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


class _Places:
    """Reads each table once, then joins in memory: a few thousand rows in all."""

    def __init__(self, session: Session, names: Names, cities: CityIndex) -> None:
        self.names, self.cities = names, cities
        self.pairs = session.scalars(select(m.ServiceAtLocation).order_by(m.ServiceAtLocation.id)).all()
        self.organizations = {row.id: row for row in session.scalars(select(m.Organization))}
        self.services = {row.id: row for row in session.scalars(select(m.Service))}
        self.locations = {row.id: row for row in session.scalars(select(m.Location))}
        self.provenance = {
            row.resource_id: row
            for row in session.scalars(select(m.Provenance).where(m.Provenance.resource_type == "location"))
        }
        self.addresses = {row.location_id: row for row in session.scalars(select(m.Address))}
        self.areas = _grouped(session.scalars(select(m.ServiceArea)), "location_id")
        self.phones = _grouped(session.scalars(select(m.Phone).order_by(m.Phone.position)), "location_id")
        self.schedules = _grouped(session.scalars(select(m.Schedule).order_by(m.Schedule.position)), "location_id")
        self.languages = _grouped(session.scalars(select(m.Language).order_by(m.Language.code)), "service_id")
        self.terms = _terms(session)

    def read(self) -> Mapping[PlaceId, Place]:
        return {PlaceId(pair.id): self._place(pair) for pair in self.pairs if self._types(pair.service_id)}

    def _types(self, service: str) -> Sequence[str]:
        return _codes(self.terms, "service", service, SERVICE_TYPE)

    def _place(self, pair: m.ServiceAtLocation) -> Place:
        service, location = self.services[pair.service_id], self.locations[pair.location_id]
        organization = self.organizations[service.organization_id]
        extents = {area.extent_type for area in self.areas[location.id]}
        access = _codes(self.terms, "service", service.id, ACCESS)
        return Place(
            point=self._point(pair, service, location, organization),
            kind=organization.kind,
            home=self.cities.home(CityId(location.city_id)) if location.city_id else None,
            serves=frozenset(CityId(area.city_id) for area in self.areas[location.id] if area.city_id),
            everywhere="every_commune" in extents,
            national="country" in extents,
            of_the_state=STATE in _codes(self.terms, "organization", organization.id, ACCESS),
            takes_people_without_papers=WITHOUT_PAPERS in access,
        )

    def _point(
        self, pair: m.ServiceAtLocation, service: m.Service, location: m.Location, organization: m.Organization
    ) -> ServicePoint:
        origin = self.provenance[location.id]
        phones = [phone for phone in self.phones[location.id] if phone.type == "voice"]
        schedules = self.schedules[location.id]
        point = ServicePoint(
            id=PlaceId(pair.id),
            service_type=self._types(service.id)[0],
            service=service.id,
            service_name=self._named("service", service.id, service.name),
            organisation=organization.id,
            organisation_name=self._named("organization", organization.id, organization.name),
            location=location.id,
            name=self._named("location", location.id, location.name),
            city=CityId(location.city_id) if location.city_id else None,
            city_name=self._named("city", location.city_id, "") if location.city_id else {},
            address=self._address(location.id),
            precision=Precision(location.precision),
            latitude=location.latitude,
            longitude=location.longitude,
            phones=tuple(phone.number for phone in phones),
            whatsapp=tuple(phone.number for phone in self.phones[location.id] if phone.type == "whatsapp"),
            email=location.email,
            website=organization.website,
            hours=schedules[0].description if schedules else None,
            opening=tuple(map(_opening, schedules)),
            languages=tuple(language.code for language in self.languages[service.id]),
            source=origin.source,
            source_date=origin.source_date or "",
            confidence=origin.confidence or "low",
            verified_on=origin.verified_on,
            note=origin.note,
        )
        return self._cautioned(point)

    def _named(self, table: str, row: str, name: str) -> Localized:
        return self.names.get((table, row), {"fr": name})

    def _address(self, location: str) -> str | None:
        """Only where a person can go: a post box is no place."""
        address = self.addresses.get(location)
        return address.address_1 if address and address.address_type == "physical" else None

    def _cautioned(self, point: ServicePoint) -> ServicePoint:
        from_seed = (
            *_codes(self.terms, "service", point.service, CAUTION),
            *_codes(self.terms, "location", point.location, CAUTION),
        )
        doubts = {
            WhyNot.CITY_ONLY: point.city is not None
            and point.address is None
            and WhyNot.OFFICE_NOT_CONFIRMED.value not in from_seed,
            WhyNot.NO_PHONE: not point.phones,
            WhyNot.WEAK_SOURCE: point.confidence == "low",
            WhyNot.UNDATED: not point.source_date,
        }
        codes = (*map(WhyNot, from_seed), *(code for code, holds in doubts.items() if holds))
        return replace(point, why_not=in_order(codes), confidential=WhyNot.SHELTER in codes)


def _opening(schedule: m.Schedule) -> Opening:
    days = tuple((schedule.byday or "").split(",")) if schedule.byday else ()
    return Opening(schedule.kind, days, schedule.opens_at, schedule.closes_at)


def _grouped[T](rows: Iterable[T], column: str) -> defaultdict[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups


def _terms(session: Session) -> Terms:
    terms: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for attribute in session.scalars(select(m.Attribute)):
        terms[attribute.link_entity, attribute.link_id].add(attribute.taxonomy_term_id)
    return {link: frozenset(codes) for link, codes in terms.items()}


def _codes(terms: Terms, table: str, row: str, taxonomy: str) -> Sequence[str]:
    prefix = f"{taxonomy}."
    found = terms.get((table, row), frozenset())
    return sorted(term.removeprefix(prefix) for term in found if term.startswith(prefix))
