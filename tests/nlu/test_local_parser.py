"""The local parser learns from a folder of examples and keeps what it learned."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from app.adapters.local_parser import LocalParser
from nlu.classifier import Classifier
from nlu.examples import EXAMPLES, read_examples
from nlu.kept_vectors import vectors_of
from nlu.learn import learn

SAMPLE = """
version: "3.1"
nlu:
- intent: need_job
  examples: |
    - je cherche un travail à [Rabat](city)
    - je cherche du travail
    - I need a job
    - I need work
    - bghit nkhdem
    - bghit lkhedma daba
    - \u0628\u063a\u064a\u062a \u0646\u062e\u062f\u0645
- intent: ask_cost
  examples: |
    - combien ça coûte
    - how much does [it]{"entity": "service", "value": "ofppt_training"} cost
    - ch7al kayswa hadchi
    - bch7al hadchi
    - \u0634\u062d\u0627\u0644 \u0627\u0644\u062b\u0645\u0646
- intent: greet
  examples: |
    - bonjour
    - bonjour à vous
    - hello
    - hello there
"""


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "mixed"
    folder.mkdir(parents=True)
    (folder / "some.yml").write_text(SAMPLE, encoding="utf-8")
    return tmp_path / "data"


def files_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_annotations_are_no_part_of_an_example(examples):
    texts = [example.text for example in read_examples(examples)]
    assert texts[0] == "je cherche un travail à Rabat"
    assert "how much does it cost" in texts
    assert len(texts) == 16


def test_it_learns_what_it_is_shown(examples, tmp_path):
    parser = LocalParser.trained(examples=examples, models=tmp_path / "models")
    assert parser.parse("je cherche travail", None).intent.name == "need_job"
    assert parser.parse("combien ça coûte ?", None).intent.name == "ask_cost"
    assert parser.ready()


def test_what_was_learned_is_kept_and_taken_again(examples, tmp_path):
    first = LocalParser.trained(examples=examples, models=tmp_path / "models")
    kept = files_in(tmp_path / "models")
    assert len(kept) == 1
    again = LocalParser.trained(examples=examples, models=tmp_path / "models")
    assert files_in(tmp_path / "models") == kept
    assert again.parse("bghit nkhdem", None) == first.parse("bghit nkhdem", None)


def test_other_examples_make_another_model(examples, tmp_path):
    LocalParser.trained(examples=examples, models=tmp_path / "models")
    file = examples / "mixed" / "some.yml"
    file.write_text(SAMPLE + "    - salut\n", encoding="utf-8")
    LocalParser.trained(examples=examples, models=tmp_path / "models")
    assert len(files_in(tmp_path / "models")) == 2


def test_only_the_newest_models_are_kept(examples, tmp_path):
    for number in range(5):
        text = SAMPLE + f"    - salut {number}\n"
        (examples / "mixed" / "some.yml").write_text(text, encoding="utf-8")
        LocalParser.trained(examples=examples, models=tmp_path / "models")
    assert len(files_in(tmp_path / "models")) == 3


def test_a_kept_model_that_is_damaged_is_made_again(examples, tmp_path):
    LocalParser.trained(examples=examples, models=tmp_path / "models")
    (kept,) = (tmp_path / "models").iterdir()
    for file in list(kept.iterdir()):
        whole = file.read_bytes()
        for damage in (b"", b"not a model", whole[: len(whole) // 2]):
            file.write_bytes(damage)
            parser = LocalParser.trained(examples=examples, models=tmp_path / "models")
            assert parser.parse("je cherche du travail", None).intent.name == "need_job"


def test_it_takes_over_the_whole_classifier_as_soon_as_that_is_learned(examples, tmp_path, monkeypatch):
    vectors = partial(vectors_of, file=tmp_path / "vectors.npz")
    monkeypatch.setattr("nlu.learn.Classifier.fitted", partial(Classifier.fitted, vectors=vectors))
    models = tmp_path / "models"
    parser = LocalParser.trained(examples=examples, models=models)
    before = parser.parse("zodiac qqq", None)
    learn(examples, models)
    assert parser.parse("zodiac qqq", None).ranking != before.ranking
    assert LocalParser.trained(examples=examples, models=models).parse("zodiac qqq", None) == parser.parse(
        "zodiac qqq", None
    )


def test_without_a_place_to_keep_it_the_parser_still_answers(examples, tmp_path):
    taken = tmp_path / "models"
    taken.write_text("a file where a folder should be", encoding="utf-8")
    parser = LocalParser.trained(examples=examples, models=taken)
    assert parser.parse("je cherche du travail", None).intent.name == "need_job"


def test_the_example_of_five_facts_and_a_need_gives_them_all():
    parser = LocalParser.trained()
    understood = parser.parse("I'm Guinean, 24, récépissé, I want to learn sewing in Casa", None)
    assert {(entity.type, entity.value) for entity in understood.entities} == {
        ("nationality", "GN"),
        ("age", 24),
        ("situation", "paper_receipt"),
        ("trade", "sewing"),
        ("city", "city_casablanca"),
    }
    assert (understood.intent.name, understood.language, understood.danger) == ("need_training", "en", None)


def test_the_examples_of_the_project_are_where_it_looks():
    assert {folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()} >= {"msa", "darija", "arabizi", "fr", "en"}
