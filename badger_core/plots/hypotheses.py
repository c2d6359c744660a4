"""Figures of a list of hypotheses: where controls stand, enriched classes, and diseases alike."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.theme import DEEP_FOOT, DOWN, FOOT, QUIET, UP, bare_layout

SURE = 0.05
_LONGEST = 40
_ROW = 24
_KINDS = (
    ("known (disease-modifying)", "Known: changes the disease", DOWN, "triangle-up"),
    ("known (symptomatic)", "Known: eases symptoms", DOWN, "triangle-up-open"),
    ("known (Hub)", "Known: Repurposing Hub", DOWN, "triangle-down-open"),
    ("judged no indication", "Control: judged no indication", UP, "x"),
    ("nearly inert", "Control: predicted nearly inert", UP, "circle-open"),
    ("no drug", "Control: no drug", UP, "diamond"),
)
"""Part of the words of `known` or `control`, the row's title, colour and sign."""


def marked(table: pd.DataFrame) -> pd.DataFrame:
    """The known drugs and controls of a list, with the row of the figure that each stands in.

    Args:
        table: of `repurpose.hypotheses.Hypotheses`.

    Returns:
        Columns kind, name, rank, score and percentile, best first.
    """
    words = table["control"].where(table["control"] != "", table["known"])
    parts = []
    for part, title, _, _ in _KINDS:
        rows = table[words.str.contains(part, regex=False)]
        parts.append(rows[["name", "rank", "score", "percentile"]].assign(kind=title))
    found = pd.concat(parts, ignore_index=True)
    found = found.sort_values("score", kind="stable", ignore_index=True)
    return found[["kind", "name", "rank", "score", "percentile"]]


def control_figure(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """The scores of the library as a histogram, known drugs and controls as signs below it.

    Args:
        table: of `repurpose.hypotheses.Hypotheses`.
        dark: True for a dark page.
    """
    library = table.loc[table["rank"].notna(), "score"].dropna().to_numpy(float)
    counts, edges = np.histogram(library, bins=60)
    middle = (edges[:-1] + edges[1:]) / 2
    top = max(int(counts.max()), 1)
    figure = go.Figure(
        go.Bar(
            x=middle,
            y=counts / top,
            width=np.diff(edges),
            marker={"color": QUIET, "opacity": 0.55, "line": {"width": 0}},
            customdata=counts,
            hovertemplate="%{customdata} compounds at %{x:.2f}<extra></extra>",
        )
    )
    found = marked(table)
    titles, places = ["all compounds"], [0.5]
    at = -0.2
    for _, title, colour, sign in _KINDS:
        rows = found[found["kind"] == title]
        if rows.empty:
            continue
        figure.add_scatter(
            x=rows["score"],
            y=np.full(len(rows), at),
            mode="markers",
            marker={"symbol": sign, "size": 10, "color": colour, "line": {"width": 1.5}},
            customdata=rows[["name", "percentile"]].to_numpy(object),
            hovertemplate="<b>%{customdata[0]}</b><br>score %{x:+.3f}, percentile "
            "%{customdata[1]:.1f}<extra></extra>",
        )
        titles.append(f"{title} ({len(rows)})")
        places.append(at)
        at -= 0.16
    figure.add_vline(x=0, line={"color": QUIET, "width": 1})
    figure.update_xaxes(title_text="reversal score (left reverses)")
    figure.update_yaxes(tickvals=places, ticktext=titles, range=[at, 1.05], zeroline=False)
    figure.update_layout(bargap=0)
    return bare_layout(figure, 330 + 18 * len(places), dark, DEEP_FOOT)


def class_dots(table: pd.DataFrame, count: int, dark: bool = False) -> go.Figure:
    """Classes by AUROC: filled below an FDR of 5%, else hollow; a dot grows with its members.

    Args:
        table: of `repurpose.classes.classes`, at least one row.
        count: how many classes.
        dark: True for a dark page.
    """
    rows = table.head(count).reset_index(drop=True)
    hollow = (rows["fdr"] >= SURE).to_numpy()
    colour = np.where(rows["auroc"] >= 0.5, DOWN, UP)
    figure = go.Figure(
        go.Scatter(
            x=rows["auroc"],
            y=list(range(len(rows))),
            mode="markers",
            marker={
                "symbol": ["circle-open" if h else "circle" for h in hollow],
                "color": colour,
                "size": 8 + 12 * np.sqrt(rows["members"] / max(rows["members"].max(), 1)),
                "line": {"width": 2, "color": colour},
                "opacity": 1,
            },
            customdata=rows[["class", "kind", "fdr", "members", "in_top"]].to_numpy(object),
            hovertemplate="<b>%{customdata[0]}</b> (%{customdata[1]})<br>AUROC %{x:.2f}, FDR "
            "%{customdata[2]:.2g}<br>%{customdata[3]} members, %{customdata[4]} in the list"
            "<extra></extra>",
        )
    )
    figure.add_vline(x=0.5, line={"color": QUIET, "width": 1, "dash": "dot"})
    low = min(0.4, float(rows["auroc"].min()) - 0.05)
    figure.update_xaxes(title_text="AUROC: a member reverses more than others", range=[low, 1.03])
    _names(figure, rows["class"])
    figure.update_layout(title={"text": "● FDR below 5%   ○ not", "x": 0, "font_size": 12})
    return bare_layout(figure, 60 + DEEP_FOOT + _ROW * len(rows), dark, DEEP_FOOT)


def alike_bars(table: pd.DataFrame, count: int, dark: bool = False) -> go.Figure:
    """Diseases by Spearman's correlation with the signature asked about.

    Args:
        table: of `repurpose.disease_alike.diseases_alike`, at least one row.
        count: how many from the beginning.
        dark: True for a dark page.
    """
    rows = table.head(count)
    figure = go.Figure(
        go.Bar(
            x=rows["spearman"],
            y=list(range(len(rows))),
            orientation="h",
            width=0.6,
            marker={"color": [UP if r > 0 else DOWN for r in rows["spearman"]]},
            customdata=rows[["disease", "percentile", "n_genes"]].to_numpy(object),
            hovertemplate="<b>%{customdata[0]}</b><br>Spearman %{x:+.2f}, more alike than "
            "%{customdata[1]:.0f}% of pairs<br>%{customdata[2]} genes<extra></extra>",
        )
    )
    figure.add_vline(x=0, line={"color": QUIET, "width": 1})
    figure.update_xaxes(title_text="Spearman's correlation of the signatures")
    _names(figure, rows["disease"])
    return bare_layout(figure, 40 + FOOT + _ROW * len(rows), dark, FOOT)


def _names(figure: go.Figure, names: pd.Series) -> None:
    cut = [n if len(n) <= _LONGEST else f"{n[: _LONGEST - 1]}…" for n in names]
    figure.update_yaxes(
        tickvals=list(range(len(cut))), ticktext=cut, autorange="reversed", zeroline=False
    )
