"""Making a referral out of an agreed wish, if it is fit to be made. Pure: what is known of it is handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.errors import InvalidInput
from app.referrals.model import Consent, Referral, ReferralStatus, SharedField
from app.referrals.slip import SlipContents, languages_of
from rules.model import Decision, Status


@dataclass(frozen=True)
class Wish:
    """Where a person agreed to be referred, and what the service may see. `language` is the person's."""

    service: str
    place: str | None
    shared: frozenset[SharedField]
    language: str | None


def shared_fields(names: Iterable[str]) -> frozenset[SharedField]:
    """Empty: nothing but the code, the service and the place. Raises InvalidInput for what no slip can carry."""
    try:
        return frozenset(SharedField(name) for name in names)
    except ValueError as error:
        raise InvalidInput("consent.fields", code="unknown_consent_field") from error


@dataclass(frozen=True)
class Prospect:
    """What is known where somebody is to be referred. `decision` is None for what is no service of the rule book."""

    decision: Decision | None
    is_closed: bool = False
    """Nobody gets this service any more."""
    place_gives_it: bool = True


def decision_if_fit(wish: Wish, prospect: Prospect) -> Decision:
    """Nobody is sent to a closed door, or to one that is not theirs: InvalidInput then."""
    decision = prospect.decision
    if decision is None:
        raise InvalidInput("service", code="unknown_service")
    if prospect.is_closed:
        raise InvalidInput("service", code="service_closed")
    if not decision.proposable:
        raise InvalidInput("service", code="service_not_proposed")
    if decision.status is Status.NOT_ELIGIBLE:
        raise InvalidInput("service", code="not_eligible_for_service")
    if wish.place is not None and not prospect.place_gives_it:
        raise InvalidInput("place", code="place_does_not_give_service")
    return decision


def refer(wish: Wish, *, code: str, decision: Decision, now: datetime, today: date) -> Referral:
    """Only what the person shares enters the slip."""
    return Referral(
        code=code,
        service=wish.service,
        place=wish.place,
        status=ReferralStatus.CONSENTED,
        consent=Consent(recipient=wish.place or wish.service, fields=wish.shared, given_at=now),
        slip=_slip(wish, code, decision, today),
        created_at=now,
        updated_at=now,
    )


def _slip(wish: Wish, code: str, decision: Decision, today: date) -> SlipContents:
    told = decision if SharedField.DECISION in wish.shared else None
    listed = decision if SharedField.PAPERS in wish.shared else None
    return SlipContents(
        code=code,
        service=wish.service,
        place=wish.place,
        issued_on=today,
        languages=languages_of(wish.language),
        status=told.status if told else None,
        because=told.because[0].say if told and told.because else None,
        papers=listed.documents if listed else (),
    )
