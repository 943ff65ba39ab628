"""The terminal chat: the same dialogue with numbers instead of buttons, and a recording others can replay."""

from __future__ import annotations

import io

import pytest
import yaml

from app.chat import Recording, begin, talk_through


@pytest.fixture
def screen():
    return io.StringIO()


def test_choices_are_taken_by_their_number(services, screen):
    talk = begin(services, "en", screen)
    first = talk.offered[0]
    talk_through(talk, ["1"])
    assert first not in talk.offered
    assert talk.conversation.turn == 1
    assert "\n1. " in screen.getvalue()


@pytest.mark.parametrize("line", ["0", "99", "24", "\u0662", "1.5"])
def test_other_numbers_are_said_as_they_are(services, screen, line):
    talk = begin(services, "en", screen)
    talk.offered = talk.offered[:1]
    talk_through(talk, [line])
    assert talk.conversation.turn == 1


def test_an_empty_line_ends_the_talk(services, screen):
    talk = begin(services, "fr", screen)
    talk_through(talk, ["bonjour", "", "bonjour"])
    assert talk.conversation.turn == 1


def test_a_talk_is_recorded_in_ids(services, screen, tmp_path):
    talk = begin(services, "en", screen)
    talk.recording = Recording("sewing", "en")
    talk_through(talk, ["I am 24, I want to learn sewing in Casablanca", "1"])
    talk.recording.save(tmp_path / "sewing.yaml")
    kept = yaml.safe_load((tmp_path / "sewing.yaml").read_text(encoding="utf-8"))
    assert (kept["name"], kept["language"]) == ("sewing", "en")
    typed, pressed = kept["turns"]
    assert typed["user"]["text"].startswith("I am 24")
    assert {"intent", "confidence", "age", "city"} <= typed["user"]["understood"].keys()
    assert typed["bot"].keys() >= {"step", "says"}
    assert not pressed["user"]["choice"][0].isdigit()
    assert all(" " not in say for turn in kept["turns"] for say in turn["bot"]["says"])
