"""Each service and each door answers every topic, or says who knows."""

from __future__ import annotations

import pytest

from rules.answers import answer
from rules.reading.answers import TOPICS
from rules.rulebook import Rulebook
from tests.builders.facts import someone


@pytest.mark.parametrize("topic", TOPICS)
def test_every_subject_answers_every_topic(topic: str, rulebook: Rulebook) -> None:
    for subject in (*rulebook.services, *rulebook.doors):
        said = answer(rulebook, subject, topic)
        assert set(said.sentences) <= rulebook.texts.keys()
        assert said.sentences
        assert said.known or said.confirm_with is not None, subject
        assert not (said.known and said.confirm_with)


def test_embassy_advice_does_not_reach_those_it_could_endanger(rulebook: Rulebook) -> None:
    everybody = answer(rulebook, "ofppt_training", "cost").sentences
    for told in ({"fears_return": True}, {"situation": "asylum_seeker_certificate"}, {"situation": "paper_unhcr"}):
        kept = answer(rulebook, "ofppt_training", "cost", someone(**told)).sentences
        assert set(everybody) - set(kept) == {"answer.ofppt_training.cost.3"}
    assert answer(rulebook, "ofppt_training", "cost", someone(situation="card_work")).sentences == everybody


def test_needs_lead_to_services_and_doors(rulebook: Rulebook) -> None:
    assert rulebook.needs["need_training"][0] == "ofppt_training"
    for subjects in rulebook.needs.values():
        assert set(subjects) <= rulebook.topics.keys()


def test_emergency_lines_are_complete(rulebook: Rulebook) -> None:
    assert {"unhcr", "trafficking", "child_danger", "police", "civil_protection", "samu"} <= rulebook.numbers.keys()
    for line in rulebook.numbers.values():
        assert line.citations
        assert {line.name, line.when} - {None} <= rulebook.texts.keys()
