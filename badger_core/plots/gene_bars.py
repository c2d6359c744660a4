"""The strongest genes of a ranking as bars of HTML: drawn at once, and words to a screen reader.

No script has to be loaded for them, so they are the first of a result that a visitor sees.
"""

from html import escape
from typing import NamedTuple

import pandas as pd

from badger_core.plots.theme import COLOURS


def gene_bars_html(table: pd.DataFrame, count: int) -> str:
    """The `count` genes at each end, strongest on top, as two lists; styled by `.genebars`.

    Bars of both lists have the same scale and grow away from the names of the genes: to the right
    for up, to the left for down. A thin line is ± the spread of the ensemble.

    Args:
        table: a ranking, columns of `schema.RANKING_COLUMNS`.
        count: how many genes each way.
    """
    ends = {"up": table.head(count), "down": table.tail(count)[::-1]}
    reach = max(float((end["score"].abs() + end["spread"]).max()) for end in ends.values()) or 1.0
    lists = (
        f"<section class='{way}' style='--bar:{COLOURS[way]}'><h3>Predicted {way}</h3>"
        f"<ol>{''.join(_row(gene, reach) for gene in end.itertuples())}</ol></section>"
        for way, end in ends.items()
    )
    return f"<div class='genebars'>{''.join(lists)}</div>"


class _Gene(NamedTuple):
    """A row of a ranking."""

    symbol: str
    entrez: int
    rank: int
    score: float
    spread: float


def _row(gene: _Gene, reach: float) -> str:
    length = 100 * abs(gene.score) / reach
    low, high = (min(max(length + s * 100 * gene.spread / reach, 0), 100) for s in (-1, 1))
    title = (
        f"{gene.symbol} (Entrez {gene.entrez}), rank {gene.rank}, "
        f"score {gene.score:+.3f} ± {gene.spread:.3f}"
    )
    return (
        f"<li title='{escape(title)}'><span class='gene'>{escape(gene.symbol)}</span>"
        f"<span class='track'><i style='width:{length:.1f}%'></i>"
        f"<b style='--from:{low:.1f}%;width:{high - low:.1f}%'></b></span>"
        f"<span class='value'>{gene.score:+.2f}</span></li>"
    )
