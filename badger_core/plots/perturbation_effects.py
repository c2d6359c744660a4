"""What a lost gene changes: measured and predicted effects of the surest genes, with intervals."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.gene_rows import gene_rows
from badger_core.plots.theme import DOWN, UP


def effect_dots(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Genes from top; orange diamonds are measured, blue dots predicted, lines their intervals.

    Args:
        table: in the order to be drawn: gene, measured, low, high, predicted, predicted_low,
            predicted_high (NaN where nothing is predicted).
        dark: True for a dark page.
    """
    figure = go.Figure()
    at = np.arange(len(table))
    parts = (
        ("measured, 95% interval", "", UP, "diamond", -0.16),
        ("predicted, 90% interval", "predicted", DOWN, "circle", 0.16),
    )
    both = table["predicted"].notna().any()
    for name, prefix, colour, symbol, shift in parts:
        value = table[prefix or "measured"]
        if value.isna().all():
            continue
        ends = [table[f"{prefix}_{end}" if prefix else end] for end in ("low", "high")]
        reach = {"array": ends[1] - value, "arrayminus": value - ends[0], "thickness": 1.5}
        figure.add_scatter(
            x=value,
            y=at + (shift if both else 0),
            error_x={"type": "data", "symmetric": False, "width": 0, "color": colour, **reach},
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": 8},
            customdata=np.stack([table["gene"], *ends], axis=1),
            hovertemplate=f"<b>%{{customdata[0]}}</b><br>{name.split(',')[0]} %{{x:+.2f}} "
            "(%{customdata[1]:+.2f} to %{customdata[2]:+.2f})<extra></extra>",
        )
    figure.update_xaxes(title_text="log2 change to control cells", zeroline=True)
    return gene_rows(figure, table["gene"], dark)
