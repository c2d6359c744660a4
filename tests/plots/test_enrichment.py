"""Dots of enriched sets and bars of footprints show what their tables say."""

import numpy as np
import pytest

from badger_core.pathways.enrichment import enrich
from badger_core.pathways.footprints import activities
from badger_core.plots.enrichment import enrichment_dots, footprint_bars
from tests.pathways.enrichment_case import ranking, sets


@pytest.mark.parametrize("method", ["prerank", "ora"])
def test_dots_are_on_the_side_of_their_direction_and_hollow_where_unsure(method):
    table = enrich(ranking(), sets(), method, count=10)
    figure = enrichment_dots(table, 4)
    dots = figure.data[0]
    rows = table.head(4)
    for place, symbol, row in zip(dots.x, dots.marker.symbol, rows.itertuples(), strict=True):
        assert place == 0 or (place > 0) == (row.direction == "up")
        assert (symbol == "circle") == (row.fdr < 0.05)
    assert list(figure.layout.yaxis.ticktext) == rows["name"].tolist()


def test_fewer_sets_than_asked_for_are_all_drawn():
    figure = enrichment_dots(enrich(ranking(), sets(), "ora", count=10), 50, dark=True)
    assert len(figure.data[0].x) == 8


def test_the_collection_is_not_repeated_where_all_sets_are_of_one():
    table = enrich(ranking(), sets(), "ora", count=10).head(2)
    table = table.assign(name=["A (Hallmark)", "B (Hallmark)"], source="MSigDB Hallmark")
    assert list(enrichment_dots(table, 2).layout.yaxis.ticktext) == ["A", "B"]
    several = table.assign(source=["MSigDB Hallmark", "PID"])
    assert list(enrichment_dots(several, 2).layout.yaxis.ticktext) == table["name"].tolist()


@pytest.fixture(scope="module")
def table(bundle):
    panel = bundle.genes.table
    return activities(panel.assign(rank=np.arange(1, len(panel) + 1)), bundle.progeny, 100)


def test_bars_are_the_activities_over_their_null(table):
    band, bars, hatched = footprint_bars(table).data
    scored = table.dropna(subset="activity")
    assert list(bars.x) == pytest.approx(scored["activity"].tolist())
    assert list(band.base) == pytest.approx(scored["null_low"].tolist())
    assert [b + x for b, x in zip(band.base, band.x, strict=True)] == pytest.approx(
        scored["null_high"].tolist()
    )
    assert hatched.marker.pattern.shape == "/"


def test_what_is_not_scored_says_so_in_words(table):
    figure = footprint_bars(table, dark=True)
    assert [note.text for note in figure.layout.annotations] == ["not scored"]
    assert len(figure.layout.yaxis.ticktext) == 14
    assert len(footprint_bars(table.dropna(subset="activity")).data) == 2
