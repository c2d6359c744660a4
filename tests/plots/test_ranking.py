"""The figure of a ranking, made by hand."""

import numpy as np
import pandas as pd
import pytest

from badger_core.plots.ranking import rank_plot
from badger_core.plots.theme import DOWN, UP


@pytest.fixture
def table() -> pd.DataFrame:
    score = np.linspace(2.0, -1.5, 978)
    return pd.DataFrame(
        {
            "symbol": [f"G{i}" for i in range(978)],
            "entrez": np.arange(978) + 1000,
            "rank": np.arange(1, 979),
            "score": score,
            "direction": np.where(score > 0, "up", "down"),
            "spread": np.full(978, 0.1),
        }
    )


def test_the_rank_plot_has_every_gene_once(table: pd.DataFrame) -> None:
    up, down = rank_plot(table).data[1:]
    assert len(up.x) + len(down.x) == 978
    assert up.marker.color == UP
    assert down.marker.color == DOWN
    assert sorted([*up.x, *down.x]) == list(range(1, 979))


def test_hovering_tells_symbol_and_entrez(table: pd.DataFrame) -> None:
    trace = rank_plot(table).data[1]
    assert trace.customdata[0][0] == "G0"
    assert trace.customdata[0][1] == 1000
    assert "Entrez %{customdata[1]}" in trace.hovertemplate


def test_names_at_the_ends_do_not_touch(table: pd.DataFrame) -> None:
    table.loc[:3, "score"] = [2.0, 1.999, 1.998, 1.997]
    heights = [note.y for note in rank_plot(table).layout.annotations[:4]]
    assert (np.diff(heights) < -0.1).all()


def test_axes_are_named_in_both_themes(table: pd.DataFrame) -> None:
    light, dark = (rank_plot(table, dark) for dark in (False, True))
    assert "rank" in light.layout.xaxis.title.text
    assert "predicted change" in light.layout.yaxis.title.text
    assert light.layout.font.color != dark.layout.font.color


def test_a_flat_ranking_can_be_drawn(table: pd.DataFrame) -> None:
    assert rank_plot(table.assign(score=0.0, spread=0.0)).data
