"""Which cells of a screen are fit to be learned from, and why the others are not.

Shares of mitochondrial and of ribosomal transcripts cannot be judged: a screen of a few hundred
genes has not those genes. Doublets are told by their guides only. N cells.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.errors import PerturbationError

MAD_TO_SD = 1.4826
"""Median absolute deviation to standard deviation of a normal distribution."""

CANNOT_BE_HAD = "mitochondrial and ribosomal share: no such genes in the screen"


class Quality(NamedTuple):
    """The verdict on N cells.

    Attributes:
        keep: (N,) bool.
        reasons: a row for each rule: rule, cells (that it rejects), alone (that no other rule
            rejects).
        small_targets: targets left with too few cells, whose cells are rejected too.
        cannot: what could not be judged.
    """

    keep: np.ndarray
    reasons: pd.DataFrame
    small_targets: list[str]
    cannot: list[str]


def assess(
    screen: CellScreen,
    guide_share: float = 0.5,
    deviations: float = 3.0,
    least_cells: int = 20,
) -> Quality:
    """Judge every cell by its guide, its depth and how many genes were found in it.

    Args:
        screen: raw counts.
        guide_share: least share of the top guide among the guide transcripts of the cell: with
            less, two guides may have cut. Not asked where guide transcripts are not known.
        deviations: log depth and log number of genes may lie this many robust standard deviations
            from the median of the replicate; too few genes reject, too many do not.
        least_cells: a target with fewer cells left cannot be judged and is left out.

    Raises:
        PerturbationError: if no control cell is left.
    """
    total = screen.counts.sum(axis=1, dtype=np.int64)
    detected = (screen.counts > 0).sum(axis=1)
    top, every = screen.guide_umi.T
    depth = robust_z(total, screen.replicate)
    rules = {
        "top guide has too small a share of guide transcripts": top < guide_share * every,
        "no transcript": total == 0,
        "too few transcripts": depth < -deviations,
        "too many transcripts": depth > deviations,
        "too few genes": robust_z(detected, screen.replicate) < -deviations,
    }
    keep = ~np.any(list(rules.values()), axis=0)
    if not (keep & (screen.target == CONTROL)).any():
        raise PerturbationError(
            "No control cell passes the quality control, and effects are differences to control. "
            "Check the name of the control and the counts."
        )
    small = [t for t in screen.targets() if (keep & (screen.target == t)).sum() < least_cells]
    rules[f"target has fewer than {least_cells} good cells"] = np.isin(screen.target, small)
    hits = np.stack(list(rules.values()))
    reasons = pd.DataFrame(
        {
            "rule": list(rules),
            "cells": hits.sum(axis=1),
            "alone": (hits & (hits.sum(axis=0) == 1)).sum(axis=1),
        }
    )
    cannot = [CANNOT_BE_HAD]
    if not every.any():
        cannot.append("share of the top guide: no guide transcripts are given")
    return Quality(~hits.any(axis=0), reasons, small, cannot)


def robust_z(numbers: np.ndarray, group: np.ndarray) -> np.ndarray:
    """(N,) deviations of log(1 + number) from the median of its group, in robust SD.

    0 throughout a group whose median absolute deviation is 0.
    """
    logs = np.log1p(numbers.astype(np.float64))
    out = np.zeros(len(logs))
    for name in np.unique(group):
        here = group == name
        away = logs[here] - np.median(logs[here])
        spread = MAD_TO_SD * np.median(np.abs(away))
        out[here] = away / spread if spread > 0 else 0.0
    return out
