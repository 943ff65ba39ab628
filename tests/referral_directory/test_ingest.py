"""Loading the seed: complete, repeatable, and refusing what is wrong with file, line and reason."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from app.adapters.database import Database, persistently, transaction
from referral_directory import models
from referral_directory.errors import SeedInvalid
from referral_directory.ingest import checked_seed, load, load_if_changed, main
from referral_directory.rows import hsds_id
from referral_directory.seed import DATA, Seed


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the seed that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def spoil(folder: Path, file: str, old: str, new: str) -> int:
    """Replaces the first occurrence and says on which line it stands."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def counts(database: Database) -> dict[str, int]:
    with Session(database.engine) as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in models.Base.metadata.sorted_tables
        }


def test_every_line_of_the_seed_becomes_a_row(loaded: Database, seed: Seed):
    found = counts(loaded)
    same = {"organization": "organizations.csv", "service": "services.csv", "location": "locations.csv"}
    same |= {"city": "cities.csv", "region": "regions.csv", "service_at_location": "service_at_location.csv"}
    same |= {"phone": "phones.csv", "schedule": "schedules.csv"}
    assert {table: found[table] for table in same} == {table: len(seed[file]) for table, file in same.items()}


def test_the_seed_is_the_whole_directory(seed: Seed):
    sizes = {file: len(rows) for file, rows in seed.files.items()}
    assert sizes["locations.csv"] == 720
    assert sizes["service_at_location.csv"] == 793
    assert sizes["cities.csv"] == 377
    assert sizes["organizations.csv"] == 73
    assert sizes["services.csv"] == 116


def test_an_hsds_id_is_a_uuid_made_from_the_stable_id_and_never_changes(loaded: Database):
    with Session(loaded.engine) as session:
        unhcr = session.get_one(models.Organization, "org_unhcr")
    assert unhcr.hsds_id == hsds_id("org_unhcr") == "0c43401d-2a6b-53fb-8eba-66c3858998d6"


def test_provenance_is_kept_for_every_row_that_a_source_told(loaded: Database, seed: Seed):
    with Session(loaded.engine) as session:
        kept = {row.resource_id: row for row in session.scalars(select(models.Provenance))}
    for row in seed["locations.csv"]:
        held = kept[row["id"]]
        assert (held.source, held.source_date or "", held.confidence) == (
            row["source"],
            row["source_date"],
            row["confidence"],
        )
    for file in ("organizations.csv", "services.csv", "cities.csv", "regions.csv"):
        assert all(kept[row["id"]].source == row["source"] for row in seed[file])


def test_loading_the_same_seed_again_does_nothing(database: Database):
    with transaction(database.sessions) as session:
        first = load_if_changed(session)
    before = counts(database)
    with transaction(database.sessions) as session:
        second = load_if_changed(session)
    assert not first.skipped
    assert second.skipped
    assert counts(database) == before


def test_workers_that_start_together_load_the_seed_once(database: Database, seed: Seed):
    def start() -> bool:
        def loading() -> bool:
            with transaction(database.sessions) as session:
                return load(session, seed).skipped

        return persistently(loading)

    with ThreadPoolExecutor(3) as workers:
        skipped = [result.result() for result in [workers.submit(start) for _ in range(3)]]
    assert sorted(skipped) == [False, True, True]


def test_only_what_changed_is_written_and_what_left_the_seed_is_removed(database: Database, seed: Seed, copied: Path):
    with transaction(database.sessions) as session:
        load(session, seed)
    spoil(copied, "locations.csv", "10 avenue Mehdi Ben Barka", "12 avenue Mehdi Ben Barka")
    spoil(copied, "phones.csv", "loc_unhcr_rabat,+212 6 66 04 56 06,whatsapp,\n", "")
    with transaction(database.sessions) as session:
        report = load(session, checked_seed(copied))
    touched = {table: change for table, change in report.tables.items() if change.added + change.changed}
    assert set(touched) == {"address"}
    assert touched["address"].changed == 1
    assert report.tables["phone"].removed == 1
    with Session(database.engine) as session:
        assert session.get_one(models.DirectoryState, 1).revision == 2
        assert session.get_one(models.Address, "loc_unhcr_rabat.address").address_1.startswith("12 avenue")


def test_going_back_to_the_first_seed_restores_it(database: Database, seed: Seed, copied: Path):
    with transaction(database.sessions) as session:
        load(session, seed)
    before = counts(database)
    spoil(copied, "service_at_location.csv", "sal_1,", "sal_new,")
    for one in (checked_seed(copied), seed):
        with transaction(database.sessions) as session:
            load(session, one)
    assert counts(database) == before


FAULTS = [
    ("locations.csv", "city_rabat", "city_nowhere", "city_id city_nowhere is not in cities.csv"),
    ("locations.csv", "34.01325", "48.85", "lat 48.85 is outside Morocco (20.7 to 36.0)"),
    ("locations.csv", "34.01325", "north", "lat 'north' is not a number"),
    ("locations.csv", "34.01325", "", "one coordinate without the other"),
    ("locations.csv", "34.01325,-6.83255,city", "34.01325,-6.83255,", "coordinates without geo_precision"),
    ("locations.csv", "34.01325,-6.83255,city", ",,city", "geo_precision without coordinates"),
    ("locations.csv", ",2019-12,medium", ",12/2019,medium", "source_date '12/2019' is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("locations.csv", ",2019-12,medium", ",2019-13,medium", "source_date '2019-13' is not YYYY, YYYY-MM or YYYY-MM-DD"),
    ("locations.csv", ",2019-12,medium", ",2019-12,certain", "confidence is 'certain', not one of high, low, medium"),
    ("locations.csv", "women_only", "men_only", "caution men_only is not known"),
    ("locations.csv", "every_commune", "everywhere", "covers everywhere: neither a city nor country nor every_commune"),
    ("locations.csv", "contact@cartth.ma", "contact at cartth", "email 'contact at cartth' is not an address"),
    ("locations.csv", "(postal),postal", "(postal),", "address and address_type go together"),
    ("phones.csv", "+212 5 37 54 54 00", "+33 5 37 54 54 00", "phone '+33 5 37 54 54 00' is neither"),
    ("phones.csv", "loc_unhcr_rabat", "loc_unhcr_paris", "location_id loc_unhcr_paris is not in locations.csv"),
    ("schedules.csv", "MO|TU|WE", "MO|DI|WE", "days DI: not among"),
    ("schedules.csv", "09:00,15:00", "25:00,15:00", "opens_at '25:00' is not HH:MM"),
    ("schedules.csv", "09:00,15:00", "16:00,15:00", "opens at 16:00, after it closes"),
    ("service_at_location.csv", "sal_2,", "sal_1,", "id sal_1 is already on line 2"),
    ("service_at_location.csv", "sal_2,", ",", "no id"),
    ("services.csv", ",job_search,", ",jobs,", "service type jobs answers no service and no door"),
    ("services.csv", ",org_anapec,", ",,", "organization_id is empty"),
    ("organizations.csv", "org_anapec,Agence", "org_anapec2,Agence", ""),
    ("cities.csv", "3215935", "3 millions", "population '3 millions' is not a whole number"),
    ("cities.csv", ",Casablanca-Settat,", ",Casablanca,", "region Casablanca is not in regions.csv"),
    ("cities.csv", ",municipality,", ",metropolis,", "kind is 'metropolis', not one of"),
]


@pytest.mark.parametrize(("file", "old", "new", "reason"), FAULTS)
def test_a_wrong_row_is_refused_with_file_line_and_reason(copied: Path, file: str, old: str, new: str, reason: str):
    line = spoil(copied, file, old, new)
    with pytest.raises(SeedInvalid) as refused:
        checked_seed(copied)
    if reason:
        assert f"{file}:{line}: {reason}" in str(refused.value)
    else:
        assert "services.csv:2: organization_id org_anapec is not in organizations.csv" in str(refused.value)


def test_a_missing_file_and_a_strange_column_are_refused(copied: Path):
    (copied / "phones.csv").unlink()
    spoil(copied, "regions.csv", "id,code", "id,number")
    with pytest.raises(SeedInvalid, match=r"(?s)regions.csv:1: the columns must be id,code.*phones.csv:0: the file is"):
        checked_seed(copied)


def test_a_row_with_a_cell_too_many_and_a_file_in_another_encoding_are_refused(copied: Path):
    spoil(copied, "service_at_location.csv", "sal_1,", "sal_1,extra,")
    (copied / "phones.csv").write_bytes("location_id,number,type,note\né".encode("latin-1"))
    with pytest.raises(
        SeedInvalid, match=r"(?s)phones.csv:0: not UTF-8.*service_at_location.csv:2: too many or too few"
    ):
        checked_seed(copied)


def test_a_file_without_a_licence_note_is_refused(copied: Path):
    (copied / "README.md").write_text("HCP, CC BY 4.0", encoding="utf-8")
    with pytest.raises(SeedInvalid, match=r"(?s)README.md:0: does not credit GeoNames.*says nothing about cities.csv"):
        checked_seed(copied)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[org_ofppt]", "[org_ofpt]", "ofppt_training: organisation org_ofpt is not in the seed"),
        ("types: [legal_aid]", "types: [lawyers]", "service type lawyers is not in the seed"),
        ("    none_because: the project is closed\n", "", "amuddu_scholarship: without types it must say none_because"),
        ("kinds: [ngo", "kind: [ngo", "agr_support: unknown ['kind']"),
    ],
)
def test_a_wrong_service_mapping_is_refused(copied: Path, old: str, new: str, reason: str):
    spoil(copied, "service_types.yaml", old, new)
    with pytest.raises(SeedInvalid) as refused:
        checked_seed(copied)
    assert f"service_types.yaml:0: {reason}" in str(refused.value) or reason in str(refused.value)


def test_the_command_reports_counts(capsys: pytest.CaptureFixture[str]):
    assert main([]) == 0
    assert "locations.csv: 720 rows" in capsys.readouterr().out


def test_the_command_reports_problems_and_fails(copied: Path, capsys: pytest.CaptureFixture[str]):
    spoil(copied, "phones.csv", "voice", "fax")
    assert main(["--data", str(copied)]) == 1
    assert "phones.csv:2: type is 'fax', not one of voice, whatsapp\n1 problems" in capsys.readouterr().err


def test_the_command_loads_and_says_when_there_is_nothing_to_do(database_url: str, capsys: pytest.CaptureFixture[str]):
    assert main(["--database", database_url]) == 0
    assert "service_at_location: 793 rows, 793 new, 0 changed, 0 removed" in capsys.readouterr().out
    assert main(["--database", database_url]) == 0
    assert "this seed is loaded already" in capsys.readouterr().out


def test_the_command_says_when_the_database_has_no_tables(empty_database_url: str, capsys: pytest.CaptureFixture[str]):
    assert main(["--database", empty_database_url]) == 2
    assert "is the database migrated?" in capsys.readouterr().err


def test_the_tables_can_be_made_from_the_models_alone():
    engine = create_engine("sqlite://")
    models.Base.metadata.create_all(engine)
    with Session(engine) as session:
        assert session.get(models.DirectoryState, 1) is None
    engine.dispose()
