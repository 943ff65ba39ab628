"""The schemas for editors say what the loader says: every file of the book fits, and both refuse the same mistakes."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from rules.errors import RulebookError
from rules.json_schema import EDITOR, FOLDER, IDS, KINDS, ROOT, main, stale, wanted, written
from rules.load import BOOK, load_rulebook
from rules.reading.files import read_file
from rules.reading.schema import RuleSpec
from rules.rulebook import Rulebook
from tests.rules.cases import schema as case_schema
from tests.rules.cases.case import FOLDER as CASES
from tests.rules.cases.case import CaseFile, CaseSpec

FILES = sorted(path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.yaml"))
OFPPT, ANSWERS = "services/ofppt_training.yaml", "answers/ofppt_training.yaml"

# file, text to find, text to put there
FAULTS = [
    (OFPPT, "{age: {below: 15}}", "{age: {younger_than: 15}}"),
    (OFPPT, "{age: {below: 15}}", "{agee: 15}"),
    (OFPPT, "{age: {below: 15}}", "{age: {below: 200}}"),
    (OFPPT, "{age: {below: 15}}", "{education: {below: 15}}"),
    (OFPPT, "{age: {below: 15}}", "{any: []}"),
    (OFPPT, "{education_proof: false}", '{education_proof: "no"}'),
    (OFPPT, '{education: "none"}', "{education: kindergarten}"),
    (OFPPT, "{row: expired_cards}", "{row: expired_crads}"),
    (OFPPT, "[F-054, F-071]", "[F-999]"),
    (OFPPT, "bar: true", "barr: true"),
    (OFPPT, "bar: true", 'bar: true\n    lean: "no"'),
    (OFPPT, "status: not_eligible", "status: conditional"),
    (OFPPT, "{from: 2014-06-01}", "{since: 2014-06-01}"),
    (OFPPT, "- step.child_school", "- {when: {age: 12}}"),
    (OFPPT, "- step.child_school", '- {text: step.child_school, say: "School."}'),
    (OFPPT, "next_steps: [step.renew_with_legal_help, step.entraide_training]", "next_steps: []"),
    (OFPPT, "remarks:", "asks: [age]\nremarks:"),
    (ANSWERS, "service: ofppt_training\n", ""),
    ("changes.yaml", "through: unhcr_asylum_registration", "through: unhcr"),
    ("changes.yaml", "to: {situation: asylum_seeker_certificate}", "to: {}"),
    ("contradictions.yaml", "age: {at_least: 18}}", "age: {at_least: adult}}"),
    ("documents.yaml", "need: required", "need: wanted"),
    ("doors.yaml", "- door: residence_papers\n    name:", "- name:"),
    ("facts.yaml", "unasked_when: {alone_minor: true}", "unasked_when: {alone: true}"),
    ("needs.yaml", "[ofppt_training,", "[astrology,"),
    ("promises.yaml", "services: [unhcr_asylum_registration]", "services: [unhcr]"),
    ("population.yaml", "says: [paper_card, card_work]", "says: [paper_card, card_lost]"),
    ("review.yaml", "high: 12", "high: 0"),
    ("sentences.yaml", "id: condition.age_15,", "ident: condition.age_15,"),
    ("situations.yaml", "expired_cards: [", "expired_cards: [card_lost, "),
    ("sources.yaml", "confidence: high", "confidence: certain"),
    ("why_not.yaml", "fact: education_proof", "fact: education_prof"),
]


@cache
def registry() -> Registry[Any]:
    read = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
    far = f"../../../rules/book/schema/{IDS}"
    contents = [*read.items(), (far, read[IDS])]
    resources = [(name, Resource.from_contents(content, default_specification=DRAFT7)) for name, content in contents]
    return Registry[Any]().with_resources(resources)


def misfits(file: str, folder: Path) -> list[str]:
    """What the schema of this file has against it."""
    (kind,) = (kind for kind in KINDS if fnmatch(file, kind.files))
    schema = json.loads((FOLDER / kind.schema).read_text("utf-8"))
    content = json.loads(json.dumps(read_file(folder / file, file), default=str))
    return [error.message for error in Draft7Validator(schema, registry=registry()).iter_errors(content)]


def test_the_schemas_in_the_folder_are_those_of_the_book() -> None:
    assert stale(wanted()) == [], "run python -m rules.json_schema"
    assert {path.name for path in FOLDER.glob("*.json")} == {path.name for path in wanted()}


def test_the_schema_of_the_cases_is_that_of_the_book() -> None:
    assert stale(case_schema.wanted()) == [], "run python -m tests.rules.cases.schema"


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_the_book_has_one_schema_and_fits(file: str) -> None:
    assert misfits(file, BOOK) == []


@pytest.mark.parametrize(("file", "sound", "spoiled"), FAULTS)
def test_the_loader_and_the_schema_refuse_the_same_mistakes(file: str, sound: str, spoiled: str, book: Path) -> None:
    content = (book / file).read_text("utf-8")
    assert sound in content
    (book / file).write_text(content.replace(sound, spoiled, 1), "utf-8")
    with pytest.raises(RulebookError):
        load_rulebook(book)
    assert misfits(file, book)


def test_a_sentence_that_is_new_is_not_marked_as_a_mistake(book: Path) -> None:
    content = (book / OFPPT).read_text("utf-8")
    (book / OFPPT).write_text(content.replace("- step.child_school", "- step.ofppt_training.brand_new", 1), "utf-8")
    assert misfits(OFPPT, book) == []


def test_editors_complete_what_the_book_knows(rulebook: Rulebook) -> None:
    known = json.loads((FOLDER / IDS).read_text("utf-8"))["definitions"]
    assert set(known["service"]["enum"]) == set(rulebook.services)
    assert set(known["situation"]["enum"]) == set(rulebook.situations)
    assert set(known["fact"]["enum"]) == set(rulebook.facts)
    assert set(known["source"]["enum"]) == set(rulebook.citations)
    assert set(known["organisation"]["enum"]) == set(rulebook.organisations)
    assert set(known["condition"]["properties"]) == {*rulebook.facts, "row", "all", "any", "not", "unless"}
    assert set(rulebook.rows) <= set(known["row"]["enum"])


def test_the_guide_names_every_key_of_a_rule_and_of_a_case() -> None:
    guide = (BOOK / "README.md").read_text("utf-8")
    keys = {*RuleSpec.model_fields, *CaseSpec.model_fields, *CaseFile.model_fields} - {
        "id",
        "name",
        "person",
        "service",
    }
    assert {key for key in keys if f"`{key}`" not in guide and f"{key}:" not in guide} == set()


def test_editors_are_told_which_schema_is_for_which_file() -> None:
    told = json.loads(EDITOR.read_text("utf-8"))["yaml.schemas"]
    assert all((ROOT / schema).is_file() for schema in told)
    files = {f"rules/book/{file}" for file in FILES} | {
        f"tests/rules/cases/{path.name}" for path in CASES.glob("*.yaml")
    }
    assert {file for file in files if not any(fnmatch(file, pattern) for pattern in told.values())} == set()


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.name)
def test_every_file_of_cases_fits(path: Path) -> None:
    schema = json.loads(case_schema.SCHEMA.read_text("utf-8"))
    content = json.loads(json.dumps(read_file(path, path.name), default=str))
    errors = Draft7Validator(schema, registry=registry()).iter_errors(content)
    assert [error.message for error in errors] == []


@pytest.mark.parametrize(
    ("sound", "spoiled"),
    [
        ("situation: card_work", "situation: card_lost"),
        ("expect: conditional", "expect: perhaps"),
        ("rule: ofppt_training.residents", "rule: ofppt_training.nobody"),
        ("confirm_with: ofppt", "confirm_with: oracle"),
        ("rest: unasked", "rest: unsaid"),
        ("missing: [age, ", "missing: [height, "),
    ],
)
def test_a_mistake_in_a_case_is_marked(sound: str, spoiled: str, tmp_path: Path) -> None:
    content = (CASES / "ofppt_training.yaml").read_text("utf-8")
    assert sound in content
    path = tmp_path / "ofppt_training.yaml"
    path.write_text(content.replace(sound, spoiled, 1), "utf-8")
    schema = json.loads(case_schema.SCHEMA.read_text("utf-8"))
    written_case = json.loads(json.dumps(read_file(path, path.name), default=str))
    assert list(Draft7Validator(schema, registry=registry()).iter_errors(written_case))


def test_a_stale_schema_is_named_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "schema" / IDS
    assert written({path: "{}"}, check=True) == 1
    assert capsys.readouterr().out == f"stale: {path.as_posix()}\n"
    assert written({path: "{}"}, check=False) == 0
    assert capsys.readouterr().out == f"written: {path.as_posix()}\n"
    assert written({path: "{}"}, check=True) == 0
    assert capsys.readouterr().out == ""


def test_the_command_checks_and_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""
