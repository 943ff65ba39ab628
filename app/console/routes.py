"""/console: log in, see who you are, log out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.channels.doorstep import services_of
from app.console.accounts import Accounts, Member, fold_name
from app.console.forms import (
    FORM_COOKIE,
    SESSION_COOKIE,
    give,
    is_own_form,
    new_cookie_value,
    proof_for,
    take_back,
)
from app.console.pages import language_of, page

router = APIRouter(prefix="/console", include_in_schema=False)

HOME, LOGIN = "/console", "/console/login"
QUARTER = 900
"""Seconds within which log-ins are counted."""
TRIES_OF_NAME_HERE, TRIES_HERE, TRIES_OF_NAME = 10, 40, 100

Typed = Annotated[str, Form()]


def accounts_of(request: Request) -> Accounts:
    services = services_of(request)
    return Accounts(services.database.sessions, services.turns.now)


Staff = Annotated[Accounts, Depends(accounts_of)]


def member_of(request: Request, accounts: Staff) -> Member | None:
    """Who is logged in, if anybody."""
    token = request.cookies.get(SESSION_COOKIE)
    return accounts.who_has(token) if token else None


LoggedIn = Annotated[Member | None, Depends(member_of)]


@router.get("")
def home(request: Request, member: LoggedIn) -> Response:
    if member is None:
        return RedirectResponse(_in_language(LOGIN, request), 303)
    proof = proof_for(request.cookies[SESSION_COOKIE])
    return page("home", request, services_of(request).translator, member=member, proof=proof)


@router.get("/login")
def show_login(request: Request, member: LoggedIn) -> Response:
    return RedirectResponse(_in_language(HOME, request), 303) if member else _login_page(request)


@router.post("/login")
def log_in(request: Request, accounts: Staff, name: Typed = "", password: Typed = "", proof: Typed = "") -> Response:
    if not is_own_form(request, FORM_COOKIE, proof):
        return _login_page(request, problem="console.login.again", status=403)
    if wait := _seconds_to_wait(request, name):
        response = _login_page(request, problem="console.login.slow_down", status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    token = accounts.log_in(name, password)
    if token is None:
        return _login_page(request, problem="console.login.wrong", status=401)
    response = RedirectResponse(_in_language(HOME, request), 303)
    give(response, request, SESSION_COOKIE, token)
    take_back(response, FORM_COOKIE)
    return response


@router.post("/logout")
def log_out(request: Request, accounts: Staff, proof: Typed = "") -> Response:
    if not is_own_form(request, SESSION_COOKIE, proof):
        return RedirectResponse(_in_language(HOME, request), 303)
    accounts.log_out(request.cookies[SESSION_COOKIE])
    response = RedirectResponse(_in_language(LOGIN, request), 303)
    take_back(response, SESSION_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _login_page(request: Request, *, problem: str | None = None, status: int = 200) -> Response:
    cookie = request.cookies.get(FORM_COOKIE) or new_cookie_value()
    translator = services_of(request).translator
    response = page("login", request, translator, status=status, problem=problem, proof=proof_for(cookie))
    give(response, request, FORM_COOKIE, cookie)
    return response


def _seconds_to_wait(request: Request, name: str) -> int:
    """0, or how long until this name may be tried again from there. Names and addresses are counted by hash only."""
    services = services_of(request)
    address, folded = request.client.host if request.client else "", fold_name(name)
    counted = (
        (f"{address} {folded}", TRIES_OF_NAME_HERE),
        (address, TRIES_HERE),
        (f"name {folded}", TRIES_OF_NAME),
    )
    keys = [(services.turns.cipher.keyed_hash(who, purpose="login"), times) for who, times in counted]
    return max(services.limiter.wait(f"login:{key}", times=times, seconds=QUARTER) for key, times in keys)


def _in_language(path: str, request: Request) -> str:
    return f"{path}?language={language_of(request)}"
