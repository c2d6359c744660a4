"""Gene set enrichment analysis of a whole ranking, by gseapy.

The enrichment score is that of Subramanian et al. 2005 (PNAS 102:15545) with weight 1: a running
sum over the ranking, raised at genes of the set by their score and lowered at the others. Its p
value is estimated by adaptive multilevel splitting (Korotkevich et al. 2021, bioRxiv 060012), which
resolves small p values that plain permutation rounds to 0; the normalised score is the score over
the mean of random sets of the same size and sign.
"""

import logging

import numpy as np
import pandas as pd

from badger_core.errors import SettingError

FEWEST_PERMUTATIONS, MOST_PERMUTATIONS = 100, 100_000
GSEA_COLUMNS = (
    "pathway",
    "name",
    "source",
    "direction",
    "size",  # genes of the set in the ranking
    "es",
    "nes",
    "p",
    "fdr",
    "n_leading",  # genes up to the peak of the running sum
    "genes",  # these genes, from the end of the ranking inwards
    "url",
)
_TIE_STEP = 1e-9  # scores have six decimals: equal ones keep the order of the ranking


def prerank(
    ranking: pd.DataFrame, sets: pd.DataFrame, permutations: int, seed: int
) -> pd.DataFrame:
    """GSEA of one ranking, a row per set in the order given; `fdr` is left for the caller.

    Args:
        ranking: columns symbol, entrez, rank and score, by rank.
        sets: columns of `enrichment_sets.SET_COLUMNS`.
        permutations: random sets per set size.
        seed: of the random sets.

    Raises:
        SettingError: if permutations is out of bounds.
    """
    if not FEWEST_PERMUTATIONS <= permutations <= MOST_PERMUTATIONS:
        raise SettingError(
            f"Take {FEWEST_PERMUTATIONS} to {MOST_PERMUTATIONS} permutations, not {permutations}."
        )
    logging.getLogger("matplotlib").setLevel(logging.WARNING)  # it tells of its fonts
    from gseapy import prerank as gseapy_prerank  # two seconds to import: only who asks waits

    metric = ranking["score"].to_numpy() - _TIE_STEP * np.arange(len(ranking))
    found = gseapy_prerank(
        rnk=pd.Series(metric, index=ranking["entrez"].astype(str).to_numpy()),
        gene_sets={row.pathway: [str(g) for g in row.entrez] for row in sets.itertuples()},
        min_size=1,
        max_size=len(ranking),
        permutation_num=permutations,
        method="multilevel",
        seed=seed,
        threads=1,
        outdir=None,
        no_plot=True,
        verbose=False,
    ).res2d.set_index("Term")
    found = found.loc[sets["pathway"]]
    symbol = dict(zip(ranking["entrez"].astype(str), ranking["symbol"], strict=True))
    leading = [[symbol[g] for g in text.split(";") if g] for text in found["Lead_genes"]]
    es = found["ES"].to_numpy(float)
    table = sets[["pathway", "name", "source", "url", "size"]].assign(
        direction=np.where(es > 0, "up", "down"),
        es=es,
        nes=found["NES"].to_numpy(float),
        p=found["NOM p-val"].to_numpy(float),
        fdr=np.nan,
        n_leading=[len(genes) for genes in leading],
        genes=[", ".join(genes) for genes in leading],
    )
    return table[list(GSEA_COLUMNS)]
