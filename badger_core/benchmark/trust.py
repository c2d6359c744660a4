"""Learns trust from held-out predictions, and reports how well it is borne out, per split."""

from dataclasses import dataclass

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


@dataclass(frozen=True, eq=False)
class Learnt:
    """One split's trust, and the rows of the tables `reliability.csv` and `calibration.csv`."""

    trust: Trust
    reliability: pd.DataFrame
    calibration: pd.DataFrame


def learn(split: str, held: HeldOut) -> Learnt:
    """Fit the trust that ships, and judge one that never saw the cluster it speaks of.

    Clusters are what the split holds out; pairs are clustered by line, the coarser of their two.
    """
    clusters = held.table[CLUSTERS[split][-1]].to_numpy()
    outcome = held.outcome
    honest = cross_calibrated(held.signs, outcome, clusters)
    found = rank_correlation(honest, outcome, [held.table[c].to_numpy() for c in CLUSTERS[split]])
    rows = [
        {
            "quantity": QUANTITY,
            "ece": expected_calibration_error(honest, outcome),
            "rank_correlation": float(found.mean),
            "ci_low": float(found.low),
            "ci_high": float(found.high),
        }
    ]
    for direction in ("up", "down"):
        for first, name in ((None, "all genes"), (TOP, f"first {TOP} genes")):
            error = gene_calibration_error(
                held.truth, held.predicted, honest, clusters, direction, first
            )
            rows.append({"quantity": f"gene {direction}, {name}", "ece": error})
    head = {"split": split, "n": len(outcome)}
    return Learnt(
        Trust.fit(held.signs, outcome, held.truth, held.predicted, clusters),
        reliability(honest, outcome).assign(split=split, kind="held-out"),
        pd.DataFrame(rows).assign(**head),
    )
