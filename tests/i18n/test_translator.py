"""Words, plurals, dates and isolation as each locale needs them."""

from __future__ import annotations

from datetime import date

import pytest

from app.i18n.languages import best_language, direction
from app.i18n.say import Country, Latin, Say, Town
from app.i18n.texts import DuplicateSentenceError, Sentence, read_sentences, sentences_in
from app.i18n.translator import Translator


def a_sentence(sentence: str, say: str, one: str | None = None) -> Sentence:
    return Sentence(sentence, say, one, (), "test.yaml", 1)


@pytest.fixture
def translator() -> Translator:
    sentences = [
        a_sentence("call", "Call {number} before {day}."),
        a_sentence("wrap", "He said: {what}"),
        a_sentence("places", "{count} places", one="{count} place"),
    ]
    return Translator({s.id: s for s in sentences})


def test_codes_and_numbers_are_isolated_in_arabic_only(translator: Translator) -> None:
    call = Say("call", {"number": Latin("0800 00 47 47"), "day": 3})
    assert translator.say(call, "ar") == "Call \u20660800 00 47 47\u2069 before \u20663\u2069."
    assert translator.say(call, "en") == "Call 0800 00 47 47 before 3."


def test_values_may_be_sentences_dates_and_lists(translator: Translator) -> None:
    inner = Say("places", count=2)
    assert translator.say(Say("wrap", {"what": inner}), "fr") == "He said: 2 places"
    assert translator.say(Say("wrap", {"what": date(2026, 8, 3)}), "fr") == "He said: 3 août 2026"
    assert "غشت" in translator.say(Say("wrap", {"what": date(2026, 8, 3)}), "ar")
    assert translator.say(Say("wrap", {"what": (inner, inner)}), "en") == "He said: 2 places and 2 places"


def test_countries_and_towns_are_named_in_the_language_around_them(translator: Translator) -> None:
    guinea = Say("wrap", {"what": Country("GN")})
    assert [translator.say(guinea, language) for language in ("fr", "en")] == ["He said: Guinée", "He said: Guinea"]
    towns = Translator({"wrap": a_sentence("wrap", "He said: {what}")}, towns={"t": {"ar": "طنجة"}}.__getitem__)
    assert towns.say(Say("wrap", {"what": Town("t")}), "ar") == "He said: \u2068طنجة\u2069"
    assert towns.say(Say("wrap", {"what": Town("t")}), "fr") == "He said: طنجة"
    assert translator.say(Say("wrap", {"what": Town("nowhere")}), "fr") == "He said: nowhere"


def test_counts_choose_the_form(translator: Translator) -> None:
    assert [translator.say(Say("places", count=n), "en") for n in (1, 2)] == ["1 place", "2 places"]


def test_partial_dates_are_written_as_far_as_they_are_known(translator: Translator) -> None:
    assert [translator.date(d, "en") for d in ("", "2019", "2024-11", "2024-11-05")] == [
        "",
        "2019",
        "November 2024",
        "November 5, 2024",
    ]


def test_an_unknown_sentence_or_a_missing_value_is_an_error(translator: Translator) -> None:
    with pytest.raises(KeyError):
        translator.say("never.written", "en")
    with pytest.raises(KeyError):
        translator.say("call", "en")


def test_a_persons_braces_are_not_placeholders(translator: Translator) -> None:
    assert translator.say(Say("wrap", {"what": "{number} {0.__class__}"}), "en") == "He said: {number} {0.__class__}"


def test_directions() -> None:
    assert [direction(language) for language in ("ar", "fr", "en")] == ["rtl", "ltr", "ltr"]


@pytest.mark.parametrize(
    ("header", "language"),
    [("ar-MA,ar;q=0.9,en;q=0.8", "ar"), ("de, en;q=0.7, fr;q=0.9", "fr"), (None, "fr"), ("xx;q=oops", "fr")],
)
def test_the_browsers_preference_picks_the_language(header: str | None, language: str) -> None:
    assert best_language(header) == language


def test_sentences_are_found_wherever_they_stand_in_a_file() -> None:
    text = (
        'rules:\n  - {id: a.b, say: "Hello", cite: [F-001]}\n  - deep: {more: [{id: c, say: "{count} x", one: "x"}]}\n'
    )
    found = list(sentences_in(text, "book.yaml"))
    assert [(s.id, s.say, s.one, s.notes, s.line) for s in found] == [
        ("a.b", "Hello", None, ("source: F-001",), 2),
        ("c", "{count} x", "x", (), 3),
    ]


def test_two_sentences_may_not_share_an_id(tmp_path) -> None:
    book = tmp_path / "rules" / "book"
    book.mkdir(parents=True)
    (book / "one.yaml").write_text('- {id: a, say: "x"}\n- {id: a, say: "y"}\n', "utf-8")
    with pytest.raises(DuplicateSentenceError, match=r"one.yaml:2: a stands already in rules/book/one.yaml:1"):
        read_sentences(tmp_path)
