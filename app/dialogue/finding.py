"""Places for a service, as safe as the person's situation asks for."""

from __future__ import annotations

from collections.abc import Sequence

from app.dialogue.messages import Value
from app.dialogue.safety import avoids_authorities
from app.dialogue.scene import Scene
from referral_directory.points import ServicePoint
from rules.facts import FactId

CITY = FactId("city")
FALLBACK = ("fr", "en", "ar")


def places_for(subject: str, scene: Scene, *, limit: int = 3) -> Sequence[ServicePoint]:
    city = scene.facts.get(CITY)
    return scene.ports.places.find(
        subject,
        city=str(city) if city else None,
        language=scene.language,
        without_papers=avoids_authorities(scene.facts, scene.rulebook),
        limit=limit,
    )


def proper_name(point: ServicePoint, language: str) -> Value:
    """The name of a place in this language, else in one that its directory entry has."""
    return next((point.name[each] for each in (language, *FALLBACK) if point.name.get(each)), point.organisation)
