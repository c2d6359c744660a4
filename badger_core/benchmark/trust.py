"""Learns trust from held-out predictions, and reports how well it is borne out, per split."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import pandas as pd

from badger_core.benchmark.held_out import HeldOut
from badger_core.benchmark.tally import CLUSTERS
from badger_core.evaluation.calibration import cross_calibrated
from badger_core.evaluation.gene_probability import gene_calibration_error
from badger_core.evaluation.reliability import (
    expected_calibration_error,
    rank_correlation,
    reliability,
)
from badger_core.evaluation.trust import TOP, Trust

QUANTITY = f"precision@{TOP}"
LENT = {"unseen-pair": ("unseen-line",)}
"""Splits with too few pairs to learn from alone (356), and from whose they learn too."""


@dataclass(frozen=True, eq=False)
class Learnt:
    """One split's trust, and the rows of the tables `reliability.csv` and `calibration.csv`."""

    trust: Trust
    reliability: pd.DataFrame
    calibration: pd.DataFrame


def learn(split: str, held: Mapping[str, HeldOut]) -> Learnt:
    """Fit the trust that ships, and judge one that never saw the cluster it speaks of.

    Clusters are what the split holds out; pairs are clustered by line, the coarser of their two.
    A split of LENT also learns from the predictions of others; it is judged on its own, save for
    the chances of genes, which are judged on all it learnt from.
    """
    own = held[split]
    taken = reduce(HeldOut.joined, (held[other] for other in LENT.get(split, ())), own)
    clusters = taken.table[CLUSTERS[split][-1]].to_numpy()
    outcome, size = taken.outcome, len(own.table)
    honest = cross_calibrated(taken.signs, outcome, clusters)
    labels = [own.table[column].to_numpy() for column in CLUSTERS[split]]
    found = rank_correlation(honest[:size], outcome[:size], labels)
    rows = [
        {
            "quantity": QUANTITY,
            "ece": expected_calibration_error(honest[:size], outcome[:size]),
            "rank_correlation": float(found.mean),
            "ci_low": float(found.low),
            "ci_high": float(found.high),
        }
    ]
    for direction in ("up", "down"):
        for first, name in ((None, "all genes"), (TOP, f"first {TOP} genes")):
            error = gene_calibration_error(
                taken.truth, taken.predicted, honest, clusters, direction, first
            )
            rows.append({"quantity": f"gene {direction}, {name}", "ece": error})
    head = {"split": split, "n": size}
    return Learnt(
        Trust.fit(taken.signs, outcome, taken.truth, taken.predicted, clusters),
        reliability(honest[:size], outcome[:size]).assign(split=split, kind="held-out"),
        pd.DataFrame(rows).assign(**head),
    )
