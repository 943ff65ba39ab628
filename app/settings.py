"""Settings: one frozen object, read once at start from BOUSSOLE_* variables and secret files."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

PREFIX = "BOUSSOLE_"
STATE_FOLDER = Path(".data")
SHORTEST_SECRET = 32
LAST_PORT = 65535
LONGEST_WAIT = 60


class BadSetting(Exception):
    """Stops the start. Names the setting and what it must be; never repeats a secret."""

    def __init__(self, name: str, must: str) -> None:
        super().__init__(f"{name}: {must}")
        self.name = name


@dataclass(frozen=True)
class Rate:
    """At most `times` in `seconds`."""

    times: int
    seconds: int


@dataclass(frozen=True)
class Settings:
    """Everything that may differ from one installation to the next. SETTINGS describes each field."""

    secret_key: str = field(repr=False)
    old_secret_keys: tuple[str, ...] = field(default=(), repr=False)
    environment: str = "development"
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    database_url: str = field(default=f"sqlite:///{STATE_FOLDER}/boussole.sqlite3", repr=False)
    database_password: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)
    rasa_url: str = ""
    rasa_token: str = field(default="", repr=False)
    rasa_timeout: float = 2.0
    log_level: str = "info"
    trusted_proxies: str = "127.0.0.1"
    # One address may be a whole neighbourhood behind one carrier, or a desk: these only stop floods.
    rate_conversations: Rate = Rate(3000, 60)
    rate_messages: Rate = Rate(1200, 60)
    rate_questions: Rate = Rate(6000, 60)
    rate_codes: Rate = Rate(30, 60)

    @property
    def secrets(self) -> tuple[bytes, ...]:
        """The one that seals, then those it replaced: they still open."""
        return tuple(secret.encode() for secret in (self.secret_key, *self.old_secret_keys))

    @property
    def in_production(self) -> bool:
        return self.environment == "production"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, *, folder: Path = STATE_FOLDER) -> Settings:
        """Read and check every setting. Raises BadSetting for the first one that is wrong."""
        given = os.environ if environ is None else environ
        read: dict[str, Any] = {setting.field: setting.read(given) for setting in SETTINGS}
        chosen = {name: value for name, value in read.items() if value is not None}
        if "database_url" in chosen and "database_password" in chosen:
            chosen["database_url"] = _with_password(chosen["database_url"], chosen["database_password"])
        if "secret_key" not in chosen:
            chosen["secret_key"] = _development_key(chosen.get("environment"), folder)
        return cls(**chosen)


@dataclass(frozen=True)
class Setting:
    """One row of the settings table: the variable, the field it fills, how it is read and what it is for."""

    name: str
    field: str
    about: str
    parse: Callable[[str], object]
    must: str
    secret: bool = False

    def read(self, environ: Mapping[str, str]) -> object | None:
        """The checked value, or None where nothing was given and the default applies."""
        text = environ.get(self.name, "").strip() or self._from_file(environ)
        if not text:
            return None
        try:
            return self.parse(text)
        except ValueError as error:
            raise BadSetting(self.name, f"must be {self.must}") from error

    def _from_file(self, environ: Mapping[str, str]) -> str:
        path = environ.get(f"{self.name}_FILE", "").strip() if self.secret else ""
        if not path:
            return ""
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSetting(f"{self.name}_FILE", "must name a readable text file") from error


def _development_key(environment: object, folder: Path) -> str:
    if environment == "production":
        raise BadSetting(f"{PREFIX}SECRET_KEY", "must be set in production (or BOUSSOLE_SECRET_KEY_FILE)")
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(48))
    try:
        return _secret(path.read_text(encoding="ascii").strip())
    except (ValueError, OSError) as error:
        raise BadSetting(f"{PREFIX}SECRET_KEY", f"{path} must hold a secret of at least 32 characters") from error


def _with_password(url: str, password: str) -> str:
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    if not at:
        return url
    return parts._replace(netloc=f"{user.partition(':')[0]}:{quote(password, safe='')}@{host}").geturl()


def _write_once(path: Path, text: str) -> None:
    # Two processes may start at once: the file appears complete or not at all, and the first one wins.
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(text)
        return text.lower()

    return parse


def _port(text: str) -> int:
    if not 1 <= int(text) <= LAST_PORT:
        raise ValueError(text)
    return int(text)


def _seconds(text: str) -> float:
    if not 0 < float(text) <= LONGEST_WAIT:
        raise ValueError(text)
    return float(text)


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError
    return text


def _old_secrets(text: str) -> tuple[str, ...]:
    return tuple(_secret(part) for part in text.replace(",", " ").split())


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not (parts.netloc or parts.path.strip("/")):
            raise ValueError
        return text.rstrip("/")

    return parse


def _rate(text: str) -> Rate:
    found = re.fullmatch(r"(\d{1,6})/(second|minute|hour)", text)
    if not found or int(found[1]) < 1:
        raise ValueError(text)
    return Rate(int(found[1]), {"second": 1, "minute": 60, "hour": 3600}[found[2]])


_A_RATE = "a rate such as 30/minute (second, minute or hour)"
_DATABASE = _url("sqlite", "postgresql", "postgresql+psycopg")

SETTINGS: tuple[Setting, ...] = (
    Setting(
        f"{PREFIX}ENV",
        "environment",
        "development, test or production; production insists on a secret key",
        _one_of("development", "test", "production"),
        "development, test or production",
    ),
    Setting(
        f"{PREFIX}SECRET_KEY",
        "secret_key",
        "encrypts facts and text, signs tokens; made once in .data/secret.key while developing",
        _secret,
        "a secret of at least 32 characters",
        secret=True,
    ),
    Setting(
        f"{PREFIX}OLD_SECRET_KEYS",
        "old_secret_keys",
        "secrets that BOUSSOLE_SECRET_KEY replaced: what they sealed (conversations, receipts) still opens",
        _old_secrets,
        "secrets of at least 32 characters, parted by spaces or commas",
        secret=True,
    ),
    Setting(
        f"{PREFIX}DATABASE_URL",
        "database_url",
        "sqlite:///file or postgresql://user:password@host/name",
        _DATABASE,
        "a sqlite:/// or postgresql:// address",
        secret=True,
    ),
    Setting(
        f"{PREFIX}DATABASE_PASSWORD",
        "database_password",
        "the password of the user in BOUSSOLE_DATABASE_URL, where it comes in a file of its own",
        str,
        "a text",
        secret=True,
    ),
    Setting(
        f"{PREFIX}REDIS_URL",
        "redis_url",
        "shares live events and rate limits between several servers",
        _url("redis", "rediss", "unix"),
        "a redis:// address",
        secret=True,
    ),
    Setting(
        f"{PREFIX}RASA_URL",
        "rasa_url",
        "where Rasa answers; without it the local parser speaks",
        _url("http", "https"),
        "an http:// or https:// address",
    ),
    Setting(f"{PREFIX}RASA_TOKEN", "rasa_token", "the token Rasa was started with", str, "a text", secret=True),
    Setting(
        f"{PREFIX}RASA_TIMEOUT",
        "rasa_timeout",
        "seconds to wait for Rasa before the local parser answers",
        _seconds,
        "a number of seconds above 0, at most 60",
    ),
    Setting(f"{PREFIX}HOST", "host", "the address to listen on", str, "a host name or address"),
    Setting(f"{PREFIX}PORT", "port", "the port to listen on", _port, "a port from 1 to 65535"),
    Setting(
        f"{PREFIX}PUBLIC_URL",
        "public_url",
        "how the outside reaches this server, where links must be complete",
        _url("http", "https"),
        "an http:// or https:// address",
    ),
    Setting(
        f"{PREFIX}LOG_LEVEL",
        "log_level",
        "debug, info, warning or error",
        _one_of("debug", "info", "warning", "error"),
        "debug, info, warning or error",
    ),
    Setting(
        f"{PREFIX}TRUSTED_PROXIES",
        "trusted_proxies",
        "addresses of proxies whose X-Forwarded-For is believed, comma separated",
        str,
        "a list of addresses",
    ),
    Setting(f"{PREFIX}RATE_CONVERSATIONS", "rate_conversations", "new conversations from one address", _rate, _A_RATE),
    Setting(f"{PREFIX}RATE_MESSAGES", "rate_messages", "messages in one conversation", _rate, _A_RATE),
    Setting(
        f"{PREFIX}RATE_QUESTIONS",
        "rate_questions",
        "eligibility, places and understanding calls from one address",
        _rate,
        _A_RATE,
    ),
    Setting(f"{PREFIX}RATE_CODES", "rate_codes", "look-ups of referral codes from one address", _rate, _A_RATE),
)


def read_settings() -> Settings:
    """The settings, or a clear last word on what is wrong with them."""
    try:
        return Settings.from_env()
    except BadSetting as error:
        sys.exit(str(error))
