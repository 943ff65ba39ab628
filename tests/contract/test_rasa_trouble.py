"""Rasa late, wrong or strange: it is then not there, and the local parser speaks until it is back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import httpx
import pytest

from app.adapters.parses import Outcome
from app.adapters.rasa import AT_ONCE, FAILURES_ALLOWED, REST_SECONDS, Breaker, Guard, RasaParser
from app.adapters.switching import SwitchingParser
from app.dialogue.understanding import Intent, Understanding
from app.errors import ParserBusy, ParserUnavailable

GOOD = {
    "text": "I need work",
    "intent": {"name": "need_job", "confidence": 0.9},
    "intent_ranking": [{"name": "need_job", "confidence": 0.9}, {"name": "need_training", "confidence": 0.1}],
    "entities": [],
}


class Server:
    """Answers as a test tells it to, and counts."""

    def __init__(self, answer: Callable[[], httpx.Response]) -> None:
        self.answer = answer
        self.asked = 0

    def __call__(self, _request: httpx.Request) -> httpx.Response:
        self.asked += 1
        return self.answer()


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Drip(httpx.SyncByteStream):
    """Never late for a single byte, never done in time."""

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(1000):
            time.sleep(0.01)
            yield b" "


class Local:
    name = "local"

    def parse(self, _text: str, _language: str | None) -> Understanding:
        return Understanding("en", "en", Intent("greet", 1.0), parser="local")


def _said(content: object = None, *, status: int = 200, text: str | None = None) -> Callable[[], httpx.Response]:
    if text is not None:
        return lambda: httpx.Response(status, text=text)
    return lambda: httpx.Response(status, json=content)


def _never() -> httpx.Response:
    raise httpx.ReadTimeout("too late")


def _no_server() -> httpx.Response:
    raise httpx.ConnectError("refused")


def _parser(server: Server, clock: Clock | None = None) -> RasaParser:
    breaker = Breaker(clock or Clock())
    return RasaParser(
        "http://rasa.test", token="t", timeout=0.1, transport=httpx.MockTransport(server), breaker=breaker
    )


def _with(**changes: object) -> dict[str, object]:
    return {**GOOD, **changes}


TROUBLE = {
    "late": _never,
    "away": _no_server,
    "drips": lambda: httpx.Response(200, stream=Drip()),
    "401": _said({"reason": "NotAuthenticated"}, status=401),
    "409 without a model": _said({"reason": "Conflict"}, status=409),
    "500": _said({"reason": "ParsingError"}, status=500),
    "redirect": lambda: httpx.Response(302, headers={"location": "http://elsewhere.test"}),
    "not json": _said(text="<html>"),
    "cut json": _said(text='{"intent": {"name": "need_j'),
    "endless": _said(text="[" * 300_000),
    "deep": _said(text="[" * 100_000),
    "not utf-8": lambda: httpx.Response(200, content=b"\xff\xfe{"),
    "nothing": _said(text=""),
    "null": _said(text="null"),
    "a list": _said([GOOD]),
    "no ranking": _said({key: value for key, value in GOOD.items() if key != "intent_ranking"}),
    "no intent": _said({key: value for key, value in GOOD.items() if key != "intent"}),
    "null intent": _said(_with(intent={"name": None, "confidence": 0.0})),
    "unknown intent": _said(_with(intent={"name": "grant_asylum", "confidence": 0.9})),
    "unknown in the ranking": _said(_with(intent_ranking=[*GOOD["intent_ranking"], {"name": "x", "confidence": 0}])),
    "ranking of names": _said(_with(intent_ranking=["need_job"])),
    "ranking a number": _said(_with(intent_ranking=3)),
    "confidence a word": _said(_with(intent={"name": "need_job", "confidence": "high"})),
    "confidence true": _said(_with(intent={"name": "need_job", "confidence": True})),
    "confidence above 1": _said(_with(intent={"name": "need_job", "confidence": 7})),
    "confidence below 0": _said(_with(intent={"name": "need_job", "confidence": -0.1})),
    "confidence not a number": _said(text='{"intent": {"name": "need_job", "confidence": NaN}, "intent_ranking": []}'),
}


def test_a_good_answer_is_taken():
    understood = _parser(Server(_said(GOOD))).parse("I need work", None)
    assert (understood.intent, understood.parser) == (Intent("need_job", 0.9), "rasa")


def test_the_entities_are_read_from_the_text_and_not_from_the_answer():
    lies = _said(_with(entities=[{"entity": "city", "value": "city_rabat", "start": 0, "end": 1}]))
    understood = _parser(Server(lies)).parse("I need work in Fes", None)
    assert "city_rabat" not in {entity.value for entity in understood.entities}


@pytest.mark.parametrize("answer", TROUBLE.values(), ids=TROUBLE)
def test_trouble_means_unavailable_and_never_a_guess(answer):
    with pytest.raises(ParserUnavailable):
        _parser(Server(answer)).parse("I need work", None)


@pytest.mark.parametrize("answer", TROUBLE.values(), ids=TROUBLE)
def test_the_local_parser_speaks_through_the_trouble_and_rasa_after_it(answer):
    server = Server(_said(GOOD))
    parser = SwitchingParser(Local(), _parser(server))
    parser.probe()
    assert parser.parse("I need work", None).parser == "rasa"
    server.answer = answer
    assert parser.parse("I need work", None).parser == "local"
    parser.probe()
    assert parser.name == "local"
    server.answer = _said(GOOD)
    parser.probe()
    assert parser.parse("I need work", None).parser == "rasa"


def test_after_failures_in_a_row_the_server_is_left_in_peace_and_then_tried_again():
    server, clock = Server(_no_server), Clock()
    parser = _parser(server, clock)
    for _ in range(FAILURES_ALLOWED + 5):
        with pytest.raises(ParserUnavailable):
            parser.parse("I need work", None)
    assert server.asked == FAILURES_ALLOWED
    clock.now += REST_SECONDS
    server.answer = _said(GOOD)
    assert parser.parse("I need work", None).intent.name == "need_job"
    assert server.asked == FAILURES_ALLOWED + 1


def test_the_guard_says_whether_the_server_is_asked():
    server, clock = Server(_no_server), Clock()
    parser = _parser(server, clock)
    seen = [parser.guard]
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(ParserUnavailable):
            parser.parse("I need work", None)
    seen.append(parser.guard)
    clock.now += REST_SECONDS
    seen.append(parser.guard)
    server.answer = _said(GOOD)
    parser.parse("I need work", None)
    assert [*seen, parser.guard] == [Guard.CLOSED, Guard.OPEN, Guard.TRIAL, Guard.CLOSED]


class Crowd:
    """A server that keeps all who ask waiting until it is told to answer."""

    def __init__(self) -> None:
        self.full = Barrier(AT_ONCE + 1)
        self.go = Event()

    def __call__(self, _request: httpx.Request) -> httpx.Response:
        if not self.go.is_set():
            self.full.wait(30)
            self.go.wait(30)
        return httpx.Response(200, json=GOOD)


def test_when_many_ask_at_once_the_next_is_answered_by_the_local_parser_and_rasa_goes_on():
    crowd = Crowd()
    rasa = RasaParser("http://rasa.test", timeout=60, transport=httpx.MockTransport(crowd))
    parser = SwitchingParser(Local(), rasa)
    crowd.go.set()
    parser.probe()
    crowd.go.clear()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(parser.parse, "I need work", None) for _ in range(AT_ONCE)]
        crowd.full.wait(30)
        with pytest.raises(ParserBusy):
            rasa.parse("I need work", None)
        one_more = parser.parse("I need work", None)
        crowd.go.set()
        answered = [each.result().parser for each in waiting]
    assert one_more.parser == "local"
    assert answered == ["rasa"] * AT_ONCE
    assert (parser.name, rasa.guard) == ("rasa", Guard.CLOSED)
    assert parser.parse("I need work", None).parser == "rasa"


def test_every_parse_is_counted_by_parser_and_by_what_came_of_it():
    server = Server(_said(GOOD))
    parser = SwitchingParser(Local(), _parser(server))
    parser.probe()
    parser.parse("I need work", None)
    server.answer = _no_server
    parser.parse("I need work", None)
    counted = {labels: value for name, labels, value in parser.samples() if name == "boussole_parses_total"}
    assert counted == {
        (("outcome", Outcome.UNDERSTOOD.value), ("parser", "rasa")): 1,
        (("outcome", Outcome.UNAVAILABLE.value), ("parser", "rasa")): 1,
        (("outcome", Outcome.UNDERSTOOD.value), ("parser", "local")): 1,
    }
    states = {name: dict(labels) for name, labels, _ in parser.samples()}
    assert states["boussole_parser_speaking"] == {"parser": "local"}
    assert states["boussole_parser_guard"] == {"parser": "rasa", "state": "closed"}


def test_a_wordless_text_does_not_trouble_the_server():
    server = Server(_said(GOOD))
    assert _parser(server).parse("?!", None).intent.name == "out_of_scope"
    assert server.asked == 0


@pytest.mark.parametrize(
    "answer", [_said({"model_file": None}), _said(status=401), _said([]), _no_server, _said(text="")]
)
def test_a_server_without_a_model_is_not_ready(answer):
    assert not _parser(Server(answer)).ready()


def test_a_server_with_a_model_is_ready():
    assert _parser(Server(_said({"model_file": "nlu-1.tar.gz"}))).ready()
