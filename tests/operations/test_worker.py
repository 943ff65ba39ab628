"""The worker forgets what is past its time, on a real database."""

from __future__ import annotations

import json

import pytest

from app import worker
from app.main import ready_services
from app.settings import Settings
from app.wiring import build, prepare
from rules.errors import RulebookError


def settings_of(tmp_path) -> dict[str, str]:
    return {
        "BOUSSOLE_DATABASE_URL": f"sqlite:///{tmp_path}/worker.sqlite3",
        "BOUSSOLE_SECRET_KEY": "k" * 40,
        "BOUSSOLE_ENV": "test",
    }


def test_one_sweep_counts_what_it_forgot(tmp_path, monkeypatch, capsys) -> None:
    for name, value in settings_of(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert worker.main(["--once"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    swept = next(line for line in lines if line["event"] == "swept")
    assert (swept["conversation"], swept["dry_run"]) == (0, False)


def test_a_database_that_is_away_is_no_reason_to_end(tmp_path) -> None:
    settings = Settings.from_env(settings_of(tmp_path))
    prepare(settings)
    services = build(settings)
    services.database.close()
    (tmp_path / "worker.sqlite3").unlink()
    (tmp_path / "worker.sqlite3").mkdir()
    worker.sweep(services.turns, dry_run=False)
    services.stop()


def test_a_bad_rule_book_stops_the_start_with_file_rule_and_reason(tmp_path, monkeypatch) -> None:
    def broken() -> None:
        raise RulebookError("services/ofppt_training.yaml", "ofppt_training.under_15", "unknown operator 'beneath'")

    monkeypatch.setattr("app.wiring.load_rulebook", broken)
    with pytest.raises(SystemExit, match=r"ofppt_training\.yaml.*under_15.*unknown operator 'beneath'"):
        ready_services(Settings.from_env(settings_of(tmp_path)))
