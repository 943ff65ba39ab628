"""A small directory in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from referral_directory.points import CityId, PlaceId, Precision, ServicePoint, Why, WhyNot


def a_place(place: str, service: str, city: str | None = "city_casablanca", *, shares: bool = False) -> ServicePoint:
    """A place with a name, a phone and its provenance; `shares` for one that works with the authorities."""
    return ServicePoint(
        id=PlaceId(place),
        service_type=service,
        service_name={"fr": service, "ar": service, "en": service},
        organisation="org_example",
        organisation_name={"fr": "Maison", "ar": "دار", "en": "House"},
        name={"fr": f"Maison {place}", "ar": f"دار {place}", "en": f"House {place}"},
        city=CityId(city) if city else None,
        city_name={"fr": "Casablanca", "ar": "الدار البيضاء", "en": "Casablanca"},
        address=None,
        precision=Precision.CITY,
        latitude=None,
        longitude=None,
        phones=("+212500000000",),
        email=None,
        website=None,
        hours=None,
        languages=("fr",),
        source="https://example.org",
        source_date="2024",
        confidence="medium",
        why_not=(WhyNot.MAY_SHARE_WITH_AUTHORITIES,) if shares else (),
    )


@dataclass
class FakePlaces:
    """Places by the service asked for. `asked` records how each search was made."""

    by_service: dict[str, tuple[ServicePoint, ...]] = field(default_factory=dict)
    asked: list[tuple[str, str | None, bool]] = field(default_factory=list)

    def find(
        self, service: str, *, city: str | None, language: str, without_papers: bool = False, limit: int = 3
    ) -> Sequence[ServicePoint]:
        assert language in ("ar", "fr", "en")
        self.asked.append((service, city, without_papers))
        near = sorted(self.by_service.get(service, ()), key=lambda point: point.city != city)
        safe = [point for point in near if not (without_papers and WhyNot.MAY_SHARE_WITH_AUTHORITIES in point.why_not)]
        return [replace(point, why=(Why.IN_YOUR_CITY,)) if point.city == city else point for point in safe][:limit]

    def get(self, place: str) -> ServicePoint | None:
        every = (point for points in self.by_service.values() for point in points)
        return next((point for point in every if point.id == place), None)


def no_places() -> FakePlaces:
    return FakePlaces()


def some_places(*services: str) -> FakePlaces:
    """Two places in two towns for each of these services."""
    return FakePlaces(
        {
            service: (
                a_place(f"{service}_1", service, "city_rabat"),
                a_place(f"{service}_2", service, "city_casablanca"),
            )
            for service in services
        }
    )
