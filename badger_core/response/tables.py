"""The result tables of the benchmark of drug sensitivity, from judged cases."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.errors import ResponseError
from badger_core.response.contenders import BASELINES, KERNEL
from badger_core.response.contract import Report
from badger_core.response.judged import DRAWN, Case, Judged, judge

SHIPPED = KERNEL
"""The contender whose weights are shipped: the best on validation pairs that needs no graph."""


def results(judged: Sequence[Judged]) -> pd.DataFrame:
    """Every metric of every case with its 95% interval, long form.

    Scores are of the held-out pairs of all folds together. `fold_mean` is the mean of the folds'
    own scores, which a shift between folds cannot touch.

    Raises:
        ResponseError: if there is no case.
    """
    if not judged:
        raise ResponseError("No unit is finished yet: run badger response test first.")
    rows = [
        _row(one.case, metric, value, one.draws[metric]) | {"fold_mean": one.fold_means[metric]}
        for one in judged
        for metric, value in one.values.items()
    ]
    return pd.DataFrame(rows)


def differences(judged: Sequence[Judged], root: Path, report: Report) -> pd.DataFrame:
    """The shipped contender less every other, with the paired 95% interval, long form.

    A contender that ran fewer folds is compared on those.
    """
    ours = {one.case[:3]: one for one in judged if one.case.model == SHIPPED}
    rows = []
    for one in judged:
        own = ours.get(one.case[:3])
        if own is None or one is own:
            continue
        folds = set(one.case.table["fold"]) & set(own.case.table["fold"])
        if not folds:
            continue
        pair = [judge(_of_folds(each.case, folds), root, report) for each in (own, one)]
        rows += [
            _row(one.case, metric, value - pair[1].values[metric], draws - pair[1].draws[metric])
            | {"baseline": one.case.model in BASELINES, "shipped": SHIPPED}
            for (metric, value), draws in zip(
                pair[0].values.items(), pair[0].draws.values(), strict=True
            )
        ]
    return pd.DataFrame(rows, columns=None if rows else ["model", "metric", "baseline", "shipped"])


def _of_folds(case: Case, folds: set[int]) -> Case:
    kept = case.table["fold"].isin(folds)
    return case if kept.all() else case._replace(table=case.table[kept].reset_index(drop=True))


def _row(case: Case, metric: str, value: float, draws: np.ndarray) -> dict[str, object]:
    known = draws[np.isfinite(draws)]
    low, high = np.quantile(known, (0.025, 0.975)) if len(known) else (np.nan, np.nan)
    return {
        "screen": case.screen,
        "panel": case.panel,
        "split": case.split,
        "model": case.model,
        "metric": metric,
        "value": value,
        "low": low,
        "high": high,
        "drawn": DRAWN[case.split],
        "n_pairs": len(case.table),
        "n_folds": case.table["fold"].nunique(),
        "seconds": round(case.seconds, 1),
    }
