"""A rule is relied on until the day it is due; then its answers say to call first, and the check lists it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from rules.check import main
from rules.evaluate import evaluate
from rules.load import load_rulebook
from rules.model import Confidence, ServiceId
from rules.review import CALL_FIRST, months_after
from rules.rulebook import Rulebook
from tests.builders.facts import TODAY, someone, telling_only

CARD = "services/bra_refugee_card.yaml"
SYRIANS = "  - id: bra_refugee_card.syrians\n"
SERVICE = ServiceId("bra_refugee_card")


def spoil(book: Path, file: str, sound: str, spoiled: str) -> Rulebook:
    content = (book / file).read_text("utf-8")
    assert sound in content
    (book / file).write_text(content.replace(sound, spoiled, 1), "utf-8")
    return load_rulebook(book)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 21), 3, date(2027, 2, 21)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 1, 31), 6, date(2026, 7, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_the_least_sure_source_says_for_how_long(rulebook: Rulebook) -> None:
    months = {Confidence.HIGH: 12, Confidence.MEDIUM: 6, Confidence.LOW: 3}
    for service in rulebook.services.values():
        for rule in service.rules:
            lasts = min(months[citation.confidence] for citation in rule.citations)
            assert rule.review_by == months_after(rule.verified_on, lasts), rule.id


@pytest.mark.parametrize("service", ["ofppt_training", "legal_aid", "unhcr_asylum_registration"])
def test_an_overdue_answer_says_first_to_call(service: str, rulebook: Rulebook) -> None:
    person = telling_only(rulebook, situation="short_stay")
    fresh = evaluate(rulebook, ServiceId(service), person, on=TODAY)
    assert (fresh.overdue, CALL_FIRST in fresh.warnings) == (False, False)
    due = fresh.review_by or TODAY
    on_the_day = evaluate(rulebook, ServiceId(service), person, on=due)
    assert not on_the_day.overdue
    late = evaluate(rulebook, ServiceId(service), person, on=due + timedelta(days=1))
    assert late.overdue
    assert late.warnings[0] == CALL_FIRST
    assert late.warnings[1:] == fresh.warnings
    assert (late.status, late.because, late.conditions) == (fresh.status, fresh.because, fresh.conditions)
    assert CALL_FIRST in rulebook.texts


def test_of_several_rows_the_first_that_is_due_counts(rulebook: Rulebook) -> None:
    person = telling_only(rulebook, situation="paper_card")
    for service, rules in rulebook.services.items():
        decision = evaluate(rulebook, service, person, on=TODAY)
        assert decision.review_by is not None
        assert decision.review_by >= min(rule.review_by for rule in rules.rules if rule.review_by)
        assert evaluate(rulebook, service, person, on=date(2030, 1, 1)).overdue


def test_the_past_is_not_overdue(rulebook: Rulebook) -> None:
    decision = evaluate(rulebook, SERVICE, someone(situation="irregular"), on=date(2024, 1, 1))
    assert not decision.overdue


def test_a_rule_and_a_file_may_name_their_own_day(book: Path) -> None:
    named = spoil(book, CARD, SYRIANS, f"{SYRIANS}    review_by: 2026-12-01\n")
    days = {rule.id: rule.review_by for rule in named.services[SERVICE].rules}
    assert days.pop("bra_refugee_card.syrians") == date(2026, 12, 1)
    assert date(2026, 12, 1) not in days.values()
    named = spoil(book, CARD, "verified_on: 2026-11-21\n", "verified_on: 2026-11-21\nreview_by: 2026-12-24\n")
    days = {rule.id: rule.review_by for rule in named.services[SERVICE].rules}
    assert days.pop("bra_refugee_card.syrians") == date(2026, 12, 1)
    assert set(days.values()) == {date(2026, 12, 24)}


def test_the_policy_stands_in_one_place(book: Path) -> None:
    changed = spoil(book, "review.yaml", "{high: 12, medium: 6, low: 3}", "{high: 1, medium: 1, low: 1}")
    days = {rule.review_by for service in changed.services.values() for rule in service.rules}
    assert days == {date(2026, 12, 21)}
    (book / "review.yaml").unlink()
    assert load_rulebook(book).services.keys() == changed.services.keys()


def test_the_check_lists_what_is_overdue_and_what_soon_will_be(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(book, CARD, SYRIANS, f"{SYRIANS}    review_by: 2026-12-01\n")
    assert main([str(book), "--on", "2026-11-21"]) == 0
    told = capsys.readouterr().out
    assert "to check again  0 overdue, 1 due by 2027-01-20" in told
    assert "  due on 2026-12-01: bra_refugee_card.syrians" in told
    assert main([str(book), "--on", "2026-12-02"]) == 0
    assert "  overdue since 2026-12-01: bra_refugee_card.syrians" in capsys.readouterr().out
    assert main([str(book), "--on", "2026-09-01"]) == 0
    assert "to check again  0 overdue, 0 due by 2026-10-31" in capsys.readouterr().out
