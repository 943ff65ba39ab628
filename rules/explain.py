"""From the rule that spoke to the decision a person gets: reasons, conditions, papers, next steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rules.conditions import Known, holds
from rules.model import Citation, Confirmer, Decision, Document, Reason, RuleId, Status, TextId
from rules.review import earliest
from rules.rulebook import Rule, ServiceRules
from rules.told import Line

DEPENDS = TextId("reason.depends_on_answers")
PAPER_MATTERS = TextId("reason.paper_kind_matters")
NOT_IN_FORCE = TextId("reason.no_rule_on_that_day")
READ_TOGETHER = TextId("step.have_paper_read")
CONFIRMED = frozenset({Status.CONDITIONAL, Status.UNCERTAIN})


def decision_of(service: ServiceRules, rule: Rule, facts: Known) -> Decision:
    """`facts` must be complete: every fact answered or declined."""
    remarks = (remark for remark in service.remarks if rule.status in remark.statuses and holds(remark.when, facts))
    return Decision(
        service=service.service,
        status=rule.status,
        because=(
            Reason(rule.id, rule.reason, rule.citations),
            *(Reason(remark.id, remark.say, remark.citations) for remark in remarks),
        ),
        conditions=_said(rule.conditions, facts),
        not_checked=_said((line for line in rule.conditions if not line.answerable), facts),
        documents=() if rule.status is Status.NOT_ELIGIBLE else papers(service, facts),
        lean=rule.lean,
        confirm_with=rule.confirm_with or _confirmer(service, rule.status),
        next_steps=_said(rule.next_steps, facts),
        warnings=_said((*rule.warnings, *(() if rule.status is Status.NOT_ELIGIBLE else service.warnings)), facts),
        verified_on=rule.verified_on,
        review_by=rule.review_by,
        proposable=not holds(service.never_propose, facts),
    )


def papers(service: ServiceRules, facts: Known) -> tuple[Document, ...]:
    return tuple(paper.document for paper in service.papers if holds(paper.when, facts))


def _confirmer(service: ServiceRules, status: Status) -> Confirmer | None:
    return service.confirm_with if status in CONFIRMED else None


def _said(lines: Iterable[Line], facts: Known) -> tuple[TextId, ...]:
    return unique(line.say for line in lines if holds(line.when, facts))


def out_of_force(service: ServiceRules, rule: Rule) -> Decision:
    """We have a rule for this person, but not for that day."""
    return Decision(
        service=service.service,
        status=Status.UNCERTAIN,
        because=(Reason(rule.id, NOT_IN_FORCE, rule.citations),),
        confirm_with=service.confirm_with,
    )


def in_common(
    service: ServiceRules, decisions: tuple[Decision, ...], status: Status, *, for_all: tuple[Decision, ...]
) -> Decision:
    """What can be said to someone in one of several rows: every reason and condition, only the papers of all.

    `for_all` are the decisions whose next steps harm nobody in the other rows.
    """
    speaking = tuple(decision for decision in decisions if decision.status is status)
    guiding = tuple(decision for decision in speaking if decision in for_all) or speaking
    first, leans = speaking[0], {decision.lean for decision in speaking}
    return replace(
        first,
        because=_told_once(reason for decision in speaking for reason in decision.because),
        conditions=unique(text for decision in speaking for text in decision.conditions),
        not_checked=unique(text for decision in speaking for text in decision.not_checked),
        documents=_in_all(decisions),
        lean=first.lean if len(leans) == 1 else None,
        confirm_with=first.confirm_with or _confirmer(service, status),
        next_steps=unique(text for decision in guiding for text in decision.next_steps),
        warnings=unique(text for decision in decisions for text in decision.warnings),
        review_by=earliest(decisions),
        proposable=all(decision.proposable for decision in decisions),
    )


def _told_once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """A sentence that several rules say stands once, with the sources of all."""
    found: dict[TextId, Reason] = {}
    for reason in reasons:
        before = found.setdefault(reason.say, reason)
        found[reason.say] = replace(before, citations=unique((*before.citations, *reason.citations)))
    return tuple(found.values())


def not_told_apart(service: ServiceRules, decisions: tuple[Decision, ...]) -> Decision:
    """The rows differ and the person cannot say which is theirs."""
    return Decision(
        service=service.service,
        status=Status.UNCERTAIN,
        because=(Reason(RuleId(f"{service.service}.paper_kind"), PAPER_MATTERS, cited(decisions)),),
        documents=_in_all(decisions),
        confirm_with=service.confirm_with,
        next_steps=(READ_TOGETHER,),
        warnings=unique(text for decision in decisions for text in decision.warnings),
        verified_on=min((decision.verified_on for decision in decisions if decision.verified_on), default=None),
        review_by=earliest(decisions),
        proposable=all(decision.proposable for decision in decisions),
    )


def cited(decisions: Iterable[Decision]) -> tuple[Citation, ...]:
    return unique(citation for decision in decisions for reason in decision.because for citation in reason.citations)


def _in_all(decisions: tuple[Decision, ...]) -> tuple[Document, ...]:
    first, *others = decisions
    return tuple(document for document in first.documents if all(document in other.documents for other in others))


def unique[T](values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
