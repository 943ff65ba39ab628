"""README and compose file say what the code does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from app.settings import SETTINGS, Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def settings_table() -> str:
    lines = ["| setting | what it does | unless set |", "| --- | --- | --- |"]
    fields = Settings.__dataclass_fields__
    for setting in SETTINGS:
        default = fields[setting.field].default
        shown = f"{default.times} in {default.seconds} s" if hasattr(default, "times") else str(default)
        shown = "" if "MISSING" in shown else shown
        lines.append(f"| `{setting.name}` | {setting.about} | {shown} |")
    return "\n".join(lines)


def test_the_settings_table_is_the_one_the_code_reads() -> None:
    found = re.search(r"<!-- settings -->\n(.*?)\n<!-- /settings -->", README, re.DOTALL)
    assert found is not None
    assert found[1] == settings_table()


def test_every_make_target_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z-]+)`?", README)) <= targets


def test_every_file_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)|src=\"([^\"]+)\"", README)
    missing = [path for pair in links for path in pair if path and not (ROOT / path).exists()]
    assert missing == []


def environment_of(service: dict) -> dict:
    return service.get("environment") or {}


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_compose_sets_only_settings_that_exist(name: str) -> None:
    known = {setting.name for setting in SETTINGS} | {f"{s.name}_FILE" for s in SETTINGS if s.secret}
    given = {key for key in environment_of(COMPOSE["services"][name]) if key.startswith("BOUSSOLE_")}
    assert given <= known


def test_compose_runs_modules_that_exist_and_mounts_secrets_it_declares() -> None:
    for service in COMPOSE["services"].values():
        command = service.get("command") or []
        if command[:2] == ["python", "-m"]:
            assert importlib.util.find_spec(command[2]) is not None
        assert set(service.get("secrets") or []) <= set(COMPOSE["secrets"])


def test_images_start_what_compose_expects() -> None:
    app = (ROOT / "Dockerfile").read_text("utf-8")
    rasa = (ROOT / "nlu" / "Dockerfile").read_text("utf-8")
    assert '"app.main:application"' in app
    assert '"nlu.serve"' in rasa
    for image in (app, rasa):
        copied = re.findall(r"^COPY (?!--)(\S+) ", image, re.MULTILINE)
        assert [path for path in copied if path != "." and not (ROOT / path).exists()] == []
