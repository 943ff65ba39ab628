"""The web pages in one router: start page, notices, chat, slip. No cookies, nothing kept in the browser."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

from app.channels import web_about, web_chat, web_home, web_receipts, web_rules, web_slip
from app.channels.web_page import STATIC

pages = APIRouter(include_in_schema=False)
pages.include_router(web_home.router)
pages.include_router(web_chat.router)
pages.include_router(web_slip.router)
pages.include_router(web_receipts.router)
pages.include_router(web_about.router)
pages.include_router(web_rules.router)


def put_pages(app: FastAPI) -> None:
    app.include_router(pages)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
