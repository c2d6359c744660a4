"""Which disease genes a compound turns back, and in which gene sets these gather.

A gene is turned back where the disease raises it and it is among those that the compound lowers
most, or the other way round. The genes are chosen by the disease, so gene sets of the disease turn
up among them for any compound that reverses it: the sets say what is turned back, not why.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.diseases.signature import DiseaseSignature
from badger_core.genes.panel import GenePanel
from badger_core.pathways.enrichment import FEWEST, MOST, ORA_COLUMNS, corrected, over_represented
from badger_core.repurpose.connectivity_sets import EXTREME

GENE_COLUMNS = (
    "ik14",
    "symbol",
    "entrez",
    "disease",  # its value in the disease, above 0 where the disease has more
    "change",  # mean predicted change over the lines
    "contribution",  # share of the sum of |disease x change| over the genes turned back
    "turned",  # 'lowered' or 'raised' by the compound
)
PATHWAY_COLUMNS = ("ik14", "pathway", "name", "source", "size", "overlap", "ratio", "p", "fdr")
LEAST_OVERLAP = 3
"""Genes turned back that a set must hold to be listed."""


def turned_back(
    key: str,
    change: np.ndarray,
    signature: DiseaseSignature,
    panel: GenePanel,
    extreme: int = EXTREME,
) -> pd.DataFrame:
    """The disease's genes that one compound turns back, by falling contribution.

    Args:
        key: ik14 of the compound.
        change: (G,) predicted change, mean over the lines.
        signature: of the disease.
        panel: the G genes.
        extreme: genes at either end of the compound's order that count as lowered and raised.

    Returns:
        Columns GENE_COLUMNS.
    """
    universe = np.flatnonzero(signature.universe)
    order = universe[np.argsort(change[universe], kind="stable")]
    lowered = {int(g) for g in order[:extreme] if change[g] < 0}
    raised = {int(g) for g in order[::-1][:extreme] if change[g] > 0}
    back = [g for g in signature.up if g in lowered] + [g for g in signature.down if g in raised]
    value, moved = signature.values[back], change[back].astype(float)
    weight = np.abs(value * moved)
    table = pd.DataFrame(
        {
            "ik14": key,
            "symbol": [panel.symbols[g] for g in back],
            "entrez": [int(panel.entrez[g]) for g in back],
            "disease": value,
            "change": moved,
            "contribution": weight / weight.sum() if len(back) else weight,
            "turned": np.where(moved < 0, "lowered", "raised"),
        },
        columns=list(GENE_COLUMNS),
    )
    return table.sort_values(["contribution", "symbol"], ascending=[False, True], ignore_index=True)


def supporting_genes(
    keys: Sequence[str],
    changes: np.ndarray,
    signature: DiseaseSignature,
    panel: GenePanel,
    extreme: int = EXTREME,
) -> pd.DataFrame:
    """`turned_back` of several compounds, one below the other.

    Args:
        keys: N ik14.
        changes: (L, N, G) their predicted changes.
        signature: of the disease.
        panel: the G genes.
        extreme: as of `turned_back`.
    """
    mean = changes.mean(axis=0, dtype=np.float64)
    parts = [turned_back(k, c, signature, panel, extreme) for k, c in zip(keys, mean, strict=True)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=GENE_COLUMNS)


def pathways_of(
    genes: pd.DataFrame, sets: pd.DataFrame, signature: DiseaseSignature, panel: GenePanel
) -> pd.DataFrame:
    """Gene sets over-represented among the genes that each compound turns back.

    The background are the landmarks that the disease's table has. A compound with fewer than 10
    such genes has no row. The FDR is over the sets of one compound.

    Args:
        genes: of `supporting_genes`.
        sets: of `enrichment_sets.choose_sets` on the same background.
        signature: of the disease.
        panel: the G genes.

    Returns:
        Columns PATHWAY_COLUMNS and genes; sets with LEAST_OVERLAP genes at least, by p.
    """
    background = panel.entrez[signature.universe]
    symbol = dict(zip(panel.entrez.tolist(), panel.symbols, strict=True))
    tables = []
    for key, own in genes.groupby("ik14", sort=False):
        first = own["entrez"].tolist()
        if not FEWEST <= len(first) <= min(MOST, len(background) // 2):
            continue
        taken = set(first)
        entrez = [*first, *(int(g) for g in background if int(g) not in taken)]
        ranking = pd.DataFrame({"entrez": entrez, "symbol": [symbol[g] for g in entrez]})
        found = over_represented(ranking, sets, len(first))
        found = found[found["direction"] == "up"][list(ORA_COLUMNS)]  # the first of the ranking
        found = found.assign(ik14=key, fdr=corrected(found["p"].to_numpy()))
        found = found[found["overlap"] >= LEAST_OVERLAP].sort_values(["p", "name"])
        tables.append(found[[*PATHWAY_COLUMNS, "genes"]])
    if not tables:
        return pd.DataFrame(columns=[*PATHWAY_COLUMNS, "genes"])
    return pd.concat(tables, ignore_index=True)
