"""The console's door: what a browser sees, sends and keeps."""

from __future__ import annotations

import pytest

from app.console.roles import Role
from app.console.routes import TRIES_OF_NAME_HERE
from tests.builders.staff import PASSWORD, a_door, proof_on


@pytest.fixture
def door(database):
    opened = a_door(database)
    opened.accounts.add("amina", Role.SUPERVISOR, PASSWORD)
    with opened.browser:
        yield opened


def test_a_stranger_is_led_to_the_log_in(door):
    answer = door.browser.get("/console")
    assert answer.url.path == "/console/login"
    assert 'type="password"' in answer.text


def test_who_logs_in_sees_who_they_are(door):
    assert door.log_in().status_code == 303
    page = door.browser.get("/console?language=en")
    assert "amina" in page.text
    assert "supervisor" in page.text
    assert door.browser.get("/console/login", follow_redirects=False).status_code == 303


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(door):
    cookie = next(line for line in door.log_in().headers.get_list("set-cookie") if "boussole_staff" in line)
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/console" in cookie


def test_over_https_the_cookie_never_travels_in_the_clear(door):
    door.browser.base_url = "https://127.0.0.1"
    cookie = next(line for line in door.log_in().headers.get_list("set-cookie") if "boussole_staff" in line)
    assert "Secure" in cookie


def test_an_unknown_name_and_a_wrong_password_get_the_same_page(door):
    unknown, wrong = door.log_in("nobody"), door.log_in(password="wrong password")
    assert unknown.status_code == wrong.status_code == 401
    assert unknown.text == wrong.text
    assert 'role="alert"' in wrong.text


def test_logging_out_ends_the_session_on_the_server(door):
    door.log_in()
    token = door.browser.cookies["boussole_staff"]
    proof = proof_on(door.browser.get("/console").text)
    assert door.browser.post("/console/logout", data={"proof": proof}).url.path == "/console/login"
    assert door.accounts.who_has(token) is None


@pytest.mark.parametrize("proof", ["", "0" * 64, "é", "<script>"])
def test_a_form_of_another_site_cannot_log_in_or_out(door, proof):
    door.browser.get("/console/login")
    form = {"name": "amina", "password": PASSWORD, "proof": proof}
    assert door.browser.post("/console/login", data=form).status_code == 403
    door.log_in()
    door.browser.post("/console/logout", data={"proof": proof})
    assert door.browser.get("/console").url.path == "/console"


def test_a_browser_that_says_the_form_comes_from_elsewhere_is_believed(door):
    proof = proof_on(door.browser.get("/console/login").text)
    form = {"name": "amina", "password": PASSWORD, "proof": proof}
    answer = door.browser.post("/console/login", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_guessing_is_slowed_down_even_with_the_right_password_at_the_end(door):
    tried = [door.log_in(password="wrong password").status_code for _ in range(TRIES_OF_NAME_HERE)]
    assert set(tried) == {401}
    last = door.log_in()
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0


def test_a_form_with_nothing_in_it_is_answered_with_the_page(door):
    assert door.browser.post("/console/login").status_code == 403


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{ 7 * 7 }}", "\0", "\u202e", "x" * 5000, "' OR 1=1 --"]
)
def test_whatever_is_typed_as_a_name_is_not_shown_again(door, name):
    answer = door.log_in(name)
    assert answer.status_code == 401
    assert name not in answer.text


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_pages_speak_the_language_asked_for(door, language, direction):
    assert f'<html lang="{language}" dir="{direction}">' in door.browser.get(f"/console/login?language={language}").text
    by_browser = door.browser.get("/console/login", headers={"Accept-Language": f"{language}-MA,xx;q=0.3"}).text
    assert f'<html lang="{language}"' in by_browser


def test_no_site_may_frame_a_page_and_no_cache_may_keep_it(door):
    pages = [door.browser.get("/console/login"), door.log_in(password="wrong password")]
    door.log_in()
    for page in (*pages, door.browser.get("/console")):
        assert page.headers["x-frame-options"] == "DENY"
        assert page.headers["cache-control"] == "no-store"
