"""Questions keep to the never-ask registry."""

from __future__ import annotations

import pytest

from app.i18n.texts import read_sentences
from app.privacy.never_ask import forbidden_in, questions_in, registry

SEEDED = {
    "name": ["What is your full name?", "Quel est votre nom ?", "ما اسمك؟"],
    "birth_date": ["What is your date of birth?", "Quelle est votre date de naissance ?"],
    "home_address": ["What is your home address?", "ما هو عنوانك؟"],
    "contact": ["May I have your phone number?", "Quel est votre numéro ?"],
    "paper_number": ["What is the number on your card?", "Quel est le numéro de votre carte ?", "ما رقم بطاقتك؟"],
    "photo": ["Can you send a photo of your card?"],
    "religion": ["What is your religion?", "Êtes-vous musulman ?"],
    "ethnic_origin": ["Which tribe are you from?"],
    "politics": ["What are your political opinions?"],
    "health_detail": ["Are you pregnant?", "Quelle maladie avez-vous ?"],
    "sexual_life": ["Are you gay?"],
    "route": ["How did you enter Morocco?", "كيف دخلت إلى المغرب؟"],
    "police_record": ["Have you been arrested?"],
    "other_people": ["Who do you live with?"],
}


@pytest.mark.parametrize(("topic", "question"), [(topic, text) for topic, texts in SEEDED.items() for text in texts])
def test_a_forbidden_question_is_noticed(topic, question):
    assert topic in forbidden_in(question)


def test_every_topic_of_the_registry_is_tried():
    assert {entry.topic for entry in registry()} == set(SEEDED)


def test_no_question_of_the_project_asks_what_nobody_may_ask():
    sentences = read_sentences()
    asked = {
        name: forbidden_in(question)
        for name, sentence in sentences.items()
        for question in questions_in([sentence.say])
    }
    assert asked
    assert {name: topics for name, topics in asked.items() if topics} == {}
