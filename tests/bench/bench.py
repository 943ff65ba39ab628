"""`python -m tests.bench.bench`: how long a reply takes over HTTP, for each parser, one and sixteen people at once.

Loopback only, a fresh database, a fixed number of messages: a few minutes at most.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import httpx

from tests.bench.servers import serve_app, serve_rasa

PHRASES = Path(__file__).with_name("phrases.json")
PEOPLE = (1, 16)
MESSAGES = 160
WARM_UP = 8
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ENDS_THE_TALK = ("erase", "refer", "consent", "human", "complaint")


@dataclass(frozen=True)
class Row:
    parser: str
    turn: str
    people: int
    messages: int
    p50: float
    p95: float
    per_second: float


class Person:
    """Talks to the server and measures how long each reply takes."""

    def __init__(self, url: str, phrases: Iterator[str]) -> None:
        self._http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        self._phrases = phrases
        self._begin()

    def _begin(self) -> None:
        begun = self._http.post("/api/v1/conversations", json={"language": "fr"})
        begun.raise_for_status()
        self._path = f"/api/v1/conversations/{begun.json()['id']}/messages"
        self._headers = {"authorization": f"Bearer {begun.json()['token']}"}
        self._choices = _choices_in(begun.json())

    def types(self) -> float:
        return self._send({"text": next(self._phrases)})

    def presses(self) -> float:
        if not self._choices:
            self._begin()
        return self._send({"choice": self._choices[0]})

    def _send(self, body: dict[str, str]) -> float:
        began = time.perf_counter()
        answer = self._http.post(self._path, json=body, headers=self._headers)
        took = time.perf_counter() - began
        answer.raise_for_status()
        self._choices = _choices_in(answer.json())
        return took

    def leaves(self) -> None:
        self._http.close()


def _choices_in(answer: dict[str, list[dict[str, list[dict[str, str]]]]]) -> list[str]:
    offered = [choice["id"] for reply in answer["replies"] for choice in reply["choices"]]
    return [choice for choice in offered if not any(word in choice for word in ENDS_THE_TALK)]


TURNS: dict[str, Callable[[Person], float]] = {"button": Person.presses, "free text": Person.types}


def measure(url: str, parser: str) -> Iterator[Row]:
    """One row per kind of turn and number of people."""
    phrases = json.loads(PHRASES.read_text(encoding="utf-8"))
    for turn, take in TURNS.items():
        for people in PEOPLE:
            talkers = [Person(url, islice(cycle(phrases), start, None)) for start in range(people)]
            for talker in talkers[:WARM_UP]:
                take(talker)
            yield _row(parser, turn, talkers, take)
            for talker in talkers:
                talker.leaves()


def _row(parser: str, turn: str, talkers: list[Person], take: Callable[[Person], float]) -> Row:
    each = MESSAGES // len(talkers)
    began = time.perf_counter()
    with ThreadPoolExecutor(len(talkers)) as pool:
        took = [
            seconds
            for times in pool.map(lambda talker: [take(talker) for _ in range(each)], talkers)
            for seconds in times
        ]
    lasted = time.perf_counter() - began
    cuts = quantiles(took, n=100, method="inclusive")
    return Row(parser, turn, len(talkers), len(took), cuts[49] * 1000, cuts[94] * 1000, len(took) / lasted)


def table(rows: list[Row]) -> str:
    lines = [
        "| parser | turn | people | messages | p50 ms | p95 ms | per second |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        measured = f"{row.p50:.0f} | {row.p95:.0f} | {row.per_second:.0f}"
        lines.append(f"| {row.parser} | {row.turn} | {row.people} | {row.messages} | {measured} |")
    return "\n".join(lines)


def speaking(url: str) -> str:
    return str(httpx.get(f"{url}/health/ready", timeout=10, trust_env=False).json()["parser"])


@contextmanager
def each_parser(rasa_url: str | None) -> Iterator[list[str]]:
    """Addresses of servers: the local parser's, and Rasa's where it can be had."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        urls = [running.enter_context(serve_app(folder / "local", {}))]
        rasa = running.enter_context(serve_rasa(rasa_url))
        if rasa is not None:
            urls.append(running.enter_context(serve_app(folder / "rasa", rasa, parser="rasa")))
        yield urls


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--url", help="a server that runs already, on this machine")
    arguments.add_argument("--rasa-url", help="a Rasa that runs already; BOUSSOLE_RASA_TOKEN holds its token")
    given = arguments.parse_args()
    if given.url and urlsplit(given.url).hostname not in LOOPBACK:
        arguments.error("only a server on this machine is measured")
    with ExitStack() as running:
        urls = [given.url] if given.url else running.enter_context(each_parser(given.rasa_url))
        rows = [row for url in urls for row in measure(url, speaking(url))]
    sys.stdout.write(table(rows) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
