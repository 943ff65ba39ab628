"""The training examples: enough of them everywhere, well formed, and naming only things that exist."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict

import pytest
import yaml

from nlu.examples import EXAMPLES, read_examples
from nlu.models import NLU, ROOT
from nlu.text.gazetteer import TYPES
from nlu.text.intents import INTENTS
from nlu.text.normalise import fold
from nlu.text.tables import rows
from nlu.text.variety import VARIETIES
from rules.load import load_rulebook

MOST_USED = frozenset(
    {
        "ask_eligibility",
        "ask_documents",
        "ask_steps",
        "ask_place",
        "ask_cost",
        "ask_time",
        "need_training",
        "need_job",
        "need_business",
        "need_social_help",
        "need_housing",
        "need_health",
        "need_papers",
        "need_asylum",
        "inform",
        "affirm",
        "deny",
        "talk_to_human",
        "out_of_scope",
        "emergency",
    }
)
FILES = sorted(EXAMPLES.rglob("*.yml"))
ALL = read_examples()


@pytest.mark.parametrize("variety", VARIETIES)
@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_enough_examples_in_every_variety(intent, variety):
    texts = {fold(example.text) for example in ALL if (example.intent, example.variety) == (intent, variety)}
    assert len(texts) >= (15 if intent in MOST_USED else 8)


def test_the_examples_are_of_the_42_intents_in_the_five_varieties():
    assert (len(INTENTS), {example.intent for example in ALL}) == (42, set(INTENTS))
    assert {example.variety for example in ALL} == set(VARIETIES)


def test_the_domain_is_that_of_the_code():
    domain = yaml.safe_load((NLU / "domain.yml").read_text(encoding="utf-8"))
    assert domain == {"version": "3.1", "intents": list(INTENTS), "entities": list(TYPES)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_holds_nothing_but_lists_of_examples(file):
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert (content["version"], set(content)) == ("3.1", {"version", "nlu"})
    for block in content["nlu"]:
        assert set(block) == {"intent", "examples"}
        assert all(line.startswith("- ") for line in block["examples"].splitlines() if line.strip())


def test_no_example_is_empty_or_left_half_annotated():
    assert [
        example.annotated for example in ALL if not fold(example.text) or re.search(r"[\[\]{}]", example.text)
    ] == []


def test_the_same_words_never_mean_two_things():
    intents = defaultdict(set)
    for example in ALL:
        intents[fold(example.text)].add(example.intent)
    assert {text: names for text, names in intents.items() if len(names) > 1} == {}


def test_no_example_stands_twice_in_a_variety():
    counts = Counter((example.variety, fold(example.text)) for example in ALL)
    assert [twice for twice, count in counts.items() if count > 1] == []


def _cities() -> set[str]:
    path = ROOT / "referral_directory" / "data" / "cities.csv"
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {row["id"] for row in csv.DictReader(lines)}


def _known_values() -> dict[str, set[str]]:
    book = load_rulebook()
    return {
        "service": {*map(str, book.services), *map(str, book.doors)},
        "situation": set(map(str, book.situations)),
        "education": set(map(str, book.facts["education"].values)),
        "nationality": set(map(str, book.facts["nationality"].values)) & {row["iso"] for row in rows("nationalities")},
        "city": _cities(),
        "age": {str(age) for age in range(121)},
    }


def test_what_is_marked_names_things_that_exist():
    known = _known_values()
    strange = {
        (example.file, kind, value)
        for example in ALL
        for kind, value in example.entities
        if kind not in TYPES or (kind != "trade" and value not in known[kind])
    }
    assert strange == set()


def test_every_kind_of_thing_is_marked_somewhere():
    assert {kind for example in ALL for kind, _ in example.entities} == set(TYPES)
