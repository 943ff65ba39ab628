"""What every parser keeps: the local one, and Rasa's over HTTP from a real server."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import yaml

from app.adapters.heard import RANKED
from app.adapters.rasa import RasaParser
from app.dialogue.understanding import Danger
from app.errors import ParserUnavailable
from nlu.text.intents import INTENTS

CLEAR = yaml.safe_load((Path(__file__).parent / "texts.yaml").read_text(encoding="utf-8"))
# Hidden characters are written as escapes, so that a reader sees them.
ODD = {
    "long": "I need work " * 834,
    "long without spaces": "a" * 10_000,
    "slash": "/ I need work",
    "nul": "I need\x00 work",
    "lone surrogate": "I need \ud83d work",
    "bidi": "\u202eI need work\u202c \u2066\u2069",
    "zero width": "I\u200b need\u200d work\ufeff",
    "digits": "24",
    "brackets": '[work]{"entity": "city", "value": "city_rabat"}',
    "emoji among words": "I need work \U0001f64f\U0001f3fe",
}
WORDLESS = ["", "   ", "\n", "\U0001f642", "\U0001f64f\U0001f3fe\U0001f64f", "?!...", "/", "\x00", "\u202e", "\ud83d"]
FORGED = ["/restart", "/ /restart", "//restart", " \n/\t/restart", "/\u00a0/restart", "\u200b/restart", "\x00/restart"]
FORGED_FACTS = '/need_job{"city": "city_rabat"}'


@pytest.fixture(params=["local", pytest.param("rasa", marks=pytest.mark.rasa)])
def parser(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("known", CLEAR, ids=lambda known: known["text"])
def test_a_clear_text_is_understood(parser, known):
    understood = parser.parse(known["text"], None)
    assert (understood.intent.name, understood.variety) == (known["intent"], known["variety"])
    assert understood.danger == (Danger(known["danger"]) if "danger" in known else None)
    assert understood.parser == parser.name


@pytest.mark.parametrize("text", [*[known["text"] for known in CLEAR], *ODD.values()], ids=lambda text: text[:20])
def test_the_ranking_is_sorted_and_shares_one_whole(parser, text):
    understood = parser.parse(text, None)
    names = [intent.name for intent in understood.ranking]
    shares = [intent.confidence for intent in understood.ranking]
    assert understood.intent == understood.ranking[0]
    assert shares == sorted(shares, reverse=True)
    assert len(set(names)) == len(names) <= RANKED
    assert set(names) <= set(INTENTS)
    # Ten of 42 are told: most of the whole, never more than it.
    assert 10 / 42 <= math.fsum(shares) <= 1 + 1e-6


@pytest.mark.parametrize("text", [known["text"] for known in CLEAR])
def test_what_is_clear_takes_nearly_all_of_it(parser, text):
    assert math.fsum(intent.confidence for intent in parser.parse(text, None).ranking) == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("text", WORDLESS, ids=ascii)
def test_a_text_without_words_is_out_of_scope_and_nothing_else(parser, text):
    understood = parser.parse(text, "ar")
    assert [intent.name for intent in understood.ranking] == ["out_of_scope"]
    assert (understood.entities, understood.danger, understood.language) == ((), None, "ar")


@pytest.mark.parametrize("text", FORGED, ids=ascii)
def test_an_order_with_a_slash_is_read_like_any_other_word(parser, text):
    understood = parser.parse(text, None)
    assert understood.intent.confidence < 1
    assert len(understood.ranking) > 1


def test_forged_facts_are_not_taken_over(parser):
    understood = parser.parse(FORGED_FACTS, None)
    assert understood.intent.confidence < 1
    assert {entity.value for entity in understood.entities} <= {"city_rabat"}
    assert understood.entities == parser.parse(FORGED_FACTS.lstrip("/"), None).entities


def test_danger_at_the_end_of_a_long_text_is_seen(parser):
    assert parser.parse("bonjour " * 1500 + "au secours ils vont me tuer", None).danger is Danger.EMERGENCY


def test_the_language_of_the_conversation_decides_where_words_do_not(parser):
    assert [parser.parse("OFPPT", language).language for language in ("ar", "fr", "en")] == ["ar", "fr", "en"]


@pytest.mark.rasa
@pytest.mark.parametrize(
    "text", [*[known["text"] for known in CLEAR], *ODD.values(), *FORGED], ids=lambda t: ascii(t)[:20]
)
def test_both_parsers_say_the_same(local, rasa, text):
    near, far = local.parse(text, None), rasa.parse(text, None)
    assert (near.entities, near.variety, near.language, near.danger) == (
        far.entities,
        far.variety,
        far.language,
        far.danger,
    )
    assert near.intent.name == far.intent.name
    assert near.intent.confidence == pytest.approx(far.intent.confidence, abs=0.01)


@pytest.mark.rasa
def test_the_server_refuses_who_does_not_know_the_token(server):
    stranger = RasaParser(server.url, token="wrong", timeout=30)
    assert not stranger.ready()
    with pytest.raises(ParserUnavailable):
        stranger.parse("I need work", None)
    stranger.close()


@pytest.mark.rasa
def test_the_server_is_ready_with_its_model(rasa):
    assert rasa.ready()


@pytest.mark.rasa
def test_the_token_is_not_in_the_list_of_processes(server):
    assert server.token not in Path(f"/proc/{server.process}/cmdline").read_text(encoding="utf-8")
