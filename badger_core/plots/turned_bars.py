"""The disease genes that a compound turns back, as bars of HTML: what the disease does and it does.

No script has to be loaded for them, and they are words to a screen reader.
"""

from html import escape

import pandas as pd

from badger_core.plots.theme import COLOURS

_WORDS = {"lowered": ("up", "down"), "raised": ("down", "up")}
"""What the compound does to what the disease and the compound do."""


def turned_bars_html(genes: pd.DataFrame, count: int) -> str:
    """The strongest `count` genes, longest bar on top; styled by `.genebars`.

    The length of a bar is its share of what is turned back. Its colour is what the compound does:
    blue lowers, orange raises; the word beside it says the same.

    Args:
        genes: columns of `repurpose.support.GENE_COLUMNS`, one compound's, strongest first.
        count: how many genes.
    """
    first = genes.head(count)
    reach = float(first["contribution"].max()) or 1.0
    rows = "".join(_row(gene, reach) for gene in first.itertuples(index=False))
    more = len(genes) - len(first)
    rest = f"<p class='note'>and {more} more: see the downloads.</p>" if more > 0 else ""
    return f"<div class='genebars one'><section><ol>{rows}</ol></section></div>{rest}"


def _row(gene: tuple, reach: float) -> str:
    disease, way = _WORDS[gene.turned]
    title = (
        f"{gene.symbol} (Entrez {gene.entrez}): {disease} in the disease ({gene.disease:+.1f}), "
        f"{gene.turned} by the compound ({gene.change:+.2f}), "
        f"{100 * gene.contribution:.0f}% of what is turned back"
    )
    return (
        f"<li title='{escape(title)}' style='--bar:{COLOURS[way]}'>"
        f"<span class='gene'>{escape(gene.symbol)}</span>"
        f"<span class='track'><i style='width:{100 * gene.contribution / reach:.1f}%'></i></span>"
        f"<span class='value'>{escape(gene.turned)}</span></li>"
    )
