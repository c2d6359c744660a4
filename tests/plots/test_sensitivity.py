"""Dots of predicted sensitivity: what is drawn is what the table says."""

import numpy as np
import pandas as pd
import pytest

from badger_core.plots.sensitivity import NAMED, ranked_dots


def table(count: int) -> pd.DataFrame:
    """Rows in order; every other one measured, the third chosen."""
    predicted = np.linspace(8, 14, count)
    return pd.DataFrame(
        {
            "name": [f"line{i}" for i in range(count)],
            "predicted": predicted,
            "low": predicted - 1,
            "high": predicted + 2,
            "measured": np.where(np.arange(count) % 2, np.nan, 10.0),
            "rank": np.arange(1, count + 1),
            "chosen": np.arange(count) == 2,
        }
    )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("screen", ["ctrp", "nci60"])
def test_dots_bars_diamonds_and_the_ring(screen: str, dark: bool) -> None:
    drawn = ranked_dots(table(10), screen, "lines", dark)
    dots, diamonds, ring = drawn.data
    np.testing.assert_allclose(dots.y, table(10)["predicted"])
    np.testing.assert_allclose(dots.error_y.array, 2)
    np.testing.assert_allclose(dots.error_y.arrayminus, 1)
    assert list(diamonds.x) == [1, 3, 5, 7, 9]
    assert set(diamonds.y) == {10.0}
    assert (list(ring.x), list(ring.y)) == ([3], [table(10)["predicted"][2]])
    assert drawn.layout.annotations[0].text == "<b>line2</b>"
    assert list(drawn.layout.xaxis.ticktext) == table(10)["name"].tolist()


def test_many_rows_get_a_band_instead_of_bars() -> None:
    many = table(NAMED + 1)
    band, dots = ranked_dots(many, "ctrp", "lines").data[:2]
    assert band.fill == "toself"
    assert (min(band.y), max(band.y)) == (many["low"].min(), many["high"].max())
    assert not dots.error_y.visible


def test_nothing_measured_and_nothing_chosen_draw_too() -> None:
    drawn = ranked_dots(table(4).assign(measured=np.nan, chosen=False), "ctrp", "drugs")
    assert len(drawn.data) == 1
    assert not drawn.layout.annotations
