"""What is found in a message: papers, services, cities, nationalities, ages, schooling, trades."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.cities import CITIES
from nlu.text.gazetteer import TYPES, Gazetteers, find_entities
from nlu.text.papers import KINDS, situations
from nlu.text.tables import rows

HERE = Path(__file__).parent
MESSAGES = yaml.safe_load((HERE / "named_things.yaml").read_text(encoding="utf-8"))
PAPERS = yaml.safe_load((HERE / "held_papers.yaml").read_text(encoding="utf-8"))
NAMES = yaml.safe_load((HERE / "names.yaml").read_text(encoding="utf-8"))


def found_in(text: str) -> dict[str, object]:
    return {found.type: found.value for found in find_entities(text) if found.type != "trade"}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["text"])
def test_a_message_names_these_things_and_no_others(message):
    assert found_in(message["text"]) == message["finds"]


@pytest.mark.parametrize("message", PAPERS, ids=lambda message: message["text"])
def test_a_paper_is_taken_only_when_the_writer_has_it_now(message):
    situations = {found.value for found in find_entities(message["text"]) if found.type == "situation"}
    assert situations == {message["held"]} - {"none"}


def test_papers_that_settle_one_another_are_situations_words_can_name():
    for row in rows("papers_together"):
        assert {row["gives_way"], *row["to"].split("|")} <= set(situations())


@pytest.mark.parametrize("message", [message for message in MESSAGES if "trade" in message], ids=lambda m: m["trade"])
def test_a_trade_is_taken_in_the_words_of_the_person(message):
    assert [found.value for found in find_entities(message["text"]) if found.type == "trade"] == [message["trade"]]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [(kind, value, text) for kind, names in NAMES.items() for value, texts in names.items() for text in texts],
)
def test_a_thing_is_known_by_its_names_in_every_variety(kind, value, text):
    assert value in [found.value for found in find_entities(text) if found.type == kind]


def test_every_service_and_situation_can_be_named():
    assert set(NAMES["service"]) == {row["value"] for row in rows("services")}
    assert {*NAMES["situation"], "status_unknown"} == {*situations(), "status_unknown"}
    assert set(KINDS) <= set(situations())


@pytest.mark.parametrize("nation", rows("nationalities"), ids=lambda nation: nation["iso"])
def test_a_nationality_is_known_in_every_script(nation):
    for name in nation["people"].split("|"):
        assert found_in(f"{name} 24").get("nationality") == nation["iso"], name


def test_large_cities_are_found_under_all_their_names():
    lines = [line for line in CITIES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    large = [row for row in csv.DictReader(lines) if int(row["population"] or 0) > 150_000 and not row["parent_city"]]
    assert len(large) > 20
    for city in large:
        for name in (city["name_fr"], city["name_ar"], city["name_en"]):
            assert found_in(name)["city"] == city["id"], name


def test_cities_may_come_from_another_file(tmp_path):
    cities = tmp_path / "cities.csv"
    arabic = "\u0632\u0627\u0646\u0627\u062f\u0648"
    header, row = (
        "id,name_fr,name_ar,name_en,aliases,population",
        f"city_x,Xanadou,{arabic},Xanadu,Xana Dou|Zanadu,90000",
    )
    cities.write_text(f"{header}\n{row}\n", encoding="utf-8")
    gazetteers = Gazetteers.load(cities)
    for text in ("je vis à Xanadou", "in xanadu", "Xana-Dou", "xanado", "\u0641\u0632\u0627\u0646\u0627\u062f\u0648"):
        assert [found.value for found in gazetteers.find(text) if found.type == "city"] == ["city_x"], text
    assert [found for found in gazetteers.find("je vis à Rabat") if found.type == "city"] == []


@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_finds_stand_where_they_say(text):
    for found in find_entities(text):
        assert found.type in TYPES
        assert 0 <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]


@given(st.lists(st.sampled_from([m["text"] for m in MESSAGES if m["text"]]), min_size=2, max_size=4))
def test_searching_twice_finds_the_same(texts):
    text = ". ".join(texts)
    assert find_entities(text) == find_entities(text)


def test_a_hundred_thousand_characters_are_cut_before_they_are_searched():
    text = "a" * 100_000 + " Casablanca"
    assert find_entities(text) == []
    assert [found.value for found in find_entities("Casablanca " + text)] == ["city_casablanca"]
