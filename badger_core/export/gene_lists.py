"""Rankings and gene sets in the formats of GSEA: RNK, GRP and GMT."""

from collections.abc import Iterable

import pandas as pd

from badger_core.export.tables import escaped


def rnk(ranking: pd.DataFrame) -> str:
    """Symbol and score, a line each, without a heading.

    Args:
        ranking: columns symbol and score, by rank.
    """
    return ranking[["symbol", "score"]].to_csv(
        sep="\t", index=False, header=False, lineterminator="\n"
    )


def grp(genes: Iterable[str], comment: str = "") -> str:
    """One gene a line, under a comment line if there is one."""
    lines = [f"# {_flat(comment)}"] if comment else []
    return "".join(f"{line}\n" for line in [*lines, *map(_flat, genes)])


def gmt(found: pd.DataFrame) -> str:
    """One line for each set: id with its direction, name, and the genes behind the result.

    Sets without such a gene are left out.

    Args:
        found: columns pathway, direction, name and genes (a text, separated by ', ').
    """
    rows = found[found["genes"] != ""]
    lines = [
        "\t".join([f"{row.pathway}_{row.direction.upper()}", escaped(_flat(row.name))])
        + "\t"
        + row.genes.replace(", ", "\t")
        for row in rows.itertuples()
    ]
    return "\n".join(lines) + ("\n" if lines else "")


def _flat(text: str) -> str:
    return " ".join(text.split())
