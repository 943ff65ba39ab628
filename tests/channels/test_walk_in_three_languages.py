"""Every intent, alone and about each service, read in Arabic, French and English: nothing missing, nothing raw."""

from __future__ import annotations

import re

import pytest

from app.channels.render import as_plain_text, render
from app.dialogue.intents import HARMS, NEEDS, PLAIN, TOPICS
from app.i18n.languages import LANGUAGES
from app.i18n.texts import read_sentences
from app.i18n.translator import Translator
from tests.builders.conversations import a_talk, the_rulebook
from tests.fakes.parser import understood

INTENTS = sorted({*PLAIN, *NEEDS, *HARMS, *(f"ask_{topic}" for topic in TOPICS), "ask_eligibility"})
ARABIC = re.compile("[؀-ۿ]")
LEFT_OVER = re.compile(r"\{\w+\}|<[a-z]+>|\bNone\b")
ISOLATES = {"\u2066": 1, "\u2068": 1, "\u2069": -1}


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator(read_sentences())


def texts_of(told: list[dict]) -> list[str]:
    return [as_plain_text(reply) for reply in told]


def is_balanced(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += ISOLATES.get(letter, 0)
        if depth < 0:
            return False
    return depth == 0


def test_all_42_intents_are_walked() -> None:
    assert len(INTENTS) == 42


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("service", [None, *the_rulebook().services])
def test_every_answer_reads_well_in_every_language(intent: str, service: str | None, translator: Translator) -> None:
    entities = (("service", service),) if service else ()
    turn = a_talk(situation="receipt_renewal", age=30).say("a question", understood(intent, *entities))
    told = {language: render(turn.messages, language, translator) for language in LANGUAGES}
    for language, replies in told.items():
        for text in texts_of(replies):
            assert text.strip()
            assert not LEFT_OVER.search(text), text
            assert is_balanced(text), text
            assert language != "ar" or ARABIC.search(text), text
    shapes = {tuple((len(r["choices"]), tuple(c["kind"] for c in r["cards"])) for r in t) for t in told.values()}
    assert len(shapes) == 1


def test_emergency_numbers_read_left_to_right_inside_arabic(translator: Translator) -> None:
    turn = a_talk().say("help", understood("emergency"))
    text = "\n".join(texts_of(render(turn.messages, "ar", translator)))
    for number in ("15", "141", "19", "112", "177"):
        assert re.search(rf"\u2066[^\u2069]*\b{number}\b[^\u2069]*\u2069", text), number
