"""The recovery figure and its table, made by hand."""

import numpy as np
import pandas as pd
import pytest

from badger_core.plots.measured import recovery_cuts, recovery_plot
from badger_core.plots.theme import DOWN, UP


@pytest.fixture
def table() -> pd.DataFrame:
    genes = np.arange(1, 301)
    return pd.DataFrame(
        {
            "genes": genes,
            "up": np.minimum(genes / 150, 1),
            "down": np.minimum(genes / 200, 1),
            "drug_free": genes / 300,
            "repeat": np.nan,
            "luck": genes / 300,
        }
    )


def test_every_known_line_is_drawn_and_named(table: pd.DataFrame) -> None:
    names = {trace.name for trace in recovery_plot(table).data}
    assert names == {"predicted up", "predicted down", "drug-free", "luck"}
    known = recovery_plot(table.assign(repeat=0.5))
    assert len(known.data) == 5
    assert known.layout.showlegend


def test_lines_differ_in_more_than_colour(table: pd.DataFrame) -> None:
    lines = [trace.line for trace in recovery_plot(table.assign(repeat=0.5)).data]
    assert len({(line.color, line.dash) for line in lines}) == 5
    up, down = (
        next(t for t in recovery_plot(table).data if t.name == f"predicted {way}").line
        for way in ("up", "down")
    )
    assert (up.color, down.color) == (UP, DOWN)
    assert up.dash != down.dash


def test_the_table_reads_the_figure_at_its_cuts(table: pd.DataFrame) -> None:
    cuts = recovery_cuts(table)
    assert cuts.columns.tolist() == [50, 100, 200]
    assert "a repeat" not in cuts.index
    assert cuts.loc["predicted up"].tolist() == [33.3, 66.7, 100.0]
    assert cuts.loc["predicted down"].tolist() == [25.0, 50.0, 100.0]


def test_axes_are_named_in_both_themes(table: pd.DataFrame) -> None:
    light, dark = (recovery_plot(table, dark) for dark in (False, True))
    assert "top of the ranking" in light.layout.xaxis.title.text
    assert light.layout.font.color != dark.layout.font.color
