"""Measured effects of a screen with intervals and tests, and the table of one target.

T targets, G genes, N cells.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.perturbation import CellScreen
from badger_core.perturbation.vae_effects import Predicted

SURE = 0.05
"""False discovery rate below which a gene is said to change."""
LEAST_P = 1e-300
"""Stands for itself and whatever is smaller: next to it a double precision number ends in 0."""
TABLE = (
    *("gene", "measured", "low", "high", "predicted", "predicted_low", "predicted_high"),
    *("t", "p", "fdr"),
)
"""Columns of `of_target`."""


class Effects(NamedTuple):
    """What was measured, (T, G) each but for names and cells.

    Attributes:
        targets: T symbols.
        cells: (T,) how many cells each has.
        genes: (G,) symbols.
        effect: log2 difference to control.
        low, high: 95% interval.
        t, p, fdr: Student's t over cells, its p, LEAST_P at least, and the false discovery rate
            over the genes of the target.
    """

    targets: list[str]
    cells: np.ndarray
    genes: np.ndarray
    effect: np.ndarray
    low: np.ndarray
    high: np.ndarray
    t: np.ndarray
    p: np.ndarray
    fdr: np.ndarray


def measure(
    screen: CellScreen,
    mask: np.ndarray | None = None,
    tell: Callable[[str], object] = lambda _: None,
) -> Effects:
    """Effects of each target of a screen.

    Args:
        screen: cells that passed quality control.
        mask: (N,) bool, the cells to take.
        tell: called with what is under way.

    Raises:
        PerturbationError: without control cells.
    """
    from badger_core.perturbation.effects import cell_t
    from badger_core.perturbation.intervals import bootstrap_ate
    from badger_core.repurpose.nulls import false_discovery_rate

    tell("Comparing each target's cells with control cells")
    tested = cell_t(screen, mask)
    tell("Drawing the cells anew for the intervals")
    interval = bootstrap_ate(screen, mask)
    kept = screen.target if mask is None else screen.target[mask]
    targets = screen.targets()
    p = np.maximum(tested.p, LEAST_P)
    return Effects(
        targets,
        np.array([(kept == name).sum() for name in targets]),
        screen.genes,
        tested.effect.astype(np.float32),
        interval.low,
        interval.high,
        tested.t.astype(np.float32),
        p,
        np.stack([false_discovery_rate(row) for row in p]),
    )


def of_target(found: Effects, target: str, predicted: Predicted | None = None) -> pd.DataFrame:
    """One row per gene, the surest first.

    Args:
        found: of `measure`.
        target: one of its targets.
        predicted: of the same targets and genes; None where there is no model.

    Returns:
        Columns TABLE; those of the prediction are NaN without one.
    """
    row = found.targets.index(target)
    parts = {"gene": found.genes, "measured": found.effect[row]}
    parts |= {"low": found.low[row], "high": found.high[row]}
    for at, name in enumerate(("predicted", "predicted_low", "predicted_high")):
        parts[name] = np.nan if predicted is None else predicted[at][row]
    parts |= {"t": found.t[row], "p": found.p[row], "fdr": found.fdr[row]}
    table = pd.DataFrame(parts)[list(TABLE)]
    order = np.lexsort((-table["measured"].abs().fillna(0), table["p"].fillna(2)))
    return table.iloc[order].reset_index(drop=True)


def changed(found: Effects) -> np.ndarray:
    """(T,) how many genes change beyond chance for each target."""
    return (found.fdr < SURE).sum(axis=1)


def all_targets(found: Effects, predicted: Predicted | None = None) -> pd.DataFrame:
    """The tables of all targets under each other, with columns target and cells before them."""
    tables = [
        of_target(found, name, predicted).assign(target=name, cells=int(count))
        for name, count in zip(found.targets, found.cells, strict=True)
    ]
    return pd.concat(tables, ignore_index=True)[["target", "cells", *TABLE]]


def headline(found: Effects, target: str) -> str:
    """How many genes change for a target, in words."""
    row = found.targets.index(target)
    count, of = int(changed(found)[row]), len(found.genes)
    if np.isnan(found.effect[row]).all():
        return "too few cells to tell"
    if not count:
        return f"no gene of {of:,} changes beyond chance"
    return f"{count:,} of {of:,} genes change{'s' if count == 1 else ''} beyond chance"


def agreement(table: pd.DataFrame) -> float:
    """Pearson's correlation of predicted and measured effects; NaN where there is none."""
    known = table[["measured", "predicted"]].dropna()
    if len(known) < 3 or (known.std() == 0).any():
        return float("nan")
    return float(known["measured"].corr(known["predicted"]))
