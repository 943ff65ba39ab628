"""Nothing is understood worse than it was measured: each variety has a floor, and so has the screening for danger."""

from __future__ import annotations

import copy

import pytest

from nlu.floors import MARGIN, Crossed, crossed, floors_under, measured, read_floors
from nlu.text.variety import VARIETIES


@pytest.fixture(scope="module")
def now():
    """The files as they are, measured."""
    return measured()


def test_no_floor_is_crossed(now):
    assert list(crossed(*now, read_floors())) == []


def test_every_variety_has_a_floor_for_meaning_and_for_danger():
    floors = read_floors()
    assert set(floors["accuracy"]) == set(VARIETIES)
    assert set(floors["danger_recall"]) == {*VARIETIES, "locked"}


def test_a_loss_in_one_variety_is_seen(now):
    scores, screening = now
    floors = floors_under(scores, screening)
    worse = copy.deepcopy(scores)
    worse["varieties"]["darija"]["accuracy"] -= 2 * MARGIN
    assert list(crossed(scores, screening, floors)) == []
    (found,) = crossed(worse, screening, floors)
    assert found == Crossed("accuracy darija", floors["accuracy"]["darija"], worse["varieties"]["darija"]["accuracy"])


def test_deafness_to_danger_and_too_many_false_alarms_are_seen(now):
    scores, screening = now
    deaf = copy.deepcopy(screening)
    deaf["development"]["words"]["arabizi"]["recall"] -= 2 * MARGIN
    deaf["locked"]["words"]["all"]["false_alarms"] += 2 * MARGIN
    found = [each.what for each in crossed(scores, deaf, floors_under(scores, screening))]
    assert found == ["danger recall arabizi", "false alarms locked"]
