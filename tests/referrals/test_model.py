"""A referral's steps, and what its slip may say."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from app.errors import Conflict, InvalidInput
from app.referrals.model import NEXT, ReferralStatus, SharedField
from app.referrals.service import Prospect, decision_if_fit, refer, shared_fields
from app.referrals.slip import SlipContents
from rules.model import Status
from tests.builders.referrals import NOON, TODAY, a_decision, a_referral, a_wish


@pytest.mark.parametrize("status", [ReferralStatus.WITHDRAWN, ReferralStatus.EXPIRED])
def test_a_consented_referral_can_end(status):
    later = NOON + timedelta(days=1)
    ended = a_referral().becoming(status, at=later)
    assert (ended.status, ended.updated_at, ended.created_at) == (status, later, NOON)


@pytest.mark.parametrize("step", list(ReferralStatus))
def test_what_has_ended_stays_ended(step):
    ended = a_referral().becoming(ReferralStatus.WITHDRAWN, at=NOON)
    with pytest.raises(Conflict):
        ended.becoming(step, at=NOON)


def test_every_status_says_what_may_follow_and_every_way_ends():
    assert set(NEXT) == set(ReferralStatus)
    ends = {status for status, following in NEXT.items() if not following}
    reachable, open_ends = set(), [ReferralStatus.CONSENTED]
    while open_ends:
        status = open_ends.pop()
        reachable.add(status)
        open_ends += NEXT[status] - reachable
    assert reachable == set(ReferralStatus)
    assert ends


def test_the_slip_says_what_was_decided_and_what_to_bring():
    slip = a_referral(wish=a_wish(language="ar")).slip
    assert (slip.status, slip.because) == (Status.ELIGIBLE, "rule.ofppt_training")
    assert [paper.say for paper in slip.papers] == ["document.ofppt_training.1"]
    assert slip.languages == ("ar", "fr")


@pytest.mark.parametrize(("language", "expected"), [("fr", ("fr",)), (None, ("fr",)), ("en", ("en", "fr"))])
def test_a_slip_speaks_the_persons_language_and_french(language, expected):
    assert a_referral(wish=a_wish(language=language)).slip.languages == expected


def test_what_the_person_does_not_share_is_not_on_the_slip():
    bare = a_referral(wish=a_wish(shared=frozenset())).slip
    assert (bare.status, bare.because, bare.papers) == (None, None, ())
    papers_only = a_referral(wish=a_wish(shared=frozenset({SharedField.PAPERS}))).slip
    assert papers_only.papers
    assert papers_only.status is None


FIT = Prospect(a_decision())


@pytest.mark.parametrize("status", [Status.ELIGIBLE, Status.CONDITIONAL, Status.UNCERTAIN, Status.UNDETERMINED])
def test_a_door_that_is_not_closed_may_be_a_referral(status):
    decision = a_decision(status=status)
    assert decision_if_fit(a_wish(), Prospect(decision)) is decision


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"decision": None}, "service", "unknown_service"),
        ({"is_closed": True}, "service", "service_closed"),
        ({"decision": a_decision(status=Status.NOT_ELIGIBLE)}, "service", "not_eligible_for_service"),
        ({"decision": replace(a_decision(), proposable=False)}, "service", "service_not_proposed"),
        ({"place_gives_it": False}, "place", "place_does_not_give_service"),
    ],
)
def test_nobody_is_sent_to_a_closed_door(changes, field, code):
    with pytest.raises(InvalidInput) as refused:
        decision_if_fit(a_wish(), replace(FIT, **changes))
    assert (refused.value.field, refused.value.code) == (field, code)


def test_without_a_place_only_the_service_must_fit():
    unfit_place = replace(FIT, place_gives_it=False)
    assert decision_if_fit(a_wish(place=None), unfit_place) is FIT.decision


def test_the_consent_names_its_recipient():
    assert a_referral(wish=a_wish(place="sal_1")).consent.recipient == "sal_1"
    assert a_referral(wish=a_wish(place=None)).consent.recipient == "ofppt_training"


def test_a_part_nobody_can_share_is_refused():
    with pytest.raises(InvalidInput) as refused:
        shared_fields(["papers", "nationality"])
    assert refused.value.code == "unknown_consent_field"


def test_a_slip_comes_back_from_json_as_it_was():
    for wish in (a_wish(), a_wish(shared=frozenset(), place=None)):
        slip = a_referral(wish=wish).slip
        assert SlipContents.from_dict(slip.to_dict()) == slip


def test_a_slip_has_no_room_for_personal_data():
    assert {field.name for field in fields(SlipContents)} == {
        "code", "service", "place", "issued_on", "languages", "status", "because", "papers",
    }  # fmt: skip


def test_a_decision_for_a_slip_keeps_its_first_reason_only():
    decision = a_decision()
    made = refer(a_wish(), code="0000-0000-0", decision=decision, now=NOON, today=TODAY)
    assert made.slip.because == decision.because[0].say
