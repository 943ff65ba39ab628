"""Finds what is wrong in a seed before it is loaded, line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from referral_directory.errors import Problem
from referral_directory.points import Precision, WhyNot
from referral_directory.seed import Row, Seed
from referral_directory.service_types import FILE, Wanted

LATITUDES = (20.7, 36.0)
LONGITUDES = (-17.2, -0.9)
"""The box of the census frame: Lagouira to Tangier, the Atlantic to Figuig."""

PHONE = re.compile(r"\+212( ?\d){9}|0[58]\d{8}|\d{2,4}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
DAYS = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
CONFIDENCE = {"high", "medium", "low"}
CITY_KINDS = {"municipality", "rural_commune", "locality", "arrondissement"}
PHONE_TYPES = {"voice", "whatsapp"}
ADDRESS_TYPES = {"", "physical", "postal"}
SCHEDULE_KINDS = {"always", "daily", "weekly_session", "days_and_times", "times", "mornings", "mornings_for_refugees"}
AREAS = {"country", "every_commune"}
PRECISIONS = {Precision.ADDRESS.value, Precision.CITY.value, ""}

REFERENCES = {
    "regions.csv": {"seat_city_id": "cities.csv"},
    "cities.csv": {"parent_city": "cities.csv"},
    "services.csv": {"organization_id": "organizations.csv"},
    "locations.csv": {"organization_id": "organizations.csv", "city_id": "cities.csv", "region_id": "regions.csv"},
    "names.csv": {"location_id": "locations.csv"},
    "phones.csv": {"location_id": "locations.csv"},
    "schedules.csv": {"location_id": "locations.csv"},
    "service_at_location.csv": {"location_id": "locations.csv", "service_id": "services.csv"},
}
OWN_IDS = {"names.csv": "location_id"}
"""Files whose rows are told apart by another column than `id`."""
NEEDED = {
    "regions.csv": ("code", "name_fr", "name_ar", "name_en", "source"),
    "cities.csv": ("name_fr", "name_ar", "name_en", "region", "source"),
    "organizations.csv": ("name_fr", "name_en", "type", "description_en", "source"),
    "services.csv": ("service_type", "name_fr", "name_ar", "name_en", "source"),
    "locations.csv": ("name", "source", "confidence"),
    "names.csv": ("name_ar", "name_en"),
    "schedules.csv": ("kind", "as_sourced"),
}
CHOICES: Mapping[str, Mapping[str, set[str]]] = {
    "cities.csv": {"kind": CITY_KINDS, "geo_precision": PRECISIONS},
    "organizations.csv": {"authority": {"", "state"}},
    "services.csv": {"without_papers": {"", "yes"}},
    "locations.csv": {"confidence": CONFIDENCE, "geo_precision": PRECISIONS, "address_type": ADDRESS_TYPES},
    "phones.csv": {"type": PHONE_TYPES},
    "schedules.csv": {"kind": SCHEDULE_KINDS},
}


def problems_in(seed: Seed, wanted: Mapping[str, Wanted]) -> tuple[Problem, ...]:
    """Everything that forbids loading this seed, in the order of files and lines."""
    checks: tuple[Callable[[Seed], Iterator[Problem]], ...] = (
        _identity,
        _references,
        _cells,
        _places_on_the_map,
        _dates,
        _contacts,
        _hours,
        _counts,
        _areas_and_cautions,
    )
    found = [problem for check in checks for problem in check(seed)]
    found += _service_types(seed, wanted)
    found += _licences(seed)
    return tuple(sorted(set(found), key=lambda problem: (problem.file, problem.line, problem.reason)))


def _identity(seed: Seed) -> Iterator[Problem]:
    for file, rows in seed.files.items():
        column = OWN_IDS.get(file, "id")
        seen: dict[str, int] = {}
        for row in rows:
            if column not in row.cells:
                continue
            if not row[column]:
                yield row.wrong(f"no {column}")
            elif row[column] in seen:
                yield row.wrong(f"{column} {row[column]} is already on line {seen[row[column]]}")
            seen.setdefault(row[column], row.line)


def _references(seed: Seed) -> Iterator[Problem]:
    ids = {file: {row["id"] for row in rows if "id" in row.cells} for file, rows in seed.files.items()}
    for file, columns in REFERENCES.items():
        for row in seed[file]:
            for column, target in columns.items():
                if row[column] and row[column] not in ids[target]:
                    yield row.wrong(f"{column} {row[column]} is not in {target}")
                if not row[column] and column in ("organization_id", "location_id", "service_id"):
                    yield row.wrong(f"{column} is empty")
    regions = {row["name_fr"] for row in seed["regions.csv"]}
    for row in seed["cities.csv"]:
        if row["region"] not in regions:
            yield row.wrong(f"region {row['region']} is not in regions.csv")


def _cells(seed: Seed) -> Iterator[Problem]:
    for file, columns in NEEDED.items():
        for row in seed[file]:
            yield from (row.wrong(f"{column} is empty") for column in columns if not row[column])
    for file, choices in CHOICES.items():
        for row in seed[file]:
            for column, allowed in choices.items():
                if row[column] not in allowed:
                    yield row.wrong(f"{column} is {row[column]!r}, not one of {', '.join(sorted(allowed))}")


def _places_on_the_map(seed: Seed) -> Iterator[Problem]:
    for file in ("regions.csv", "cities.csv", "locations.csv"):
        for row in seed[file]:
            if bool(row["lat"]) != bool(row["lon"]):
                yield row.wrong("one coordinate without the other")
            elif row["lat"]:
                yield from _in_the_box(row)
            elif row["geo_precision"]:
                yield row.wrong("geo_precision without coordinates")
            if row["lat"] and not row["geo_precision"]:
                yield row.wrong("coordinates without geo_precision")


def _in_the_box(row: Row) -> Iterator[Problem]:
    for column, (low, high) in (("lat", LATITUDES), ("lon", LONGITUDES)):
        try:
            inside = low <= float(row[column]) <= high
        except ValueError:
            yield row.wrong(f"{column} {row[column]!r} is not a number")
        else:
            if not inside:
                yield row.wrong(f"{column} {row[column]} is outside Morocco ({low} to {high})")


def _dates(seed: Seed) -> Iterator[Problem]:
    for file, columns in (("organizations.csv", ("source_date",)), ("locations.csv", ("source_date", "verified_on"))):
        for row in seed[file]:
            for column in columns:
                if row[column] and not is_date(row[column]):
                    yield row.wrong(f"{column} {row[column]!r} is not YYYY, YYYY-MM or YYYY-MM-DD")


def is_date(text: str) -> bool:
    """A year, a month or a day, as sources date themselves."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _contacts(seed: Seed) -> Iterator[Problem]:
    for row in seed["phones.csv"]:
        if not PHONE.fullmatch(row["number"]):
            yield row.wrong(f"phone {row['number']!r} is neither +212 and nine digits nor a short national number")
    for row in seed["locations.csv"]:
        if row["email"] and not EMAIL.fullmatch(row["email"]):
            yield row.wrong(f"email {row['email']!r} is not an address")
        if bool(row["address"]) != bool(row["address_type"]):
            yield row.wrong("address and address_type go together")


def _hours(seed: Seed) -> Iterator[Problem]:
    for row in seed["schedules.csv"]:
        if unknown := sorted(set(row.listed("days")) - DAYS):
            yield row.wrong(f"days {', '.join(unknown)}: not among {', '.join(sorted(DAYS))}")
        for column in ("opens_at", "closes_at"):
            if row[column] and not CLOCK.fullmatch(row[column]):
                yield row.wrong(f"{column} {row[column]!r} is not HH:MM")
        if row["opens_at"] > row["closes_at"]:
            yield row.wrong(f"opens at {row['opens_at']}, after it closes")


def _counts(seed: Seed) -> Iterator[Problem]:
    for file in ("regions.csv", "cities.csv"):
        for row in seed[file]:
            if row["population"] and not row["population"].isdecimal():
                yield row.wrong(f"population {row['population']!r} is not a whole number")


def _areas_and_cautions(seed: Seed) -> Iterator[Problem]:
    cities = {row["id"] for row in seed["cities.csv"]}
    codes = {code.value for code in WhyNot}
    for row in seed["locations.csv"]:
        for area in row.listed("covers"):
            if area not in AREAS | cities:
                yield row.wrong(f"covers {area}: neither a city nor {' nor '.join(sorted(AREAS))}")
    for file in ("services.csv", "locations.csv"):
        for row in seed[file]:
            for caution in row.listed("cautions"):
                if caution not in codes:
                    yield row.wrong(f"caution {caution} is not known")


def _service_types(seed: Seed, wanted: Mapping[str, Wanted]) -> Iterator[Problem]:
    types = {row["service_type"] for row in seed["services.csv"]}
    organizations = {row["id"] for row in seed["organizations.csv"]}
    kinds = {row["type"] for row in seed["organizations.csv"]}
    services = {row["id"] for row in seed["services.csv"]}
    for name, want in wanted.items():
        checks = (
            (set(want.types) - types, "service type"),
            (want.organizations - organizations, "organisation"),
            (want.kinds - kinds, "kind of organisation"),
            ((want.services | want.without) - services, "service"),
            (set(want.first) - services - organizations, "service or organisation"),
        )
        for unknown, what in checks:
            yield from (Problem(FILE, 0, f"{name}: {what} {item} is not in the seed") for item in sorted(unknown))
        if not want.types and not want.none_because:
            yield Problem(FILE, 0, f"{name}: without types it must say none_because")
    used = {service_type for want in wanted.values() for service_type in want.types}
    for row in seed["services.csv"]:
        if row["service_type"] not in used:
            yield row.wrong(f"service type {row['service_type']} answers no service and no door")


def _licences(seed: Seed) -> Iterator[Problem]:
    notes = seed.folder / "README.md"
    text = notes.read_text(encoding="utf-8") if notes.exists() else ""
    for file in (*seed.files, FILE):
        if f"`{file}`" not in text:
            yield Problem("README.md", 0, f"says nothing about {file}")
    for licence in ("HCP", "GeoNames", "CC BY 4.0"):
        if licence not in text:
            yield Problem("README.md", 0, f"does not credit {licence}")
