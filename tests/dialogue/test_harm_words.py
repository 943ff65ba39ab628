"""Which protective door a cry for help opens first."""

from __future__ import annotations

import pytest

from app.dialogue.harm_words import harm_named
from app.dialogue.language_names import language_named


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Mon patron a pris mon passeport", "exploitation"),
        ("my boss keeps my papers", "exploitation"),
        ("أخذوا جوازي", "exploitation"),
        ("خداو ليا الباسبور", "exploitation"),
        ("j'ai 15 ans et je suis seul", "child"),
        ("عندي 15 عام و بوحدي", "child"),
        ("Mon mari me frappe", "violence"),
        ("rajli kaydrabni", "violence"),
        ("mon frère est en prison", "arrest"),
        ("I was arrested", "arrest"),
        ("je veux traverser la mer en pirogue", "journey"),
        ("بغيت نحرڭ", "journey"),
        ("bonjour", None),
    ],
)
def test_the_kind_of_harm_is_told_by_its_words(text, harm):
    assert harm_named(text) == harm


def test_the_most_urgent_harm_comes_first():
    assert harm_named("my boss took my passport and beats me") == "exploitation"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("answer me in French", "fr"),
        ("réponds-moi en arabe", "ar"),
        ("بالإنجليزية من فضلك", "en"),
        ("hder m3aya bl francais", "fr"),
        ("hder m3aya b l3arbiya", "ar"),
        ("not French, English please", "en"),
        ("another language", None),
    ],
)
def test_a_language_is_known_by_its_names(text, language):
    assert language_named(text) == language
