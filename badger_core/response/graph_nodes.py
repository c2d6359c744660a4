"""What describes a node before any message: structure, expression, likeness to training nodes.

All of it is worked out from training drugs and lines alone and can be worked out for any other.
D drugs, L lines of a question, T and U those of training, E genes, A bits, K axes.
"""

from typing import NamedTuple

import numpy as np

from badger_core.chem.similarity import tanimoto
from badger_core.data.response import Drugs, Lines


class Reference(NamedTuple):
    """Training drugs and lines, and the scale of the panel.

    Attributes:
        drug_keys: (T,) text; likeness to these is a feature.
        line_keys: (U,) text, likewise.
        mean: (E,) mean of each gene over training lines.
        sd: (E,) its standard deviation, 1 where a gene does not vary.
        axes: (E, K) float32 principal axes of standardised expression, scaled so that scores have
            variance 1.
    """

    drug_keys: np.ndarray
    line_keys: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    axes: np.ndarray

    @classmethod
    def of(cls, drugs: Drugs, lines: Lines, n_axes: int) -> "Reference":
        """Learn the scale from training drugs and lines; at most U - 1 axes."""
        mean, sd = scale(lines.expression)
        z = standardised(lines.expression, mean, sd)
        centred = z - z.mean(axis=0)
        _, size, turned = np.linalg.svd(centred.astype(np.float64), full_matrices=False)
        n_axes = max(1, min(n_axes, len(z) - 1, int((size > 1e-6 * size.max()).sum())))
        axes = turned[:n_axes].T / size[:n_axes] * np.sqrt(len(z))
        signs = np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(n_axes)])
        return cls(drugs.keys, lines.keys, mean, sd, (axes * signs).astype(np.float32))

    def expressed(self, lines: Lines) -> np.ndarray:
        """(L, E) expression on the scale of the training lines, 0 where not measured."""
        return standardised(lines.expression, self.mean, self.sd)


def scale(expression: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean (E,) and standard deviation (E,) over lines, without those not measured."""
    known = np.isfinite(expression)
    count = np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, expression, 0).astype(np.float64)
    mean = filled.sum(axis=0) / count
    sd = np.sqrt((np.where(known, filled - mean, 0) ** 2).sum(axis=0) / count)
    return mean, np.where(sd > 1e-8, sd, 1.0)


def standardised(expression: np.ndarray, mean: np.ndarray, sd: np.ndarray) -> np.ndarray:
    """(L, E) float32, 0 where not measured."""
    return np.nan_to_num((expression - mean) / sd, nan=0.0).astype(np.float32)


def drug_likeness(drugs: Drugs, others: Drugs) -> np.ndarray:
    """(D, T) float32 Tanimoto similarity to T others, 0 to the drug itself by key."""
    alike = np.stack([tanimoto(bits, others.bits) for bits in drugs.bits]).astype(np.float32)
    alike[drugs.keys[:, None] == others.keys[None]] = 0
    return alike


def line_likeness(z: np.ndarray, keys: np.ndarray, others: np.ndarray) -> np.ndarray:
    """(L, U) float32 correlation of standardised expression with U others, 0 to itself by key.

    Args:
        z: (L, E) standardised expression.
        keys: (L,) of these lines.
        others: (U,) places of the others among them.
    """
    unit = z / np.maximum(np.sqrt((z**2).sum(axis=1, keepdims=True)), 1e-8)
    alike = unit @ unit[others].T
    alike[keys[:, None] == keys[others][None]] = 0
    return alike


def drug_features(drugs: Drugs, alike: np.ndarray, power: float) -> np.ndarray:
    """(D, A + T) bits, scaled to length 1, beside the likeness to a power."""
    bits = drugs.bits / np.sqrt(np.maximum(drugs.bits.sum(axis=1, keepdims=True), 1))
    return np.concatenate([bits, alike**power], axis=1).astype(np.float32)


def line_features(z: np.ndarray, alike: np.ndarray, reference: Reference) -> np.ndarray:
    """(L, K + U) scores on the axes beside the likeness to training lines."""
    return np.concatenate([z @ reference.axes, alike], axis=1).astype(np.float32)


def gene_features(reference: Reference) -> np.ndarray:
    """(E, K) loadings of the genes on the axes, scaled to variance 1."""
    axes = reference.axes
    return axes / np.maximum(axes.std(axis=0), 1e-8)
