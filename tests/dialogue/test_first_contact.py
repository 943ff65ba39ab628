"""The notice, the greeting, the languages."""

from __future__ import annotations

import pytest

from app.dialogue.respond import open_conversation
from tests.builders.conversations import a_talk, offers, says
from tests.fakes.parser import understood


def test_without_a_language_the_notice_and_the_greeting_come_in_three():
    turn = open_conversation("c1", language=None, channel="web")
    assert [message.language for message in turn.messages] == ["ar", "fr", "en"]
    assert {says_ for message in turn.messages for says_ in [message.paragraphs[0].id]} == {"notice.automated"}
    assert offers(turn) == ("language.ar", "language.fr", "language.en")
    assert turn.conversation.language is None


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_with_a_language_the_notice_has_three_sentences_and_the_needs_are_offered(language):
    turn = open_conversation("c1", language=language, channel="web")
    assert [say.id for say in turn.messages[0].paragraphs] == ["notice.automated", "notice.privacy", "notice.limits"]
    assert "need.need_training" in offers(turn)
    assert turn.conversation.language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Je cherche une formation de couture", "fr"),
        ("I am looking for a training course", "en"),
        ("أبحث عن تكوين مهني", "ar"),
        ("بغيت نتعلم شي حرفة", "ar"),
        ("bghit nt3ellem chi 7erfa", "ar"),
    ],
)
def test_the_first_message_sets_the_language_and_is_answered_at_once(text, language):
    talk = a_talk(language=None)
    turn = talk.say(text, understood("need_training"))
    assert talk.conversation.language == language
    assert turn.step.kind == "ask"
    assert turn.step.fact == "situation"


def test_a_language_button_sets_the_language():
    talk = a_talk(language=None)
    talk.choose("language.fr")
    assert talk.conversation.language == "fr"


def test_the_number_of_a_language_button_sets_the_language():
    talk = a_talk(language=None)
    talk.say("٢")
    assert talk.conversation.language == "fr"


def test_a_first_message_without_letters_shows_the_greeting_again():
    talk = a_talk(language=None)
    turn = talk.say("👍")
    assert talk.conversation.language is None
    assert offers(turn) == ("language.ar", "language.fr", "language.en")


def test_another_language_is_offered_never_taken_silently():
    talk = a_talk(language="fr")
    turn = talk.say("I would like to find a job in Rabat please", understood("need_job"))
    assert talk.conversation.language == "fr"
    assert "language.en" in offers(turn)


def test_asking_for_a_language_changes_it_without_losing_the_question():
    talk = a_talk(language="en")
    asked = talk.say("I want to learn a trade", understood("need_training")).step.fact
    turn = talk.say("answer me in French please", understood("choose_language"))
    assert talk.conversation.language == "fr"
    assert "language.changed" in says(turn)
    assert turn.step.fact == asked


def test_asking_for_another_language_without_naming_it_offers_all_three():
    talk = a_talk(language="en")
    turn = talk.say("change the language", understood("choose_language"))
    assert offers(turn) == ("language.ar", "language.fr", "language.en")
