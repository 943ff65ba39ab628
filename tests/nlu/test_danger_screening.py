"""Danger first: words and how a message sounds, with no parser and no trained model."""

from __future__ import annotations

import csv
import sys
import zlib
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu.danger_learn import HARMLESS, Line, all_lines, learn, packed, read_lines
from nlu.danger_score import Screened, main, tally
from nlu.examples import Example
from nlu.near_duplicates import near_duplicates
from nlu.text.danger import CATEGORIES, Alarm, alarm_in, danger_in
from nlu.text.danger_sense import DANGERS, PLACES, parts_of, places_of, read_weights
from nlu.text.normalise import fold
from nlu.text.variety import VARIETIES

CASES = yaml.safe_load((Path(__file__).parent / "danger_screening.yaml").read_text(encoding="utf-8"))
BLIND = Path(__file__).resolve().parents[2] / "nlu" / "evaluation"


@pytest.mark.parametrize("text", CASES["sure"])
def test_a_danger_told_between_the_lines_is_sure(text):
    alarm = alarm_in(text)
    assert alarm is not None
    assert alarm.sure


@pytest.mark.parametrize("text", CASES["noticed"])
def test_a_danger_told_between_the_lines_is_noticed(text):
    assert danger_in(text) in CATEGORIES


@pytest.mark.parametrize("text", CASES["harmless"])
def test_everyday_messages_raise_no_alarm(text):
    assert danger_in(text) is None


def test_danger_words_are_sure_unless_the_message_sounds_like_none():
    assert alarm_in("mon mari me bat") == Alarm("protection", sure=True)
    assert alarm_in("une conférence sur l'exploitation des femmes") == Alarm("protection", sure=False)


def test_harmless_words_need_a_clearer_sound():
    assert danger_in("je meurs de faim") is None
    assert danger_in("je meurs de faim, elle m'enferme à clé depuis des mois et me frappe") == "protection"


def test_one_alarming_sentence_of_a_long_message_is_heard():
    small_talk = "Bonjour, je m'appelle Awa. J'habite à Rabat. Je cherche une formation de couture. "
    assert danger_in(small_talk + "Depuis lundi la dame a pris la clé et je ne sors plus. Merci.") == "protection"


def test_a_cry_at_either_end_of_a_long_text_is_heard():
    assert danger_in("mon bébé est tout bleu " + "bonjour " * 20_000) == "emergency"
    assert danger_in("bonjour " * 20_000 + " mon bébé est tout bleu") == "emergency"


def test_a_long_text_is_read_in_few_parts():
    assert len(parts_of("Un deux trois quatre. " * 10_000)) <= 10


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=120))
def test_any_text_can_be_screened(text):
    assert danger_in(text) in {*CATEGORIES, None}


def test_screening_needs_no_library_beside_those_of_the_words():
    names = {name.partition(".")[0] for name in vars(sys.modules["nlu.text.danger_sense"])}
    assert not names & {"numpy", "sklearn", "scipy"}


def test_features_lie_within_the_file():
    assert all(0 <= place < PLACES for place in places_of("3ndi 16 3am وحدي seule"))


def _few_lines() -> list[Line]:
    dangerous = [Line(f"he beats me {n}", "en", danger, own=True) for n in range(4) for danger in DANGERS]
    return [*dangerous, *(Line(f"where is the office {n}", "en", HARMLESS, own=False) for n in range(8))]


def test_learning_is_repeatable_and_reads_back(tmp_path):
    first, second = (packed(learn(_few_lines())) for _ in range(2))
    assert first == second
    (tmp_path / "sense.bin").write_bytes(first)
    weights = read_weights(tmp_path / "sense.bin")
    assert [len(each) for each in (weights.rarities, *weights.weights)] == [PLACES] * (len(DANGERS) + 2)


def test_a_cut_file_is_refused(tmp_path):
    whole = zlib.decompress(packed(learn(_few_lines())))
    (tmp_path / "sense.bin").write_bytes(zlib.compress(whole[:-1]))
    with pytest.raises(ValueError, match="not the weights"):
        read_weights(tmp_path / "sense.bin")


def test_every_variety_has_lines_of_every_danger_and_of_none():
    counts = Counter((line.variety, line.danger) for line in read_lines())
    assert set(counts) == {(variety, danger) for variety in VARIETIES for danger in (*DANGERS, HARMLESS)}
    assert min(counts.values()) >= 50


def test_no_line_stands_twice_or_means_two_things():
    lines = read_lines()
    assert len({(line.variety, fold(line.text)) for line in lines}) == len(lines)
    meanings = {}
    for line in all_lines():
        meanings.setdefault(fold(line.text), set()).add(line.danger)
    assert [text for text, dangers in meanings.items() if len(dangers) > 1] == []


@pytest.mark.parametrize("name", ["development", "locked"])
def test_no_line_is_one_of_those_that_judge(name):
    own = [Example(line.danger, line.variety, line.text) for line in read_lines()]
    with (BLIND / f"danger_{name}.csv").open(encoding="utf-8", newline="") as file:
        blind = [Example("", row["variety"], row["text"]) for row in csv.DictReader(file)]
    assert len(list(near_duplicates(blind, own))) == 0


def test_the_score_counts_what_is_noticed_sure_and_right():
    seen = [
        Screened("fr", "emergency", "", Alarm("emergency", sure=True)),
        Screened("fr", "asylum", "", Alarm("protection", sure=False)),
        Screened("fr", "asylum", "", None),
        Screened("fr", "asylum", "", None),
    ]
    assert tally(seen).noticed == 0.5
    assert (tally(seen).sure, tally(seen).right) == (0.25, 0.25)


def test_the_score_prints_totals_and_no_message(tmp_path, capsys):
    file = tmp_path / "set.csv"
    file.write_text(
        "text,variety,danger,kind\nau secours,fr,emergency,medical\nbonjour,fr,,harmless\n", encoding="utf-8"
    )
    assert main([str(file)]) == 0
    printed = capsys.readouterr().out
    assert "noticed 1.000" in printed
    assert "secours" not in printed
