"""What may be sent to the HTTP interface: the request bodies, checked and cleaned before anything reads them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.api.problems import LONGEST_TEXT
from app.i18n.languages import LANGUAGES
from nlu.text.normalise import clean

LONGEST_ID = 200
MOST_SERVICES = 50
MOST_PLACES = 20


def _cleaned(value: Any) -> Any:
    """Without NUL, lone surrogates, zero-width and direction marks. Other types are pydantic's to refuse."""
    return clean(value).strip() if isinstance(value, str) else value


def _message_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_TEXT:
        raise PydanticCustomError("text_too_long", "too long")
    if not (text := _cleaned(value)):
        raise PydanticCustomError("empty_text", "empty")
    return text


def _language(value: Any) -> Any:
    if isinstance(value, str) and value not in LANGUAGES:
        raise PydanticCustomError("unknown_language", "unknown language")
    return value


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("invalid_date", "not a date") from error


type Text = Annotated[str, BeforeValidator(_message_text)]
type Id = Annotated[str, BeforeValidator(_cleaned), Field(min_length=1, max_length=LONGEST_ID)]
type Language = Annotated[str, BeforeValidator(_language)]
type Day = Annotated[date, BeforeValidator(_day)]


class Body(BaseModel):
    """Unknown members are ignored, so that older servers understand newer clients."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class NewConversation(Body):
    language: Language | None = None
    channel: Id | None = None


class NewMessage(Body):
    text: Text | None = None
    choice: Id | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if self.text is None and self.choice is None:
            raise PydanticCustomError("empty_text", "empty")
        if self.text is not None and self.choice is not None:
            raise PydanticCustomError("text_or_choice", "both")
        return self


class TextToUnderstand(Body):
    text: Text
    language: Language | None = None


class EligibilityRequest(Body):
    facts: dict[str, Any]
    services: Annotated[list[Id], Field(max_length=MOST_SERVICES)] | None = None
    as_of: Day | None = None
    language: Language | None = None


class PlacesRequest(Body):
    service: Id
    city: Id | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    limit: Annotated[int, Field(ge=1, le=MOST_PLACES)] = 5
    language: Language | None = None


class ConsentGiven(Body):
    """Who may receive the referral, and what of it they may see beyond its code, service and place."""

    recipient: Id
    fields: Annotated[
        list[Id],
        Field(max_length=LONGEST_ID, description="`decision`, `papers`; empty: nothing but code, service and place."),
    ]


class NewReferral(Body):
    conversation: Id
    service: Id
    place: Id | None = None
    consent: ConsentGiven | None = None
    language: Language | None = None
