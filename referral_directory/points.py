"""A place where a service is given, as a person needs to see it. Pure values: no database, no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType

PlaceId = NewType("PlaceId", str)
"""Id of a service at a location, `sal_1`: what a person is referred to."""
CityId = NewType("CityId", str)

type Localized = Mapping[str, str]
"""Language (ar, fr, en) to text. A missing language falls back visibly: see `spoken_in`."""


class Precision(StrEnum):
    """ADDRESS: coordinates of the building. CITY: only the city's centre, never shown as an address. NONE: unknown."""

    ADDRESS = "address"
    CITY = "city"
    NONE = "none"


class Why(StrEnum):
    """A reason a place is proposed, as a code: sentences are chosen later (`place.why.<code>`)."""

    IN_YOUR_CITY = "in_your_city"
    SERVES_YOUR_CITY = "serves_your_city"
    WORKS_IN_YOUR_CITY = "works_in_your_city"
    NEAREST = "nearest"
    NATIONAL_LINE = "national_line"
    IN_EVERY_COMMUNE = "in_every_commune"
    SPEAKS_YOUR_LANGUAGE = "speaks_your_language"
    RECENTLY_VERIFIED = "recently_verified"
    TAKES_PEOPLE_WITHOUT_PAPERS = "takes_people_without_papers"


class WhyNot(StrEnum):
    """A reason to be careful with a place (`place.why_not.<code>`), the gravest first."""

    MAY_SHARE_WITH_AUTHORITIES = "may_share_with_authorities"
    SHELTER = "shelter"
    PHONE_FIRST = "phone_first"
    BY_PHONE_ONLY = "by_phone_only"
    REFERRAL_ONLY = "referral_only"
    WOMEN_ONLY = "women_only"
    CHILDREN_ONLY = "children_only"
    PEOPLE_WITH_DISABILITIES = "people_with_disabilities"
    REFUGEES_FIRST = "refugees_first"
    SENEGALESE_FIRST = "senegalese_first"
    STUDENTS_FIRST = "students_first"
    ACCESS_NOT_STATED = "access_not_stated"
    MAY_HAVE_CLOSED = "may_have_closed"
    OFFICE_NOT_CONFIRMED = "office_not_confirmed"
    NOT_EVERY_SERVICE = "not_every_service"
    FAR = "far"
    ADDRESS_WITHHELD = "address_withheld"
    CITY_ONLY = "city_only"
    DISTRICT_ONLY = "district_only"
    NO_PHONE = "no_phone"
    NUMBER_NOT_TESTED = "number_not_tested"
    WEAK_SOURCE = "weak_source"
    OLD_SOURCE = "old_source"
    UNDATED = "undated"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Opening:
    """Hours as codes: `kind` names the sentence (`place.opening.<kind>`), `days` are MO ... SU."""

    kind: str
    days: tuple[str, ...] = ()
    opens: str | None = None
    closes: str | None = None


@dataclass(frozen=True)
class ServicePoint:
    """One service at one place, with its provenance.

    `distance_km` is from the asked city's centre to this place or its city's centre, None if either is unknown.
    `phones` are E.164 or short national numbers exactly as sourced. `source_date` is ISO, possibly only a year.
    `hours` are words as sourced; `opening` is the same in codes. `note` is English, for staff, never for a card.
    `confidential`: a shelter; the address is given only to the person who will go there.
    """

    id: PlaceId
    service_type: str
    service_name: Localized
    organisation: str
    organisation_name: Localized
    name: Localized
    city: CityId | None
    city_name: Localized
    address: str | None
    precision: Precision
    latitude: float | None
    longitude: float | None
    phones: tuple[str, ...]
    email: str | None
    website: str | None
    hours: str | None
    languages: tuple[str, ...]
    source: str
    source_date: str
    confidence: str
    note: str | None = None
    distance_km: float | None = None
    why: tuple[Why, ...] = ()
    why_not: tuple[WhyNot, ...] = ()
    service: str = ""
    location: str = ""
    whatsapp: tuple[str, ...] = ()
    opening: tuple[Opening, ...] = ()
    verified_on: str | None = None
    confidential: bool = False

    @property
    def has_an_office(self) -> bool:
        """False for a body that works in a town without any known place to go to."""
        return WhyNot.OFFICE_NOT_CONFIRMED not in self.why_not


def spoken_in(text: Localized, language: str) -> tuple[str, str]:
    """The text and the language it is really in: the one asked, else French, English, Arabic."""
    for candidate in (language, "fr", "en", "ar"):
        if text.get(candidate):
            return text[candidate], candidate
    return "", language


def withholding_address(point: ServicePoint) -> ServicePoint:
    """The same place without anything that tells where in the town it stands."""
    exact = point.precision is Precision.ADDRESS
    if point.address is None and not exact:
        return point
    why_not = tuple(code for code in point.why_not if code is not WhyNot.DISTRICT_ONLY)
    return replace(
        point,
        address=None,
        precision=Precision.NONE if exact else point.precision,
        latitude=None if exact else point.latitude,
        longitude=None if exact else point.longitude,
        why_not=in_order((*why_not, WhyNot.ADDRESS_WITHHELD)),
    )


def in_order(codes: tuple[WhyNot, ...]) -> tuple[WhyNot, ...]:
    """Each code once, the gravest first."""
    return tuple(code for code in WhyNot if code in codes)
