"""The drug-free ranking of a line: what its genes do under any compound, whichever it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.signatures import SignatureStore
from badger_core.evaluation.correlation import spearman
from badger_core.ranks import van_der_waerden

TOP = 50


class CompoundMeans(NamedTuple):
    """The compounds measured in one line, each as the mean of its signatures."""

    compounds: np.ndarray  # (K,) ik14
    scores: np.ndarray  # (K, G) mean normal score, float32
    total: np.ndarray  # (G,) their sum

    def mean(self, without: str) -> tuple[np.ndarray, int]:
        """(G,) mean over all compounds but one, and over how many; 0 where there is none."""
        left_out = self.compounds == without
        count = len(self.compounds) - int(left_out.sum())
        return (self.total - self.scores[left_out].sum(axis=0)) / max(count, 1), count


@dataclass(frozen=True, eq=False)
class DrugFree:
    """What any compound does in a line.

    Attributes:
        scores: (G,) mean normal score in panel order; above 0 goes up.
        n_compounds: compounds that it rests on (a compound counts once in each line).
        n_lines: lines that it rests on; 1 where the line's own compounds sufficed.
        own: True where it is the line's own mean, False where lines alike speak for it.
        nearest: name of the line that weighs most.
    """

    scores: np.ndarray
    n_compounds: int
    n_lines: int
    own: bool
    nearest: str


class Overlap(NamedTuple):
    """How far a ranking repeats the drug-free one."""

    spearman: float
    up: int  # genes of its top TOP up that are also the drug-free ranking's
    down: int
    luck: float  # as many are expected of a random ranking


def compound_means(store: SignatureStore, cell: str) -> CompoundMeans:
    """The numeric signatures of one line as normal scores, averaged compound by compound.

    Plate controls are measured hundreds of times and count once. A missing gene (rare) counts as
    unchanged.
    """
    table = store.table
    rows = table[(table["kind"] == "numeric") & (table["cell"] == cell)]
    values = np.nan_to_num(store.values(rows["row"].to_numpy()))
    scores = van_der_waerden(tied_ranks(values), values.shape[1])
    number, compounds = pd.factorize(rows["ik14"], sort=True)
    order = np.argsort(number, kind="stable")
    starts = np.searchsorted(number[order], np.arange(len(compounds)))
    mean = np.add.reduceat(scores[order], starts, axis=0) / np.bincount(number)[:, None]
    return CompoundMeans(np.asarray(compounds), mean.astype(np.float32), mean.sum(axis=0))


def weighted_baseline(
    means: Mapping[str, CompoundMeans], weights: Mapping[str, float], without: str, own: bool = True
) -> DrugFree:
    """Mean over the compounds of each line, then over lines by weight; below 0 counts as 0.

    Args:
        means: line to its compounds.
        weights: line to weight; where none is above 0, all count alike.
        without: ik14 of a compound to leave out.
        own: whether the one line in it is the line asked about.
    """
    found = {name: part.mean(without) for name, part in means.items()}
    names = [name for name, (_, count) in found.items() if count]
    weight = np.maximum([weights[name] for name in names], 0.0)
    weight = weight if weight.any() else np.ones(len(names))
    used = [name for name, w in zip(names, weight, strict=True) if w > 0]
    each = np.stack([found[name][0] for name in names])
    return DrugFree(
        scores=weight @ each / weight.sum(),
        n_compounds=sum(found[name][1] for name in used),
        n_lines=len(used),
        own=own,
        nearest=names[int(np.argmax(weight))],
    )


def overlap(score: np.ndarray, drug_free: np.ndarray, top: int = TOP) -> Overlap:
    """Compare a ranking with the drug-free one.

    Args:
        score: (G,) predicted change in panel order.
        drug_free: (G,) of the same genes.
        top: genes at either end.
    """
    found = [
        len(np.intersect1d(_first(sign * score, top), _first(sign * drug_free, top)))
        for sign in (1, -1)
    ]
    rho = float(spearman(drug_free, score)[0])
    return Overlap(rho, *found, luck=top**2 / len(score))


def tied_ranks(values: np.ndarray) -> np.ndarray:
    """(S, G) ranks from 1 within each row; ties share their mean. No NaN.

    As `scipy.stats.rankdata`, several times faster on thousands of rows.
    """
    order = np.argsort(values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    place = np.arange(values.shape[1])
    new = np.ones(values.shape, bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    last = np.ones(values.shape, bool)
    last[:, :-1] = new[:, 1:]
    start = np.maximum.accumulate(np.where(new, place, 0), axis=1)
    end = np.where(last, place, place[-1])[:, ::-1]
    end = np.minimum.accumulate(end, axis=1)[:, ::-1]
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, (start + end) / 2 + 1, axis=1)
    return ranks


def _first(score: np.ndarray, count: int) -> np.ndarray:
    return np.argsort(-score, kind="stable")[:count]
