"""The report says what was measured, and nothing else."""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET

import pytest

from nlu.pictures import FOLDER, draw
from nlu.reported import read_figures, read_report, write_figures
from nlu.write_report import report


def test_the_report_is_that_of_the_figures():
    assert read_report() == report(read_figures())


def test_another_figure_makes_another_report():
    figures = copy.deepcopy(read_figures())
    figures["parsers"]["local"]["development"]["varieties"]["darija"]["accuracy"] = 0.123
    assert "0.123" in report(figures)


def test_every_part_has_its_table():
    parts = report(read_figures()).split("\n## ")[1:]
    assert len(parts) == 9
    assert all("\n| --- |" in part for part in parts)


def test_figures_are_kept_to_four_decimals(tmp_path):
    write_figures({"a": [1 / 3], "b": {"c": 2}}, tmp_path / "figures.json")
    assert read_figures(tmp_path / "figures.json") == {"a": [0.3333], "b": {"c": 2}}


def test_the_pictures_are_small_and_drawn_alike_every_time(tmp_path):
    for drawn in draw(read_figures(), tmp_path):
        assert drawn.stat().st_size < 60_000
        assert ET.parse(drawn).getroot().tag.endswith("svg")  # noqa: S314  a file of ours
        assert drawn.read_bytes() == draw_again(tmp_path / "again", drawn.name)


def draw_again(folder, name):
    draw(read_figures(), folder)
    return (folder / name).read_bytes()


@pytest.mark.parametrize("name", ["accuracy", "coverage", "confusions", "intents"])
def test_the_pictures_of_the_report_are_there(name):
    assert f"docs/pictures/nlu/{name}.svg" in read_report()
    assert (FOLDER / f"{name}.svg").is_file()
