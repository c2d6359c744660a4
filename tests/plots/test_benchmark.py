"""Pictures of the benchmark, read back as XML."""

import math
from xml.etree import ElementTree

import pandas as pd
import pytest

from badger_core.plots.benchmark_curves import curves
from badger_core.plots.benchmark_dots import dots, groups
from badger_core.plots.benchmark_svg import OURS, Scale, steps

SVG = "{http://www.w3.org/2000/svg}"
NAN = math.nan


@pytest.fixture
def scores() -> pd.DataFrame:
    columns = ["model", "role", "stratum", "mean", "low", "high"]
    rows = [
        ("kernel <ridge>", "best", "all", 0.2, 0.1, 0.3),
        ("badger", "ours", "all", 0.25, 0.2, 0.3),
        ("MLP", "baseline", "all", 0.1, NAN, NAN),
        ("badger", "ours", "active third", 0.4, 0.3, 0.5),
    ]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def guides() -> pd.DataFrame:
    rows = [("all", "chance", 0.0), ("all", "bound", 0.6)]
    return pd.DataFrame(rows, columns=["stratum", "label", "value"])


def marks(svg: str, kind: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(SVG + kind))


def words(svg: str) -> list[str]:
    return [element.text for element in marks(svg, "text")]


def width(svg: str) -> float:
    return float(ElementTree.fromstring(svg).get("width"))


def test_every_model_has_a_row_a_mark_and_an_interval(
    scores: pd.DataFrame, guides: pd.DataFrame
) -> None:
    svg = dots("Spearman & more", scores, guides)
    assert {"kernel <ridge>", "badger", "MLP", "all", "active third", "bound"} <= set(words(svg))
    full = [c for c in marks(svg, "circle") if c.get("fill") == OURS]
    assert len(full) == 2 + 1  # and one in the key
    assert len(marks(svg, "polygon")) == 1 + 1
    intervals = [line for line in marks(svg, "line") if line.get("stroke-width") == "2"]
    assert len(intervals) == 3
    assert svg == dots("Spearman & more", scores, guides)


def test_all_marks_lie_on_the_sheet(scores: pd.DataFrame, guides: pd.DataFrame) -> None:
    svg = dots("Spearman", scores.assign(low=scores["low"] - 0.5), guides)
    for line in marks(svg, "line"):
        assert 0 <= float(line.get("x1")) <= float(line.get("x2")) <= width(svg)


def test_a_larger_value_lies_further_right() -> None:
    table = pd.DataFrame(
        {
            "group": ["A375", "A375", "MCF7", "MCF7"],
            "n": [10, 10, 5, 5],
            "model": ["line mean", "badger", "line mean", "badger"],
            "value": [0.1, 0.2, -0.1, NAN],
        }
    )
    svg = groups("By line", table)
    assert "A375 (10)" in words(svg)
    _, ours = (float(c.get("cx")) for c in marks(svg, "circle"))  # MCF7 has no value of ours
    _, a375, mcf7 = (float(p.get("points").split(",")[0]) for p in marks(svg, "polygon"))
    assert mcf7 < a375 < ours < width(svg)


def test_reliability_has_a_panel_per_split_and_a_curve_per_kind() -> None:
    table = pd.DataFrame(
        {
            "split": ["a", "a", "a", "a", "b"],
            "kind": ["held-out", "held-out", "other", "other", "held-out"],
            "mean_confidence": [0.2, 0.4, 0.2, 0.3, 0.2],
            "mean_outcome": [0.25, 0.35, 0.3, NAN, 0.2],
            "n": [10, 10, 10, 10, 10],
        }
    )
    svg = curves("Reliability", table)
    assert {"a", "b", "held-out", "other", "promised"} <= set(words(svg))
    assert len(marks(svg, "polyline")) == 1  # a single point is no curve
    empty = curves("Reliability", table.assign(mean_outcome=NAN, mean_confidence=0.0))
    assert not marks(empty, "polyline")


def test_scales_are_straight_and_steps_round() -> None:
    assert Scale(-1, 1, 0, 100).at(0) == 50
    assert steps(-0.05, 0.42, 6) == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])
    assert steps(0, 1, 6) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])
