"""The pages about the rules say what the engine decides, cell by cell, in every language. This is the gate."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from app.channels.shapes import Voice
from app.channels.web_rules import Wanted, packed_page
from app.channels.web_rules_changes import changes_shown
from app.channels.web_rules_lines import CLOSING, OPENING, in_lines, width_of
from app.i18n.languages import LANGUAGES, direction
from app.i18n.texts import read_sentences
from app.i18n.translator import Translator
from rules.conditions import holds
from rules.evaluate import evaluate
from rules.facts import SITUATION, FactId, Facts
from rules.history.archived import Archive
from rules.history.changes import CHANGES
from rules.history.personas import UNASKED, personas
from rules.load import load_rulebook
from rules.model import Decision, ServiceId, Status
from rules.overview import Step, in_order, overview_of, steps_of
from rules.overview_data import SCHEMA, overview_data
from rules.receipt import verdict_of
from rules.rulebook import Rulebook
from tests.builders.facts import TODAY

CELLS = Path(__file__).parents[1] / "rules" / "decision_table.csv"
VOID = {"meta", "link", "br", "input", "use", "path", "circle", "rect"}
ARCHIVE = Archive()
HEADINGS = re.compile(r"<h([1-6])")

type Place = tuple[str, str]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator(read_sentences())


@pytest.fixture(params=LANGUAGES)
def voice(request: pytest.FixtureRequest, translator: Translator) -> Voice:
    return Voice(translator, request.param)


@dataclass
class Cell:
    """What a page says where a paper and a service meet."""

    attributes: dict[str, str | None]
    text: str = ""
    reasons: list[tuple[str, str, str]] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Collects every element that has a status, a paper and a service, its own or of what it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[Place, Cell] = {}
        self._open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in VOID:
            self._open.append((tag, known))
        if "data-status" in known and (place := self._place()):
            self.cells[place] = Cell(known)
        if (cell := self._cell()) is not None:
            if "data-say" in known:
                cell.reasons.append((str(known["data-rule"]), str(known["data-say"]), ""))
            if "data-fact" in known:
                cell.facts.append(str(known["data-fact"]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop()[0] == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if (cell := self._cell()) is None:
            return
        cell.text += data
        if any("data-say" in attributes for _, attributes in self._open):
            rule, say, text = cell.reasons[-1]
            cell.reasons[-1] = (rule, say, text + data)

    def _cell(self) -> Cell | None:
        inside = any("data-status" in attributes for _, attributes in self._open)
        return self.cells.get(self._place() or ("", "")) if inside else None

    def _place(self) -> Place | None:
        found = {name: str(value) for _, attributes in self._open for name, value in attributes.items()}
        return (
            (found["data-situation"], found["data-service"])
            if {"data-situation", "data-service"} <= set(found)
            else None
        )


def read(html: str) -> dict[Place, Cell]:
    reader = Reader()
    reader.feed(html)
    assert reader._open == []
    return reader.cells


def html_of(kind: str, name: str, voice: Voice, rulebook: Rulebook) -> str:
    wanted = Wanted(kind, name, voice.language, TODAY)
    return gzip.decompress(packed_page(wanted, rulebook, voice.translator, ARCHIVE)).decode()


def person(rulebook: Rulebook, situation: str, *, settled: bool) -> Facts:
    rest = dict.fromkeys(rulebook.facts) if settled else {}
    return Facts({**rest, SITUATION: situation})


def disagreements(cells: dict[Place, Cell], rulebook: Rulebook, voice: Voice, *, words: str) -> Iterator[str]:
    """Where a page says something else than the engine; `words` is the beginning of the ids of its statuses."""
    for (situation, service), cell in cells.items():
        where = f"{situation} x {service}"
        decision = evaluate(rulebook, ServiceId(service), person(rulebook, situation, settled=True), on=TODAY)
        unasked = evaluate(rulebook, ServiceId(service), person(rulebook, situation, settled=False), on=TODAY)
        if cell.attributes["data-status"] != decision.status:
            yield f"{where}: shows {cell.attributes['data-status']}, decided {decision.status}"
        if cell.attributes.get("data-lean") != (str(decision.lean) if decision.lean else None):
            yield f"{where}: lean"
        if voice.say(f"{words}{decision.status}") not in cell.text:
            yield f"{where}: the word of its status is missing"
        yield from (f"{where}: {each}" for each in _asked_otherwise(cell, unasked))
        if cell.reasons:
            yield from (f"{where}: {each}" for each in _reasoned_otherwise(cell, decision, voice))


def _asked_otherwise(cell: Cell, unasked: Decision) -> Iterator[str]:
    depends = unasked.status is Status.UNDETERMINED
    if "data-unasked" not in cell.attributes:
        if ("data-depends" in cell.attributes) != depends:
            yield "what is asked first"
        return
    if cell.attributes["data-unasked"] != unasked.status or cell.facts != list(unasked.missing):
        yield "what it depends on"


def _reasoned_otherwise(cell: Cell, decision: Decision, voice: Voice) -> Iterator[str]:
    shown = [(rule, say) for rule, say, _ in cell.reasons]
    if shown != [(str(reason.rule), str(reason.say)) for reason in decision.because]:
        yield f"reasons {shown}"
    for _, say, text in cell.reasons:
        if not text.strip().startswith(voice.say(say)):
            yield f"the words of {say}"


def everything(rulebook: Rulebook) -> set[Place]:
    return {(situation, service) for situation in rulebook.rows for service in rulebook.services}


@pytest.mark.parametrize("kind", ["table", "sheets"])
def test_the_table_shows_every_cell_as_it_is_decided(kind: str, rulebook: Rulebook, voice: Voice) -> None:
    cells = read(html_of(kind, "", voice, rulebook))
    assert cells.keys() == everything(rulebook)
    assert list(disagreements(cells, rulebook, voice, words="about.rules.short.")) == []


def test_the_pages_of_papers_show_every_verdict_with_its_reasons(rulebook: Rulebook, voice: Voice) -> None:
    cells: dict[Place, Cell] = {}
    for situation in rulebook.rows:
        cells |= read(html_of("situation", situation, voice, rulebook))
    assert cells.keys() == everything(rulebook)
    assert all(cell.reasons for cell in cells.values())
    assert list(disagreements(cells, rulebook, voice, words="status.")) == []


def test_the_pages_of_services_show_every_verdict_with_its_reasons(rulebook: Rulebook, voice: Voice) -> None:
    cells: dict[Place, Cell] = {}
    for service in rulebook.services:
        cells |= read(html_of("service", service, voice, rulebook))
    assert cells.keys() == everything(rulebook)
    assert all(cell.reasons for cell in cells.values())
    assert list(disagreements(cells, rulebook, voice, words="about.rules.short.")) == []


def test_what_is_shown_is_the_decision_table_of_the_fact_base(rulebook: Rulebook, translator: Translator) -> None:
    shown = read(html_of("table", "", Voice(translator, "ar"), rulebook))
    with CELLS.open(encoding="utf-8") as table:
        written = {(row["situation"], row["service"]): row["decision"] for row in csv.DictReader(table)}
    assert {place: cell.attributes["data-status"] for place, cell in shown.items()} == written


@pytest.mark.parametrize(
    ("was", "forged", "complaint"),
    [
        ('data-status="not_eligible"', 'data-status="eligible"', "shows eligible"),
        (">Not today<", ">Yes<", "the word of its status"),
        ('data-say="reason.card_has_expired"', 'data-say="reason.training_from_15"', "reasons"),
        (">OFPPT is open to refugees", ">OFPPT is open to all", "the words of reason"),
        ('data-fact="education"', 'data-fact="age"', "what it depends on"),
    ],
)
def test_a_page_that_disagrees_is_caught(
    was: str, forged: str, complaint: str, rulebook: Rulebook, translator: Translator
) -> None:
    voice = Voice(translator, "en")
    html = re.sub(r"\s*<(?=/strong)", "<", html_of("service", "ofppt_training", voice, rulebook))
    assert was in html
    found = list(disagreements(read(html.replace(was, forged)), rulebook, voice, words="about.rules.short."))
    assert any(complaint in each for each in found), found


def test_a_rule_that_changes_after_the_page_was_made_is_caught(rulebook: Rulebook, translator: Translator) -> None:
    voice, service = Voice(translator, "fr"), rulebook.services[ServiceId("literacy_anlca")]
    rules = tuple(replace(rule, status=Status.NOT_ELIGIBLE) for rule in service.rules)
    changed = replace(rulebook, services={**rulebook.services, service.service: replace(service, rules=rules)})
    before = read(html_of("table", "", voice, rulebook))
    after = read(html_of("table", "", voice, changed))
    assert list(disagreements(before, changed, voice, words="about.rules.short."))
    assert list(disagreements(after, changed, voice, words="about.rules.short.")) == []


def _speaks(step: Step, facts: Facts) -> bool:
    return any(holds(rule.when, facts) for rule in step.rules)


def test_the_picture_decides_as_the_engine_does(rulebook: Rulebook) -> None:
    gates = {service.service: steps_of(rulebook, service, TODAY) for service in rulebook.services.values()}
    for each in personas(rulebook):
        if each.besides == UNASKED or each.situation not in rulebook.rows:
            continue
        told = FactId(each.besides.partition("=")[0])
        for service, steps in gates.items():
            if told and told not in rulebook.services[service].reads:
                continue
            first = next(step for step in steps if _speaks(step, each.facts))
            decision = evaluate(rulebook, service, each.facts, on=TODAY)
            assert (first.status, first.lean) == (decision.status, decision.lean), (
                service,
                each.situation,
                each.besides,
            )
            assert decision.because[0].rule in {rule.id for rule in first.rules}


def test_papers_named_in_a_picture_are_those_its_rules_are_true_of(rulebook: Rulebook) -> None:
    for service in rulebook.services.values():
        for step in steps_of(rulebook, service, TODAY):
            true_of = [row for row in rulebook.rows if _speaks(step, person(rulebook, row, settled=True))]
            if step.when is None:
                assert list(step.papers) == true_of


def test_a_picture_has_a_gate_for_every_step_and_says_its_answer(rulebook: Rulebook, voice: Voice) -> None:
    for service in rulebook.services.values():
        html = html_of("service", service.service, voice, rulebook)
        drawn = re.findall(r'<g class="gate (\w+)" data-status="(\w+)">', html)
        assert drawn == [(step.part, step.status) for step in steps_of(rulebook, service, TODAY)]
        picture = html[html.index("<figure") : html.index("</figure>")]
        assert re.search(r"<title[^>]*>[^<]+</title>\s*<desc[^>]*>[^<]+</desc>", picture)
        assert f'direction="{direction(voice.language)}"' in picture


def test_a_service_page_has_every_rule_in_the_order_of_precedence_with_all_its_sources(
    rulebook: Rulebook, voice: Voice
) -> None:
    for service in rulebook.services.values():
        html = html_of("service", service.service, voice, rulebook)
        assert re.findall(r'<article [^>]*data-rule="([^"]+)"', html) == [rule.id for rule in in_order(service)]
        parts = re.findall(r"<article .*?</article>", html, re.DOTALL)
        for rule, part in zip(in_order(service), parts, strict=True):
            assert part.count("web.card") == 0
            assert len(re.findall(r"\(" + "|".join(_confidences(voice)) + r"\)", part)) >= len(rule.citations)
            assert all(citation.url.replace("&", "&amp;") in part for citation in rule.citations)


def _confidences(voice: Voice) -> list[str]:
    return [re.escape(voice.say(f"web.card.confidence.{level}")) for level in ("high", "medium", "low")]


PAGES = [("table", ""), ("sheets", ""), ("changes", ""), ("situation", "irregular"), ("service", "ofppt_training")]


@pytest.mark.parametrize(("kind", "name"), PAGES)
def test_pages_are_well_built(kind: str, name: str, rulebook: Rulebook, voice: Voice) -> None:
    html = html_of(kind, name, voice, rulebook)
    read(html)
    assert f'<html lang="{voice.language}" dir="{direction(voice.language)}">' in html
    levels = [int(level) for level in HEADINGS.findall(html)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert not re.search(r"<style|style=|<script|\son\w+=|javascript:", html)
    assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_a_link_within_the_pages_leads_to_a_page_or_a_place_on_it(rulebook: Rulebook, translator: Translator) -> None:
    voice = Voice(translator, "ar")
    links = set(
        re.findall(r'href="/about/rules/(\w+)/(\w+)\?lang=ar(?:#([\w.]+))?"', html_of("table", "", voice, rulebook))
    )
    assert len(links) == len(everything(rulebook)) + len(rulebook.rows) + len(rulebook.services)
    for kind, name, place in links:
        assert name in (rulebook.rows if kind == "situations" else rulebook.services)
        assert not place or place in rulebook.services


def test_a_page_is_written_once_a_day_and_language(rulebook: Rulebook, translator: Translator) -> None:
    wanted = Wanted("table", "", "fr", TODAY)
    first = packed_page(wanted, rulebook, translator, ARCHIVE)
    assert packed_page(wanted, rulebook, translator, ARCHIVE) is first
    assert packed_page(replace(wanted, on=TODAY.replace(year=2027)), rulebook, translator, ARCHIVE) != first


def test_a_rule_that_was_not_checked_in_time_is_said_to_be_overdue(rulebook: Rulebook, translator: Translator) -> None:
    voice = Voice(translator, "en")
    rule = rulebook.services[ServiceId("ofppt_training")].rules[0]
    overdue = voice.say("about.rules.overdue", date=rule.review_by or TODAY)
    late = Wanted("service", "ofppt_training", "en", TODAY.replace(year=TODAY.year + 3))
    assert overdue in gzip.decompress(packed_page(late, rulebook, translator, ARCHIVE)).decode()
    assert overdue not in html_of("service", "ofppt_training", voice, rulebook)


def test_programs_get_the_same_by_ids(rulebook: Rulebook) -> None:
    data = json.loads(json.dumps(overview_data(rulebook, TODAY)))
    assert data["schema"] == SCHEMA
    assert data["rulebook"] == {"version": rulebook.version, "hash": rulebook.hash}
    cells = {(cell["situation"], cell["settled"]["service"]): cell for cell in data["cells"]}
    assert cells.keys() == everything(rulebook)
    for (situation, service), cell in cells.items():
        for name, settled in (("settled", True), ("unasked", False)):
            facts = person(rulebook, situation, settled=settled)
            assert cell[name] == verdict_of(evaluate(rulebook, ServiceId(service), facts, on=TODAY)).to_dict()
    named = [rule["rule"] for service in data["services"] for rule in service["rules"]]
    assert named == [rule.id for service in rulebook.services.values() for rule in in_order(service)]
    assert {fact for service in data["services"] for rule in service["rules"] for fact in rule["cite"]} <= set(
        data["sources"]
    )


def test_a_table_is_made_once_for_a_book_and_a_day(rulebook: Rulebook) -> None:
    assert overview_of(rulebook, TODAY) is overview_of(rulebook, TODAY)


FLIPPED = """## Unreleased

| paper | told besides | service | before | now | why | source | acknowledged by | on |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| card_student | age=31 | ofppt_training | uncertain/no | conditional | A circular. | F-050 | A. Lawyer | 2026-11-21 |
| all |  | literacy_anlca | absent | eligible | A new service. | F-050 | A. Lawyer | 2026-11-21 |
"""


def test_an_acknowledged_change_is_shown_with_its_reason_and_who_looked_at_it(
    rulebook: Rulebook, voice: Voice, tmp_path: Path
) -> None:
    written = tmp_path / "CHANGES.md"
    written.write_text(FLIPPED, "utf-8")
    one, other = changes_shown(rulebook, ARCHIVE, voice, written)[0]["changes"]
    assert one["papers"] == [voice.say("about.rules.paper.card_student")]
    assert voice.say("ask.age.question") in one["besides"][0]
    assert (one["before"]["status"], one["before"]["lean"], one["now"]["status"]) == ("uncertain", "no", "conditional")
    assert one["why"] == "A circular."
    assert "A. Lawyer" in one["by"]
    assert other["papers"] == [voice.say("about.rules.changes.every_paper")]
    assert other["before"]["text"] == voice.say("diff.absent")


def test_every_change_of_the_project_can_be_shown(rulebook: Rulebook, voice: Voice) -> None:
    books = changes_shown(rulebook, ARCHIVE, voice)
    published = [book for book in books if book["name"] != voice.say("about.rules.changes.unreleased")]
    assert len(published) == len(ARCHIVE.entries)
    rows = [
        line
        for line in CHANGES.read_text("utf-8").splitlines()
        if line.startswith("| ") and re.search(r"20\d\d-\d\d-\d\d \|$", line)
    ]
    assert sum(len(book["changes"]) for book in books) == len(rows)


@pytest.mark.parametrize("most", [4, 9, 40])
def test_broken_lines_keep_every_word_and_close_what_they_isolate(most: int) -> None:
    text = "قبل \u2066Barid Al Maghrib bank\u2069 بعد"
    lines = in_lines(text, most)
    assert (
        " ".join(re.sub(f"[{OPENING}{CLOSING}]", "", line) for line in lines).split()
        == re.sub(f"[{OPENING}{CLOSING}]", "", text).split()
    )
    assert all(line.count("\u2066") == line.count("\u2069") for line in lines)
    assert all(width_of(line) <= most or " " not in line for line in lines)
