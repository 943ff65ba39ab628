"""The composition root: the only place that names real adapters. Nothing connects before `build`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from redis import Redis

from app.adapters.cipher import Cipher
from app.adapters.database import Database, open_database, transaction
from app.adapters.events import Events, MemoryEvents, RedisEvents
from app.adapters.limits import MemoryLimiter, RateLimiter, RedisLimiter
from app.adapters.local_parser import LocalParser
from app.adapters.migrations import migrate
from app.adapters.rasa import RasaParser
from app.adapters.receipt_seal import ReceiptSeal
from app.adapters.switching import SwitchingParser
from app.dialogue.ports import IntentParser, Ports
from app.dialogue.respond import open_conversation, respond
from app.i18n.texts import read_sentences
from app.i18n.translator import Translator
from app.referrals.codes import new_code
from app.referrals.service import Prospect, Wish
from app.settings import Settings
from app.turns import ReceiptServices, TurnServices, find_referral
from app.turns.services import CASABLANCA
from nlu.bands import bands
from nlu.text.normalise import fold
from referral_directory.ingest import load_if_changed
from referral_directory.search import PlaceSearch
from rules.evaluate import evaluate
from rules.facts import Facts
from rules.history.archived import Archive
from rules.load import load_rulebook
from rules.model import ServiceId
from rules.rulebook import Rulebook


def moment() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Services:
    """Everything a way in may use. Shared by all requests; every part is safe between threads."""

    settings: Settings
    rulebook: Rulebook
    translator: Translator
    database: Database
    turns: TurnServices
    receipts: ReceiptServices
    parser: SwitchingParser
    places: PlaceSearch
    events: Events
    limiter: RateLimiter
    closers: tuple[Callable[[], None], ...] = ()
    """What holds a connection, in the order in which it is let go."""

    def start(self) -> None:
        self.parser.start()

    def stop(self) -> None:
        for close in self.closers:
            close()


def build(settings: Settings, *, now: Callable[[], datetime] = moment) -> Services:
    """Reads the rule book and the words, opens the database. Raises where any of them is not fit to serve."""
    rulebook = load_rulebook()
    database = open_database(settings.database_url)
    redis = Redis.from_url(settings.redis_url) if settings.redis_url else None
    parser = SwitchingParser(LocalParser.trained(), _rasa(settings))
    places = PlaceSearch(database.sessions, fold=fold, today=lambda: now().astimezone(CASABLANCA).date())
    translator = Translator(read_sentences(), towns=partial(names_of_town, places))
    ports = Ports(parser, places, rulebook, new_code, referral_status=_no_referral, words=translator, bands=bands())
    events: Events = RedisEvents(redis) if redis else MemoryEvents()
    return Services(
        settings=settings,
        rulebook=rulebook,
        translator=translator,
        database=database,
        turns=_use_cases(settings, database, ports, places, now=now),
        receipts=receipt_services(settings, database, rulebook, now),
        parser=parser,
        places=places,
        events=events,
        limiter=RedisLimiter(redis, MemoryLimiter()) if redis else MemoryLimiter(),
        closers=(parser.stop, events.close, *([redis.close] if redis else []), database.close),
    )


def _use_cases(
    settings: Settings, database: Database, ports: Ports, places: PlaceSearch, *, now: Callable[[], datetime]
) -> TurnServices:
    def status_of_referral(code: str) -> str | None:
        referral = find_referral(code, turns)
        return referral.status if referral else None

    turns = TurnServices(
        sessions=database.sessions,
        cipher=Cipher(settings.secrets),
        now=now,
        greet=open_conversation,
        respond=partial(respond, ports=replace(ports, referral_status=status_of_referral)),
        foresee=partial(foresee, ports.rulebook, places),
    )
    return turns


def receipt_services(
    settings: Settings, database: Database, rulebook: Rulebook, now: Callable[[], datetime]
) -> ReceiptServices:
    cipher, seal = Cipher(settings.secrets), ReceiptSeal(settings.secrets)
    return ReceiptServices(database.sessions, cipher, seal, rulebook, Archive(), now)


def _rasa(settings: Settings) -> IntentParser | None:
    if not settings.rasa_url:
        return None
    return RasaParser(settings.rasa_url, token=settings.rasa_token, timeout=settings.rasa_timeout)


def _no_referral(_code: str) -> None:
    """Stands in until the use cases that can look one up exist."""


def foresee(rulebook: Rulebook, places: PlaceSearch, wish: Wish, facts: Facts, *, on: date) -> Prospect:
    """What the rule book and the directory say of a wish."""
    rules = rulebook.services.get(ServiceId(wish.service))
    if rules is None:
        return Prospect(None)
    prospect = Prospect(evaluate(rulebook, rules.service, facts, on=on), is_closed=rules.is_closed)
    if wish.place is None:
        return prospect
    return replace(prospect, place_gives_it=places.gives(wish.place, wish.service))


def names_of_town(places: PlaceSearch, town: str) -> Mapping[str, str]:
    known = places.cities.get(town)
    return known.name if known else {}


def prepare(settings: Settings) -> None:
    """Tables and places of this version, where they are not there yet. Harmless to repeat."""
    migrate(settings.database_url)
    seed_directory(settings)


def seed_directory(settings: Settings) -> str:
    """The places of this version, loaded where they are not there yet; says what it did."""
    database = open_database(settings.database_url)
    try:
        with transaction(database.sessions) as session:
            report = load_if_changed(session)
    finally:
        database.close()
    if report.skipped:
        return "Directory: up to date."
    return f"Directory: {sum(change.total for change in report.tables.values())} rows loaded."
