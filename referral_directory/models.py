"""Tables of the directory, shaped and named after HSDS 3.0, with towns and provenance beside them."""

from __future__ import annotations

from sqlalchemy import Double, ForeignKey, Index, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Key = String(120)
Uuid = String(36)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Identified:
    """Our stable id, and the UUID that HSDS asks for, made from it."""

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    hsds_id: Mapped[str] = mapped_column(Uuid, unique=True)


class Organization(Identified, Base):
    __tablename__ = "organization"

    name: Mapped[str] = mapped_column(Text)
    alternate_name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(40))


class Service(Identified, Base):
    __tablename__ = "service"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    eligibility_description: Mapped[str | None] = mapped_column(Text)


class Region(Identified, Base):
    __tablename__ = "region"

    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(Text)
    # No foreign key: towns point to their region already, and a circle could not be loaded in order.
    seat_city_id: Mapped[str | None] = mapped_column(Key)
    population: Mapped[int | None] = mapped_column(Integer)


class City(Identified, Base):
    """A commune of the census, a locality or an arrondissement; the latter belong to a parent."""

    __tablename__ = "city"

    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    region_id: Mapped[str] = mapped_column(ForeignKey("region.id"), index=True)
    province: Mapped[str | None] = mapped_column(Text)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("city.id"))
    latitude: Mapped[float | None] = mapped_column(Double)
    longitude: Mapped[float | None] = mapped_column(Double)
    population: Mapped[int | None] = mapped_column(Integer)
    hcp_code: Mapped[str | None] = mapped_column(String(20))
    geonameid: Mapped[str | None] = mapped_column(String(20))


class CityAlias(Base):
    """Another way people write a town's name. Official names are in `localized_text`."""

    __tablename__ = "city_alias"

    city_id: Mapped[str] = mapped_column(ForeignKey("city.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)


class Location(Identified, Base):
    """`precision` says what latitude and longitude are of: the building, or only the middle of the town."""

    __tablename__ = "location"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    location_type: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(Text)
    alternate_name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    latitude: Mapped[float | None] = mapped_column(Double)
    longitude: Mapped[float | None] = mapped_column(Double)
    precision: Mapped[str] = mapped_column(String(20))
    city_id: Mapped[str | None] = mapped_column(ForeignKey("city.id"), index=True)
    email: Mapped[str | None] = mapped_column(Text)
    external_identifier: Mapped[str | None] = mapped_column(String(40))
    external_identifier_type: Mapped[str | None] = mapped_column(String(40))


class ServiceAtLocation(Identified, Base):
    __tablename__ = "service_at_location"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"))
    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)

    __table_args__ = (Index("ix_service_at_location_pair", "service_id", "location_id", unique=True),)


class ServiceArea(Identified, Base):
    """Whom a place serves beyond its own town: another town, every commune, or the whole country."""

    __tablename__ = "service_area"

    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    extent_type: Mapped[str] = mapped_column(String(20))
    city_id: Mapped[str | None] = mapped_column(ForeignKey("city.id"))


class Address(Identified, Base):
    __tablename__ = "address"

    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    address_1: Mapped[str] = mapped_column(Text)
    city: Mapped[str] = mapped_column(Text)
    state_province: Mapped[str] = mapped_column(Text)
    postal_code: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2))
    address_type: Mapped[str] = mapped_column(String(20))


class Phone(Identified, Base):
    __tablename__ = "phone"

    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(String(40))
    type: Mapped[str] = mapped_column(String(20))
    description: Mapped[str | None] = mapped_column(Text)


class Schedule(Identified, Base):
    """`kind` names the sentence that tells the hours; `description` keeps them as the source wrote them."""

    __tablename__ = "schedule"

    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(30))
    byday: Mapped[str | None] = mapped_column(String(20))
    opens_at: Mapped[str | None] = mapped_column(String(5))
    closes_at: Mapped[str | None] = mapped_column(String(5))
    description: Mapped[str] = mapped_column(Text)


class Language(Identified, Base):
    __tablename__ = "language"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    code: Mapped[str] = mapped_column(String(10))


class Taxonomy(Identified, Base):
    __tablename__ = "taxonomy"

    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)


class TaxonomyTerm(Identified, Base):
    __tablename__ = "taxonomy_term"

    taxonomy_id: Mapped[str] = mapped_column(ForeignKey("taxonomy.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)


class Attribute(Identified, Base):
    """Ties a term (a type of service, a caution) to a row of another table, as HSDS does."""

    __tablename__ = "attribute"

    link_entity: Mapped[str] = mapped_column(String(40))
    link_id: Mapped[str] = mapped_column(Key)
    taxonomy_term_id: Mapped[str] = mapped_column(ForeignKey("taxonomy_term.id"))

    __table_args__ = (
        Index("ix_attribute_link", "link_entity", "link_id"),
        Index("ix_attribute_term_link", "taxonomy_term_id", "link_entity", "link_id", unique=True),
    )


class LocalizedText(Base):
    """A name in one language. HSDS has one `name` column; the others stand here."""

    __tablename__ = "localized_text"

    resource_type: Mapped[str] = mapped_column(String(40), primary_key=True)
    resource_id: Mapped[str] = mapped_column(Key, primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class Provenance(Base):
    """Where a row was read, of which date, how sure we are, and when one of us last checked it."""

    __tablename__ = "provenance"

    resource_type: Mapped[str] = mapped_column(String(40), primary_key=True)
    resource_id: Mapped[str] = mapped_column(Key, primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    source_date: Mapped[str | None] = mapped_column(String(10))
    confidence: Mapped[str | None] = mapped_column(String(10))
    verified_on: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)


class DirectoryState(Base):
    """One row: which seed is loaded, and a revision that every change raises so that readers reload."""

    __tablename__ = "directory_state"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seed_hash: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(Integer)
