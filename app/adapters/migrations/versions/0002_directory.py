"""Directory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seed_hash", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_state")),
    )
    op.create_table(
        "localized_text",
        sa.Column("resource_type", sa.String(length=40), nullable=False),
        sa.Column("resource_id", sa.String(length=120), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("resource_type", "resource_id", "field", "language", name=op.f("pk_localized_text")),
    )
    op.create_table(
        "organization",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alternate_name", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_organization_hsds_id")),
    )
    op.create_table(
        "provenance",
        sa.Column("resource_type", sa.String(length=40), nullable=False),
        sa.Column("resource_id", sa.String(length=120), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_date", sa.String(length=10), nullable=True),
        sa.Column("confidence", sa.String(length=10), nullable=True),
        sa.Column("verified_on", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("resource_type", "resource_id", name=op.f("pk_provenance")),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seat_city_id", sa.String(length=120), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_region_hsds_id")),
    )
    op.create_table(
        "taxonomy",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxonomy")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_taxonomy_hsds_id")),
    )
    op.create_table(
        "city",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("region_id", sa.String(length=120), nullable=False),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.String(length=120), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("hcp_code", sa.String(length=20), nullable=True),
        sa.Column("geonameid", sa.String(length=20), nullable=True),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["city.id"], name=op.f("fk_city_parent_id_city")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_city_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_city_hsds_id")),
    )
    op.create_index(op.f("ix_city_region_id"), "city", ["region_id"])

    op.create_table(
        "service",
        sa.Column("organization_id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("eligibility_description", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_service_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_service_hsds_id")),
    )
    op.create_index(op.f("ix_service_organization_id"), "service", ["organization_id"])

    op.create_table(
        "taxonomy_term",
        sa.Column("taxonomy_id", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["taxonomy_id"], ["taxonomy.id"], name=op.f("fk_taxonomy_term_taxonomy_id_taxonomy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxonomy_term")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_taxonomy_term_hsds_id")),
    )
    op.create_index(op.f("ix_taxonomy_term_taxonomy_id"), "taxonomy_term", ["taxonomy_id"])

    op.create_table(
        "attribute",
        sa.Column("link_entity", sa.String(length=40), nullable=False),
        sa.Column("link_id", sa.String(length=120), nullable=False),
        sa.Column("taxonomy_term_id", sa.String(length=120), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxonomy_term_id"], ["taxonomy_term.id"], name=op.f("fk_attribute_taxonomy_term_id_taxonomy_term")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_attribute_hsds_id")),
    )
    op.create_index(op.f("ix_attribute_link"), "attribute", ["link_entity", "link_id"])
    op.create_index(
        op.f("ix_attribute_term_link"), "attribute", ["taxonomy_term_id", "link_entity", "link_id"], unique=True
    )

    op.create_table(
        "city_alias",
        sa.Column("city_id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_alias_city_id_city")),
        sa.PrimaryKeyConstraint("city_id", "name", name=op.f("pk_city_alias")),
    )
    op.create_table(
        "language",
        sa.Column("service_id", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_language_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_language_hsds_id")),
    )
    op.create_index(op.f("ix_language_service_id"), "language", ["service_id"])

    op.create_table(
        "location",
        sa.Column("organization_id", sa.String(length=120), nullable=False),
        sa.Column("location_type", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alternate_name", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("precision", sa.String(length=20), nullable=False),
        sa.Column("city_id", sa.String(length=120), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("external_identifier", sa.String(length=40), nullable=True),
        sa.Column("external_identifier_type", sa.String(length=40), nullable=True),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_location_city_id_city")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_location_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_location_hsds_id")),
    )
    op.create_index(op.f("ix_location_city_id"), "location", ["city_id"])
    op.create_index(op.f("ix_location_organization_id"), "location", ["organization_id"])

    op.create_table(
        "address",
        sa.Column("location_id", sa.String(length=120), nullable=False),
        sa.Column("address_1", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("state_province", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("address_type", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_address_location_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_address_hsds_id")),
    )
    op.create_index(op.f("ix_address_location_id"), "address", ["location_id"])

    op.create_table(
        "phone",
        sa.Column("location_id", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_phone_location_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_phone_hsds_id")),
    )
    op.create_index(op.f("ix_phone_location_id"), "phone", ["location_id"])

    op.create_table(
        "schedule",
        sa.Column("location_id", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("byday", sa.String(length=20), nullable=True),
        sa.Column("opens_at", sa.String(length=5), nullable=True),
        sa.Column("closes_at", sa.String(length=5), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_schedule_location_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_schedule_hsds_id")),
    )
    op.create_index(op.f("ix_schedule_location_id"), "schedule", ["location_id"])

    op.create_table(
        "service_area",
        sa.Column("location_id", sa.String(length=120), nullable=False),
        sa.Column("extent_type", sa.String(length=20), nullable=False),
        sa.Column("city_id", sa.String(length=120), nullable=True),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_service_area_city_id_city")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_service_area_location_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_area")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_service_area_hsds_id")),
    )
    op.create_index(op.f("ix_service_area_location_id"), "service_area", ["location_id"])

    op.create_table(
        "service_at_location",
        sa.Column("service_id", sa.String(length=120), nullable=False),
        sa.Column("location_id", sa.String(length=120), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("hsds_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_service_at_location_location_id_location")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_at_location_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_at_location")),
        sa.UniqueConstraint("hsds_id", name=op.f("uq_service_at_location_hsds_id")),
    )
    op.create_index(op.f("ix_service_at_location_location_id"), "service_at_location", ["location_id"])
    op.create_index(
        op.f("ix_service_at_location_pair"), "service_at_location", ["service_id", "location_id"], unique=True
    )


def downgrade() -> None:
    for table in (
        "service_at_location",
        "service_area",
        "schedule",
        "phone",
        "address",
        "location",
        "language",
        "city_alias",
        "attribute",
        "taxonomy_term",
        "service",
        "city",
        "taxonomy",
        "region",
        "provenance",
        "organization",
        "localized_text",
        "directory_state",
    ):
        op.drop_table(table)
