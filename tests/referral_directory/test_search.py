"""The real directory, asked as the dialogue asks it."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from app.adapters.database import Database, transaction
from referral_directory import models
from referral_directory.errors import DirectoryNotLoaded
from referral_directory.geography import kilometres
from referral_directory.ingest import load
from referral_directory.points import PlaceId, Precision, Why, WhyNot
from referral_directory.search import PlaceSearch
from referral_directory.seed import Seed
from referral_directory.service_types import load_service_types
from referral_directory.snapshot import take_snapshot
from tests.builders.points import TODAY

WANTED = load_service_types()
WITHOUT_PLACES = {"artisanat_training", "auto_entrepreneur", "amuddu_scholarship"}
BIG = ["city_casablanca", "city_rabat", "city_tanger", "city_fes", "city_marrakech", "city_agadir", "city_oujda"]


def everything(search: PlaceSearch):
    """Every point of every service and door, as somebody in Casablanca would see it."""
    for name in WANTED:
        yield from search.find(name, city="city_casablanca", language="fr", limit=1000)


@pytest.mark.parametrize("service", sorted(WANTED))
def test_every_service_finds_places_or_says_honestly_that_none_is_known(search: PlaceSearch, service: str):
    assert bool(WANTED[service].none_because) == (service in WITHOUT_PLACES)
    for city in BIG:
        found = search.find(service, city=city, language="ar")
        assert bool(found) == (service not in WITHOUT_PLACES)
        assert all(point.service_type in WANTED[service].types for point in found)
        assert len({point.location for point in found}) == len(found) <= 3


@pytest.mark.parametrize(
    ("service", "city", "organisation"),
    [
        ("ofppt_training", "city_casablanca", "org_ofppt"),
        ("entraide_training", "city_rabat", "org_entraide_nationale"),
        ("anapec_job_search", "city_tanger", "org_anapec"),
        ("anapec_self_employment", "city_rabat", "org_anapec"),
        ("attestation_activite_exemption", "city_tanger", "org_anapec"),
        ("cte_visa_taechir", "city_fes", "org_ministere_emploi"),
        ("cooperative_odco", "city_rabat", "org_odco"),
        ("amappe_support", "city_casablanca", "org_amappe"),
        ("unhcr_asylum_registration", "city_rabat", "org_unhcr"),
        ("unhcr_asylum_registration", "city_tanger", "org_omdh"),
        ("bra_refugee_card", "city_rabat", "org_bra"),
        ("assisted_return_iom", "city_rabat", "org_iom"),
        ("primary_health_care", "city_dakhla", "org_sante_publique"),
        ("legal_aid", "city_rabat", "org_gadem"),
        ("trafficking_protection", "city_casablanca", "org_cndh"),
        ("birth_registration", "city_oujda", "org_omdh"),
        ("housing_emergency", "city_casablanca", "org_foo"),
    ],
)
def test_the_first_place_is_the_right_door(search: PlaceSearch, service: str, city: str, organisation: str):
    assert search.find(service, city=city, language="fr")[0].organisation == organisation


def test_an_arrondissement_is_searched_as_its_town(search: PlaceSearch):
    quarter = search.find("ofppt_training", city="city_anfa", language="fr", limit=10)
    town = search.find("ofppt_training", city="city_casablanca", language="fr", limit=10)
    assert [point.id for point in quarter] == [point.id for point in town]
    assert all(Why.IN_YOUR_CITY in point.why for point in quarter)


def test_from_every_town_with_a_centre_the_first_place_away_is_the_nearest(search: PlaceSearch):
    known = search.find("anapec_job_search", city=None, language="fr", limit=99)
    places = [point for point in known if point.latitude and WhyNot.MAY_HAVE_CLOSED not in point.why_not]
    for city in search.cities.cities.values():
        found = [
            point
            for point in search.find("anapec_job_search", city=city.id, language="fr")
            if point.distance_km is not None
        ]
        if city.centre and not any({Why.IN_YOUR_CITY, Why.WORKS_IN_YOUR_CITY} & set(point.why) for point in found):
            nearest = min(kilometres(city.centre, (point.latitude, point.longitude)) for point in places)
            assert found[0].distance_km == round(nearest, 1)
            assert Why.NEAREST in found[0].why


def test_a_town_without_coordinates_gets_places_nearby_without_a_distance(search: PlaceSearch):
    found = search.find("ofppt_training", city="city_ait_amira", language="fr")
    assert {point.city for point in found} <= {"city_ait_melloul", "city_inezgane", "city_biougra", "city_agadir"}
    assert all(point.distance_km is None for point in found)


def test_a_body_without_a_known_office_is_no_place_in_the_town_it_works_in(search: PlaceSearch):
    found = search.find("amappe_support", city="city_casablanca", language="fr")
    amappe = next(point for point in found if point.location == "loc_amappe_casablanca")
    assert Why.WORKS_IN_YOUR_CITY in amappe.why
    assert Why.IN_YOUR_CITY not in amappe.why
    assert WhyNot.OFFICE_NOT_CONFIRMED in amappe.why_not
    assert WhyNot.CITY_ONLY not in amappe.why_not


def test_what_may_have_closed_comes_last_everywhere(search: PlaceSearch):
    for service in WANTED:
        for city in BIG:
            found = search.find(service, city=city, language="fr", limit=99)
            doubts = [WhyNot.MAY_HAVE_CLOSED in point.why_not for point in found]
            assert doubts == sorted(doubts), (service, city)


@pytest.mark.parametrize(
    ("service", "city", "ar", "en"),
    [
        ("primary_health_care", "city_rabat", "أقرب مركز صحي عمومي", "The public health centre nearest to you"),
        ("anapec_job_search", "city_larache", "وكالة ANAPEC – العرائش", "ANAPEC agency – Larache"),
    ],
)
def test_what_has_no_proper_name_is_called_in_the_persons_language(
    search: PlaceSearch, service: str, city: str, ar: str, en: str
):
    point = search.find(service, city=city, language="ar")[0]
    assert (point.name["ar"], point.name["en"]) == (ar, en)


def test_a_place_gives_what_it_is_found_for_and_nothing_else(search: PlaceSearch):
    for service in WANTED:
        for point in search.find(service, city="city_rabat", language="fr", limit=99):
            assert search.gives(point.id, service)
    legal = search.find("legal_aid", city="city_rabat", language="fr")[0].id
    assert not search.gives(legal, "ofppt_training")
    assert not search.gives(legal, "no_such_service")
    assert not search.gives("sal_unknown", "legal_aid")


def test_a_contact_that_covers_another_town_is_proposed_there(search: PlaceSearch):
    found = {
        point.location: point for point in search.find("entraide_social_assistance", city="city_meknes", language="fr")
    }
    assert Why.SERVES_YOUR_CITY in found["loc_foo_fes_meknes"].why


def test_every_point_keeps_where_it_was_read_of_which_date_and_how_sure_we_are(search: PlaceSearch, seed: Seed):
    rows = {row["id"]: row for row in seed["locations.csv"]}
    for point in everything(search):
        row = rows[point.location]
        assert (point.source, point.source_date, point.confidence) == (
            row["source"],
            row["source_date"],
            row["confidence"],
        )
        assert point.source
        assert (WhyNot.UNDATED in point.why_not) == (not point.source_date)
        assert (WhyNot.WEAK_SOURCE in point.why_not) == (point.confidence == "low")
        assert WhyNot.UNVERIFIED in point.why_not


def test_the_middle_of_a_town_is_never_shown_as_an_address(search: PlaceSearch, seed: Seed):
    rows = {row["id"]: row for row in seed["locations.csv"]}
    for point in everything(search):
        row = rows[point.location]
        if point.precision is Precision.ADDRESS:
            assert row["geo_precision"] == "address"
        if point.address is not None:
            assert (point.address, row["address_type"]) == (row["address"], "physical")
        elif point.city is not None:
            vague = {WhyNot.CITY_ONLY, WhyNot.ADDRESS_WITHHELD, WhyNot.OFFICE_NOT_CONFIRMED}
            assert vague & set(point.why_not)


def test_only_six_places_have_coordinates_of_their_building(search: PlaceSearch, seed: Seed):
    exact = {row["id"] for row in seed["locations.csv"] if row["geo_precision"] == "address"}
    shown = {point.location for point in everything(search) if point.precision is Precision.ADDRESS}
    assert len(exact) == 6
    assert shown <= exact


def test_a_post_box_is_no_place_to_go_to(search: PlaceSearch):
    found = search.find("entraide_social_assistance", city="city_rabat", language="fr", limit=20)
    caritas = next(point for point in found if point.location == "loc_caritas_rabat")
    assert caritas.address is None
    assert WhyNot.CITY_ONLY in caritas.why_not


def test_the_unhcr_office_is_phoned_first(search: PlaceSearch):
    unhcr = search.find("unhcr_asylum_registration", city="city_rabat", language="fr")[0]
    assert unhcr.phones == ("+212 5 37 54 54 00",)
    assert unhcr.whatsapp == ("+212 6 66 04 56 06",)
    assert WhyNot.PHONE_FIRST in unhcr.why_not
    assert unhcr.opening[0].days == ("MO", "TU", "WE", "TH", "FR")
    assert (unhcr.opening[0].opens, unhcr.opening[0].closes) == ("09:00", "15:00")


def test_a_shelters_address_is_told_only_to_the_woman_concerned(search: PlaceSearch, seed: Seed):
    shelters = [row for row in seed["locations.csv"] if "shelter" in row.listed("cautions")]
    assert len(shelters) >= 9
    pairs = {row["location_id"]: row["id"] for row in seed["service_at_location.csv"]}
    for row in shelters:
        shown, told = search.get(pairs[row["id"]]), search.get(pairs[row["id"]], for_the_person=True)
        assert shown is not None
        assert told is not None
        assert shown.confidential
        assert shown.address is None
        assert WhyNot.SHELTER in shown.why_not
        assert told.address == row.get("address")
    assert all(point.address is None for point in everything(search) if point.confidential)


def test_people_without_papers_are_warned_of_every_office_of_the_state(search: PlaceSearch, seed: Seed):
    state = {row["id"] for row in seed["organizations.csv"] if row["authority"]}
    stated = {row["id"] for row in seed["services.csv"] if row["without_papers"]}
    for service in WANTED:
        for city in BIG:
            for point in search.find(service, city=city, language="fr", without_papers=True, limit=20):
                if point.organisation in state and point.service not in stated:
                    assert WhyNot.MAY_SHARE_WITH_AUTHORITIES in point.why_not


def test_a_police_line_is_never_a_place_to_be_referred_to(search: PlaceSearch):
    assert all(point.organisation != "org_emergency" for point in everything(search))


def test_the_words_of_a_place_are_there_in_three_languages(search: PlaceSearch):
    for point in everything(search):
        assert set(point.service_name) == {"ar", "fr", "en"}
        assert {"fr", "en"} <= set(point.organisation_name)
        assert point.name["fr"]
        assert point.city is None or set(point.city_name) == {"ar", "fr", "en"}


def test_a_place_is_found_again_by_its_id(search: PlaceSearch):
    first = search.find("legal_aid", city="city_rabat", language="fr")[0]
    again = search.get(first.id)
    assert again is not None
    assert (again.id, again.name, again.distance_km) == (first.id, first.name, None)
    assert search.get("sal_unknown") is None


@pytest.mark.parametrize(("service", "city"), [("no_such_service", "city_rabat"), ("amuddu_scholarship", None)])
def test_nothing_is_found_for_what_has_no_place(search: PlaceSearch, service: str, city: str | None):
    assert search.find(service, city=city, language="fr") == ()


def test_an_unknown_town_is_as_no_town(search: PlaceSearch):
    asked = {"language": "fr"}
    assert search.find("legal_aid", city="city_nowhere", **asked) == search.find("legal_aid", city=None, **asked)


def test_asking_for_no_place_gives_none(search: PlaceSearch):
    assert search.find("legal_aid", city="city_rabat", language="fr", limit=0) == ()


def test_a_change_in_the_database_is_seen_at_the_next_question(database: Database, seed: Seed):
    with transaction(database.sessions) as session:
        load(session, seed)
    search = PlaceSearch(database.sessions, today=lambda: TODAY)
    before = search.find("legal_aid", city="city_rabat", language="fr")[0]
    with transaction(database.sessions) as session:
        session.execute(
            update(models.Provenance)
            .where(models.Provenance.resource_id == before.location)
            .values(verified_on="2026-11-01")
        )
        session.execute(update(models.DirectoryState).values(revision=models.DirectoryState.revision + 1))
    after = search.find("legal_aid", city="city_rabat", language="fr")[0]
    assert WhyNot.UNVERIFIED in before.why_not
    assert after.id == before.id
    assert Why.RECENTLY_VERIFIED in after.why
    assert WhyNot.UNVERIFIED not in after.why_not


def test_an_empty_database_is_reported_and_noticed_once_filled(database: Database, seed: Seed):
    search = PlaceSearch(database.sessions)
    with pytest.raises(DirectoryNotLoaded, match="migrate"):
        search.get("sal_1")
    with transaction(database.sessions) as session:
        load(session, seed)
    assert search.get("sal_1") is not None


def test_places_are_still_told_while_the_database_is_away(loaded: Database):
    away = False

    @contextmanager
    def sessions():
        if away:
            raise OperationalError("SELECT", {}, Exception("gone"))
        with loaded.sessions() as session:
            yield session

    search = PlaceSearch(sessions)
    expected = search.find("legal_aid", city="city_rabat", language="fr")
    away = True
    assert search.find("legal_aid", city="city_rabat", language="fr") == expected


def test_a_database_away_from_the_start_is_an_error():
    engine = create_engine("sqlite://")
    with pytest.raises(OperationalError):
        PlaceSearch(sessionmaker(engine)).get("sal_1")
    engine.dispose()


def test_a_snapshot_holds_every_service_at_every_location(loaded: Database, seed: Seed):
    with Session(loaded.engine) as session:
        revision = session.scalars(select(models.DirectoryState.revision)).one()
        snapshot = take_snapshot(session, revision, str.casefold)
    assert set(snapshot.places) == {PlaceId(row["id"]) for row in seed["service_at_location.csv"]}
    assert sum(map(len, snapshot.by_type.values())) == 793
