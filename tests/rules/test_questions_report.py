"""The comparison: what each way to ask takes on average, and that none is counted for what it is not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rules.facts import FactId, Facts
from rules.load import load_rulebook
from rules.model import ServiceId
from rules.questions import report
from rules.questions.__main__ import row_of
from rules.questions.choose import planned
from rules.questions.even import even_population, population_of
from rules.questions.plan import Plan, Worth
from rules.questions.policies import (
    Walk,
    form_of,
    form_until_settled,
    form_where_it_matters,
    most_verdicts_first,
    ours,
    ours_with_safety,
    whole_form,
)
from rules.questions.report import Line, line_of, needs
from rules.questions.verdicts import programs_of
from tests.builders.facts import TODAY, someone

BOOK = load_rulebook()
POPULATIONS = {"even": even_population(BOOK), "realistic": population_of(BOOK)}
TRAINING = ("ofppt_training", "entraide_training", "artisanat_training")


def a_plan(*services: str, population: str = "realistic") -> Plan:
    programs = programs_of(BOOK, [ServiceId(service) for service in services], TODAY)
    return planned(BOOK, programs, POPULATIONS[population])


@pytest.mark.parametrize("population", POPULATIONS)
@pytest.mark.parametrize("services", [TRAINING, ("auto_entrepreneur", "cooperative_odco"), ("bra_refugee_card",)])
def test_the_less_a_way_to_ask_wastes_the_less_it_costs(population: str, services: tuple[str, ...]) -> None:
    plan = a_plan(*services, population=population)
    ways = (whole_form, form_until_settled, form_where_it_matters, ours)
    costs = [Walk(plan, way).average(Facts()).cost for way in ways]
    best = Plan(plan.verdicts, plan.crowd, staged=False, space=None).worth(Facts()).cost
    assert all(more >= less - 1e-9 for more, less in pairwise([*costs, best]))
    assert costs[-1] == pytest.approx(plan.worth(Facts()).cost)
    assert costs[-1] <= Walk(plan, most_verdicts_first).average(Facts()).cost + 1e-9


def test_the_form_asks_all_that_the_services_read_in_the_order_of_the_book() -> None:
    plan = a_plan("ofppt_training", "attestation_activite_exemption")
    assert form_of(plan)[:4] == ("situation", "spouse_of_moroccan", "nationality", "age")
    assert "stateless" in form_of(plan)
    assert "fears_return" not in form_of(plan)


def test_the_whole_form_asks_each_question_once_and_the_kind_of_card() -> None:
    plan = a_plan("ofppt_training")
    assert Walk(plan, whole_form).average(someone(situation="irregular")).questions == pytest.approx(3)
    assert Walk(plan, whole_form).average(someone(situation="paper_card")).questions == pytest.approx(4)
    assert Walk(plan, form_until_settled).average(someone(situation="irregular")).questions == 0


def test_the_form_leaves_out_what_nobody_is_asked_after_an_answer() -> None:
    plan = a_plan("attestation_activite_exemption")
    known = dict.fromkeys(form_of(plan), False) | {"situation": "card_work"}
    known = {fact: value for fact, value in known.items() if fact not in {"stateless", "nationality"}}
    assert whole_form(plan, {}, someone(**known, nationality="ZZ")) is None
    assert whole_form(plan, {}, someone(**known, nationality=None)) == "stateless"
    assert whole_form(plan, {}, someone(**known)) == "nationality"


def test_questions_of_safety_are_counted_apart() -> None:
    plan = a_plan("unhcr_asylum_registration")
    afraid = someone(situation="short_stay")
    assert Walk(plan, ours).average(afraid) == Worth(0.0, 0.0)
    assert Walk(plan, ours_with_safety).average(afraid) == Worth(2.5, 1.0)


def test_the_rule_of_thumb_asks_first_what_most_verdicts_wait_for() -> None:
    plan = a_plan(*TRAINING)
    holder = someone(situation="card_work")
    left = plan.verdicts.open(range(len(TRAINING)), holder)
    assert most_verdicts_first(plan, left, holder) == "age"
    assert most_verdicts_first(plan, {}, holder) is None
    assert form_where_it_matters(plan, {}, holder) is None


def test_every_need_that_has_a_service_is_compared_and_the_core() -> None:
    compared = needs(BOOK)
    assert len(compared["four core services"]) == 4
    assert compared["need_housing"] == ("entraide_social_assistance",)
    assert "emergency" not in compared


def test_where_there_are_too_many_orders_the_optimum_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    services = [ServiceId("entraide_training"), ServiceId("artisanat_training")]
    exact = line_of(BOOK, "x", services, "realistic", TODAY)
    monkeypatch.setattr(report, "TOO_MANY", 10)
    bounded = line_of(BOOK, "x", services, "realistic", TODAY)
    assert exact.is_optimum
    assert not bounded.is_optimum
    assert bounded.least.cost < exact.best.cost <= bounded.best.cost <= exact.by_policy["ours"].cost + 1e-9


def test_a_line_of_the_table_tells_the_price_of_the_order() -> None:
    exact = Line("need", "even", {"ours": Worth(5.0, 3.0)}, Worth(4.5, 2.5), Worth(4.5, 2.5))
    assert row_of(exact) == "| need | even | 3.00 (5.00) | 2.50 (4.50) | 0.50 |"
    bounded = Line("need", "even", {"ours": Worth(5.0, 3.0)}, Worth(4.5, 2.5), Worth(3.0, 1.5))
    assert row_of(bounded) == "| need | even | 3.00 (5.00) | 2.50 (4.50) [1.50 (3.00)] | 0.50 |"


def test_what_is_told_already_is_not_asked_by_the_form() -> None:
    plan = a_plan("ofppt_training")
    told = Facts({FactId("situation"): "irregular", FactId("age"): 20})
    assert Walk(plan, whole_form).average(told).questions == pytest.approx(2)
