"""Nothing is understood worse than it was measured: each variety has a floor, and so has the screening for danger."""

from __future__ import annotations

import copy

import pytest

from nlu.classifier import Classifier
from nlu.examples import read_examples
from nlu.figures import danger, development
from nlu.floors import MARGIN, Crossed, crossed, floors_under, read_floors
from nlu.learn import learn
from nlu.reported import read_figures
from nlu.speed import DEVELOPMENT
from nlu.text.variety import VARIETIES


@pytest.fixture(scope="module")
def measured():
    """With the classifier of the files as they are now, learned if it is not there."""
    classifier = Classifier.load(learn())
    return development(read_examples(DEVELOPMENT), classifier.rankings), danger(None)


def test_no_floor_is_crossed(measured):
    assert list(crossed(*measured, read_floors())) == []


def test_every_variety_has_a_floor_for_meaning_and_for_danger():
    floors = read_floors()
    assert set(floors["accuracy"]) == set(VARIETIES)
    assert set(floors["danger_recall"]) == {*VARIETIES, "locked"}


def test_the_floors_are_just_under_what_was_reported():
    reported, floors = floors_under(read_figures()), read_floors()
    for kind in ("accuracy", "danger_recall"):
        for name, floor in floors[kind].items():
            assert reported[kind][name] == pytest.approx(floor, abs=MARGIN)


def test_a_loss_in_one_variety_is_seen():
    figures = read_figures()
    scores, screening = figures["parsers"]["local"]["development"], figures["danger"]
    worse = copy.deepcopy(scores)
    worse["varieties"]["darija"]["accuracy"] -= 2 * MARGIN
    floors = floors_under(figures)
    assert list(crossed(scores, screening, floors)) == []
    (found,) = crossed(worse, screening, floors)
    assert found == Crossed("accuracy darija", floors["accuracy"]["darija"], worse["varieties"]["darija"]["accuracy"])


def test_deafness_to_danger_and_too_many_false_alarms_are_seen():
    figures = read_figures()
    deaf = copy.deepcopy(figures["danger"])
    deaf["development"]["words"]["arabizi"]["recall"] -= 2 * MARGIN
    deaf["locked"]["words"]["all"]["false_alarms"] += 2 * MARGIN
    scores = figures["parsers"]["local"]["development"]
    found = [each.what for each in crossed(scores, deaf, floors_under(figures))]
    assert found == ["danger recall arabizi", "false alarms locked"]
