"""The map of lines and the figures of likeness show what they are given, in words and shapes."""

import pandas as pd

from badger_core.plots.cell_likeness import disease_points, likeness_bars
from badger_core.plots.cell_map import NOT_RECORDED, OTHER, Marked, cell_map, disease_groups

LINES = pd.DataFrame(
    {
        "cell": list("abcdefghijk"),
        "display_name": list("ABCDEFGHIJK"),
        "disease": ["lung", "lung", "skin", "", "c3", "c4", "c5", "c6", "c7", "c8", "c9"],
        "lineage": "",
        "n_compounds": 3,
        "x": [at / 10 for at in range(11)],
        "y": 0.0,
    }
)


def test_the_commonest_diseases_have_marks_of_their_own() -> None:
    groups = disease_groups(LINES["disease"])
    assert groups["lung"] == "lung"
    assert groups[""] == NOT_RECORDED
    assert sum(group == OTHER for group in groups.values()) == 2
    assert len(set(groups.values())) == 9


def test_the_map_shows_every_line_once_and_names_the_marked() -> None:
    marked = [Marked("a", "A", 0, 0, False), Marked("upload:1", "mi<ne", 0.2, 0.1, True)]
    marked.append(Marked("upload:2", "quiet", 0.3, 0.1, True, False))
    for dark in (False, True):
        figure = cell_map(LINES, marked, dark)
        groups = [trace for trace in figure.data if trace.showlegend is None]
        assert sum(len(trace.x) for trace in groups) == len(LINES)
        looks = {(trace.marker.symbol, trace.marker.color) for trace in groups}
        assert len(looks) == len(groups) == 9
        assert len({trace.marker.symbol for trace in groups}) == 9  # shapes alone tell them apart
        assert [note.text for note in figure.layout.annotations] == ["<b>A</b>", "<b>mi&lt;ne</b>"]
        assert figure.data[-1].marker.symbol == "star"
        assert figure.data[-1].customdata[0][0] == "upload:2"
    assert groups[0].name == "lung (2)"


NEIGHBOURS = pd.DataFrame(
    {
        "display_name": ["x", "y"],
        "disease": ["lung", ""],
        "likeness": [0.8, 0.2],
        "dependent": ["derived from it", ""],
    }
)


def test_dependent_lines_are_hatched_and_said() -> None:
    figure = likeness_bars(NEIGHBOURS, 0.25)
    bars = figure.data[0]
    assert list(bars.marker.pattern.shape) == ["/", ""]
    assert list(bars.text) == [" depends", ""]
    assert list(bars.x) == [0.8, 0.2]
    assert figure.layout.shapes[0].x0 == 0.25


def test_diseases_show_best_median_and_each_line() -> None:
    diseases = pd.DataFrame(
        {"disease": ["lung"], "best": [0.8], "best_line": ["x"], "median": [0.5], "n_lines": [2]}
    )
    figure = disease_points(diseases, NEIGHBOURS, 0.25, dark=True)
    assert [list(trace.x) for trace in figure.data] == [[0.8], [0.5], [0.8]]
