"""The local parser speaks whenever Rasa does not, and nobody waits for Rasa to come back."""

from __future__ import annotations

from threading import Event

import pytest

from app.adapters.switching import SwitchingParser, heard
from app.dialogue.understanding import Intent, Understanding
from app.errors import ParserUnavailable


class Parser:
    """Says its name; `up` decides whether it answers."""

    def __init__(self, name, *, up=True):
        self.name = name
        self.up = up
        self.asked = 0
        self.was_asked = Event()

    def parse(self, _text, language):
        self.asked += 1
        self.was_asked.set()
        if not self.up:
            raise ParserUnavailable
        return Understanding(language or "fr", "fr", Intent("greet", 1.0), parser=self.name)


@pytest.fixture
def rasa():
    return Parser("rasa")


@pytest.fixture
def parser(rasa):
    return SwitchingParser(Parser("local"), rasa)


def test_without_rasa_the_local_parser_speaks():
    parser = SwitchingParser(Parser("local"))
    parser.start()
    parser.probe()
    assert (parser.name, parser.parse("bonjour", None).parser) == ("local", "local")
    parser.stop()


def test_rasa_speaks_once_it_has_answered(parser):
    assert parser.parse("bonjour", None).parser == "local"
    parser.probe()
    assert (parser.name, parser.parse("bonjour", None).parser) == ("rasa", "rasa")


def test_a_message_that_rasa_fails_is_read_by_the_local_parser(parser, rasa):
    parser.probe()
    rasa.up = False
    assert parser.parse("bonjour", None).parser == "local"
    assert parser.name == "local"


def test_while_rasa_is_away_people_do_not_wait_for_it(parser, rasa):
    rasa.up = False
    parser.probe()
    asked = rasa.asked
    for _ in range(5):
        parser.parse("bonjour", None)
    assert rasa.asked == asked


def test_rasa_is_noticed_when_it_comes(parser, rasa):
    parser.start()
    assert rasa.was_asked.wait(5)
    parser.stop()
    assert parser.name == "rasa"


def test_watching_can_start_and_stop_again(parser, rasa):
    for _ in range(2):
        rasa.was_asked.clear()
        parser._is_up = False
        parser.start()
        assert rasa.was_asked.wait(5)
        parser.stop()
    assert parser.name == "rasa"


def test_what_was_heard_is_known_to_the_log(parser):
    parser.parse("bonjour", "fr")
    read = heard.get()
    assert read is not None
    assert read.parser == "local"
