"""A rule speaks only while it is in force."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from rules.evaluate import evaluate
from rules.load import load_rulebook
from rules.model import ServiceId, Status
from rules.rulebook import Rulebook
from tests.builders.facts import TODAY, someone, telling_only


def test_before_the_rules_began_we_say_that_we_do_not_know(rulebook: Rulebook) -> None:
    for service, rules in rulebook.services.items():
        long_ago = min(rule.in_force_from for rule in rules.rules) - timedelta(days=1)
        decision = evaluate(rulebook, service, telling_only(rulebook, situation="card_work"), on=long_ago)
        assert decision.status is Status.UNCERTAIN
        assert decision.because[0].say == "reason.no_rule_on_that_day"
        assert decision.because[0].citations
        assert decision.confirm_with is not None


def test_nothing_is_missing_for_a_day_without_rules(rulebook: Rulebook) -> None:
    assert evaluate(rulebook, ServiceId("ofppt_training"), someone(), on=date(2000, 1, 1)).missing == ()


def test_a_rule_that_has_ended_no_longer_speaks(book: Path) -> None:
    path = book / "services/bra_refugee_card.yaml"
    lines = path.read_text("utf-8").splitlines()
    at = lines.index("  - id: bra_refugee_card.syrians")
    lines.insert(at + 1, "    in_force: {from: 2018-12-04, to: 2026-12-31}")
    path.write_text("\n".join(lines), "utf-8")
    spoiled, person = load_rulebook(book), someone(situation="syrian_hearing_receipt")
    before = evaluate(spoiled, ServiceId("bra_refugee_card"), person, on=date(2026, 12, 31))
    after = evaluate(spoiled, ServiceId("bra_refugee_card"), person, on=date(2027, 1, 1))
    assert before.because[0].say == "reason.bra.syrians"
    assert after.because[0].say == "reason.no_rule_on_that_day"


def test_every_decision_says_when_it_was_verified(rulebook: Rulebook) -> None:
    for service in rulebook.services:
        decision = evaluate(rulebook, service, telling_only(rulebook, situation="irregular"), on=TODAY)
        assert decision.verified_on is not None
        assert decision.verified_on <= TODAY
