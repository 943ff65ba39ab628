"""The changes of answers that somebody has looked at, version by version, newest first."""

from __future__ import annotations

from pathlib import Path

from app.channels.shapes import Json, Voice
from app.channels.web_rules_when import paper_name, told_besides
from app.dialogue.messages import Latin
from rules.history.archived import Archive
from rules.history.changes import CHANGES, UNRELEASED, Acknowledged, read_changes
from rules.history.flips import ABSENT
from rules.model import ServiceId
from rules.rulebook import Rulebook

SHORT_HASH = 12


def changes_shown(rulebook: Rulebook, archive: Archive, voice: Voice, path: Path = CHANGES) -> list[Json]:
    """What is not published yet, then every published book. BadChanges where a row cannot be read."""
    published = [
        {
            "name": voice.say(
                "about.rules.changes.version", version=Latin(entry.version), hash=Latin(entry.hash[:SHORT_HASH])
            ),
            "running": entry.hash == rulebook.hash,
            "first": place == 0,
            "changes": _section(entry.version, rulebook, voice, path),
        }
        for place, entry in enumerate(archive.entries)
    ]
    unreleased = _section(UNRELEASED, rulebook, voice, path)
    name = voice.say("about.rules.changes.unreleased")
    waiting = [{"name": name, "running": False, "first": False, "changes": unreleased}] if unreleased else []
    return [*waiting, *reversed(published)]


def _section(name: str, rulebook: Rulebook, voice: Voice, path: Path) -> list[Json]:
    rows = read_changes(path, rulebook, section=name) or ()
    return [_change(row, rulebook, voice) for row in rows]


def _change(row: Acknowledged, rulebook: Rulebook, voice: Voice) -> Json:
    papers = {flip.paper for flip in row.flips}
    besides = sorted({flip.besides for flip in row.flips} - {""})
    one = next(iter(row.flips))
    every = papers >= set(rulebook.rows)
    return {
        "papers": (
            [voice.say("about.rules.changes.every_paper")] if every else [paper_name(paper, voice) for paper in papers]
        ),
        "besides": [
            voice.say("about.rules.changes.besides", answer=told_besides(told, rulebook, voice)) for told in besides
        ],
        "services": [_service(service, rulebook, voice) for service in sorted({flip.service for flip in row.flips})],
        "before": _answer(one.before, voice),
        "now": _answer(one.now, voice),
        "why": row.why,
        "sources": list(row.sources),
        "by": voice.say("about.rules.changes.by", name=row.by, date=row.on),
    }


def _service(service: str, rulebook: Rulebook, voice: Voice) -> str:
    known = rulebook.services.get(ServiceId(service))
    return voice.say(known.name) if known else service


def _answer(written: str, voice: Voice) -> Json:
    """`uncertain/yes` as a status and its lean; `absent` as words alone."""
    status, _, lean = written.partition("/")
    if status == ABSENT:
        return {"status": None, "lean": None, "text": voice.say("diff.absent")}
    return {"status": status, "lean": lean or None, "text": voice.say(f"about.rules.short.{status}")}
