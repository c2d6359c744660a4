"""Do the attended pathways hold the known targets of compounds whose targets were never shown?

AUROC and top 10 of a compound's labelled pathways. The null deals the labels of the compounds to
one another, which keeps how popular each pathway is: what is above it is specific to the compound.
Only compounds that the same members were asked about exchange labels: for unseen compounds, the
null would else hold labels that a member was shown.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from badger_core.explain.finding import Finding, finding
from badger_core.explain.matching import auroc_matrix, shuffled_means, top_matrix
from badger_core.explain.reading import Reading

TOP = 10
MASS, USE, POPULAR = "mass on fragments", "use by genes", "popularity in training"
Labels = Mapping[str, np.ndarray]


def enrichment_findings(
    readings: Sequence[Reading],
    trained: Mapping[str, Sequence[str]],
    labels: Labels,
    draws: int,
    seed: int,
    among: str,
) -> list[Finding]:
    """Every measure for each member, and for all of them with a compound counted once.

    Args:
        readings: one per member, each on compounds of its own.
        trained: member to the ik14 of all compounds it was trained on.
        labels: ik14 to (P,) bool; compounds without an entry take no part.
        draws: random orders of the labels.
        seed: of the orders.
        among: words added to the measure, to tell one set of compounds from another.
    """
    popular = [popularity(labels, trained[reading.member]) for reading in readings]
    every = sorted(set().union(*(r.pairs["ik14"] for r in readings)) & set(labels))
    found = []
    for reading, prior in zip(readings, popular, strict=True):
        keys = sorted(set(reading.pairs["ik14"]) & set(labels))
        found += _matched(reading.member, [_matrices(reading, prior, labels, keys)], draws, seed)
    if len(readings) > 1:
        parts = zip(readings, popular, strict=True)
        tables = [_matrices(reading, prior, labels, every) for reading, prior in parts]
        found += _matched("all", tables, draws, seed)
    return [finding("enrichment", f"{measure}, {among}", *rest) for measure, *rest in found]


def popularity(labels: Labels, compounds: Sequence[str]) -> np.ndarray:
    """(P,) share of these compounds with known targets that have one in each pathway."""
    rows = [labels[key] for key in compounds if key in labels]
    size = len(next(iter(labels.values())))
    return np.mean(rows, axis=0) if rows else np.zeros(size)


def _matrices(
    reading: Reading, popular: np.ndarray, labels: Labels, keys: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Measure to how well each compound of the reading (row) fits the labels of each of `keys`.

    The scores of a compound are the mean over its lines.
    """
    known = reading.pairs["ik14"].isin(list(labels)).to_numpy()
    compound = reading.pairs["ik14"].to_numpy()[known]
    if not len(compound):
        return {}
    mass = pd.DataFrame(reading.mass[known]).groupby(compound).mean()
    use = pd.DataFrame(reading.use[known]).groupby(compound).mean()
    marked = np.stack([labels[key] for key in keys])
    prior = np.tile(popular, (len(mass), 1))
    out: dict[str, np.ndarray] = {}
    for name, scores in ((MASS, mass.to_numpy()), (USE, use.to_numpy()), (POPULAR, prior)):
        out[f"AUROC of {name}"] = auroc_matrix(scores, marked)
        out[f"share of labelled pathways in the top {TOP} by {name}"] = top_matrix(
            scores, marked, TOP
        )
    out[f"AUROC of {MASS} less that of popularity"] = (
        out[f"AUROC of {MASS}"] - out[f"AUROC of {POPULAR}"]
    )
    return {name: pd.DataFrame(m, index=mass.index, columns=keys) for name, m in out.items()}


def _matched(
    member: str, tables: Sequence[Mapping[str, pd.DataFrame]], draws: int, seed: int
) -> list[tuple]:
    """(measure, member, scores, compounds, null), each compound the mean over `tables`.

    A compound is a row of the tables of those members that were asked about it.
    """
    found = []
    filled = [table for table in tables if table]
    for measure in filled[0] if filled else ():
        matrix = pd.concat([table[measure] for table in filled]).groupby(level=0).mean()
        keys = list(matrix.index)
        if len(keys) > 1:
            values = matrix[keys].to_numpy()
            rows = [table[measure].index for table in filled]
            asked_by = ["".join(str(int(key in index)) for index in rows) for key in keys]
            null = shuffled_means(values, draws, seed, asked_by)
            found.append((measure, member, np.diag(values), keys, null))
    return found
