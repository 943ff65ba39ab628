"""Real PostgreSQL and Redis servers for one test run: in a temporary folder, on a unix socket, stopped at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

OWNER = "postgres"
"""PostgreSQL refuses to run as root; this is the account its package makes."""


@contextmanager
def postgresql_server() -> Iterator[Path]:
    """Yields the folder of its socket: `postgresql://postgres@/NAME?host=FOLDER`."""
    with _folder(OWNER if os.geteuid() == 0 else None) as folder:
        _as_owner([_postgresql("initdb"), "-D", f"{folder}/data", "-A", "trust", "-U", "postgres", "--no-sync"])
        careless = [f"-c{name}=off" for name in ("fsync", "full_page_writes", "synchronous_commit")]
        command = [_postgresql("postgres"), "-D", f"{folder}/data", "-k", str(folder), "-h", "", *careless]
        with _running([*command, "-cmax_connections=200"], lambda: _postgresql_answers(folder), as_owner=True):
            yield folder


@contextmanager
def redis_server() -> Iterator[str]:
    """Yields its address."""
    with _folder(None) as folder:
        socket = folder / "redis.sock"
        command = [_found("redis-server"), "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder]
        with _running([str(part) for part in command], lambda: _redis_answers(socket), as_owner=False):
            yield f"unix://{socket}"


def _postgresql(program: str) -> str:
    packaged = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    return str(packaged[-1]) if packaged else _found(program)


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise RuntimeError(f"{program} is not installed: apt-get install postgresql redis-server")
    return path


@contextmanager
def _folder(owner: str | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="boussole-"))
    try:
        if owner:
            shutil.chown(folder, owner, owner)
        yield folder
    finally:
        shutil.rmtree(folder)


def _identity() -> dict[str, str]:
    return {"user": OWNER, "group": OWNER} if os.geteuid() == 0 else {}


def _as_owner(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", extra_groups=_groups(), **_identity())


def _groups() -> list[int] | None:
    return [] if os.geteuid() == 0 else None


@contextmanager
def _running(command: list[str], answers: Callable[[], bool], *, as_owner: bool) -> Iterator[None]:
    identity = {"extra_groups": _groups(), **_identity()} if as_owner else {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **identity) as server:
        try:
            _wait(answers, server)
            yield
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def _wait(answers: Callable[[], bool], server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if answers():
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"{server.args} did not start")


def _postgresql_answers(folder: Path) -> bool:
    try:
        psycopg.connect(f"postgresql://postgres@/postgres?host={folder}").close()
    except psycopg.OperationalError:
        return False
    return True


def _redis_answers(socket: Path) -> bool:
    with redis.Redis(unix_socket_path=str(socket)) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False
