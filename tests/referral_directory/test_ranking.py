"""Which places come first, and what is said about them: laws over made-up places."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from referral_directory.geography import kilometres
from referral_directory.points import CityId, Precision, Why, WhyNot, spoken_in, withholding_address
from referral_directory.ranking import NEAR_KM, Place, rank
from tests.builders.points import a_place, a_point, asked, wanted

RABAT = (34.01325, -6.83255)
HOME = CityId("city_rabat")

coordinates = st.tuples(st.floats(20.8, 35.9), st.floats(-17, -1))


def elsewhere(number: int, where: tuple[float, float]) -> Place:
    city = CityId(f"city_{number}")
    return a_place(f"sal_{number}", point={"city": city, "latitude": where[0], "longitude": where[1]})


@settings(deadline=None)
@given(spots=st.lists(coordinates, min_size=1, max_size=25), limit=st.integers(1, 25))
def test_the_nearest_places_are_really_the_nearest(spots: list[tuple[float, float]], limit: int):
    places = [elsewhere(number, spot) for number, spot in enumerate(spots)]
    found = rank(places, wanted(), asked(home=HOME, centre=RABAT), limit)
    by_hand = sorted(round(kilometres(RABAT, spot), 1) for spot in spots)[:limit]
    assert [point.distance_km for point in found] == by_hand
    assert Why.NEAREST in found[0].why
    assert all(Why.NEAREST not in point.why for point in found[1:])
    assert all((WhyNot.FAR in point.why_not) == ((point.distance_km or 0) > NEAR_KM) for point in found)


@settings(deadline=None)
@given(here=coordinates, there=coordinates)
def test_distance_is_symmetric_zero_at_home_and_never_beyond_the_country(here, there):
    assert kilometres(here, there) == kilometres(there, here)
    assert kilometres(here, here) == 0
    assert kilometres(here, there) < 2600


@settings(deadline=None)
@given(st.permutations([a_place(f"sal_{number}") for number in range(6)]))
def test_ties_keep_one_order_whatever_the_database_gives(places: list[Place]):
    found = rank(places, wanted(), asked(home=HOME, centre=RABAT), 6)
    assert [point.id for point in found] == [f"sal_{number}" for number in range(6)]


def test_the_own_town_comes_before_a_town_that_is_served_and_that_before_others():
    served = a_place(
        "sal_served", point={"city": CityId("city_far")}, home=CityId("city_far"), serves=frozenset({HOME})
    )
    near = elsewhere(1, (34.03, -6.8))
    own = a_place("sal_own", point={"confidence": "low"})
    found = rank([near, served, own], wanted(), asked(home=HOME, centre=RABAT), 3)
    assert [point.id for point in found] == ["sal_own", "sal_served", "sal_1"]
    assert [point.why[0] for point in found[:2]] == [Why.IN_YOUR_CITY, Why.SERVES_YOUR_CITY]


def test_what_every_commune_has_is_in_yours_too():
    everywhere = a_place("sal_any", point={"city": None, "latitude": None, "longitude": None}, everywhere=True)
    found = rank([elsewhere(1, (34.03, -6.8)), everywhere], wanted(), asked(home=HOME, centre=RABAT), 2)
    assert [point.id for point in found] == ["sal_any", "sal_1"]
    assert found[0].why == (Why.IN_EVERY_COMMUNE,)


def line(place_id: str = "sal_line") -> Place:
    return a_place(place_id, point={"city": None, "latitude": None, "longitude": None}, national=True)


def test_where_nothing_is_near_a_national_line_takes_the_last_place():
    far = [elsewhere(number, (30.4 - number, -9.6)) for number in range(4)]
    found = rank([*far, line()], wanted(), asked(home=HOME, centre=RABAT), 3)
    assert [point.id for point in found] == ["sal_0", "sal_1", "sal_line"]
    assert Why.NATIONAL_LINE in found[-1].why


def test_where_something_is_near_a_national_line_does_not_push_it_out():
    near = [elsewhere(number, (34.1, -6.8 - number / 100)) for number in range(3)]
    assert "sal_line" not in {point.id for point in rank([*near, line()], wanted(), asked(home=HOME, centre=RABAT), 3)}


def test_without_a_town_a_national_line_comes_first_and_nothing_is_near_or_far():
    found = rank([a_place(), line()], wanted(), asked(), 2)
    assert [point.id for point in found] == ["sal_line", "sal_1"]
    assert all(point.distance_km is None and WhyNot.FAR not in point.why_not for point in found)


def test_one_location_is_proposed_once_though_it_gives_two_services():
    both = [a_place(f"sal_{number}", point={"location": "loc_same"}) for number in (1, 2)]
    assert [point.id for point in rank(both, wanted(), asked(home=HOME, centre=RABAT), 3)] == ["sal_1"]


def test_in_one_town_preferred_bodies_then_open_doors_then_language_then_better_sources():
    places = [
        a_place("sal_1", point={"confidence": "low"}),
        a_place("sal_2", point={"source_date": "2019"}),
        a_place("sal_3", point={"languages": ("fr",), "confidence": "low"}),
        a_place("sal_4", point={"why_not": (WhyNot.WOMEN_ONLY,), "languages": ("fr",)}),
        a_place("sal_5", point={"why_not": (WhyNot.MAY_HAVE_CLOSED,), "languages": ("fr",)}),
        a_place("sal_6", point={"organisation": "org_first", "why_not": (WhyNot.WOMEN_ONLY,)}),
        a_place("sal_7", point={"source_date": "2026-01"}),
    ]
    found = rank(places, wanted(first=("org_first",)), asked(home=HOME, centre=RABAT), 7)
    assert [point.id for point in found] == ["sal_6", "sal_3", "sal_7", "sal_2", "sal_1", "sal_4", "sal_5"]
    assert Why.SPEAKS_YOUR_LANGUAGE in found[1].why


def test_what_may_have_closed_comes_after_what_is_far():
    closed = a_place("sal_1", point={"why_not": (WhyNot.MAY_HAVE_CLOSED,)})
    found = rank([closed, elsewhere(2, (30.4, -9.6))], wanted(), asked(home=HOME, centre=RABAT), 2)
    assert [point.id for point in found] == ["sal_2", "sal_1"]


def test_who_has_no_known_office_comes_after_who_has_one_and_is_not_said_to_be_in_the_town():
    working = a_place("sal_1", point={"why_not": (WhyNot.OFFICE_NOT_CONFIRMED,)})
    found = rank([working, a_place("sal_2")], wanted(), asked(home=HOME, centre=RABAT), 2)
    assert [point.id for point in found] == ["sal_2", "sal_1"]
    assert Why.WORKS_IN_YOUR_CITY in found[1].why
    assert Why.IN_YOUR_CITY not in found[1].why


def test_names_and_types_listed_first_come_first():
    places = [
        a_place("sal_1", point={"name": {"fr": "Institut"}}),
        a_place("sal_2", point={"name": {"fr": "ISTA Rabat"}}),
        a_place("sal_3", point={"name": {"fr": "ISTA Rabat"}, "service_type": "other"}),
    ]
    want = wanted("other", "legal_aid", first_named=("ISTA",))
    assert [point.id for point in rank(places, want, asked(home=HOME, centre=RABAT), 3)] == ["sal_3", "sal_2", "sal_1"]


def test_somebody_without_papers_sees_associations_within_reach_before_the_state():
    office = a_place("sal_1", of_the_state=True)
    association = elsewhere(2, (34.1, -6.8))
    far = elsewhere(3, (30.4, -9.6))
    found = rank([office, association, far], wanted(), asked(home=HOME, centre=RABAT, without_papers=True), 3)
    assert [point.id for point in found] == ["sal_2", "sal_1", "sal_3"]
    assert [WhyNot.MAY_SHARE_WITH_AUTHORITIES in point.why_not for point in found] == [False, True, False]


def test_an_office_that_a_source_says_takes_people_without_papers_is_not_warned_of():
    clinic = a_place("sal_1", of_the_state=True, takes_people_without_papers=True)
    (found,) = rank([clinic], wanted(), asked(home=HOME, centre=RABAT, without_papers=True), 1)
    assert Why.TAKES_PEOPLE_WITHOUT_PAPERS in found.why
    assert WhyNot.MAY_SHARE_WITH_AUTHORITIES not in found.why_not


def test_papers_are_not_mentioned_to_those_who_have_them():
    (found,) = rank([a_place(of_the_state=True, takes_people_without_papers=True)], wanted(), asked(home=HOME), 1)
    assert Why.TAKES_PEOPLE_WITHOUT_PAPERS not in found.why
    assert WhyNot.MAY_SHARE_WITH_AUTHORITIES not in found.why_not


states = st.builds(
    lambda number, state, papers, where: (number, state, papers, where),
    st.integers(0, 10_000),
    st.booleans(),
    st.booleans(),
    coordinates,
)


@settings(deadline=None)
@given(st.lists(states, min_size=1, max_size=12, unique_by=lambda one: one[0]))
def test_no_office_of_the_state_is_ever_shown_unwarned_to_somebody_without_papers(rows):
    places = [
        a_place(
            f"sal_{number}",
            point={"latitude": where[0], "longitude": where[1]},
            home=CityId(f"city_{number}"),
            of_the_state=state,
            takes_people_without_papers=papers,
        )
        for number, state, papers, where in rows
    ]
    unsafe = {f"sal_{number}" for number, state, papers, _ in rows if state and not papers}
    found = rank(places, wanted(), asked(home=HOME, centre=RABAT, without_papers=True), 12)
    assert {point.id for point in found if WhyNot.MAY_SHARE_WITH_AUTHORITIES in point.why_not} == unsafe


def test_old_undated_and_unchecked_sources_are_told_apart():
    places = [
        a_place("sal_old", point={"source_date": "2022-12"}),
        a_place("sal_checked", point={"verified_on": "2026-05-01"}),
        a_place("sal_lapsed", point={"verified_on": "2024"}),
    ]
    found = {point.id: point for point in rank(places, wanted(), asked(home=HOME), 3)}
    assert WhyNot.OLD_SOURCE in found["sal_old"].why_not
    assert WhyNot.OLD_SOURCE not in found["sal_checked"].why_not
    assert Why.RECENTLY_VERIFIED in found["sal_checked"].why
    assert WhyNot.UNVERIFIED not in found["sal_checked"].why_not
    assert WhyNot.UNVERIFIED in found["sal_lapsed"].why_not


def test_cautions_are_told_gravest_first():
    codes = (WhyNot.OLD_SOURCE, WhyNot.WOMEN_ONLY, WhyNot.SHELTER)
    (found,) = rank([a_place(point={"why_not": codes})], wanted(), asked(home=HOME), 1)
    assert found.why_not == (WhyNot.SHELTER, WhyNot.WOMEN_ONLY, WhyNot.OLD_SOURCE, WhyNot.UNVERIFIED)


def test_a_distance_from_a_borrowed_centre_ranks_but_is_not_told():
    places = [elsewhere(1, (30.4, -9.6)), elsewhere(2, (34.1, -6.8))]
    found = rank(places, wanted(), asked(home=HOME, centre=RABAT, exact=False), 2)
    assert [point.id for point in found] == ["sal_2", "sal_1"]
    assert all(point.distance_km is None and Why.NEAREST not in point.why for point in found)


def test_withholding_leaves_nothing_that_tells_where_in_the_town():
    exact = withholding_address(a_point(precision=Precision.ADDRESS, why_not=(WhyNot.DISTRICT_ONLY,)))
    assert (exact.address, exact.latitude, exact.longitude, exact.precision) == (None, None, None, Precision.NONE)
    assert exact.why_not == (WhyNot.ADDRESS_WITHHELD,)
    town = withholding_address(a_point())
    assert (town.address, town.precision, town.latitude) == (None, Precision.CITY, RABAT[0])
    nothing_to_hide = a_point(address=None)
    assert withholding_address(nothing_to_hide) is nothing_to_hide


def test_a_missing_language_falls_back_and_says_so():
    assert spoken_in({"fr": "Rabat", "ar": "الرباط"}, "ar") == ("الرباط", "ar")
    assert spoken_in({"fr": "Rabat"}, "ar") == ("Rabat", "fr")
    assert spoken_in({}, "ar") == ("", "ar")
