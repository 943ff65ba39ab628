"""The small grammar of our word lists."""

from __future__ import annotations

import pytest

from nlu.text.phrases import Hit, Message, Phrasebook, forms_of, without_overlaps


def finds(phrase: str, text: str, *, variety: str = "fr", spoken: bool = False) -> list[tuple[int, int]]:
    hits = Phrasebook([(phrase, variety, "it")]).hits(Message.of(text), spoken=spoken)
    return [(hit.first, hit.last) for hit in hits]


@pytest.mark.parametrize(
    ("phrase", "text", "places"),
    [
        ("carte de sejour", "ma carte de séjour", [(1, 4)]),
        ("carte de sejour", "ma carte", []),
        ("carte|titre sejour", "titre sejour", [(0, 2)]),
        ("expire~", "ma carte expirera", [(2, 3)]),
        ("expire", "ma carte expirera", []),
        ("carte de? sejour", "carte sejour", [(0, 2)]),
        ("carte de? sejour", "carte de sejour", [(0, 3)]),
        ("carte * expire~", "carte de mon fils expirée", [(0, 5)]),
        ("carte * expire~", "carte de mon petit fils expirée", []),
        ("^ hcr $", "HCR", [(0, 1)]),
        ("^ hcr $", "le HCR", []),
        ("^ urgence", "urgence ma femme", [(0, 1)]),
        ("mourir $", "je veux mourir", [(2, 3)]),
        ("mourir $", "mourir de rire", []),
        ("l'asile", "demander l\u2019asile", [(1, 3)]),
        ("auto-emploi", "Auto emploi", [(0, 2)]),
        ("non", "nonante", []),
    ],
)
def test_a_phrase_finds_its_words_and_no_others(phrase, text, places):
    assert finds(phrase, text) == places


@pytest.mark.parametrize(
    "text",
    [
        "\u0641\u0643\u0627\u0632\u0627",
        "\u0648\u0643\u0627\u0632\u0627",
        "\u0643\u0627\u0632\u0627",
        "\u0648\u0628\u0643\u0627\u0632\u0627",
    ],
)
def test_arabic_words_are_found_with_their_glued_particles(text):
    assert finds("\u0643\u0627\u0632\u0627", text, variety="darija") == [(0, 1)]


def test_a_phrase_with_the_article_wants_the_article():
    with_article, without = "\u0627\u0644\u0648\u0635\u0644", "\u0648\u0635\u0644"
    assert finds(with_article, with_article, variety="msa") == [(0, 1)]
    assert finds(with_article, without, variety="msa") == []
    assert finds(without, with_article, variety="msa") == [(0, 1)]


def test_darija_phrases_are_found_by_sound_only_where_asked():
    return_home = "\u062e\u0627\u064a\u0641 \u0646\u0631\u062c\u0639"
    for spelling in ("khayf nrje3", "5ayef nerja3", "khayef nrj3"):
        assert finds(return_home, spelling, variety="darija", spoken=True) == [(0, 2)]
        assert finds(return_home, spelling, variety="darija") == []
        assert finds(return_home, spelling, variety="fr", spoken=True) == []


def test_a_sound_too_short_to_tell_is_never_matched():
    assert finds("\u0633\u062f\u0648", "sed", variety="darija", spoken=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "ma bghitch",
        "mabghitch",
        "\u0645\u0627 \u0628\u063a\u064a\u062a\u0634",
        "\u0645\u0627\u0628\u063a\u064a\u062a\u0634",
        "\u0645\u0628\u063a\u064a\u062a\u0634",
    ],
)
def test_a_negation_is_one_word_however_it_is_spaced(text):
    assert len(Message.of(text).words) == 1


def test_all_spellings_of_a_negation_match_one_phrase():
    phrase = "\u0645\u0627\u0628\u063a\u064a\u062a\u0634"
    for text in ("\u0645\u0627 \u0628\u063a\u064a\u062a\u0634", "\u0645\u0628\u063a\u064a\u062a\u0634", phrase):
        assert finds(phrase, text, variety="darija") == [(0, 1)]


def test_the_longest_phrase_comes_first_and_overlaps_go():
    book = Phrasebook([("carte", "fr", "card"), ("carte de sejour", "fr", "permit"), ("sejour", "fr", "stay")])
    hits = book.hits(Message.of("carte de séjour"), spoken=False)
    assert [hit.value for hit in hits] == ["permit", "card", "stay"]
    assert without_overlaps(hits) == [Hit("permit", 0, 3)]


def test_forms_of_an_arabic_word_are_itself_without_what_is_glued_to_it():
    assert forms_of("\u0648\u0628\u0627\u0644\u0631\u0628\u0627\u0637") >= {
        "\u0631\u0628\u0627\u0637",
        "\u0627\u0644\u0631\u0628\u0627\u0637",
    }
    assert forms_of("rabat") == {"rabat"}


def test_an_empty_text_has_no_words():
    assert Message.of("").words == ()
    assert finds("carte", "") == []
