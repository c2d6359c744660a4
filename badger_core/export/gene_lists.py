"""Rankings and gene sets in the formats of GSEA: RNK, GRP and GMT."""

from collections.abc import Iterable

import pandas as pd

from badger_core.export.gene_sets import field
from badger_core.export.tables import one_field


def rnk(ranking: pd.DataFrame) -> str:
    """Symbol and score, a line each, without a heading.

    Args:
        ranking: columns symbol and score, by rank.
    """
    rows = zip(ranking["symbol"], ranking["score"], strict=True)
    return "".join(f"{field(symbol)}\t{float(score)!r}\n" for symbol, score in rows)


def grp(genes: Iterable[str], comment: str = "") -> str:
    """One gene a line, under a comment line if there is one."""
    lines = [f"# {field(comment)}"] if comment else []
    return "".join(f"{line}\n" for line in [*lines, *(field(gene) for gene in genes)])


def gmt(found: pd.DataFrame) -> str:
    """One line for each set: id with its direction, name, and the genes behind the result.

    Sets without such a gene are left out.

    Args:
        found: columns pathway, direction, name and genes (a text, separated by ', ').
    """
    rows = found[found["genes"] != ""]
    lines = [
        "\t".join([f"{row.pathway}_{row.direction.upper()}", one_field(row.name, "-")])
        + "\t"
        + row.genes.replace(", ", "\t")
        for row in rows.itertuples()
    ]
    return "\n".join(lines) + ("\n" if lines else "")
