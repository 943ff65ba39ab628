"""Settings are read once, checked, and stop the start with a clear message."""

from __future__ import annotations

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import make_url

from app.settings import SETTINGS, BadSetting, Rate, Settings

KEY = "k" * 40


def test_every_field_is_described_once_and_every_description_is_a_field():
    described = [setting.field for setting in SETTINGS]
    assert sorted(described) == sorted(Settings.__dataclass_fields__)
    assert all(setting.name.startswith("BOUSSOLE_") and setting.about for setting in SETTINGS)


def test_defaults_serve_on_the_loopback_with_a_local_file():
    settings = Settings.from_env({"BOUSSOLE_SECRET_KEY": KEY})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url.startswith("sqlite:///.data/")
    assert not settings.redis_url
    assert not settings.rasa_url


def test_given_values_win():
    settings = Settings.from_env(
        {
            "BOUSSOLE_SECRET_KEY": KEY,
            "BOUSSOLE_PORT": "9001",
            "BOUSSOLE_RASA_URL": "http://rasa:5005/",
            "BOUSSOLE_RATE_CODES": "5/hour",
            "BOUSSOLE_RASA_TIMEOUT": "1.5",
        }
    )
    assert settings.port == 9001
    assert settings.rasa_url == "http://rasa:5005"
    assert settings.rate_codes == Rate(5, 3600)
    assert settings.rasa_timeout == 1.5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOUSSOLE_PORT", "http"),
        ("BOUSSOLE_PORT", "0"),
        ("BOUSSOLE_PORT", "70000"),
        ("BOUSSOLE_ENV", "prod"),
        ("BOUSSOLE_LOG_LEVEL", "loud"),
        ("BOUSSOLE_DATABASE_URL", "mysql://localhost/x"),
        ("BOUSSOLE_DATABASE_URL", "sqlite://"),
        ("BOUSSOLE_REDIS_URL", "localhost:6379"),
        ("BOUSSOLE_RASA_URL", "rasa:5005"),
        ("BOUSSOLE_RASA_TIMEOUT", "nan"),
        ("BOUSSOLE_RASA_TIMEOUT", "-1"),
        ("BOUSSOLE_SECRET_KEY", "short"),
        ("BOUSSOLE_RATE_CODES", "0/minute"),
        ("BOUSSOLE_RATE_MESSAGES", "many"),
    ],
)
def test_a_bad_value_stops_the_start_and_names_the_setting(name, value):
    with pytest.raises(BadSetting) as stopped:
        Settings.from_env({"BOUSSOLE_SECRET_KEY": KEY, name: value})
    assert stopped.value.name == name
    assert str(stopped.value).startswith(name)


def test_a_bad_secret_is_not_repeated():
    with pytest.raises(BadSetting) as stopped:
        Settings.from_env({"BOUSSOLE_SECRET_KEY": "hunter2hunter2"})
    assert "hunter2" not in str(stopped.value)


def test_secrets_may_stand_in_files(tmp_path):
    secret = tmp_path / "key"
    secret.write_text(KEY + "\n", encoding="utf-8")
    settings = Settings.from_env({"BOUSSOLE_SECRET_KEY_FILE": str(secret)})
    assert settings.secret_key == KEY


def test_a_missing_secret_file_stops_the_start(tmp_path):
    with pytest.raises(BadSetting, match="BOUSSOLE_RASA_TOKEN_FILE"):
        Settings.from_env({"BOUSSOLE_SECRET_KEY": KEY, "BOUSSOLE_RASA_TOKEN_FILE": str(tmp_path / "none")})


def test_only_secrets_are_read_from_files(tmp_path):
    port = tmp_path / "port"
    port.write_text("9999", encoding="utf-8")
    settings = Settings.from_env({"BOUSSOLE_SECRET_KEY": KEY, "BOUSSOLE_PORT_FILE": str(port)})
    assert settings.port == 8000


def test_secrets_never_show_when_settings_are_printed():
    given = {
        "BOUSSOLE_SECRET_KEY": KEY,
        "BOUSSOLE_DATABASE_URL": "postgresql://someone:geheim@db/boussole",
        "BOUSSOLE_RASA_TOKEN": "geheim",
        "BOUSSOLE_REDIS_URL": "redis://:geheim@redis:6379",
    }
    shown = repr(Settings.from_env(given))
    assert "geheim" not in shown
    assert KEY not in shown


def test_while_developing_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    folder = tmp_path / "state"
    first = Settings.from_env({}, folder=folder)
    second = Settings.from_env({}, folder=folder)
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret.key"]


def test_the_database_password_may_come_in_a_file_of_its_own(tmp_path):
    password = tmp_path / "password"
    password.write_text("p@ss/word\n", encoding="utf-8")
    settings = Settings.from_env(
        {
            "BOUSSOLE_SECRET_KEY": KEY,
            "BOUSSOLE_DATABASE_URL": "postgresql+psycopg://boussole@postgres/boussole",
            "BOUSSOLE_DATABASE_PASSWORD_FILE": str(password),
        }
    )
    assert make_url(settings.database_url).password == "p@ss/word"
    assert make_url(settings.database_url).host == "postgres"


def test_production_insists_on_a_key(tmp_path):
    with pytest.raises(BadSetting, match="BOUSSOLE_SECRET_KEY"):
        Settings.from_env({"BOUSSOLE_ENV": "production"}, folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_spoiled_key_file_stops_the_start(tmp_path):
    (tmp_path / "secret.key").write_text("", encoding="ascii")
    with pytest.raises(BadSetting, match="BOUSSOLE_SECRET_KEY"):
        Settings.from_env({}, folder=tmp_path)


@given(text=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1))
def test_any_text_is_read_or_refused_by_name(text):
    for setting in SETTINGS:
        try:
            Settings.from_env({"BOUSSOLE_SECRET_KEY": KEY, setting.name: text})
        except BadSetting as stopped:
            assert stopped.name == setting.name  # noqa: PT017 - either outcome is fine, the name is the point
