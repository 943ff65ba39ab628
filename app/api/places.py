"""Places over HTTP. A person's facts are only taken from a body: a situation never stands in an address."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from app.api.access import V1, Now, limit_questions
from app.api.bodies import LONGEST_ID, MOST_PLACES, PlacesRequest
from app.api.eligibility import admitted
from app.api.languages import chosen_language
from app.channels.cards import place_card
from app.channels.shapes import Json, Voice
from app.dialogue.safety import avoids_authorities
from app.errors import InvalidInput
from app.wiring import Services
from nlu.text.normalise import clean
from rules.facts import FactId, Facts

router = APIRouter(prefix=V1, dependencies=[limit_questions])

CITY = FactId("city")


class UsePost(InvalidInput):
    """Facts of a person stood in the address, where logs and histories keep them."""

    code = "use_post"


@router.get("/places")
def places(
    request: Request,
    services: Now,
    service: Annotated[str, Query(min_length=1, max_length=LONGEST_ID)],
    city: Annotated[str | None, Query(max_length=LONGEST_ID)] = None,
    language: Annotated[str | None, Query(max_length=LONGEST_ID)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_PLACES)] = 5,
) -> Json:
    if request.query_params.keys() & (services.rulebook.facts.keys() - {CITY}):
        raise UsePost
    wanted = PlacesRequest(service=service, city=clean(city or "") or None, limit=limit)
    return found(wanted, services, chosen_language(request, language), Facts())


@router.post("/places/search")
def search(body: PlacesRequest, request: Request, services: Now) -> Json:
    language = chosen_language(request, body.language)
    return found(body, services, language, admitted(services.rulebook, body.facts))


def found(wanted: PlacesRequest, services: Services, language: str, facts: Facts) -> Json:
    """Ranked places, each with why and why not."""
    if wanted.service not in services.rulebook.services and wanted.service not in services.rulebook.doors:
        raise InvalidInput("service", code="unknown_service")
    told = wanted.city if wanted.city is not None else facts.get(CITY)
    city = city_named(str(told), services) if told is not None else None
    if told is not None and city is None:
        raise InvalidInput("city", code="unknown_city")
    points = services.places.find(
        wanted.service,
        city=city,
        language=language,
        without_papers=avoids_authorities(facts, services.rulebook),
        limit=wanted.limit,
    )
    voice = Voice(services.translator, language)
    return {
        "service": wanted.service,
        "city": city,
        "language": language,
        "places": [place_card(point, voice) for point in points],
    }


def city_named(told: str, services: Services) -> str | None:
    """The id of a city given by id or by any of its names."""
    cities = services.places.cities
    known = cities.get(told)
    return known.id if known else cities.match_city(told)
