"""Every figure on the screen goes through one door, with words for those who do not see it."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from badger_core.plots.saving import TITLE
from badger_core.ui import downloads
from badger_core.ui.figure import saving

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*ROOT.glob("badger_core/ui/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]
CHARTS = {"plotly_chart", "echarts_chart"}
OTHER_CHARTS = {"line_chart", "bar_chart", "scatter_chart", "vega_lite_chart", "pyplot"}


def calls(path: Path) -> list[ast.Call]:
    return [x for x in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(x, ast.Call)]


def test_only_the_shared_door_draws_charts():
    found = {
        (path.name, call.func.attr)
        for path in SOURCES
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in CHARTS | OTHER_CHARTS
    }
    assert found == {("figure.py", chart) for chart in CHARTS}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_table_and_image_has_words(path: Path):
    for call in calls(path):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name in {"dataframe", "image", "data_editor"} and ast.unparse(call.func.value) == "st":
            assert any(key.arg == "alt" for key in call.keywords), f"{path.name}:{call.lineno}"


def test_of_plotlys_buttons_only_the_saving_one_is_left():
    config = saving("badger_x")
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["toImageButtonOptions"] == {"format": "svg", "filename": "badger_x"}
    assert config["locales"][config["locale"]]["dictionary"]["Download plot"] == TITLE
    assert config["displaylogo"] is False


def test_a_name_without_a_model_loads_none(monkeypatch):
    monkeypatch.setattr(downloads.load, "predictor", lambda: pytest.fail("loaded"))
    stem = downloads.file_stem("map of <lines>", of_model=False)
    assert stem.startswith("badger_map-of-lines_20")
    assert "model" not in stem


def test_a_figure_reaches_the_screen_with_its_words():
    def script():
        import plotly.graph_objects as go

        from badger_core.ui import figure

        figure.plotly(go.Figure(), "x_points", "points; the table lists them", "badger_a")
        spec = {"series": [{"type": "bar", "data": [1]}]}
        figure.echarts(spec, "x_bars", "bars; the table lists them", "badger_b", 120)

    app = AppTest.from_function(script).run(timeout=30)
    assert not app.exception
    drawn, bars = app.get("plotly_chart")[0].proto, app.get("echarts_chart")[0].proto
    assert drawn.alt == "points; the table lists them"
    assert '"filename": "badger_a"' in drawn.config
    assert bars.alt == "bars; the table lists them"
    assert '"name": "badger_b"' in bars.spec.replace('":"', '": "')
