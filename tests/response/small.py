"""A small made-up screen: drugs of a few families in lines of a few kinds, with a known pattern."""

import numpy as np

from badger_core.data.response_drugs import Drugs, Lines
from badger_core.response.contract import Train

ANY = lambda _: None  # noqa: E731 - a report that nobody reads


def small(n_drugs: int = 30, n_lines: int = 12, seed: int = 0, kind: str = "auc") -> Train:
    """Labels follow families of drugs times kinds of lines; a third of the pairs is unknown."""
    rng = np.random.default_rng(seed)
    families, kinds = rng.integers(0, 3, n_drugs), rng.integers(0, 3, n_lines)
    bits = rng.random((3, 64)) < 0.4
    bits = (bits[families] ^ (rng.random((n_drugs, 64)) < 0.05)).astype(np.uint8)
    centres = rng.normal(size=(3, 20))
    expression = centres[kinds] + 0.3 * rng.normal(size=(n_lines, 20))
    expression[0, 3] = np.nan
    table = rng.normal(size=(3, 3)) * 2
    labels = table[families][:, kinds] + 0.1 * rng.normal(size=(n_drugs, n_lines))
    if kind == "class":
        labels = (labels > 0).astype(float)
    labels[rng.random(labels.shape) < 0.33] = np.nan
    valid = (rng.random(labels.shape) < 0.2) & np.isfinite(labels)
    names = np.array([f"D{i:02d}" for i in range(n_drugs)], object)
    drugs = Drugs(names, names, names, bits, np.arange(n_drugs))
    cells = np.array([f"L{i:02d}" for i in range(n_lines)], object)
    lines = Lines(cells, expression.astype(np.float32), np.arange(n_lines))
    return Train(kind, drugs, lines, labels, valid)
