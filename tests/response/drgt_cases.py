"""Training data and settings that the tests of the graph model share."""

import numpy as np

from badger_core.data.response_drugs import Drugs, Lines
from badger_core.response.contract import Train
from badger_core.response.drgt_settings import DrgtSettings

QUICK = DrgtSettings(
    hidden=16, heads=2, axes=5, epochs=4, patience=4, genes_of_line=10, neighbours=3, threshold=0.5
)


def quiet(_: str) -> None:
    """Report to nobody."""


def train_of(screen, held=None, seed=0):
    """Labels but those of `held` (D, L) bool; an eighth of them choose."""
    labels = screen.labels.copy()
    if held is not None:
        labels[held] = np.nan
    chance = np.random.default_rng(seed).random(labels.shape)
    return Train(
        screen.kind, screen.drugs, screen.lines, labels, np.isfinite(labels) & (chance < 0.125)
    )


def held_pairs(screen, seed=1):
    """A fifth of the labelled pairs, (D, L) bool."""
    chance = np.random.default_rng(seed).random(screen.labels.shape)
    return np.isfinite(screen.labels) & (chance < 0.2)


def strange(screen):
    """The first drug and the first line under keys that nobody knows."""
    new = np.array(["new"], object)
    drugs, lines = screen.drugs.take(np.array([0])), screen.lines.take(np.array([0]))
    return (
        Drugs(new, drugs.names, drugs.smiles, drugs.bits.copy(), drugs.groups),
        Lines(new, lines.expression.copy(), lines.groups),
    )
