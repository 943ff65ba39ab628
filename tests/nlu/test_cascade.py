"""The classifier of both parsers: fast where it is sure, by meaning where it is not."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from nlu.classifier import Classifier
from nlu.encoder import default_encoder
from nlu.examples import read_examples
from nlu.kept_vectors import vectors_of
from nlu.kernel import KernelClassifier
from nlu.text.arabizi import in_arabic_letters
from nlu.transliteration import Transliteration

INTENTS = ("need_job", "ask_cost", "greet")
VARIETIES = ("msa", "darija", "arabizi", "fr", "en")
KNOWN = read_examples()
CHOSEN = [
    example
    for intent in INTENTS
    for variety in VARIETIES
    for example in [each for each in KNOWN if (each.intent, each.variety) == (intent, variety)][:5]
]
TEXTS, MEANT = [example.text for example in CHOSEN], [example.intent for example in CHOSEN]


@pytest.fixture(scope="module")
def vectors(tmp_path_factory):
    file = tmp_path_factory.mktemp("vectors") / "vectors.npz"
    return lambda texts: vectors_of(texts, file)


@pytest.fixture(scope="module")
def slow(vectors) -> Classifier:
    """Asks the slow part about everything."""
    return Classifier.fitted(TEXTS, MEANT, vectors=vectors, sure=1.1)


def test_meaning_is_close_across_languages():
    near, translated, far = default_encoder().vectors(["I am looking for work", "je cherche du travail", "the sky"])
    assert near @ translated > near @ far
    assert np.linalg.norm(near) == pytest.approx(1, abs=1e-5)


def test_a_vector_does_not_depend_on_the_texts_beside_it():
    alone = default_encoder().vectors(["hello"])[0]
    in_company = default_encoder().vectors(["hello", "a much longer text than the one before it"])[0]
    assert alone == pytest.approx(in_company, abs=1e-5)


def test_many_texts_come_back_in_their_order():
    texts = [f"message number {place}" for place in range(40)]
    assert default_encoder().vectors(texts)[37] == pytest.approx(default_encoder().vectors(texts[37:38])[0], abs=1e-5)


@pytest.mark.parametrize("text", ["", " ", "\ud83d", "\x00", "a" * 5000, "\U0001f64f " * 300])
def test_odd_texts_have_vectors_too(text):
    assert np.isfinite(default_encoder().vectors([text])).all()


def test_examples_are_recognised(slow):
    right = [ranking[0][0] == meant for ranking, meant in zip(slow.rankings(TEXTS), MEANT, strict=True)]
    assert sum(right) / len(right) > 0.95


def test_where_the_fast_part_is_sure_the_slow_one_is_not_asked(vectors):
    trusting = Classifier.fitted(TEXTS, MEANT, vectors=vectors, sure=0.0)
    assert trusting.rankings(TEXTS) == Classifier.fast_only(TEXTS, MEANT).rankings(TEXTS)


def test_where_it_is_not_the_slow_one_decides(slow):
    assert slow.rankings(TEXTS[:5]) != Classifier.fast_only(TEXTS, MEANT).rankings(TEXTS[:5])


def test_confidences_share_one_whole(slow):
    for ranking in slow.rankings([*TEXTS, "", "zzz"]):
        shares = [share for _, share in ranking]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1)


def test_kept_and_read_back_it_says_the_same(slow, tmp_path):
    slow.save(tmp_path)
    again = Classifier.load(tmp_path, sure=1.1)
    for ranking, before in zip(again.rankings(TEXTS), slow.rankings(TEXTS), strict=True):
        assert dict(ranking) == pytest.approx(dict(before), abs=1e-4)


def test_without_its_slow_part_it_is_the_fast_one(tmp_path):
    Classifier.fast_only(TEXTS, MEANT).save(tmp_path)
    fast = Classifier.load(tmp_path)
    assert not fast.is_whole
    assert fast.rankings(TEXTS) == Classifier.fast_only(TEXTS, MEANT).rankings(TEXTS)


def test_parts_of_different_models_are_refused(slow, tmp_path):
    slow.save(tmp_path)
    with np.load(tmp_path / "meanings.npz") as kept:
        numbers = dict(kept)
    numbers["weights"] = numbers["weights"][:-1]
    np.savez(tmp_path / "meanings.npz", **numbers)
    with pytest.raises(ValueError, match="fit"):
        Classifier.load(tmp_path)


def test_the_kernel_learns_what_words_alone_do_not_tell():
    words = np.ones((40, 1))
    vectors = np.repeat([[1.0, 0.0], [0.0, 1.0]], 20, axis=0) + np.linspace(0, 0.1, 80).reshape(40, 2)
    places = np.repeat([0, 1], 20)
    classifier = KernelClassifier.fitted(csr_matrix(words), vectors, places)
    assert (classifier.margins(csr_matrix(words), vectors).argmax(axis=1) == places).all()


def test_vectors_are_kept_and_taken_again(tmp_path):
    file = tmp_path / "vectors.npz"
    first = vectors_of(["hello", "work"], file)
    file_then = file.read_bytes()
    assert (vectors_of(["work"], file)[0] == first[1]).all()
    assert file.read_bytes() == file_then


@pytest.mark.parametrize("damage", [b"", b"no archive"])
def test_damaged_vectors_are_made_again(tmp_path, damage):
    file = tmp_path / "vectors.npz"
    file.write_bytes(damage)
    assert vectors_of(["hello"], file).shape == (1, default_encoder().width)


def test_arabizi_is_read_in_the_spelling_darija_has_for_it():
    spelling = Transliteration.learned(["\u0628\u063a\u064a\u062a \u0646\u062e\u062f\u0645", "je cherche un emploi"])
    assert (
        spelling.readable("bghit nkhdem daba")
        == "\u0628\u063a\u064a\u062a \u0646\u062e\u062f\u0645 \u062f\u0627\u0628\u0627"
    )
    assert spelling.readable("bghit chi emploi f had lblad").split()[2] == "emploi"


@pytest.mark.parametrize(
    "text", ["je cherche un emploi", "I need a job", "\u0623\u0631\u064a\u062f \u0639\u0645\u0644\u0627"]
)
def test_other_languages_stay_as_they_are(text):
    assert Transliteration.learned(TEXTS).readable(text) == text


def test_spellings_survive_being_kept():
    spelling = Transliteration.learned(TEXTS)
    again = Transliteration.of_json(json.loads(json.dumps(spelling.as_json())))
    assert [again.readable(text) for text in TEXTS] == [spelling.readable(text) for text in TEXTS]


@pytest.mark.parametrize(
    ("word", "letters"), [("50dh", "50dh"), ("2026", "2026"), ("3ndi", "\u0639\u0646\u062f\u064a")]
)
def test_digits_are_letters_only_inside_words(word, letters):
    assert in_arabic_letters(word) == letters
