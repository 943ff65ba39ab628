"""Turns the seed's lines into rows of the tables, in the order in which tables may be filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID, uuid5

from referral_directory import models
from referral_directory.seed import Row, Seed

NAMESPACE = UUID("6b0d3f0e-5a7c-5d53-9a53-1f2a6f1f7c11")
"""Ours, drawn once: HSDS ids are made from it and the stable id, so they never change."""

LANGUAGES = ("ar", "fr", "en")
SERVICE_TYPE, CAUTION, ACCESS = "service_type", "caution", "access"
TAXONOMIES = {
    SERVICE_TYPE: ("Types of service", "What a service is for, as the directory sorts services."),
    CAUTION: ("Cautions", "What to know before going to a place or a service."),
    ACCESS: ("Access", "Who runs a service and whom a source says it takes."),
}
WITHOUT_PAPERS, STATE = "without_papers", "state"

type TableRow = Mapping[str, object]
type Rows = Mapping[type[models.Base], list[TableRow]]


def hsds_id(stable_id: str) -> str:
    return str(uuid5(NAMESPACE, stable_id))


def identified(stable_id: str, **columns: object) -> TableRow:
    return {"id": stable_id, "hsds_id": hsds_id(stable_id), **columns}


def rows_of(seed: Seed) -> Rows:
    """Every table of the directory but its state. Mapping order is insertion order."""
    return {
        models.Region: [_region(row) for row in seed["regions.csv"]],
        models.City: _cities(seed),
        models.CityAlias: list(_aliases(seed)),
        models.Organization: [_organization(row) for row in seed["organizations.csv"]],
        models.Service: [_service(row) for row in seed["services.csv"]],
        models.Location: [_location(row) for row in seed["locations.csv"]],
        models.ServiceAtLocation: [
            identified(row["id"], service_id=row["service_id"], location_id=row["location_id"])
            for row in seed["service_at_location.csv"]
        ],
        models.ServiceArea: list(_areas(seed)),
        models.Address: list(_addresses(seed)),
        models.Phone: list(_phones(seed)),
        models.Schedule: list(_schedules(seed)),
        models.Language: list(_languages(seed)),
        models.Taxonomy: [
            identified(f"taxonomy_{code}", name=name, description=description)
            for code, (name, description) in TAXONOMIES.items()
        ],
        models.TaxonomyTerm: list(_terms(seed)),
        models.Attribute: list(_attributes(seed)),
        models.LocalizedText: list(_texts(seed)),
        models.Provenance: list(_provenance(seed)),
    }


def _region(row: Row) -> TableRow:
    return identified(
        row["id"],
        code=row["code"],
        name=row["name_fr"],
        seat_city_id=row.get("seat_city_id"),
        population=_whole(row, "population"),
    )


def _cities(seed: Seed) -> list[TableRow]:
    regions = {row["name_fr"]: row["id"] for row in seed["regions.csv"]}
    # Parents first: a foreign key of the table to itself is checked row by row.
    ordered = sorted(seed["cities.csv"], key=lambda row: bool(row["parent_city"]))
    return [
        identified(
            row["id"],
            name=row["name_fr"],
            kind=row["kind"],
            region_id=regions[row["region"]],
            province=row.get("province"),
            parent_id=row.get("parent_city"),
            latitude=row.number("lat"),
            longitude=row.number("lon"),
            population=_whole(row, "population"),
            hcp_code=row.get("hcp_code"),
            geonameid=row.get("geonameid"),
        )
        for row in ordered
    ]


def _aliases(seed: Seed) -> Iterator[TableRow]:
    for row in seed["cities.csv"]:
        for name in dict.fromkeys(row.listed("aliases")):
            yield {"city_id": row["id"], "name": name}


def _organization(row: Row) -> TableRow:
    return identified(
        row["id"],
        name=row["name_fr"],
        alternate_name=row.get("acronym"),
        description=row["description_en"],
        website=row.get("website"),
        kind=row["type"],
    )


def _service(row: Row) -> TableRow:
    return identified(
        row["id"],
        organization_id=row["organization_id"],
        name=row["name_fr"],
        status="active",
        eligibility_description=row.get("eligibility_note"),
    )


def _location(row: Row) -> TableRow:
    return identified(
        row["id"],
        organization_id=row["organization_id"],
        location_type="virtual" if row["covers"] in ("country", "every_commune") else "physical",
        name=row["name"],
        alternate_name=row.get("official_name"),
        description=row.get("sector"),
        latitude=row.number("lat"),
        longitude=row.number("lon"),
        precision=row["geo_precision"] or "none",
        city_id=row.get("city_id"),
        email=row.get("email"),
        external_identifier=row.get("official_code"),
        external_identifier_type="OFPPT" if row["official_code"] else None,
    )


def _areas(seed: Seed) -> Iterator[TableRow]:
    for row in seed["locations.csv"]:
        for area in row.listed("covers"):
            city = area if area.startswith("city_") else None
            yield identified(
                f"{row['id']}.area.{area}",
                location_id=row["id"],
                extent_type="city" if city else area,
                city_id=city,
            )


def _addresses(seed: Seed) -> Iterator[TableRow]:
    cities = {row["id"]: row for row in seed["cities.csv"]}
    regions = {row["id"]: row["name_fr"] for row in seed["regions.csv"]}
    for row in seed["locations.csv"]:
        if row["address"]:
            city = cities.get(row["city_id"])
            yield identified(
                f"{row['id']}.address",
                location_id=row["id"],
                address_1=row["address"],
                city=city["name_fr"] if city else "",
                state_province=city["region"] if city else regions.get(row["region_id"], ""),
                postal_code="",
                country="MA",
                address_type=row["address_type"],
            )


def _phones(seed: Seed) -> Iterator[TableRow]:
    for position, row in _numbered(seed["phones.csv"]):
        yield identified(
            f"{row['location_id']}.phone.{position}",
            location_id=row["location_id"],
            position=position,
            number=row["number"],
            type=row["type"],
            description=row.get("note"),
        )


def _schedules(seed: Seed) -> Iterator[TableRow]:
    for position, row in _numbered(seed["schedules.csv"]):
        yield identified(
            f"{row['location_id']}.schedule.{position}",
            location_id=row["location_id"],
            position=position,
            kind=row["kind"],
            byday=",".join(row.listed("days")) or None,
            opens_at=row.get("opens_at"),
            closes_at=row.get("closes_at"),
            description=row["as_sourced"],
        )


def _numbered(rows: tuple[Row, ...]) -> Iterator[tuple[int, Row]]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["location_id"]] = counts.get(row["location_id"], 0) + 1
        yield counts[row["location_id"]], row


def _languages(seed: Seed) -> Iterator[TableRow]:
    for row in seed["services.csv"]:
        for code in row.listed("languages"):
            yield identified(f"{row['id']}.language.{code}", service_id=row["id"], code=code)


def _links(seed: Seed) -> Iterator[tuple[str, str, str, str]]:
    """Table, row, taxonomy, term."""
    for row in seed["organizations.csv"]:
        if row["authority"]:
            yield "organization", row["id"], ACCESS, row["authority"]
    for row in seed["services.csv"]:
        yield "service", row["id"], SERVICE_TYPE, row["service_type"]
        if row["without_papers"]:
            yield "service", row["id"], ACCESS, WITHOUT_PAPERS
    for table, file in (("service", "services.csv"), ("location", "locations.csv")):
        for row in seed[file]:
            for caution in row.listed("cautions"):
                yield table, row["id"], CAUTION, caution


def _terms(seed: Seed) -> Iterator[TableRow]:
    for taxonomy, code in sorted({(taxonomy, code) for _, _, taxonomy, code in _links(seed)}):
        name = code.replace("_", " ")
        yield identified(
            f"{taxonomy}.{code}", taxonomy_id=f"taxonomy_{taxonomy}", code=code, name=name, description=name
        )


def _attributes(seed: Seed) -> Iterator[TableRow]:
    for table, link, taxonomy, code in _links(seed):
        term = f"{taxonomy}.{code}"
        yield identified(f"{link}.{term}", link_entity=table, link_id=link, taxonomy_term_id=term)


def _texts(seed: Seed) -> Iterator[TableRow]:
    named = (
        ("region", "regions.csv"),
        ("city", "cities.csv"),
        ("organization", "organizations.csv"),
        ("service", "services.csv"),
    )
    for table, file in named:
        for row in seed[file]:
            for language in LANGUAGES:
                if text := row[f"name_{language}"]:
                    yield _text(table, row["id"], language, text)
    # A place has the one name its source gives it, in French; what is no proper name is called in our own words.
    for row in seed["locations.csv"]:
        yield _text("location", row["id"], "fr", row["name"])
    for row in seed["names.csv"]:
        yield _text("location", row["location_id"], "ar", row["name_ar"])
        yield _text("location", row["location_id"], "en", row["name_en"])


def _text(table: str, row_id: str, language: str, text: str) -> TableRow:
    return {"resource_type": table, "resource_id": row_id, "field": "name", "language": language, "text": text}


def _provenance(seed: Seed) -> Iterator[TableRow]:
    files = {
        "region": "regions.csv",
        "city": "cities.csv",
        "organization": "organizations.csv",
        "service": "services.csv",
        "location": "locations.csv",
    }
    for table, file in files.items():
        for row in seed[file]:
            cell = row.cells.get
            yield {
                "resource_type": table,
                "resource_id": row["id"],
                "source": row["source"],
                "source_date": cell("source_date") or None,
                "confidence": cell("confidence") or None,
                "verified_on": cell("verified_on") or None,
                "note": cell("note") or None,
            }


def _whole(row: Row, column: str) -> int | None:
    return int(row[column]) if row[column] else None
