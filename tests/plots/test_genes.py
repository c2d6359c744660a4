"""The points of a ranking: every gene once, members and the chosen gene stand out."""

import numpy as np
import pytest

from badger_core.plots.genes import agreement, agreement_plot, apart, rank_points


@pytest.fixture(scope="module")
def table(predictor):
    return predictor.ask("vemurafenib", "A375").table


def points(figure):
    return [trace for trace in figure.data if trace.customdata is not None]


@pytest.mark.parametrize("draw", [agreement_plot, rank_points])
def test_every_gene_is_drawn_once_and_names_itself(table, draw):
    figure = draw(table, frozenset(), None)
    drawn = [int(row[0]) for trace in points(figure) for row in trace.customdata]
    assert sorted(drawn) == sorted(table["entrez"])


@pytest.mark.parametrize("draw", [agreement_plot, rank_points])
def test_members_are_larger_and_the_others_faint(table, draw):
    members = frozenset(table["entrez"].iloc[[0, 5, 970]].tolist())
    figure = draw(table, members, None, dark=True)
    for trace in points(figure):
        inside = {int(row[0]) for row in trace.customdata} <= members
        assert (trace.marker.opacity > 0.9) == inside or not len(trace.customdata)
        # A click must not fade what was not clicked.
        assert trace.selected.marker.opacity == trace.unselected.marker.opacity
        assert trace.selected.marker.opacity == trace.marker.opacity


def test_up_and_down_differ_in_shape_as_in_colour(table):
    figure = agreement_plot(table, frozenset(), None)
    looks = {
        (trace.marker.symbol, trace.marker.color, np.sign(trace.x[0]))
        for trace in points(figure)
        if len(trace.x)
    }
    assert {look[0] for look in looks} == {"triangle-up", "triangle-down"}
    assert len({look[1] for look in looks}) == 2
    assert all((symbol == "triangle-up") == (sign > 0) for symbol, _, sign in looks)


def test_the_chosen_gene_has_a_ring_and_its_name(table):
    row = table.iloc[400]
    figure = agreement_plot(table, frozenset(), int(row["entrez"]))
    ring = [t for t in figure.data if t.mode == "markers" and t.marker.symbol == "circle-open"]
    assert ring[0].x[0] == row["score"]
    assert ring[0].y[0] == pytest.approx(abs(row["score"]) / row["spread"])
    names = {text.strip() for t in figure.data if t.mode == "text" for text in t.text}
    assert row["symbol"] in names


def test_agreement_by_hand(table):
    two = table.head(2).assign(score=[2.0, -3.0], spread=[0.5, 0.0])
    assert agreement(two).tolist() == pytest.approx([4.0, 3000.0])


def test_names_keep_their_distance():
    found = apart(np.array([1.0, 1.02, 5.0, 0.99]), 0.1)
    assert np.diff(np.sort(found)).min() >= 0.0999
    assert found[[0, 2]].tolist() == [1.0, 5.0]  # the first stands where it likes, so does a loner
    assert np.abs(found - [1.0, 1.02, 5.0, 0.99]).max() <= 0.15 + 1e-9


def test_a_name_without_a_free_place_is_left_out():
    found = apart(np.zeros(9), 1.0)
    assert found[0] == 0
    assert np.isnan(found).sum() == 9 - 3
