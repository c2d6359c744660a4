"""Activity of signalling pathways from the genes that respond to them: PROGENy's footprints.

A pathway's own genes seldom change when it is active, the genes downstream of it do. PROGENy holds
how 14 pathways move the genes when they are stimulated (Schubert et al. 2018, Nat Commun 9:20;
Holland et al. 2020, BBA 1863:194431). As its authors do, the 100 most reliable genes of each
pathway are taken, here among the landmarks and with p below 0.05. All pathways are fitted to the
ranking at once, as in decoupler's multivariate linear model (Badia-i-Mompel et al. 2022,
Bioinform Adv 2:vbac016), so that pathways with a shared footprint do not each claim it:

    normalised rank of gene g = constant + sum over pathways of slope * weight of g

The activity of a pathway is the t value of its slope. The null deals the ranks to the genes anew.
"""

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from badger_core.errors import SettingError

MOST_GENES, LARGEST_P = 100, 0.05
FEWEST_GENES = 10
"""A pathway with fewer reliable landmarks is not scored."""
_N_DRIVING = 10
_CHUNK = 500
ACTIVITY_COLUMNS = (
    "pathway",
    "direction",  # '' where it is not scored
    "activity",  # t value; above 0 where the pathway's genes move as if it were stimulated
    "null_low",  # middle 95% of the null
    "null_high",
    "z",  # activity less the null's mean, over the null's standard deviation
    "p",  # two-sided, never below 1 / (1 + permutations)
    "fdr",  # Benjamini and Hochberg over the scored pathways
    "n_genes",  # landmarks in the footprint
    "genes",  # those that speak most for the activity
)


def activities(
    ranking: pd.DataFrame, footprints: pd.DataFrame, permutations: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Activity of every pathway in one ranking, by falling activity, pathways not scored last.

    Args:
        ranking: columns symbol, entrez and rank (1 goes up most), by rank.
        footprints: columns of `schema.FOOTPRINT_COLUMNS`.
        permutations: of the ranks over the genes.
        seed: of the permutations.

    Returns:
        Columns of `ACTIVITY_COLUMNS`.

    Raises:
        SettingError: if there are fewer than 100 permutations.
    """
    if permutations < 100:
        raise SettingError(f"Take at least 100 permutations, not {permutations}.")
    names, weights = weight_matrix(footprints, ranking["entrez"].to_numpy())
    counts = (weights != 0).sum(axis=0)
    scored = counts >= FEWEST_GENES
    design = weights[:, scored]
    values = normalised(ranking["rank"].to_numpy())
    activity = t_values(values[:, None], design)[:, 0]
    null = _null(values, design, permutations, np.random.default_rng(seed))
    beyond = (np.abs(null) >= np.abs(activity)[:, None]).sum(axis=1)
    low, high = np.quantile(null, (0.025, 0.975), axis=1)
    table = pd.DataFrame({"pathway": names, "n_genes": counts})
    filled = {
        "activity": activity,
        "null_low": low,
        "null_high": high,
        "z": (activity - null.mean(axis=1)) / null.std(axis=1),
        "p": (1 + beyond) / (1 + permutations),
    }
    for column, numbers in filled.items():
        table.loc[scored, column] = numbers
    table.loc[scored, "fdr"] = false_discovery_control(table.loc[scored, "p"])
    table["direction"] = [_word(a) for a in table["activity"]]
    support = weights * values[:, None] * np.sign(table["activity"].fillna(0).to_numpy())
    table["genes"] = [_driving(column, ranking["symbol"].to_numpy()) for column in support.T]
    table = table.sort_values("activity", ascending=False, na_position="last", ignore_index=True)
    return table[list(ACTIVITY_COLUMNS)]


def weight_matrix(footprints: pd.DataFrame, entrez: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Pathway names, and (G, P) weights: 0 for a gene outside the pathway's footprint."""
    reliable = footprints[footprints["p"] < LARGEST_P].sort_values(["pathway", "p", "entrez"])
    reliable = reliable.groupby("pathway").head(MOST_GENES)
    names = sorted(set(footprints["pathway"]), key=str.casefold)
    wide = reliable.pivot_table(index="entrez", columns="pathway", values="weight")
    return names, wide.reindex(index=entrez, columns=names).fillna(0.0).to_numpy()


def normalised(rank: np.ndarray) -> np.ndarray:
    """Ranks 1 to G as numbers from just below 1 (goes up most) to just above -1."""
    return 1 - 2 * (np.asarray(rank, float) - 0.5) / len(rank)


def t_values(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Student's t of the slopes of ordinary least squares with a constant.

    Args:
        values: (G, N) columns to explain.
        weights: (G, P) explaining columns, fewer than G.

    Returns:
        (P, N).
    """
    design = np.column_stack([np.ones(len(weights)), weights])
    inverse = np.linalg.pinv(design)
    slopes = inverse @ values
    rest = ((values - design @ slopes) ** 2).sum(axis=0) / (len(design) - design.shape[1])
    return slopes[1:] / np.sqrt(np.outer((inverse**2).sum(axis=1)[1:], rest))


def _null(
    values: np.ndarray, weights: np.ndarray, permutations: int, random: np.random.Generator
) -> np.ndarray:
    """(P, permutations) activities of dealt ranks."""
    parts = []
    for start in range(0, permutations, _CHUNK):
        columns = np.tile(values[:, None], min(_CHUNK, permutations - start))
        parts.append(t_values(random.permuted(columns, axis=0), weights))
    return np.concatenate(parts, axis=1)


def _word(activity: float) -> str:
    return "" if np.isnan(activity) else "more active" if activity > 0 else "less active"


def _driving(support: np.ndarray, symbols: np.ndarray) -> str:
    """The genes that speak most for the activity, strongest first."""
    order = np.argsort(-support, kind="stable")[:_N_DRIVING]
    return ", ".join(symbols[g] for g in order if support[g] > 0)
