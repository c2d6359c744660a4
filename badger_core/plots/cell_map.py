"""The map of cell lines: one point per line, coloured and shaped by disease, to click."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.markup import name_in
from badger_core.plots.theme import QUIET, UP, bare_layout

HEIGHT = 520
N_GROUPS = 7
OTHER, NOT_RECORDED = "other diseases", "disease not recorded"
_MARKS = (
    ("circle", "#0A7ABF"),
    ("square", "#C97411"),
    ("diamond", "#00875F"),
    ("triangle-up", "#B5618F"),
    ("triangle-down", "#3B8FC2"),
    ("pentagon", "#C4541A"),
    ("hexagon2", "#7D6BB0"),
)
"""Shape and colour of the commonest diseases; contrast at least 3 on the light and dark page."""
_INK = {False: "#1B2430", True: "#E8EDF2"}
_HOVER = "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"


class Marked(NamedTuple):
    """A line that stands out on the map; its name is written where `named`."""

    cell: str
    label: str
    x: float
    y: float
    is_upload: bool
    named: bool = True


def cell_map(table: pd.DataFrame, marked: Sequence[Marked], dark: bool = False) -> go.Figure:
    """Points of all lines, the marked ones with a ring (uploads: a star) and their name.

    Args:
        table: columns cell, display_name, disease, lineage, n_compounds, x and y.
        marked: what is named.
        dark: True for a dark page.
    """
    figure = go.Figure()
    groups = disease_groups(table["disease"])
    shown = table.assign(group=table["disease"].map(groups))
    order = [*dict.fromkeys(groups[d] for d in _by_size(table["disease"]))]
    order = [g for g in order if g not in (OTHER, NOT_RECORDED)] + [OTHER, NOT_RECORDED]
    for number, group in enumerate(order):
        rows = shown[shown["group"] == group]
        if rows.empty:
            continue
        if group in (OTHER, NOT_RECORDED):
            sign = "cross-thin-open" if group == OTHER else "circle-open"
            mark: dict[str, object] = {"symbol": sign}
            mark |= {"color": QUIET, "size": 7, "line": {"width": 1.5, "color": QUIET}}
        else:
            symbol, colour = _MARKS[number % len(_MARKS)]
            mark = {"symbol": symbol, "color": colour, "size": 9, "line": {"width": 0}}
        figure.add_scatter(
            x=rows["x"],
            y=rows["y"],
            mode="markers",
            name=f"{group} ({len(rows)})",
            marker=mark,
            customdata=_details(rows),
            hovertemplate=_HOVER,
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    for one in marked:
        _mark(figure, one, dark)
    bare_layout(figure, HEIGHT, dark)
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "x": 0, "itemclick": False,
                "itemdoubleclick": False, "font": {"size": 12, "color": _INK[dark]}},
        margin={"l": 4, "r": 4, "t": 8, "b": 8},
        clickmode="event+select",
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[-1.08, 1.12])
    figure.update_yaxes(visible=False, range=[-1.08, 1.08])
    return figure


def disease_groups(diseases: pd.Series) -> Mapping[str, str]:
    """Disease to the group it is drawn in: the commonest by themselves, the rest together."""
    common = _by_size(diseases)[:N_GROUPS]
    return {d: d if d in common else (OTHER if d else NOT_RECORDED) for d in sorted(set(diseases))}


def _by_size(diseases: pd.Series) -> list[str]:
    """Recorded diseases by falling number of lines, equal ones by name."""
    count = diseases[diseases != ""].value_counts()
    return sorted(count.index, key=lambda d: (-count[d], d))


def _mark(figure: go.Figure, one: Marked, dark: bool) -> None:
    ring = {"symbol": "circle-open", "size": 18, "color": _INK[dark], "line": {"width": 2}}
    star = {"symbol": "star", "size": 17, "color": UP, "line": {"width": 1.5, "color": _INK[dark]}}
    figure.add_scatter(
        x=[one.x],
        y=[one.y],
        mode="markers",
        marker=star if one.is_upload else ring,
        showlegend=False,
        customdata=[[one.cell, one.label, "your upload", ""]] if one.is_upload else None,
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertemplate=_HOVER if one.is_upload else None,
        hoverinfo=None if one.is_upload else "skip",
    )
    if not one.named:
        return
    figure.add_annotation(
        x=one.x,
        y=one.y,
        text=f"<b>{name_in(one.label)}</b>",
        showarrow=False,
        yshift=17,
        bgcolor="rgba(255,255,255,0.75)" if not dark else "rgba(18,23,29,0.75)",
        font={"size": 12, "color": _INK[dark]},
    )


def _details(rows: pd.DataFrame) -> list[list[str]]:
    return [
        [
            row.cell,
            row.display_name,
            ", ".join(filter(None, (row.disease, row.lineage))) or "disease not recorded",
            f"{row.n_compounds} measured compounds" if row.n_compounds else "nothing measured",
        ]
        for row in rows.itertuples()
    ]
