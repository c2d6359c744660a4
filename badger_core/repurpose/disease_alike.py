"""Diseases whose signatures are alike, and what the drugs of those do for the disease asked about.

Likeness is Spearman's correlation of effect / standard error over the landmarks both have. Chance
is told twice: by interchanging the genes of one disease (too narrow, as genes move together: nearly
every likeness then seems real) and by where the pair stands among all pairs of diseases. Likeness
can come from tissue, from inflammation or from shared studies as well as from mechanism.
"""

import numpy as np
import pandas as pd

from badger_core.diseases.catalogue import DiseaseCatalogue
from badger_core.diseases.signature import DiseaseSignature
from badger_core.errors import SettingError
from badger_core.ranks import average_ranks
from badger_core.repurpose.nulls import false_discovery_rate

PERMUTATIONS = 1000
ALIKE_COLUMNS = ("doid", "disease", "spearman", "n_genes", "percentile", "p", "fdr")
TRANSFER_COLUMNS = (
    "from_disease",
    "spearman",
    "ik14",
    "name",
    "score",
    "percentile",
    "known",  # of the drug and the disease asked about
)
FEWEST_GENES = 100
SURE, CLOSE = 0.05, 90.0
"""What counts as alike for `transfer`: FDR below the first, percentile from the second."""


def diseases_alike(
    signature: DiseaseSignature,
    catalogue: DiseaseCatalogue,
    entrez: np.ndarray,
    n_permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> pd.DataFrame:
    """The diseases of the catalogue by falling likeness to a signature; itself is left out.

    Args:
        signature: on the G landmarks; one of the catalogue is told by its values.
        catalogue: of the bundle.
        entrez: (G,) of the landmarks.
        n_permutations: of the genes, the same for all diseases.
        seed: of the permutations.

    Returns:
        Columns ALIKE_COLUMNS: n_genes both have (100 at least, else the disease is left out),
        percentile (share of all pairs of diseases of the catalogue that are less alike, 0 to 100),
        p (two-sided, (1 + n) / (1 + permutations)) and fdr over these rows.

    Raises:
        SettingError: for no permutation.
    """
    if n_permutations < 1:
        raise SettingError(f"{n_permutations} permutations came. Give 1 or more.")
    z = disease_values(catalogue, entrez)
    own = signature.values.astype(float)
    pairs = np.sort(likeness_matrix(z)[np.triu_indices(len(z), 1)])
    pairs = pairs[~np.isnan(pairs)]
    rows, random = [], np.random.default_rng(seed)
    orders = np.stack([random.permutation(len(entrez)) for _ in range(n_permutations)])
    for doid, name, values in zip(catalogue.names["doid"], catalogue.names["name"], z, strict=True):
        shared = ~np.isnan(own) & ~np.isnan(values)
        if np.array_equal(own, values, equal_nan=True) or shared.sum() < FEWEST_GENES:
            continue
        left, right = _unit(own[shared]), _unit(values[shared])
        rho = float(left @ right)
        place = np.cumsum(shared) - 1
        order = place[orders[shared[orders]].reshape(n_permutations, -1)]
        null = left[order] @ right
        p = (1 + int((np.abs(null) >= abs(rho) - 1e-12).sum())) / (1 + n_permutations)
        less = 100.0 * np.searchsorted(pairs, rho) / max(len(pairs), 1)
        rows.append((doid, name, rho, int(shared.sum()), less, p, np.nan))
    found = pd.DataFrame(rows, columns=list(ALIKE_COLUMNS))
    found["fdr"] = false_discovery_rate(found["p"].to_numpy(float))
    return found.sort_values(["spearman", "doid"], ascending=[False, True], ignore_index=True)


def disease_values(catalogue: DiseaseCatalogue, entrez: np.ndarray) -> np.ndarray:
    """(D, G) effect / standard error of every disease; NaN where not measured."""
    return np.stack([catalogue.z(d, entrez) for d in catalogue.names["doid"]]).astype(float)


def likeness_matrix(values: np.ndarray) -> np.ndarray:
    """(D, D) Spearman's correlation over the genes that both of a pair have.

    Args:
        values: (D, G); NaN takes no part.
    """
    out = np.full((len(values), len(values)), np.nan)
    for i, left in enumerate(values):
        for j in range(i, len(values)):
            shared = ~np.isnan(left) & ~np.isnan(values[j])
            if shared.sum() >= FEWEST_GENES:
                out[i, j] = out[j, i] = _unit(left[shared]) @ _unit(values[j][shared])
    return out


def transfer(
    alike: pd.DataFrame, table: pd.DataFrame, catalogue: DiseaseCatalogue, most: int = 5
) -> pd.DataFrame:
    """Disease-modifying drugs of similar diseases, with how they reverse the disease asked about.

    A drug that is known for a similar disease and stands high here is a hypothesis with two legs;
    both are weak.

    Args:
        alike: of `diseases_alike`; the `most` first are taken that are above 0 with an FDR
            below 5% and more alike than 90% of all pairs of diseases.
        table: of the library: ik14, name, score, percentile and known.
        catalogue: whose indications are DM.
        most: diseases.

    Returns:
        Columns TRANSFER_COLUMNS, by disease and falling percentile.
    """
    close = (alike["fdr"] < SURE) & (alike["percentile"] >= CLOSE)
    near = alike[close & (alike["spearman"] > 0)].head(most)
    modifying = catalogue.indications[catalogue.indications["category"] == "DM"]
    tables = []
    for row in near.itertuples():
        keys = set(modifying.loc[modifying["doid"] == row.doid, "ik14"])
        drugs = table[table["ik14"].isin(keys)].assign(
            from_disease=row.disease, spearman=row.spearman
        )
        drugs = drugs.sort_values(["percentile", "ik14"], ascending=[False, True])
        tables.append(drugs[list(TRANSFER_COLUMNS)])
    if not tables:
        return pd.DataFrame(columns=list(TRANSFER_COLUMNS))
    return pd.concat(tables, ignore_index=True)


def _unit(values: np.ndarray) -> np.ndarray:
    """Ranks less their mean, of length 1; all 0 where the values are all alike."""
    ranks = average_ranks(values[None])[0]
    ranks = ranks - ranks.mean()
    length = np.linalg.norm(ranks)
    return ranks / length if length else ranks
