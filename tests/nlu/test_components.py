"""Our parts of Rasa's pipeline, run by Rasa's own Python."""

from __future__ import annotations

import json
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from nlu.classifier import PARTS, Classifier
from nlu.examples import read_examples
from nlu.models import NLU, ROOT
from nlu.text.gazetteer import find_entities
from nlu.text.normalise import fold
from nlu.text.variety import VARIETIES

pytestmark = pytest.mark.rasa

INTENTS = ("need_training", "need_job", "ask_cost", "emergency")
# A few of each: every one of them is encoded twice here.
EXAMPLES = [
    [example.text, example.intent]
    for intent in INTENTS
    for variety in VARIETIES
    for example in [e for e in read_examples() if (e.intent, e.variety) == (intent, variety)][:6]
]
# One long line of each variety, and what breaks offsets: marks, tatweel, hidden characters, pairs, ligatures.
TEXTS = [max((e.text for e in read_examples() if e.variety == variety), key=len) for variety in VARIETIES] + [
    "\u0645\u0640\u0640\u064e\u0631\u062d\u0628\u0627 \ufefc Rabat",
    "\u202eI live in\u200b Fe\u0301s \U0001f64f\U0001f3fe, \u0662\u0664 \u0639\u0627\u0645",
    "\u0153uvre a\u030anapec\x00 ca5a",
    "   ",
    "?!",
]


@pytest.fixture(scope="module")
def rasa_side():
    done = subprocess.run(
        [NLU / ".venv" / "bin" / "python", Path(__file__).parent / "rasa_side.py"],
        cwd=ROOT,
        input=json.dumps({"texts": TEXTS, "examples": EXAMPLES}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_tokens_are_folded_words_at_their_true_places(rasa_side):
    for text, tokens in zip(TEXTS, rasa_side["tokens"], strict=True):
        for word, start, end in tokens:
            assert 0 <= start < end <= len(text)
            assert fold(text[start:end]).strip() == word
        assert all(before[2] <= after[1] for before, after in pairwise(tokens))


def test_a_text_without_words_has_no_tokens(rasa_side):
    assert rasa_side["tokens"][-2:] == [[], []]


def test_entities_are_those_the_app_finds(rasa_side):
    for text, entities in zip(TEXTS, rasa_side["entities"], strict=True):
        assert [(e["entity"], e["value"], e["start"], e["end"]) for e in entities] == [
            (found.type, found.value, found.start, found.end) for found in find_entities(text)
        ]
        assert {entity["extractor"] for entity in entities} <= {"GazetteerExtractor"}


def test_entities_are_found_in_these_texts(rasa_side):
    assert sum(map(len, rasa_side["entities"])) > 0


def test_the_classifier_says_the_same_after_it_was_kept_and_read_back(rasa_side):
    assert rasa_side["loaded"] == rasa_side["trained"]


def test_the_classifier_says_the_same_in_both_environments(rasa_side):
    here = Classifier.fitted([text for text, _ in EXAMPLES], [intent for _, intent in EXAMPLES], sure=1.0)
    for ranking, (best, *ranked) in zip(here.rankings(TEXTS), rasa_side["loaded"], strict=True):
        assert best == ranked[0]
        assert [name for name, _ in ranking[:2]] == [name for name, _ in ranked]
        assert [share for _, share in ranking[:2]] == pytest.approx([share for _, share in ranked], abs=1e-3)


def test_the_ranking_is_as_long_as_the_configuration_says(rasa_side):
    assert {len(ranked) for _, *ranked in rasa_side["loaded"]} == {2}


def test_what_is_kept_is_words_and_numbers_only(rasa_side):
    assert rasa_side["files"] == sorted(PARTS)


def test_a_classifier_without_its_model_refuses_to_guess(rasa_side):
    assert rasa_side["refusals"] == {
        "untrained": "RasaException",
        "missing": "RasaException",
        "broken": "RasaException",
    }


def test_the_pipeline_is_made_of_our_components_only():
    config = yaml.safe_load((NLU / "config.yml").read_text(encoding="utf-8"))
    assert [part["name"].rsplit(".", 1)[1] for part in config["pipeline"]] == [
        "FoldingTokenizer",
        "CascadeClassifier",
        "GazetteerExtractor",
    ]
    assert "policies" not in config
