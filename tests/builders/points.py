"""Service points, places and towns for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from referral_directory.cities import City, CityIndex
from referral_directory.points import CityId, PlaceId, Precision, ServicePoint
from referral_directory.ranking import Asked, Place
from referral_directory.service_types import Wanted

TODAY = date(2026, 11, 21)

A_POINT = ServicePoint(
    id=PlaceId("sal_1"),
    service_type="legal_aid",
    service_name={"fr": "Aide juridique", "ar": "مساعدة قانونية", "en": "Legal aid"},
    organisation="org_some",
    organisation_name={"fr": "Une association", "ar": "جمعية", "en": "An association"},
    name={"fr": "Association – Rabat"},
    city=CityId("city_rabat"),
    city_name={"fr": "Rabat", "ar": "الرباط", "en": "Rabat"},
    address="12 rue de la Paix",
    precision=Precision.CITY,
    latitude=34.01325,
    longitude=-6.83255,
    phones=("+212 537 00 00 00",),
    email=None,
    website=None,
    hours=None,
    languages=(),
    source="https://example.org/page",
    source_date="2025-06",
    confidence="medium",
    service="svc_some_legal_aid",
    location="loc_1",
)


def a_point(place_id: str = "sal_1", **changes: Any) -> ServicePoint:
    """A point of an association in Rabat; every point has a location of its own unless told otherwise."""
    changes.setdefault("location", f"loc_of_{place_id}")
    return replace(A_POINT, id=PlaceId(place_id), **changes)


def a_place(place_id: str = "sal_1", *, point: dict[str, Any] | None = None, **changes: Any) -> Place:
    """A place as the directory holds it."""
    built = a_point(place_id, **(point or {}))
    changes.setdefault("home", built.city)
    return Place(point=built, kind=changes.pop("kind", "ngo"), **changes)


def asked(language: str = "fr", **changes: Any) -> Asked:
    return Asked(language, changes.pop("today", TODAY), **changes)


def wanted(*types: str, **changes: Any) -> Wanted:
    return Wanted(types or ("legal_aid",), **changes)


def a_city(city_id: str, french: str, **changes: Any) -> City:
    town = City(
        id=CityId(city_id),
        name={"fr": french},
        kind="municipality",
        region="region_some",
        province="Some",
        parent=None,
        centre=(34.0, -6.8),
        population=10_000,
    )
    return replace(town, **changes)


def a_city_index(*cities: City, **options: Any) -> CityIndex:
    return CityIndex({city.id: city for city in cities}, **options)
