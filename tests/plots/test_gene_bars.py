"""The bars of the strongest genes: lengths, order and words, by hand."""

import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from badger_core.plots.gene_bars import gene_bars_html
from badger_core.plots.theme import DOWN, UP


@pytest.fixture
def table() -> pd.DataFrame:
    score = np.array([2.0, 1.0, 0.5, -0.5, -1.0, -4.0])
    return pd.DataFrame(
        {
            "symbol": ["A", "B<", "C", "D", "E", "F"],
            "entrez": range(11, 17),
            "rank": range(1, 7),
            "score": score,
            "spread": [0.2, 0.0, 0.0, 0.0, 0.0, 1.0],
        }
    )


def sides(table: pd.DataFrame, count: int) -> list[ElementTree.Element]:
    return ElementTree.fromstring(gene_bars_html(table, count)).findall("section")


def test_the_strongest_stand_on_top_of_each_side(table: pd.DataFrame) -> None:
    up, down = sides(table, 2)
    assert [li.find("span[@class='gene']").text for li in up.iter("li")] == ["A", "B<"]
    assert [li.find("span[@class='gene']").text for li in down.iter("li")] == ["F", "E"]
    assert [side.get("style") for side in (up, down)] == [f"--bar:{UP}", f"--bar:{DOWN}"]


def test_both_sides_have_one_scale(table: pd.DataFrame) -> None:
    lengths = [
        [float(re.search(r"width:([\d.]+)%", bar.get("style"))[1]) for bar in side.iter("i")]
        for side in sides(table, 2)
    ]
    assert lengths == [[40.0, 20.0], [80.0, 20.0]]  # the reach is 4 + 1


def test_the_spread_reaches_as_far_on_both_sides_of_the_bar(table: pd.DataFrame) -> None:
    first = sides(table, 1)[1].find(".//b").get("style")
    assert first == "--from:60.0%;width:40.0%"


def test_a_row_tells_rank_score_spread_and_id(table: pd.DataFrame) -> None:
    rows = [li.get("title") for side in sides(table, 1) for li in side.iter("li")]
    assert rows == [
        "A (Entrez 11), rank 1, score +2.000 ± 0.200",
        "F (Entrez 16), rank 6, score -4.000 ± 1.000",
    ]


def test_a_flat_ranking_can_be_drawn(table: pd.DataFrame) -> None:
    flat = table.assign(score=0.0, spread=0.0)
    assert len(list(sides(flat, 3)[0].iter("li"))) == 3
