"""One answer of the rule book in full, line by line, for whoever writes rules: where it stands and what was near."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from rules.ask import next_question, why_next
from rules.evaluate import evaluate
from rules.model import Decision, Status
from rules.preview.near import Wanted, near
from rules.ways.search import way_to_yes
from rules.ways.told import NoWay

type Say = Callable[[str], str]
"""The words of a sentence, by its id."""


def told(wanted: Wanted, places: Mapping[str, str], say: Say) -> Iterator[str]:
    """Reasons in English, and in the language of `say` where that is another; the rest in that language only."""
    decision = evaluate(wanted.rulebook, wanted.service, wanted.facts, on=wanted.on)
    yield f"{say(wanted.rulebook.services[wanted.service].name)} ({wanted.service}), {wanted.on.isoformat()}"
    yield f"book         {wanted.rulebook.version} ({wanted.rulebook.hash[:12]})"
    lean = f", leaning {decision.lean}" if decision.lean else ""
    if_met = f", at best {decision.if_met}" if decision.if_met else ""
    yield f"status       {decision.status}{lean}{if_met}"
    for reason in decision.because:
        where = places.get(reason.rule, "no rule of its own")
        words = dict.fromkeys((wanted.rulebook.texts[reason.say], say(reason.say)))
        cited = ", ".join(f"{each.fact} {each.confidence}" for each in reason.citations)
        yield from _listed("because", [f"{reason.rule} ({where})", *(f"  {each}" for each in (*words, cited))])
    yield from _answer(decision, say)
    yield from _question(wanted, decision, say)
    yield from _way(wanted, say)
    waits = decision.status is Status.UNDETERMINED
    yield from _listed("may decide" if waits else "nearly", near(wanted, decision, places))


def _answer(decision: Decision, say: Say) -> Iterator[str]:
    open_to_answers = [text for text in decision.conditions if text not in decision.not_checked]
    yield from _listed("if", map(say, open_to_answers))
    yield from _listed("not checked", map(say, decision.not_checked))
    papers = (f"{paper.need}: {say(paper.say)}" for paper in decision.documents)
    yield from _listed("papers", papers)
    yield from _listed("next steps", map(say, decision.next_steps))
    yield from _listed("warnings", map(say, decision.warnings))
    if decision.confirm_with:
        yield from _listed("confirmed by", [f"{decision.confirm_with.organisation}: {say(decision.confirm_with.say)}"])
    if not decision.proposable:
        yield from _listed("proposed", ["never: it is answered when asked for"])
    if decision.review_by:
        late = ", overdue" if decision.overdue else ""
        yield from _listed("check again", [f"by {decision.review_by.isoformat()}{late}"])


def _question(wanted: Wanted, decision: Decision, say: Say) -> Iterator[str]:
    yield from _listed("missing", decision.missing)
    question = next_question(wanted.rulebook, [wanted.service], wanted.facts, on=wanted.on)
    choice = why_next(wanted.rulebook, [wanted.service], wanted.facts, on=wanted.on)
    if question is None or choice is None:
        return
    left = f"{choice.expected_left:.1f} questions to a verdict on average, counting this one"
    other = f"; {choice.runner_up_left:.1f} if {choice.runner_up} came first" if choice.runner_up_left else ""
    asked = [f"{question.fact}: {say(question.say)}", f"  {say(question.why)}", f"  {left}{other}"]
    yield from _listed("next asked", asked)


def _way(wanted: Wanted, say: Say) -> Iterator[str]:
    way = way_to_yes(wanted.rulebook, wanted.service, wanted.facts, on=wanted.on)
    if way is None:
        return
    if isinstance(way, NoWay):
        yield from _listed("way to yes", ["none known", *map(say, way.says)])
    else:
        yield from _listed("way to yes", (f"{step.change}: {say(step.say)}" for step in way.steps))
        yield from _listed("leads to", [f"{way.reaches} ({way.reached.because[0].rule})"])
    yield from _listed("open now", (f"{each.service}: {each.status}" for each in way.alternatives))


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield f"{title if place == 0 else '':<13}{line}"
