"""What one member of the ensemble says of some pairs, and how much of it each of its parts says."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from torch import nn

from badger_core.data.batch import Batch
from badger_core.model.signs import signs_of


class Answer(NamedTuple):
    """B predictions of one member."""

    change: np.ndarray  # (B, G)
    shares: dict[str, np.ndarray]  # part to its share (B,) of the prediction; {} if of one part
    signs: pd.DataFrame | None  # (B, signs), None where the network has one part only


def answer(model: nn.Module, batch: Batch) -> Answer:
    """Ask one member; it must be in evaluation mode. Nobody reads its attention maps here."""
    output = getattr(model, "without_maps", model)(batch)
    change = output.change.numpy()
    if not output.parts:
        return Answer(change, {}, None)
    weights = {"cascade": 1 - model.kernel_share, "kernel": model.kernel_share}
    shares = {
        name: share_of(weights[name] * part.numpy(), change) for name, part in output.parts.items()
    }
    return Answer(change, shares, signs_of(model.expert, batch, output))


def share_of(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """(B,) covariance over genes of a part with the whole, over the whole's variance.

    The shares of all parts add up to 1; one is negative where a part argues against the rest.
    """
    centred = whole - whole.mean(axis=1, keepdims=True)
    return (part * centred).sum(axis=1) / np.maximum((centred**2).sum(axis=1), 1e-12)


def mean_shares(shares: Sequence[dict[str, np.ndarray]]) -> dict[str, float]:
    """Share of each part in the first pair, mean over members."""
    names = shares[0]
    return {name: round(float(np.mean([s[name][0] for s in shares])), 4) for name in names}
