"""Repeated measurements collapsed to conditions, on one scale per source, with weights.

A few plate controls fill thousands of rows (MG-132 alone 650), so rows of the same line, compound,
dose, time and source are averaged, and conditions are weighted by line x compound. Sources report
in different units: each is divided by the median standard deviation of its signatures (over all of
them, a unit of the data set like the strong third: no gene's rank depends on it). Of what is
left of the difference between strong and weak signatures the square root is kept (four times as
strong counts twice): all of it lets a few toxic compounds rule, none of it lets noise in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from badger_core.data import scratch
from badger_core.data.signatures import SignatureStore
from badger_core.errors import SettingError
from badger_core.ranks import average_ranks
from badger_core.schema import REFERENCE_DOSE_UM, REFERENCE_TIME_H

KEYS = ["cell", "ik14", "dose_um", "time_h", "source"]
_STRONG_THIRD = 2 / 3
_AT_ONCE = 4096  # signatures that are in memory as numbers
STRENGTH_KEPT = 0.5
"""Exponent of a signature's strength: 1 keeps all of it, 0 makes all signatures alike."""
RECONSTRUCTED_WEIGHT = 0.5
"""Weight of compounds whose identity was reconstructed (right in about 9 of 10)."""


@dataclass(frozen=True, eq=False)
class Conditions:
    """N conditions.

    Attributes:
        table: columns of KEYS plus kind, identity, n_rows, weight, strength, active.
        change: (N, G) float32; numeric rows on the source's own scale (typical sd 1), pooled rows
            as normal scores of their ranks, gene sets as +1 up, -1 down, 0 rest. No NaN.
    """

    table: pd.DataFrame
    change: np.ndarray

    def __len__(self) -> int:
        return len(self.table)

    def by_pair(self) -> "Conditions":
        """One row per line, compound and kind: the weighted mean at the reference context.

        Predictions know no dose, time or source, so training on the mean loses nothing that could
        be used, and costs half. The rows of a pair add up their weights.
        """
        weight = self.table["weight"].to_numpy(np.float64)
        groups = self.table.groupby(["kind", "cell", "ik14"], sort=True)
        number = groups.ngroup().to_numpy()
        total = np.bincount(number, weight)
        change = scratch.empty((len(total), self.change.shape[1]))
        for first, last, rows in _groups(number):
            here = np.zeros((last - first, change.shape[1]))
            np.add.at(here, number[rows] - first, self.change[rows] * weight[rows, None])
            change[first:last] = here / total[first:last, None]
            scratch.release(change)
            scratch.release(self.change)
        table = groups.agg(identity=("identity", "max"), n_rows=("n_rows", "sum")).reset_index()
        table = table.assign(
            dose_um=REFERENCE_DOSE_UM,
            time_h=REFERENCE_TIME_H,
            source="",
            weight=total.astype(np.float32),
        )
        return Conditions(table, change)

    def take(self, rows: np.ndarray) -> "Conditions":
        """The conditions at these positions, in this order."""
        table = self.table.iloc[rows].reset_index(drop=True)
        return Conditions(table, scratch.taken(self.change, rows))


def numeric_conditions(store: SignatureStore) -> Conditions:
    """All numeric signatures, collapsed and scaled; a missing gene (rare) counts as unchanged.

    Values are read in blocks, so that memory does not grow with the number of signatures.
    """
    rows = store.table[store.table["kind"] == "numeric"].reset_index(drop=True)
    at = rows["row"].to_numpy()
    blocks = (at[i : i + _AT_ONCE] for i in range(0, len(at), _AT_ONCE))
    spreads = np.concatenate([np.nan_to_num(store.values(b)).std(axis=1) for b in blocks])
    spread = pd.Series(spreads).groupby(rows["source"]).transform("median").to_numpy()
    groups = rows.groupby(KEYS, sort=True, dropna=False)
    number = groups.ngroup().to_numpy()
    count = np.bincount(number)
    change = scratch.empty((len(count), store.genes))
    for first, last, some in _groups(number):
        values = np.nan_to_num(store.values(at[some])) / spread[some, None]
        mean = np.zeros((last - first, store.genes), np.float64)
        np.add.at(mean, number[some] - first, values)
        mean = mean / count[first:last, None]
        strength = np.sqrt((mean**2).mean(axis=1, keepdims=True))
        change[first:last] = mean * np.maximum(strength, 1e-6) ** (STRENGTH_KEPT - 1)
        scratch.release(change)
        store.release()
    table = groups.agg(identity=("identity", "max"), n_rows=("row", "size")).reset_index()
    table["kind"] = "numeric"
    return Conditions(_weighted(table, change), change)


def pooled_conditions(store: SignatureStore) -> Conditions:
    """Consensus signatures over lines; their values reach 200, so only the ranks are used."""
    rows = store.table[store.table["kind"] == "pooled"].reset_index(drop=True)
    values = store.values(rows["row"].to_numpy())
    change = normal_scores(values).astype(np.float32)
    table = rows[[*KEYS, "identity", "kind"]].assign(n_rows=1)
    return Conditions(_weighted(table, change), change)


def gene_set_conditions(store: SignatureStore, entrez: np.ndarray, least: int = 5) -> Conditions:
    """Up and down gene sets with at least `least` landmark genes, as +1 / -1 / 0."""
    rows = store.table[store.table["kind"] == "gene_set"]
    rows = rows[rows["up"].map(len) + rows["down"].map(len) >= least].reset_index(drop=True)
    position = {int(e): i for i, e in enumerate(entrez)}
    change = np.zeros((len(rows), len(entrez)), np.float32)
    for i, (up, down) in enumerate(zip(rows["up"], rows["down"], strict=True)):
        change[i, [position[int(g)] for g in up]] += 1
        change[i, [position[int(g)] for g in down]] -= 1  # a gene in both lists says nothing
    table = rows[[*KEYS, "identity", "kind"]].assign(n_rows=1)
    return Conditions(_weighted(table, change), change)


def training_conditions(
    store: SignatureStore, entrez: np.ndarray, kinds: tuple[str, ...]
) -> Conditions:
    """The conditions of the kinds asked for (numeric | pooled | gene_set), one after the other.

    Raises:
        SettingError: for an unknown kind.
    """
    makers = {
        "numeric": lambda: numeric_conditions(store),
        "pooled": lambda: pooled_conditions(store),
        "gene_set": lambda: gene_set_conditions(store, entrez),
    }
    unknown = [kind for kind in kinds if kind not in makers]
    if unknown or not kinds:
        raise SettingError(f"Unknown sources {unknown}. Choose among {', '.join(makers)}.")
    parts = [part for part in (makers[kind]() for kind in kinds) if len(part)]
    if not parts:
        raise SettingError(
            f"This bundle has no signatures of the kind {' or '.join(kinds)}. Choose others by "
            "--set kinds=..."
        )
    table = pd.concat([part.table for part in parts], ignore_index=True)
    return Conditions(table, scratch.joined([part.change for part in parts]))


def normal_scores(values: np.ndarray) -> np.ndarray:
    """(S, G) quantiles of the standard normal at each row's ranks; ties share their mean rank."""
    return ndtri(average_ranks(values) / (values.shape[1] + 1))


def _weighted(table: pd.DataFrame, change: np.ndarray) -> pd.DataFrame:
    """Adds weight, strength and the strong-third mark.

    The weight is 1 / sqrt of the conditions of the pair, so that a control measured everywhere does
    not rule, times the fourth root of the rows averaged: more rows, less noise.
    """
    pairs = table.groupby(["cell", "ik14"])["source"].transform("size")
    doubt = np.where(table["identity"] == "given", 1.0, RECONSTRUCTED_WEIGHT)
    blocks = (change[i : i + _AT_ONCE] for i in range(0, len(change), _AT_ONCE))
    means = [(block**2).mean(axis=1) for block in blocks]
    scratch.release(change)
    strength = np.sqrt(np.concatenate([np.zeros(0, np.float32), *means]))
    threshold = (
        pd.Series(strength).groupby(table["source"].to_numpy()).transform("quantile", _STRONG_THIRD)
    )
    return table.assign(
        weight=(doubt * table["n_rows"] ** 0.25 / np.sqrt(pairs)).astype(np.float32),
        strength=strength,
        active=strength >= threshold.to_numpy(),
    )


def _groups(number: np.ndarray) -> Iterator[tuple[int, int, np.ndarray]]:
    """Runs of whole groups of some _AT_ONCE rows: first, one past the last, and their rows.

    Within a group rows keep their order, so that sums do not depend on the division.
    """
    order = np.argsort(number, kind="stable")
    ends = np.cumsum(np.bincount(number))
    first, start = 0, 0
    while first < len(ends):
        last = max(int(np.searchsorted(ends, start + _AT_ONCE, side="right")), first + 1)
        yield first, last, order[start : ends[last - 1]]
        first, start = last, int(ends[last - 1])
