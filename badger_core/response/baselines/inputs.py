"""What the baselines read: which pairs are labelled, likeness of structures, standardised genes."""

from typing import NamedTuple

import numpy as np

from badger_core.response.contract import Train


def labelled(train: Train) -> np.ndarray:
    """(D, L) bool: the pairs with a label."""
    return np.isfinite(train.labels)


def without_valid(train: Train) -> Train:
    """The same training without the labels of its validation pairs."""
    return train._replace(
        labels=np.where(train.valid, np.nan, train.labels), valid=np.zeros_like(train.valid)
    )


def everything(train: Train) -> Train:
    """The training of a last fit: with the labels that were put aside."""
    if train.aside is None:
        return train
    known = np.isfinite(train.labels)
    return train._replace(labels=np.where(known, train.labels, train.aside), aside=None)


def key_means(keys: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Key to the mean of its labels, for keys that have one; rows that share a key are one.

    Args:
        keys: (D,).
        labels: (D, L), NaN where there is none.
    """
    known = np.isfinite(labels)
    unique, row = np.unique(keys, return_inverse=True)
    count = np.bincount(row, known.sum(axis=1))
    total = np.bincount(row, np.where(known, labels, 0.0).sum(axis=1))
    return {str(k): float(t / n) for k, t, n in zip(unique, total, count, strict=True) if n}


def tanimoto(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """(D', D) float32 Tanimoto coefficients of (D', A) and (D, A) bits; 0 where both are empty."""
    left, right = left.astype(np.float32), right.astype(np.float32)
    shared = left @ right.T
    union = left.sum(axis=1)[:, None] + right.sum(axis=1)[None] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


class Standard(NamedTuple):
    """Standardisation of genes that was learned from training lines.

    Attributes:
        mean, deviation: (E,) over the training lines; the deviation is 0 for a gene that does not
            vary or was not measured, which then takes no part.
    """

    mean: np.ndarray
    deviation: np.ndarray

    @classmethod
    def of(cls, expression: np.ndarray) -> "Standard":
        """From (L, E) training lines with NaN for what was not measured."""
        known = np.isfinite(expression)
        count = np.maximum(known.sum(axis=0), 1)
        mean = np.where(known, expression, 0.0).sum(axis=0) / count
        spread = np.where(known, expression - mean, 0.0)
        return cls(mean, np.sqrt((spread**2).sum(axis=0) / count))

    def apply(self, expression: np.ndarray) -> np.ndarray:
        """(L', E) standard deviations from the mean of training; 0 where not measured."""
        varies = self.deviation > 1e-6
        scale = np.where(varies, self.deviation, 1.0)
        return np.where(
            np.isfinite(expression) & varies, (expression - self.mean) / scale, 0.0
        ).astype(np.float64)


def distances(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """(L', L) squared Euclidean distances of (L', E) and (L, E)."""
    square = (left**2).sum(axis=1)[:, None] + (right**2).sum(axis=1)[None] - 2 * left @ right.T
    return np.maximum(square, 0.0)


class Components(NamedTuple):
    """Principal components that were learned from training rows.

    Attributes:
        mean: (E,).
        axes: (k, E) unit vectors, the largest variance first.
    """

    mean: np.ndarray
    axes: np.ndarray

    @classmethod
    def of(cls, rows: np.ndarray, k: int) -> "Components":
        """The first k (or fewer) components of (L, E) rows; each axis' largest entry is > 0."""
        mean = rows.mean(axis=0)
        centred = rows - mean
        values, vectors = np.linalg.eigh(centred @ centred.T)
        keep = [i for i in np.argsort(-values) if values[i] > 1e-8 * max(values[-1], 1e-30)][:k]
        axes = (vectors[:, keep] / np.sqrt(values[keep])).T @ centred
        largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
        return cls(mean, axes * np.sign(largest))

    def apply(self, rows: np.ndarray) -> np.ndarray:
        """(L', k) scores."""
        return (rows - self.mean) @ self.axes.T
