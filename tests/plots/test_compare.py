"""Figures of comparisons and reports hold the numbers that they are given."""

import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from badger_core.plots.compare import rows_of_names, square, square_height, two_rankings
from badger_core.plots.report_bars import gene_bars, share_bars
from badger_core.plots.report_squares import correlation_square, measured_dots

LABELS = ("a", "b", "c")
VALUES = np.array([[1, 0.5, -0.25], [0.5, 1, 0], [-0.25, 0, 1]])
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("dark", [False, True])
def test_a_square_has_every_value_at_its_place(dark: bool) -> None:
    options = square(LABELS, VALUES, -1, 1, dark)
    data = options["series"][0]["data"]
    for index, cell in enumerate(data):
        column, row, value = cell["value"]
        assert index == row * 3 + column
        assert value == VALUES[row, column]
        assert cell["name"] == f"{LABELS[row]} / {LABELS[column]}"
    assert data[0]["label"]["formatter"] == "1.00"
    assert data[2]["label"]["formatter"] == "−0.25"
    assert options["yAxis"]["inverse"]
    assert len(options["visualMap"]["inRange"]["color"]) == 3
    assert len(square(LABELS, VALUES, 0, 1, dark)["visualMap"]["inRange"]["color"]) == 2


def test_large_squares_are_closer_and_without_numbers() -> None:
    labels = [f"ranking {i}" for i in range(36)]
    options = square(labels, np.eye(36), -1, 1, False)
    assert not options["series"][0]["label"]["show"]
    assert square_height(36) < 900


def test_two_rankings_name_the_genes_that_differ() -> None:
    one, other = np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, -2.0])
    figure = two_rankings(("x", "y"), one, other, ["G0", "G1", "G2"], False)
    (named,) = figure.layout.annotations
    assert (named.text, named.x, named.y) == ("G2", 2.0, -2.0)
    assert named.ay < -2.0  # away from the diagonal
    assert list(figure.data[2].x) == [2.0]
    assert list(figure.data[1].y) == [0.0, 1.0, -2.0]


def test_names_of_neighbouring_genes_do_not_touch() -> None:
    x, y = np.array([-10.0, -10.0, -9.9, 9.0]), np.array([0.1, 0.0, 0.05, 0.05])
    rows = rows_of_names(x, y, 20.0)
    assert np.diff(np.sort(rows[:3])).min() >= 0.99
    assert (rows[:3] > y[:3]).all()
    assert rows[3] < y[3]


def ranking() -> pd.DataFrame:
    score = np.linspace(2, -2, 41)
    return pd.DataFrame(
        {
            "symbol": [f"G{i}" for i in range(41)],
            "rank": np.arange(1, 42),
            "score": score,
            "spread": 0.1,
            "measured": [np.nan, *np.linspace(1, 0, 40)],
        }
    )


def test_drawings_of_a_report_are_well_formed_and_titled() -> None:
    shares = pd.DataFrame({"name": ["p <1>", "q"], "value": [0.2, 0.1], "spread": [0.05, 0.2]})
    drawn = {
        "genes & more": gene_bars("genes & more", ranking(), 10),
        "shares": share_bars("shares", shares),
        "measured": measured_dots("measured", ranking()),
        "square": correlation_square("square", LABELS, VALUES),
    }
    for title, svg in drawn.items():
        root = ET.fromstring(svg)
        assert root.find(f"{SVG}title").text == title
        assert root.get("role") == "img"
    dots = ET.fromstring(drawn["measured"]).findall(f"{SVG}circle")
    assert len(dots) == 40  # the gene that was not measured is not drawn
    texts = [t.text for t in ET.fromstring(drawn["genes & more"]).iter(f"{SVG}text")]
    assert {"G0", "G9", "G40", "G31"} <= set(texts)
    assert "G10" not in texts


def test_bars_are_as_long_as_their_scores() -> None:
    root = ET.fromstring(gene_bars("t", ranking(), 5))
    bars = [e for e in root.iter(f"{SVG}line") if e.get("stroke-width") == "11"]
    lengths = [float(bar.get("x2")) - float(bar.get("x1")) for bar in bars]
    up, down = lengths[:5], lengths[5:]
    assert up[0] / up[4] == pytest.approx(2 / 1.6, abs=0.01)
    assert up == pytest.approx([-length for length in down], abs=0.2)
