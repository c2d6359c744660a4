"""The button that saves a figure: an SVG under the given name, on the page's colour."""

import json

import pytest

from badger_core.plots.attention_colours import PAGE, luminance
from badger_core.plots.compare import square
from badger_core.plots.saving import FONT, TITLE, saveable
from badger_core.plots.theme import bare_layout

SPEC = {"series": [{"type": "bar", "data": [1, 2]}], "media": [{"query": {}, "option": {}}]}


@pytest.mark.parametrize("dark", [False, True])
def test_the_button_saves_an_svg_under_the_name(dark):
    before = json.dumps(SPEC)
    spec = saveable(SPEC, "badger_x", dark)
    assert json.dumps(SPEC) == before
    assert spec["series"][0]["data"] == SPEC["series"][0]["data"]
    assert spec["media"] == SPEC["media"]
    assert spec["backgroundColor"] == PAGE[dark]
    feature = spec["toolbox"]["feature"]
    assert feature == {"saveAsImage": {"type": "svg", "name": "badger_x", "title": TITLE}}
    json.dumps(spec)


def test_every_word_has_a_font_without_quotes():
    """Quotes in a font's name would end the attribute that ECharts writes it into."""
    spec = saveable(square(("a", "b"), _values(), -1, 1, dark=False) | {"title": [{}, {}]}, "x")
    assert '"' not in FONT
    styles = [spec["textStyle"], spec["xAxis"]["axisLabel"], spec["yAxis"]["axisLabel"]]
    styles += [spec["series"][0]["label"], spec["visualMap"]["textStyle"]]
    styles += [title["textStyle"] for title in spec["title"]]
    assert {style["fontFamily"] for style in styles} == {FONT}
    assert spec["xAxis"]["axisLabel"]["fontSize"] == 12


@pytest.mark.parametrize("dark", [False, True])
def test_the_button_can_be_seen_on_its_page(dark):
    colour = saveable(SPEC, "x", dark)["toolbox"]["iconStyle"]["borderColor"]
    light, deep = sorted((luminance(colour), luminance(PAGE[dark])), reverse=True)
    assert (light + 0.05) / (deep + 0.05) >= 3


def test_a_square_leaves_its_foot_to_the_button():
    spec = saveable(square(("a", "b"), _values(), -1, 1, dark=False), "x")
    box = spec["toolbox"]
    assert spec["grid"]["bottom"] >= box["bottom"] + box["itemSize"]


@pytest.mark.parametrize("dark", [False, True])
def test_a_plotly_figure_carries_the_colour_of_its_page(dark):
    import plotly.graph_objects as go

    layout = bare_layout(go.Figure(), 300, dark).layout
    assert layout.paper_bgcolor == PAGE[dark]
    assert layout.modebar.color != layout.paper_bgcolor


def _values():
    import numpy as np

    return np.eye(2)
