"""The drug-specific score: what is left when the response shared by a batch is taken away.

Much of the accuracy of a prediction is a response that all compounds of a plate, line or time share
(stress, density, plate effects): a prediction that never saw the compound earns it too. Here each
row is centred on the other compounds of its batch, in the truth and in the prediction alike.

Batches are labelled by the caller: source x line x time. Predictions of several models (the folds
of a split) must not share a batch: add the fold to the label. Otherwise the training means of
the folds, which lack just the compounds they predict, make a drug-free prediction look worse than
nothing.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from badger_core.errors import SettingError
from badger_core.evaluation.correlation import spearman
from badger_core.evaluation.rows import Floats, divide

LEAST = 5
NOISE = 1e-5
"""Share of a prediction's scale below which differences are rounding (float32 keeps 1e-7)."""


class Centred(NamedTuple):
    """Rows less the mean of the other compounds of their batch."""

    values: Floats  # (S, G), NaN where the row is not scorable
    scorable: NDArray[np.bool_]  # (S,)


def centre(
    values: ArrayLike, groups: ArrayLike, compounds: ArrayLike, least: int = LEAST
) -> Centred:
    """Subtract from each row the mean of the other compounds of its group.

    A compound enters as the mean of its rows, so that a much repeated control counts once; a row's
    own compound never enters, or a part of what is specific would be taken away too.

    Args:
        values: (S, G) change, any unit; NaN where a gene was not measured.
        groups: (S,) labels of the batch, such as source x line x time.
        compounds: (S,) labels.
        least: other compounds that a group must have for a row to be scorable.

    Raises:
        SettingError: if the shapes do not fit, a label is missing, or `least` is below 1.
    """
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 2 or {np.shape(groups), np.shape(compounds)} != {(len(values),)}:
        raise SettingError(
            f"Values of the shape {values.shape} came with {np.shape(groups)} groups and "
            f"{np.shape(compounds)} compounds. Give (S, G) values and one label of each per row."
        )
    if not len(values):
        raise SettingError("There are no rows to centre. Give at least one.")
    if least < 1:
        raise SettingError(f"least is {least}; a row needs at least one other compound.")
    group, compound = _numbers(groups), _numbers(compounds)
    # One row per compound in a group: its mean over what was measured of each gene.
    owner, own_of_row = np.unique(np.stack([group, compound]), axis=1, return_inverse=True)
    own_of_row = own_of_row.reshape(-1)
    measured = ~np.isnan(values)
    n_rows = _sum_by(measured, own_of_row, owner.shape[1])
    own = divide(_sum_by(np.where(measured, values, 0.0), own_of_row, owner.shape[1]), n_rows)
    has = ~np.isnan(own)
    own = np.where(has, own, 0.0)
    # The group's sums over compounds, less the row's own compound.
    group_sum = _sum_by(own, owner[0], group.max() + 1)
    group_has = _sum_by(has, owner[0], group.max() + 1)
    others = divide((group_sum[owner[0]] - own), (group_has[owner[0]] - has))
    scorable = (np.bincount(owner[0])[owner[0]] - 1 >= least)[own_of_row]
    centred = np.where(scorable[:, None], values - others[own_of_row], np.nan)
    return Centred(centred, scorable)


def centred_spearman(
    truth: ArrayLike,
    predicted: ArrayLike,
    groups: ArrayLike,
    compounds: ArrayLike,
    least: int = LEAST,
) -> Floats:
    """(S,) rank correlation of what is specific to the compound, in truth and prediction.

    A prediction that is the same for all compounds of a batch says nothing about the compound and
    gets exactly 0: what rounding leaves of it (below `NOISE` of its scale) is taken for nothing.

    Args:
        truth: (S, G) measured change; NaN where a gene was not measured.
        predicted: (S, G) predicted change; every value finite. Its scale matters here within a
            batch: give changes, not ranks.
        groups: (S,) as in `centre`.
        compounds: (S,) labels.
        least: as in `centre`.

    Returns:
        NaN where a row is not scorable.

    Raises:
        SettingError: as `centre`, and for predictions that are not finite.
    """
    predicted = np.asarray(predicted, dtype=np.float64)
    if np.shape(truth) != predicted.shape or not np.isfinite(predicted).all():
        raise SettingError(
            f"Measured values of the shape {np.shape(truth)} came with predictions of the shape "
            f"{predicted.shape}. Give the same rows and genes, and finite predictions."
        )
    true, kept = centre(truth, groups, compounds, least)
    found = centre(predicted, groups, compounds, least).values
    scores = np.full(len(predicted), np.nan)
    if kept.any():
        shared = predicted[kept] - found[kept]
        scale = np.maximum(np.abs(predicted[kept]).max(axis=1), np.abs(shared).max(axis=1))
        flat = np.ptp(found[kept], axis=1) <= NOISE * scale
        scores[kept] = spearman(true[kept], np.where(flat[:, None], 0.0, found[kept]))
    return scores


def _numbers(labels: ArrayLike) -> NDArray[np.intp]:
    codes = pd.factorize(np.asarray(labels), sort=True)[0]
    if (codes < 0).any():
        raise SettingError("A group or compound label is missing. Leave out its row.")
    return codes


def _sum_by(values: np.ndarray, code: NDArray[np.intp], n: int) -> Floats:
    """(n, G) sums of the rows of `values` that share a code."""
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], np.arange(n))
    return np.add.reduceat(values[order].astype(np.float64), starts, axis=0)
