"""A bad change or hurdle stops the start and says which one, why, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.load import RulebookError, load_rulebook
from rules.model import ServiceId
from rules.ways.search import way_to_yes
from rules.ways.told import NoWay
from tests.builders.facts import TODAY, telling_only

CHANGES, WHY_NOT = "changes.yaml", "why_not.yaml"

# file, text to find, text to put there, entry named, reason named
SPOILED = [
    (CHANGES, "to: {age: 13}", "to: {nationality: SN}", "way.age_13", "nationality is nobody’s to change"),
    (CHANGES, "to: {age: 13}", "to: {spouse_of_moroccan: true}", "way.age_13", "spouse_of_moroccan is nobody’s"),
    (CHANGES, "to: {age: 13}", "to: {exploitation_signs: true}", "way.age_13", "exploitation_signs is nobody’s"),
    (CHANGES, "to: {age: 13}", "to: {fears_return: true}", "way.age_13", "fears_return is nobody’s to change"),
    (CHANGES, "to: {age: 13}", "to: {age: 12}", "way.age_13", "nobody grows younger"),
    (CHANGES, "to: {age: 13}", "to: {age: 200}", "way.age_13", "200 is no value of age"),
    (CHANGES, "to: {age: 13}", "to: {}", "way.age_13", "to"),
    (
        CHANGES,
        "to: {education_proof: true}",
        "to: {education_proof: false}",
        "way.school_certificate",
        "only become true",
    ),
    (
        CHANGES,
        "to: {situation: card_activity}",
        "to: {situation: paper_card}",
        "way.change_card_reason",
        "kind of paper",
    ),
    (CHANGES, "to: {situation: card_activity}", "to: {situation: card_lost}", "way.change_card_reason", "'card_lost'"),
    (CHANGES, "from: {age: {below: 13}}", "from: {agee: 13}", "way.age_13", "unknown fact 'agee'"),
    (CHANGES, "cite: [F-067]", "cite: [F-999]", "way.age_13", "unknown citation F-999"),
    (CHANGES, "cite: [F-067]", "cite: []", "way.age_13", "cite"),
    (
        CHANGES,
        "through: child_schooling",
        "through: kindergarten",
        "way.school_primary",
        "unknown service 'kindergarten'",
    ),
    (CHANGES, "help: cnss", "help: oracle", "way.end_declared_job", "unknown organisation oracle"),
    (CHANGES, "help: legal_clinic", "help: anapec", "way.renew_campaign_card", "nobody goes alone to the authorities"),
    (CHANGES, "[document.residence_permit_spouse.1]", "[document.none.1]", "way.spouse_card", "unknown document"),
    (
        CHANGES,
        "replaces: [step.training_from_15]",
        "replaces: [step.nowhere]",
        "way.age_18",
        "missing text step.nowhere",
    ),
    (CHANGES, "text: way.renew_card", "tone: kind", "way.renew_campaign_card", "unknown key 'tone'"),
    (CHANGES, "- {service: legal_aid,", "- {service: astrology,", "astrology", "unknown service 'astrology'"),
    (CHANGES, "id: way.age_15", "id: way.age_13", "way.age_13", "two sentences have this id"),
    (WHY_NOT, "fact: education_proof,", "fact: education,", "why_not.no_certificate", "does not read education"),
    (WHY_NOT, "[second_chance_school], say", "[second_school], say", "why_not.under_13", "'second_school'"),
    (WHY_NOT, "silent: [legal_aid,", "silent: [legal,", "silent", "unknown service 'legal'"),
    (WHY_NOT, "text: why_not.under_18", "text: why_not.young", "why_not.young", "missing text why_not.young"),
]


@pytest.mark.parametrize(("file", "sound", "spoiled", "entry", "reason"), SPOILED)
def test_what_is_wrong_is_named(file: str, sound: str, spoiled: str, entry: str, reason: str, book: Path) -> None:
    content = (book / file).read_text("utf-8")
    assert sound in content
    (book / file).write_text(content.replace(sound, spoiled, 1), "utf-8")
    with pytest.raises(RulebookError) as error:
        load_rulebook(book)
    assert error.value.file == file
    assert entry in error.value.rule
    assert reason in error.value.reason
    assert error.value.remedy or error.value.file == CHANGES


def test_a_change_needs_words(book: Path) -> None:
    path = book / CHANGES
    path.write_text(path.read_text("utf-8").replace("    text: way.renewed_card\n", "", 1), "utf-8")
    with pytest.raises(RulebookError, match=r"way\.renewed_campaign_card: a change has words of its own.*\(write say"):
        load_rulebook(book)


def test_the_line_of_the_mistake_is_named(book: Path) -> None:
    path = book / CHANGES
    spoiled = path.read_text("utf-8").replace("to: {age: 13}", "to: {nationality: SN}")
    path.write_text(spoiled, "utf-8")
    line = next(number for number, text in enumerate(spoiled.splitlines(), 1) if "nationality: SN" in text)
    with pytest.raises(RulebookError, match=rf"changes\.yaml:{line}: way\.age_13"):
        load_rulebook(book)


def test_a_book_of_before_the_ways_still_loads(book: Path) -> None:
    (book / CHANGES).unlink()
    (book / WHY_NOT).unlink()
    ways = load_rulebook(book).ways
    assert (ways.changes, ways.hurdles) == ((), ())


def test_a_step_through_a_service_that_is_closed_leads_nowhere(book: Path) -> None:
    path = book / CHANGES
    path.write_text(
        path.read_text("utf-8").replace("through: bra_refugee_card", "through: amuddu_scholarship"), "utf-8"
    )
    closed = load_rulebook(book)
    refugee = telling_only(closed, situation="refugee_unhcr_certificate_only")
    assert isinstance(way_to_yes(closed, ServiceId("cte_visa_taechir"), refugee, on=TODAY), NoWay)
