"""The linear classifier that both environments share, and how it is measured."""

from __future__ import annotations

import json

import numpy as np
import pytest

from nlu.examples import read_examples
from nlu.linear import LinearClassifier, confidences
from nlu.measure import Judged, cross_validated, without_its_variety
from nlu.report import report

INTENTS = ("need_training", "need_job", "ask_cost", "emergency", "need_protection", "need_asylum", "inform")


def _some_of_each(count: int):
    seen: dict[tuple[str, str], int] = {}
    for example in read_examples():
        key = (example.intent, example.variety)
        seen[key] = seen.get(key, 0) + 1
        if example.intent in INTENTS and seen[key] <= count:
            yield example


EXAMPLES = tuple(_some_of_each(4))
TEXTS = [example.text for example in EXAMPLES]


@pytest.fixture(scope="module")
def classifier() -> LinearClassifier:
    return LinearClassifier().fit(TEXTS, [example.intent for example in EXAMPLES])


def test_it_knows_the_examples_it_learned_from(classifier):
    right = [ranking[0][0] == e.intent for ranking, e in zip(classifier.rankings(TEXTS), EXAMPLES, strict=True)]
    assert sum(right) / len(right) > 0.95


def test_confidences_are_sorted_and_add_up_to_one(classifier):
    for ranking in classifier.rankings([*TEXTS, "", "\U0001f642", "zzz qqq"]):
        shares = [share for _, share in ranking]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1)
        assert {name for name, _ in ranking} == set(INTENTS)


def test_two_intents_are_told_apart_like_many():
    of_two = [example for example in EXAMPLES if example.intent in ("ask_cost", "emergency")]
    classifier = LinearClassifier().fit([e.text for e in of_two], [e.intent for e in of_two])
    assert [ranking[0][0] for ranking in classifier.rankings(e.text for e in of_two)] == [e.intent for e in of_two]


def test_sharper_is_surer_but_never_of_something_else():
    margins = np.array([[0.5, -0.2, -1.0]])
    blunt, sharp = confidences(margins, 1.0)[0], confidences(margins, 9.0)[0]
    assert sharp[0] > blunt[0]
    assert list(sharp.argsort()) == list(blunt.argsort())


def test_kept_and_read_back_it_says_the_same(classifier, tmp_path):
    classifier.save(tmp_path)
    assert LinearClassifier.load(tmp_path).rankings(TEXTS) == classifier.rankings(TEXTS)


@pytest.mark.parametrize(
    "change",
    [
        {"vocabularies": [["a"]]},
        {"vocabularies": [["a"]] * 5},
        {"classes": ["only"]},
    ],
    ids=["other features", "other words", "other classes"],
)
def test_parts_that_do_not_fit_each_other_are_refused(classifier, tmp_path, change):
    classifier.save(tmp_path)
    words = tmp_path / "words.json"
    words.write_text(json.dumps({**json.loads(words.read_text(encoding="utf-8")), **change}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        LinearClassifier.load(tmp_path)


def test_numbers_that_would_run_something_when_read_are_refused(classifier, tmp_path):
    classifier.save(tmp_path)
    np.savez(tmp_path / "numbers.npz", weights=np.array([object()], dtype=object), biases=np.zeros(1))
    with pytest.raises(ValueError, match="pickle"):
        LinearClassifier.load(tmp_path)


def test_every_example_is_judged_by_a_model_that_has_not_seen_it():
    judged = cross_validated(EXAMPLES)
    assert len(judged.examples) == len(EXAMPLES)
    assert np.isfinite(judged.margins).all()
    assert 1 / len(INTENTS) < judged.accuracy() < 1


def test_a_variety_can_be_judged_by_the_others():
    judged = without_its_variety(EXAMPLES, "arabizi")
    assert {example.variety for example in judged.examples} == {"arabizi"}
    assert np.isfinite(judged.margins).all()


def test_scores_are_those_of_the_guesses():
    two = tuple(example for example in EXAMPLES if example.intent == "inform")[:2]
    judged = Judged(two, ("ask_cost", "inform"), np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert judged.accuracy() == 0.5
    assert judged.per_intent() == {"inform": (1.0, 0.5, pytest.approx(2 / 3))}
    assert judged.mistaken_for("inform") == [("ask_cost", 1)]
    assert judged.at_least(0.999) == (0.0, 0.0)
    assert judged.at_least(0.5) == (1.0, 0.5)


def test_the_report_is_the_same_every_time_and_names_every_intent():
    lines = list(report(EXAMPLES))
    assert lines == list(report(EXAMPLES))
    assert all(any(line.startswith(intent) for line in lines) for intent in INTENTS)
