"""What the two heatmaps of attention show: pathways over fragments, and genes over pathways."""

from collections.abc import Mapping, Sequence

import numpy as np

from badger_core.explain.prediction_maps import NONE, Explanation, fragment_names
from badger_core.explain.prediction_tables import INFERRED, marks
from badger_core.plots.attention_heatmap import Grid

SIGNS = {"up": "▲", "down": "▼"}
_MOST_WITH_NUMBERS = 12


def fragment_grid(
    explanation: Explanation,
    pathways: Sequence[int],
    chosen: tuple[int | None, int | None] = (None, None),
) -> Grid:
    """Rows are pathways, columns the fragments and the pseudo token; a row sums to 1.

    Args:
        explanation: of one prediction.
        pathways: positions, in the order to show.
        chosen: position of a pathway and of a fragment (F for the pseudo token), or None.
    """
    kept = list(pathways)
    columns = [*fragment_names(explanation), NONE]
    values = explanation.fragment_to_pathway[kept]  # (p, F + 1)
    spread = explanation.to_pathway[:, kept].std(axis=0)
    pieces = [*(f.smiles for f in explanation.fragments), "the pseudo token"]
    names = pathway_labels(explanation)
    words = [
        f"{_full(explanation, p)} on {column} ({piece}): "
        f"{100 * values[r, c]:.1f}% ± {100 * spread[r, c]:.1f} over members"
        for r, p in enumerate(kept)
        for c, (column, piece) in enumerate(zip(columns, pieces, strict=True))
    ]
    return Grid(
        rows=[names[p] for p in kept],
        columns=[*columns[:-1], "none"],
        values=values,
        words=words,
        title="Attention of the pathway, % (a row sums to 100)",
        digits=0,
        numbers=len(columns) <= _MOST_WITH_NUMBERS,
        upright=len(columns) > _MOST_WITH_NUMBERS,
        chosen=_place(kept, chosen[0], range(len(columns)), chosen[1]),
    )


def gene_grid(
    explanation: Explanation,
    pathways: Sequence[int],
    genes: Sequence[int],
    directions: Mapping[int, str],
    chosen: tuple[int | None, int | None] = (None, None),
) -> Grid:
    """Rows are pathways and the pseudo token, columns are genes.

    Args:
        explanation: of one prediction.
        pathways: positions, in the order to show; the pseudo token follows.
        genes: positions, in the order to show.
        directions: gene to 'up' or 'down'.
        chosen: position of a pathway (P for the pseudo token) and of a gene, or None.
    """
    n_pathways = len(explanation.pathways)
    kept = [*pathways, n_pathways]
    values = explanation.pathway_to_gene[np.ix_(genes, kept)].T  # (p + 1, g)
    spread = explanation.to_gene[:, genes][:, :, kept].std(axis=0).T
    symbols = explanation.genes["symbol"]
    names = [*pathway_labels(explanation), NONE]
    said = [*(_full(explanation, p) for p in pathways), f"{NONE} (the pseudo token)"]
    words = [
        f"{symbols.iloc[g]} (predicted {directions[g]}) on {said[r]}: {100 * values[r, c]:.2f}% "
        f"± {100 * spread[r, c]:.2f} over members"
        for r in range(len(kept))
        for c, g in enumerate(genes)
    ]
    return Grid(
        rows=[names[p] for p in kept],
        columns=[f"{SIGNS[directions[g]]} {symbols.iloc[g]}" for g in genes],
        values=values,
        words=words,
        title=f"Attention of the gene, % (even: {100 / (n_pathways + 1):.2f})",
        digits=2,
        numbers=False,
        upright=True,
        chosen=_place(kept, chosen[0], list(genes), chosen[1]),
    )


def pathway_labels(explanation: Explanation) -> list[str]:
    """(P,) names behind the sign of their mark, ● or ○; inferred ones have none."""
    names = explanation.pathways["name"]
    said = zip(names, marks(explanation), strict=True)
    return [name if mark == INFERRED else f"{mark[0]} {name}" for name, mark in said]


def _full(explanation: Explanation, pathway: int) -> str:
    """Name, source and mark in words."""
    row = explanation.pathways.iloc[pathway]
    if not row["targets"]:
        return f"{row['name']} ({row['source']}; {INFERRED})"
    how = "taught" if explanation.n_shown else "not taught"
    return f"{row['name']} ({row['source']}; {how}, holds {', '.join(row['targets'][:4])})"


def _place(
    rows: Sequence[int], row: int | None, columns: Sequence[int], column: int | None
) -> tuple[int, int] | None:
    """Where a chosen cell stands among those shown."""
    if row not in rows or column not in columns:
        return None
    return list(rows).index(row), list(columns).index(column)
