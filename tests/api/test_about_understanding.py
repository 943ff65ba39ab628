"""The page that says how well messages are understood: the figures that were measured, in every language."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from app.channels.web_about_figures import (
    BOTTOM,
    END,
    HIGHEST,
    START,
    STEP_UP,
    TOP,
    danger_shown,
    highest_of,
    percent,
    picture_shown,
    varieties_shown,
)
from app.i18n.languages import LANGUAGES
from nlu.reported import read_figures
from nlu.text.variety import VARIETIES

PATH = "/about/understanding"
SMALL = 24_000
"""Bytes, before the server packs them."""


@pytest.fixture(scope="module")
def figures():
    return read_figures()


@pytest.fixture(params=sorted(LANGUAGES))
def language(request):
    return request.param


@pytest.fixture
def html(client: TestClient, language):
    answer = client.get(PATH, params={"lang": language})
    assert answer.status_code == 200
    return answer.text


def test_it_is_written_in_the_language_and_its_direction(html, language):
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert "about.understanding" not in html


def test_it_needs_no_script_and_no_style_of_its_own(html):
    assert "<script" not in html
    assert "style=" not in html
    assert "onclick" not in html


def test_it_is_small(html):
    assert len(html.encode("utf-8")) < SMALL


def test_each_way_of_writing_has_a_row_a_line_and_a_dot(html):
    assert html.count('<th scope="row">') == len(VARIETIES)
    assert html.count('r="4.5"/>') == len(VARIETIES)
    for variety in VARIETIES:
        assert html.count(f'<g class="{variety}"><polyline') == 2


def test_the_table_shows_what_was_measured(client, figures):
    html = client.get(PATH, params={"lang": "en"}).text
    shown = [float(cell) for cell in re.findall(r'<td><bdi dir="ltr">([\d.]+)</bdi></td>', html)]
    scores = figures["parsers"]["local"]["development"]["varieties"]
    expected = []
    for variety in VARIETIES:
        told = scores[variety]
        shares = [told["outcome"][name] for name in ("answered", "wrong", "asked", "refused", "buttons")]
        expected += [round(100 * share, 1) for share in (*shares, told["accuracy"])]
    assert shown == expected


def test_what_becomes_of_messages_adds_up_to_all_of_them(figures):
    for row in varieties_shown(figures):
        assert sum(row[name] for name in ("answered", "asked", "refused", "buttons")) == pytest.approx(100, abs=0.3)


def test_the_drawing_stays_in_its_frame(figures):
    for line in picture_shown(figures)["lines"]:
        points = [tuple(map(float, point.split(","))) for point in line["points"].split()]
        points.append((line["dot"]["across"], line["dot"]["up"]))
        assert all(START <= across <= END and TOP <= up <= BOTTOM for across, up in points)
        assert [across for across, _ in points[:-1]] == sorted(across for across, _ in points[:-1])


@pytest.mark.parametrize(("worst", "highest"), [(0.0, STEP_UP), (0.02, STEP_UP), (0.051, 2 * STEP_UP), (0.9, HIGHEST)])
def test_the_scale_ends_above_the_worst_that_can_be_shown(worst, highest):
    assert highest_of([[(0.5, 0.0), (1.0, worst)]]) == highest


@pytest.mark.parametrize(("share", "told"), [(0.5, 50), (0.123, 12.3), (1 / 3, 33.3), (1.0, 100), (0.0, 0)])
def test_shares_are_told_out_of_100(share, told):
    assert percent(share) == told


def test_danger_counts_the_messages_of_both_sets(figures):
    told = danger_shown(figures)
    sets = [figures["danger"][name]["words"]["all"] for name in ("development", "locked")]
    assert told["cries"] == sum(each["dangerous"] for each in sets)
    assert min(each["recall"] for each in sets) * 100 - 0.1 <= told["noticed"]
    assert told["noticed"] <= max(each["recall"] for each in sets) * 100 + 0.1


def test_programs_and_readers_get_the_whole(client, figures):
    assert client.get(f"{PATH}.json").json() == figures
    report = client.get(f"{PATH}/report")
    assert report.headers["content-type"].startswith("text/plain")
    assert report.text.startswith("# How well messages are understood")


def test_numbers_to_call_stand_on_the_page(html):
    assert all(number in html for number in ("15", "141", "19", "112"))
