"""Each claim of the proof holds of the book, and catches the fault it is there for: it, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rules.check import main
from rules.conditions import NEVER, Test
from rules.facts import FactId
from rules.load import load_rulebook
from rules.model import Confidence, ServiceId
from rules.proof.agreement import engine_follows_the_rules, engine_waits_for_what_matters
from rules.proof.book_claims import every_question_is_useful, every_sentence_is_in_every_language, facts_that_move
from rules.proof.claims import CLAIMS, Case
from rules.proof.findings import Finding
from rules.proof.prove import days_of, parts_of, prove_part
from rules.rulebook import Rule, Rulebook
from tests.builders.facts import TODAY

SMALL = ServiceId("entraide_training")
AGE = FactId("age")


def found_in(rulebook: Rulebook, service: ServiceId = SMALL) -> list[Finding]:
    case = Case(rulebook, rulebook.services[service], TODAY)
    return [finding for claim in CLAIMS for finding in claim(case)]


def changed(rulebook: Rulebook, change: Callable[[Rule], Rule | None], service: ServiceId = SMALL) -> Rulebook:
    """The same book with each rule of one service changed, or left out."""
    kept = rulebook.services[service]
    rules = tuple(rule for each in kept.rules if (rule := change(each)) is not None)
    return replace(rulebook, services={**rulebook.services, service: replace(kept, rules=rules)})


def only(name: str, **fields: object) -> Callable[[Rule], Rule]:
    """A change of one rule."""
    return lambda rule: replace(rule, **fields) if rule.id.endswith(f".{name}") else rule  # type: ignore[arg-type]  # any field


def without(name: str) -> Callable[[Rule], Rule | None]:
    return lambda rule: None if rule.id.endswith(f".{name}") else rule


def claims(findings: list[Finding]) -> set[str]:
    return {finding.claim for finding in findings}


def test_the_book_of_the_project_has_none_of_these_faults(rulebook: Rulebook) -> None:
    assert [finding for service in rulebook.services for finding in found_in(rulebook, service)] == []


def test_somebody_without_a_rule_is_found_and_named(rulebook: Rulebook) -> None:
    (finding,) = found_in(changed(rulebook, without("everyone")))
    assert finding.claim == "exactly one verdict"
    assert "situation=" in finding.person
    assert str(finding).startswith("services/entraide_training.yaml: entraide_training: no rule speaks, as for")


def test_a_rule_that_is_true_of_nobody_is_found(rulebook: Rulebook) -> None:
    extra = replace(rulebook.services[SMALL].rules[0], id="entraide_training.nobody", when=NEVER)  # type: ignore[arg-type]  # an id
    findings = found_in(with_rule(rulebook, extra))
    assert [(finding.claim, finding.rule) for finding in findings] == [("no rule unreachable", extra.id)]


def test_a_rule_that_never_speaks_first_is_found(rulebook: Rulebook) -> None:
    bar = rulebook.services[SMALL].rules[0]
    extra = replace(bar, id="entraide_training.under_10", when=Test(AGE, "below", 10), rank=9)  # type: ignore[arg-type]  # an id
    findings = found_in(with_rule(rulebook, extra))
    assert [(finding.claim, finding.rule) for finding in findings] == [("no rule shadowed", extra.id)]
    assert f"{bar.id} always speaks before it" in findings[0].problem


def with_rule(rulebook: Rulebook, extra: Rule) -> Rulebook:
    kept = rulebook.services[SMALL]
    return replace(rulebook, services={**rulebook.services, SMALL: replace(kept, rules=(*kept.rules, extra))})


def test_two_rules_of_one_rank_that_say_the_same_are_found(rulebook: Rulebook) -> None:
    findings = found_in(changed(rulebook, lambda rule: replace(rule, rank=1 if rule.rank else 0)))
    assert claims(findings) == {"no rule shadowed"}
    assert all("is not declared" in finding.problem for finding in findings)


def test_two_rules_of_one_rank_that_say_different_things_are_found(rulebook: Rulebook) -> None:
    findings = found_in(changed(rulebook, only("under_15", rank=1)))
    assert claims(findings) == {"no undeclared precedence"}
    assert all("neither comes first" in finding.problem for finding in findings)


def test_a_verdict_without_a_source_is_found(rulebook: Rulebook) -> None:
    findings = found_in(changed(rulebook, only("minors", citations=())))
    assert [(finding.claim, finding.rule) for finding in findings] == [("every verdict cited", f"{SMALL}.minors")]


def test_a_yes_on_low_confidence_alone_is_found(rulebook: Rulebook) -> None:
    weak = next(source for source in rulebook.citations.values() if source.confidence is Confidence.LOW)
    findings = found_in(changed(rulebook, only("minors", citations=(weak,))))
    assert claims(findings) == {"no yes on low confidence"}
    strong = next(source for source in rulebook.citations.values() if source.confidence is Confidence.HIGH)
    assert found_in(changed(rulebook, only("minors", citations=(weak, strong)))) == []


UNHCR, RETURN = ServiceId("unhcr_asylum_registration"), ServiceId("assisted_return_iom")


def test_a_fear_of_return_that_opens_nothing_is_found(rulebook: Rulebook) -> None:
    findings = found_in(changed(rulebook, without("fears_return"), UNHCR), UNHCR)
    assert [(finding.claim, finding.rule) for finding in findings] == [
        ("safety always wins", "promise.fear_of_return_opens_unhcr")
    ]
    assert "fears_return=true" in findings[0].person


def test_a_return_that_is_proposed_to_the_wrong_people_is_found(rulebook: Rulebook) -> None:
    proposing = replace(rulebook.services[RETURN], never_propose=NEVER)
    findings = found_in(replace(rulebook, services={**rulebook.services, RETURN: proposing}), RETURN)
    assert [finding.rule for finding in findings] == ["promise.return_is_not_proposed"]
    silent = replace(rulebook.services[RETURN], warnings=())
    findings = found_in(replace(rulebook, services={**rulebook.services, RETURN: silent}), RETURN)
    assert [finding.rule for finding in findings] == ["promise.return_says_what_is_lost"]


def test_a_child_alone_who_is_read_by_the_paper_is_found(book: Path) -> None:
    path = book / "situations.yaml"
    path.write_text(path.read_text("utf-8").replace("entraide_training, legal_aid]", "legal_aid]"), "utf-8")
    assert [finding.rule for finding in found_in(load_rulebook(book))] == ["promise.child_alone_is_treated_as_one"]


def test_a_promise_that_concerns_nobody_is_found(rulebook: Rulebook) -> None:
    promise = replace(rulebook.promises[0], when=NEVER)
    (finding,) = found_in(replace(rulebook, promises=(promise,)), UNHCR)
    assert finding.problem == "it concerns nobody"


def test_a_question_that_moves_nothing_is_found(rulebook: Rulebook) -> None:
    moving = {
        fact for service in rulebook.services.values() for fact in facts_that_move(_case(rulebook, service.service))
    }
    assert list(every_question_is_useful(rulebook, moving)) == []
    assert [finding.rule for finding in every_question_is_useful(rulebook, moving - {AGE})] == ["age"]


def _case(rulebook: Rulebook, service: ServiceId) -> Case:
    return Case(rulebook, rulebook.services[service], TODAY)


def test_facts_that_only_change_words_move_nothing(rulebook: Rulebook) -> None:
    ofppt = facts_that_move(_case(rulebook, ServiceId("ofppt_training")))
    assert "education" in ofppt
    assert "fears_return" not in ofppt
    assert "first_card_from_regularisation" in ofppt


def test_a_sentence_without_translation_or_with_an_old_one_is_found(rulebook: Rulebook) -> None:
    words = {"ar_MA": dict(rulebook.texts), "fr_MA": dict(rulebook.texts)}
    assert list(every_sentence_is_in_every_language(rulebook, words)) == []
    del words["ar_MA"]["ask.yes"]
    words["fr_MA"]["ask.no"] = "Nope"
    findings = every_sentence_is_in_every_language(rulebook, words)
    assert [(finding.file, finding.rule, finding.problem) for finding in findings] == [
        ("ar_MA", "ask.yes", "no translation"),
        ("fr_MA", "ask.no", "its translation is of an older sentence"),
    ]


def proved(rulebook: Rulebook, service: ServiceId) -> Iterator[Finding]:
    for part in parts_of(rulebook, TODAY):
        if part.service == service:
            yield from prove_part(rulebook, part).findings


@pytest.mark.parametrize("service", ["entraide_training", "ofppt_training", "legal_aid", "unhcr_asylum_registration"])
def test_engine_and_truth_table_agree_about_everybody(service: str, rulebook: Rulebook) -> None:
    assert list(proved(rulebook, ServiceId(service))) == []


def test_an_engine_that_does_not_follow_the_rules_is_found(rulebook: Rulebook) -> None:
    """The engine is asked about one book while the table is drawn from another, in which under 15 it is a yes."""
    case = _case(changed(rulebook, only("under_15", status="eligible")), SMALL)
    other = _case(rulebook, SMALL)
    other.__dict__["space"] = case.space
    assert claims(list(engine_follows_the_rules(other))) == {"exactly one verdict"}
    assert claims(list(engine_waits_for_what_matters(other))) == {"undetermined exactly"}


def test_days_on_which_other_rules_begin_are_proved_too(rulebook: Rulebook) -> None:
    assert days_of(rulebook.services[SMALL], TODAY) == (TODAY,)
    ending = changed(rulebook, only("minors", in_force_to=date(2026, 12, 31))).services[SMALL]
    assert days_of(ending, TODAY) == (TODAY, date(2027, 1, 1))
    ended = changed(rulebook, only("everyone", in_force_to=date(2026, 12, 31)))
    findings = list(proved(ended, SMALL))
    assert claims(findings) == {"exactly one verdict"}


PROVE = ["--prove", "--service", "primary_health_care", "--on", "2026-11-21", "--jobs", "1"]


def test_the_command_prints_the_size_and_the_claims_that_hold(capsys: pytest.CaptureFixture[str]) -> None:
    main(PROVE)
    told = capsys.readouterr()
    assert "  in all                                                      30                    44" in told.out
    assert "holds  exactly one verdict" in told.out
    assert "1/1" in told.err


def test_the_command_fails_and_says_what_to_do(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book / "services/primary_health_care.yaml"
    path.write_text(path.read_text("utf-8").replace("unless: {row: short_stay}", "row: everyone"), "utf-8")
    assert main([str(book), *PROVE, "--locales", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "FAILS  no undeclared precedence" in told
    assert "primary_health_care.everyone" in told
    assert "as for situation=short_stay (name one of them first in precedence)" in told
    assert "FAILS  three languages" in told
    assert "more\n" in told
