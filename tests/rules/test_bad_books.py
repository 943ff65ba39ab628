"""A bad rule file stops the start and says which file, which rule, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.check import main
from rules.load import RulebookError, load_rulebook

OFPPT = "services/ofppt_training.yaml"
CARD = "services/bra_refugee_card.yaml"
UNDER_15 = "ofppt_training.under_15"

# file, text to find, text to put there, rule named, reason named
SPOILED = [
    (OFPPT, "{age: {below: 15}}", "{age: {younger_than: 15}}", UNDER_15, "unknown operator 'younger_than' on age"),
    (OFPPT, "{age: {below: 15}}", "{agee: 15}", UNDER_15, "unknown fact 'agee'"),
    (OFPPT, "{age: {below: 15}}", '{age: "fifteen"}', UNDER_15, "'fifteen' is no value of age"),
    (OFPPT, "{age: {below: 15}}", "{education: {below: 15}}", UNDER_15, "below compares numbers"),
    (OFPPT, "{age: {below: 15}}", "{age: {one_of: 15}}", UNDER_15, "one_of on age needs a list"),
    (OFPPT, "{age: {below: 15}}", "{any: []}", UNDER_15, "any needs a list of conditions"),
    (OFPPT, "{age: {below: 15}}", "{not: 15}", UNDER_15, "a condition is a mapping"),
    (OFPPT, "{age: {below: 15}}", "15", UNDER_15, "when"),
    (OFPPT, "{row: expired_cards}", "{row: expired_crads}", "ofppt_training.expired_card", "'expired_crads'"),
    (OFPPT, "{row: expired_cards}", "{row: {a: b}}", "ofppt_training.expired_card", "unknown situation or group"),
    (OFPPT, '{education: "none"}', "{education: kindergarten}", "ofppt_training.no_schooling", "'kindergarten'"),
    (OFPPT, "[F-054, F-071]", "[F-999]", UNDER_15, "unknown citation F-999"),
    (OFPPT, "[F-054, F-071]", "[]", UNDER_15, "cite"),
    (OFPPT, "reason: reason.training_from_15", "reason: reason.nowhere", UNDER_15, "missing text reason.nowhere"),
    (OFPPT, "- step.child_school", "- step.nowhere", UNDER_15, "missing text step.nowhere"),
    (OFPPT, "- step.child_school", "- {when: {age: 12}}", UNDER_15, "a line is the id of a sentence"),
    (OFPPT, "id: ofppt_training.no_schooling", f"id: {UNDER_15}", UNDER_15, "duplicate rule"),
    (OFPPT, "id: ofppt_training.no_schooling", "id: other.no_schooling", "other.no_schooling", "its id begins with"),
    (OFPPT, "bar: true", "barr: true", UNDER_15, "barr"),
    (OFPPT, "status: not_eligible", "status: maybe", UNDER_15, "status"),
    (OFPPT, "status: not_eligible", "status: undetermined", UNDER_15, "undetermined is found, not written"),
    (OFPPT, "status: not_eligible", "status: conditional", UNDER_15, "a bar is a no"),
    (OFPPT, 'lean: "yes"', "lean: maybe", "ofppt_training.renewal_receipt", "lean"),
    (OFPPT, "bar: true", 'bar: true\n    lean: "no"', UNDER_15, "only what is uncertain leans"),
    (OFPPT, "confirm_with: association", "confirm_with: oracle", "ofppt_training.expired_card", "organisation oracle"),
    (OFPPT, "{from: 2014-06-01}", "{from: 2014-06-01, to: 2013-01-01}", UNDER_15, "bad dates: it ends before"),
    (OFPPT, "{from: 2014-06-01}", "{from: 2027-06-01}", UNDER_15, "bad dates: verified before"),
    (OFPPT, "{from: 2014-06-01}", "{from: soon}", "", "in_force.from"),
    (OFPPT, "verified_on: 2026-11-21", "verified_on: 2026-11-21\nreview_by: 2026-01-01", "under_15", "bad dates: due"),
    (OFPPT, "service: ofppt_training", "service: bra_refugee_card", "", "its id begins with bra_refugee_card"),
    (OFPPT, "remarks:", "asks: [age]\nremarks:", "ofppt_training", "age is not a fact left to be volunteered"),
    (
        CARD,
        "when: {row: syrian_hearing_receipt}",
        "when: {row: stateless}",
        "bra_refugee_card",
        "missing cell: no rule",
    ),
    (CARD, "reason: {id: reason.bra.holders", "reason: {id: reason.bra.syrians", "reason.bra.syrians", "this id"),
    (CARD, '"This card is only for', '"", x: "This card is only for', "reason.bra.unhcr_first", "empty"),
    ("situations.yaml", "  - ofppt_training\n", "", "ofppt_training", "each service is listed once"),
    ("situations.yaml", "rows: [receipt_first_application,", "rows: [receipt_lost,", "paper_receipt", "'receipt_lost'"),
    ("situations.yaml", "expired_cards: [", "expired_cards: [card_lost, ", "expired_cards", "'card_lost'"),
    ("situations.yaml", "expired_cards: [", "irregular: [", "irregular", "cannot be called like a situation"),
    ("situations.yaml", "id: situation.irregular", "id: situation.without", "irregular", "situation.irregular"),
    ("situations.yaml", "row: trafficking_victim\n", "row: victim\n", "overlay.exploitation", "'victim'"),
    (
        "situations.yaml",
        "services: [trafficking_protection, legal_aid]",
        "services: [x]",
        "overlay.exploitation",
        "'x'",
    ),
    ("facts.yaml", "- fact: alone_minor", "- fact: stateless", "stateless", "duplicate fact"),
    ("facts.yaml", "- fact: situation", "- fact: situation_now", "situation", "missing fact"),
    ("facts.yaml", "    maximum: 120\n", "", "age", "a number needs a minimum and a maximum"),
    ("facts.yaml", '    pattern: "[a-z][a-z0-9_]{1,59}"\n', "", "city", "a text needs a pattern"),
    ("facts.yaml", "value: craft", "value: crafts", "activity_kind", "unknown value 'crafts'"),
    (
        "facts.yaml",
        "values: [trade, craft, industry, services, excluded_profession]",
        "values: []",
        "activity_kind",
        "values",
    ),
    ("contradictions.yaml", "facts: [alone_minor, age]", "facts: [alone_minor, city]", "child_alone_and_adult", "city"),
    ("contradictions.yaml", "contradictions:", "clashes:", "", "contradictions: a list is needed"),
    ("contradictions.yaml", "age: {at_least: 18}}", "age: {at_least: adult}}", "child_alone_and_adult", "'adult'"),
    ("organisations.yaml", "organisation: amci,", "organisation: ofppt,", "ofppt", "duplicate organisation"),
    ("documents.yaml", "need: required", "need: wanted", "document.ofppt_training.1", "unknown need 'wanted'"),
    (
        "documents.yaml",
        "situations: [card_work,",
        "situations: [card_lost,",
        "document.ofppt_training.1",
        "'card_lost'",
    ),
    ("sources.yaml", "publisher: source.gadem_guide", "publisher: source.nobody", "F-", "missing text source.nobody"),
    ("needs.yaml", "[ofppt_training,", "[astrology,", "need_training", "'astrology'"),
    ("answers/ofppt_training.yaml", "service: ofppt_training", "service: legal_aid", "legal_aid", "duplicate answers"),
    ("answers/ofppt_training.yaml", "confirm_with: ofppt", "confirm_with: null", "ofppt_training", "who knows"),
    ("numbers.yaml", "- line: police\n", "- line: samu\n", "samu", "duplicate line"),
    ("doors.yaml", "- door: residence_papers", "- door: housing_emergency", "housing_emergency", "duplicate door"),
]


@pytest.mark.parametrize(("file", "sound", "spoiled", "rule", "reason"), SPOILED)
def test_what_is_wrong_is_named(file: str, sound: str, spoiled: str, rule: str, reason: str, book: Path) -> None:
    content = (book / file).read_text("utf-8")
    assert sound in content
    (book / file).write_text(content.replace(sound, spoiled, 1), "utf-8")
    with pytest.raises(RulebookError) as error:
        load_rulebook(book)
    assert error.value.file == file
    assert rule in error.value.rule
    assert reason in error.value.reason
    assert str(error.value).startswith(f"{file}:{error.value.line}: ")
    assert error.value.remedy
    assert str(error.value).endswith(f"({error.value.remedy})")
    assert "\n" not in str(error.value)


def test_a_bar_after_an_uncertain_rule_is_refused(book: Path) -> None:
    path = book / CARD
    content = path.read_text("utf-8").replace("status: not_eligible", "bar: true\n    status: not_eligible")
    path.write_text(content.replace("rules:\n", "precedence: [others, bars]\nrules:\n"), "utf-8")
    with pytest.raises(RulebookError, match=r"unhcr_first: a bar stands before every uncertain rule"):
        load_rulebook(book)


def test_a_no_without_a_way_to_yes_is_refused(book: Path) -> None:
    path = book / "services/amuddu_scholarship.yaml"
    content = path.read_text("utf-8")
    path.write_text(content[: content.index("    next_steps:")], "utf-8")
    with pytest.raises(RulebookError, match=r"amuddu_scholarship\.closed: a no needs a way to yes"):
        load_rulebook(book)


@pytest.mark.parametrize("file", ["facts.yaml", "sources.yaml", "answers/legal_aid.yaml", "services/legal_aid.yaml"])
def test_a_missing_file_is_named(file: str, book: Path) -> None:
    (book / file).unlink()
    with pytest.raises(RulebookError) as error:
        load_rulebook(book)
    assert Path(file).stem in str(error.value) or "legal_aid" in str(error.value)


def test_a_file_that_is_no_text_is_named(book: Path) -> None:
    (book / "needs.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RulebookError, match=r"^needs\.yaml: not readable as YAML"):
        load_rulebook(book)


def test_an_empty_folder_is_no_rule_book(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no rule book here"):
        load_rulebook(tmp_path)


def test_the_check_prints_counts_or_the_error(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "services        23" in capsys.readouterr().out
    (book / "needs.yaml").write_text("needs: []\n", "utf-8")
    assert main([str(book)]) == 1
    assert capsys.readouterr().err == "needs.yaml:1: needs: a mapping is needed (write need_x: [service, door])\n"


def test_the_hash_changes_with_the_book(book: Path) -> None:
    before = load_rulebook(book)
    assert before.hash == load_rulebook().hash
    path = book / "situations.yaml"
    path.write_text(path.read_text("utf-8") + "\n# a note\n", "utf-8")
    assert load_rulebook(book).hash != before.hash


def test_a_service_defined_twice_is_refused(book: Path) -> None:
    (book / "services/zz.yaml").write_text((book / OFPPT).read_text("utf-8").split("sentences:")[0], "utf-8")
    with pytest.raises(RulebookError, match=r"^services/zz\.yaml:1: ofppt_training: rules: it is missing"):
        load_rulebook(book)


@pytest.mark.parametrize(
    ("file", "sound", "spoiled", "reason"),
    [
        ("answers/ofppt_training.yaml", "service: ofppt_training\n", "", "whose answers are these?"),
        ("doors.yaml", "- door: residence_papers\n    name:", "- name:", "door: it has no id"),
        ("answers/amuddu_scholarship.yaml", "place:", "place: []\nplaces:", ""),
    ],
)
def test_answers_belong_to_a_subject(file: str, sound: str, spoiled: str, reason: str, book: Path) -> None:
    content = (book / file).read_text("utf-8")
    assert sound in content
    (book / file).write_text(content.replace(sound, spoiled, 1), "utf-8")
    with pytest.raises(RulebookError) as error:
        load_rulebook(book)
    assert error.value.file == file
    assert reason in error.value.reason


def test_a_topic_without_a_sentence_is_refused(book: Path) -> None:
    path = book / "answers/amuddu_scholarship.yaml"
    start, _, rest = path.read_text("utf-8").partition("time:\n")
    path.write_text(f"{start}time: []\n{rest[rest.index('place:') :]}", "utf-8")
    with pytest.raises(RulebookError, match="nothing is said about time"):
        load_rulebook(book)


def test_two_services_with_the_same_name_are_refused(book: Path) -> None:
    (book / "services/again.yaml").write_text(
        "service: literacy_anlca\nconfirm_with: anlca\nin_force: {from: 2019-01-01}\nverified_on: 2026-11-21\n"
        "rules: [{id: literacy_anlca.all, when: {row: everyone}, status: uncertain, reason: reason.depends_on_paper, "
        "cite: [F-070]}]\n",
        "utf-8",
    )
    with pytest.raises(RulebookError, match=r"services/literacy_anlca\.yaml:1: literacy_anlca: duplicate service"):
        load_rulebook(book)
