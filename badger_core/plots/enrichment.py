"""Figures of enriched gene sets and of pathway footprints."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.theme import COLOURS, DEEP_FOOT, FOOT, QUIET, bare_layout

SURE = 0.05
_LONGEST = 44
_ROW, _FRAME = 23, 52
_DIRECTIONS = {"more active": "up", "less active": "down", "": ""}
_BAND = "rgba(128,139,151,0.30)"


def enrichment_dots(table: pd.DataFrame, count: int, dark: bool = False) -> go.Figure:
    """The first `count` sets of a result as dots: filled below an FDR of 5%, else hollow.

    The horizontal place is the normalised score of a GSEA, or of an over-representation how many
    times more genes than expected (to the left for genes predicted down). The size of a dot grows
    with the genes behind it.

    Args:
        table: a result of `pathways.enrichment.enrich`, at least one row.
        count: how many sets.
        dark: True for a dark page.
    """
    rows = table.head(count).reset_index(drop=True)
    gsea = "nes" in rows
    sign = np.where(rows["direction"] == "up", 1, -1)
    place = rows["nes"] if gsea else rows["ratio"] * sign
    genes = rows["n_leading" if gsea else "overlap"]
    colour = [COLOURS[d] for d in rows["direction"]]
    hollow = (rows["fdr"] >= SURE).to_numpy()
    marker = {
        "symbol": ["circle-open" if h else "circle" for h in hollow],
        "color": colour,
        "size": 8 + 12 * np.sqrt(genes / max(genes.max(), 1)),
        "line": {"width": 2, "color": colour},
        "opacity": 1,
    }
    details = np.column_stack([rows["name"], rows["source"], rows["fdr"], genes, rows["size"]])
    figure = go.Figure(
        go.Scatter(
            x=place,
            y=list(range(len(rows))),
            mode="markers",
            marker=marker,
            customdata=details,
            hovertemplate="<b>%{customdata[0]}</b> (%{customdata[1]})<br>FDR %{customdata[2]:.2g}, "
            "%{customdata[3]} of %{customdata[4]} genes<br>%{x:.2f}<extra></extra>",
        )
    )
    figure.add_vline(x=0, line={"color": QUIET, "width": 1})
    reach = float(place.abs().max()) * 1.2
    figure.update_xaxes(
        title_text="normalised score (NES)" if gsea else "times the genes expected",
        range=[-reach if (place < 0).any() else 0, reach if (place > 0).any() else 0],
    )
    if not gsea:
        step = max(int(np.ceil(reach / 4)), 1)
        ticks = [t for t in range(0, int(reach) + 1, step) if t] + [1]
        ticks = sorted({*ticks, *(-t for t in ticks)})
        figure.update_xaxes(tickvals=ticks, ticktext=[f"{abs(t)}×" for t in ticks])
        for side in (-1, 1):
            figure.add_vline(x=side, line={"color": QUIET, "width": 1, "dash": "dot"})
    _rows_of_names(figure, _without_collection(rows))
    _title(figure, "● FDR below 5%   ○ not")
    return bare_layout(figure, _FRAME + DEEP_FOOT + _ROW * len(rows), dark, DEEP_FOOT)


def footprint_bars(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Activity of each pathway as a bar, over the middle 95% of the null as a grey band.

    A pathway that is not scored has a hatched grey box and says so.

    Args:
        table: a result of `pathways.footprints.activities`.
        dark: True for a dark page.
    """
    scored = table["activity"].notna().to_numpy()
    place = np.arange(len(table))
    low, high = table["null_low"], table["null_high"]
    figure = go.Figure(
        go.Bar(
            x=(high - low)[scored],
            base=low[scored],
            y=place[scored],
            orientation="h",
            width=0.9,
            marker={"color": _BAND, "line": {"width": 0}},
            hoverinfo="skip",
        )
    )
    rows = table[scored]
    figure.add_bar(
        x=rows["activity"],
        y=place[scored],
        orientation="h",
        width=0.45,
        marker={"color": [COLOURS[_DIRECTIONS[d]] for d in rows["direction"]]},
        customdata=rows[["pathway", "fdr", "n_genes"]].to_numpy(object),
        hovertemplate="<b>%{customdata[0]}</b><br>activity %{x:+.2f}, FDR %{customdata[1]:.2g}<br>"
        "%{customdata[2]} landmarks<extra></extra>",
    )
    if not scored.all():
        figure.add_bar(
            x=np.full((~scored).sum(), float(high.max() - low.min())),
            base=float(low.min()),
            y=place[~scored],
            orientation="h",
            width=0.9,
            marker={"color": "rgba(0,0,0,0)", "line": {"width": 1, "color": QUIET}}
            | {"pattern": {"shape": "/", "fgcolor": QUIET, "size": 6}},
            hoverinfo="skip",
        )
        for y in place[~scored]:
            figure.add_annotation(
                x=float(high.max()), y=y, text="not scored", showarrow=False, xanchor="left"
            )
    figure.add_vline(x=0, line={"color": QUIET, "width": 1})
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(title_text="activity (t value)")
    _rows_of_names(figure, table["pathway"])
    up, down = (f"<span style='color:{COLOURS[d]}'>■</span>" for d in ("up", "down"))
    band = f"<span style='color:{QUIET}'>■</span>"
    _title(figure, f"{up} more active   {down} less active   {band} 95% of shuffled genes")
    return bare_layout(figure, _FRAME + FOOT + 25 * len(table), dark)


def _without_collection(rows: pd.DataFrame) -> pd.Series:
    """Names without the collection in brackets where all are of one: it stands above them."""
    if rows["source"].nunique() > 1:
        return rows["name"]
    return rows["name"].str.replace(r" \([^()]*\)$", "", regex=True)


def _rows_of_names(figure: go.Figure, names: pd.Series) -> None:
    """One row for each name, the first on top."""
    short = [n if len(n) <= _LONGEST else n[: _LONGEST - 1] + "…" for n in names]
    figure.update_yaxes(
        tickvals=list(range(len(short))),
        ticktext=short,
        range=[len(short) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        zeroline=False,
    )


def _title(figure: go.Figure, text: str) -> None:
    figure.update_layout(title={"text": text, "x": 0.0, "xanchor": "left"}, title_font_size=13)
