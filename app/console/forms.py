"""Proof that a form was sent from our own page, and cookies nobody else can read."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

SESSION_COOKIE = "boussole_staff"
FORM_COOKIE = "boussole_form"
PATH = "/console"
OWN_SITE = frozenset({"same-origin", "none"})


def proof_for(cookie: str) -> str:
    """What a form carries: only who can read the cookie, that is our own pages, can make it."""
    return hashlib.sha256(b"boussole form " + cookie.encode("utf-8", "surrogatepass")).hexdigest()


def is_own_form(request: Request, cookie: str, proof: str) -> bool:
    """`cookie` names the cookie the form was made for."""
    value = request.cookies.get(cookie, "")
    site = request.headers.get("sec-fetch-site", "same-origin")
    sent = proof.encode("utf-8", "surrogatepass")
    return bool(value) and site in OWN_SITE and hmac.compare_digest(proof_for(value).encode(), sent)


def new_cookie_value() -> str:
    return secrets.token_urlsafe(32)


def give(response: Response, request: Request, name: str, value: str) -> None:
    """Until the browser closes; never to scripts, never to other sites."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, path=PATH, httponly=True, samesite="strict", secure=secure)


def take_back(response: Response, name: str) -> None:
    response.delete_cookie(name, path=PATH, httponly=True, samesite="strict")
