"""The cases as a whole: every rule has one that it decides, and beside it one that it does not; faults are told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.errors import RulebookError
from rules.evaluate import evaluate
from rules.load import BOOK
from rules.preview.places import places_of
from rules.rulebook import Rulebook
from tests.rules.cases.case import FOLDER, Case, all_cases, cases_of
from tests.rules.cases.count import conflicts_listed, counted
from tests.rules.cases.verdict import decided_by, differences

CASES = all_cases()
HEAD = "service: ofppt_training\nas_of: 2026-11-21\ncases:\n"
SOUND = """\
  - name: a work card
    person: {situation: card_work}
    expect: conditional
    rule: ofppt_training.residents
    conditions: [condition.age_15]
    confirm_with: ofppt
"""


def deciding(case: Case, rulebook: Rulebook) -> str | None:
    return decided_by(evaluate(rulebook, case.service, case.facts(rulebook), on=case.on), rulebook)


def changes_between(one: Case, other: Case) -> int:
    """How many things set two people apart: facts said, whether the rest was asked, the day."""
    facts = sum(one.told.get(fact, "") != other.told.get(fact, "") for fact in one.told.keys() | other.told.keys())
    return facts + (one.spec.rest != other.spec.rest) + (one.on != other.on)


def test_there_are_at_least_250_cases_and_each_has_its_own_name() -> None:
    assert len(CASES) >= 250
    assert [name for name, times in Counter((case.file, case.name) for case in CASES).items() if times > 1] == []


def test_each_file_is_named_after_its_service(rulebook: Rulebook) -> None:
    assert {(case.file, case.service) for case in CASES} == {(f"{name}.yaml", name) for name in rulebook.services}


def test_each_rule_has_a_case_that_it_decides_and_names(rulebook: Rulebook) -> None:
    named = {case.spec.rule for case in CASES if case.spec.rule == deciding(case, rulebook)}
    rules = {rule.id for service in rulebook.services.values() for rule in service.rules}
    assert sorted(rules - named) == [], "write a case for each of these in tests/rules/cases/<service>.yaml"


def test_beside_it_each_rule_has_a_case_one_change_away_that_it_does_not_decide(rulebook: Rulebook) -> None:
    decided = {case: deciding(case, rulebook) for case in CASES}
    alone = []
    for rule in (rule.id for service in rulebook.services.values() for rule in service.rules):
        near = (
            other
            for case in CASES
            if decided[case] == rule
            for other in CASES
            if other.service == case.service and decided[other] != rule and changes_between(case, other) == 1
        )
        if not any(near):
            alone.append(rule)
    assert alone == [], "write a case with one fact changed, which another rule decides"


def test_two_cases_never_tell_of_the_same_person(rulebook: Rulebook) -> None:
    people = Counter((case.service, case.on, case.facts(rulebook)) for case in CASES)
    assert [person for person, times in people.items() if times > 1] == []


def written(folder: Path, text: str) -> Path:
    path = folder / "ofppt_training.yaml"
    path.write_text(HEAD + text, "utf-8")
    return path


def wrong(path: Path, rulebook: Rulebook) -> Iterator[str]:
    for case in cases_of(path):
        yield from differences(case, rulebook, places_of())


def test_a_case_that_holds_has_nothing_to_say(tmp_path: Path, rulebook: Rulebook) -> None:
    assert list(wrong(written(tmp_path, SOUND), rulebook)) == []


@pytest.mark.parametrize(
    ("sound", "spoiled", "told"),
    [
        ("expect: conditional", "expect: eligible", "a work card: expected eligible, got conditional because rule "),
        ("ofppt_training.residents", "ofppt_training.student", "expected rule ofppt_training.student to decide"),
        ("[condition.age_15]", "[condition.adult]", "expected the condition condition.adult to be said, got cond"),
        ("conditions:", "no_conditions:", "expected the condition condition.age_15 to be settled, but it is"),
        ("conditions: [condition.age_15]", "says: [step.child_school]", "expected step.child_school to be said"),
        ("conditions: [condition.age_15]", "never_says: [condition.age_15]", "condition.age_15 never to be said, but"),
        ("confirm_with: ofppt", "confirm_with: amci", "expected amci to confirm it, got ofppt"),
        ("confirm_with: ofppt", "proposable: false", "expected it never to be proposed, but it is"),
        ("confirm_with: ofppt", "missing: [age]", "expected ['age'] to be missing, got []"),
        ("confirm_with: ofppt", "if_met: eligible", "expected eligible if they turn out well, got None"),
    ],
)
def test_a_case_that_does_not_hold_says_what_was_told_instead(
    sound: str, spoiled: str, told: str, tmp_path: Path, rulebook: Rulebook
) -> None:
    assert sound in SOUND
    (found,) = wrong(written(tmp_path, SOUND.replace(sound, spoiled)), rulebook)
    assert told in found
    assert "because rule ofppt_training.residents (services/ofppt_training.yaml:" in found
    assert found.endswith(
        "People who live in Morocco with a residence card may train at OFPPT under the same rules as Moroccans."
    )


def test_a_lean_that_is_not_the_one_said_is_told(tmp_path: Path, rulebook: Rulebook) -> None:
    case = '  - {name: renewal, person: {situation: receipt_renewal}, expect: uncertain, lean: "no"}\n'
    (found,) = wrong(written(tmp_path, case), rulebook)
    assert found.startswith("renewal: expected lean no, got yes because rule ofppt_training.renewal_receipt (")


def test_an_answer_that_waits_names_what_is_missing(tmp_path: Path, rulebook: Rulebook) -> None:
    case = "  - {name: not asked, person: {situation: card_work}, rest: unasked, expect: conditional}\n"
    (found,) = wrong(written(tmp_path, case), rulebook)
    assert "expected conditional, got undetermined" in found
    assert found.endswith("Missing: age, education, education_proof.")


@pytest.mark.parametrize(
    ("sound", "spoiled", "told"),
    [
        ("{situation: card_work}", "{situatoin: card_work}", "unknown fact 'situatoin' (did you mean situation?)"),
        ("{situation: card_work}", "{situation: card_wrok}", "'card_wrok' is no value of situation (did you mean"),
        ("{situation: card_work}", "{age: 200}", "200 is no value of age"),
        ("{situation: card_work}", "{situation: card_work, age: 12}", "nobody is both: You told us that you hold"),
        ("expect: conditional", "expects: conditional", "unknown key 'expects' (did you mean expect?)"),
        ("expect: conditional", "expect: maybe", "expect: this value is unknown"),
        ("expect: conditional", "expect: yes", "YAML reads a bare yes as true"),
    ],
)
def test_a_case_that_is_not_written_as_it_must_be_is_named_with_its_line(
    sound: str, spoiled: str, told: str, tmp_path: Path, rulebook: Rulebook
) -> None:
    with pytest.raises(RulebookError) as error:
        list(wrong(written(tmp_path, SOUND.replace(sound, spoiled)), rulebook))
    assert told in str(error.value)
    assert error.value.file == "ofppt_training.yaml"
    assert error.value.line in range(4, 8)
    assert error.value.remedy


def test_a_file_of_a_service_that_there_is_not_is_named(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "astrology.yaml"
    path.write_text(HEAD.replace("ofppt_training", "astrology") + SOUND, "utf-8")
    with pytest.raises(RulebookError, match=r"^astrology\.yaml:4: a work card: unknown service 'astrology'"):
        list(wrong(path, rulebook))


def test_what_the_sources_disagree_about_is_said_of_sources_of_the_book(rulebook: Rulebook) -> None:
    conflicts = (BOOK / "CONFLICTS.md").read_text("utf-8")
    assert set(re.findall(r"F-\d{3}", conflicts)) <= rulebook.citations.keys()


def test_the_count_is_of_this_book_and_these_cases(rulebook: Rulebook) -> None:
    told = dict(line.split(maxsplit=1) for line in counted(rulebook, CASES, conflicts_listed()))
    assert told["cases"].startswith(f"{len(CASES)} (")
    assert told["services"] == str(len(rulebook.services))
    assert told["rules"] == str(sum(len(service.rules) for service in rulebook.services.values()))
    assert told["disagreements"].startswith(f"{(BOOK / 'CONFLICTS.md').read_text('utf-8').count('\n| F-')} between")


def test_the_cases_of_the_folder_are_those_that_are_tested() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.yaml")) == sorted({case.file for case in CASES})
