"""Which edges every seed finds: share of trainings that hold an edge with the same sign.

K trainings, T targets, G genes.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from badger_core.perturbation.vae_model import Learned

HELD = 0.5
"""A training holds an edge if the posterior probability of it is above this."""


class Stability(NamedTuple):
    """All (T, G).

    Attributes:
        share: of the trainings that hold the edge with the sign of the mean strength.
        strength: mean signed strength, natural logarithm of fold change by the loss.
        chance: mean posterior probability.
    """

    share: np.ndarray
    strength: np.ndarray
    chance: np.ndarray


def stability(networks: Sequence[Learned]) -> Stability:
    """Compare the networks of several trainings, which have the same targets and genes.

    Trainings differ in their seed and in the cells that they were dealt.
    """
    strength = np.stack([one.direct.to_numpy(np.float64) for one in networks])
    chance = np.stack([one.chance.to_numpy(np.float64) for one in networks])
    middle = strength.mean(axis=0)
    held = (chance > HELD) & (np.sign(strength) == np.sign(middle)) & (middle != 0)
    return Stability(held.mean(axis=0), middle, chance.mean(axis=0))
