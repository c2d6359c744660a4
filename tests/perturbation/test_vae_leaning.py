"""What the encoder leaves of an effect: found where it was put in, next to nothing by chance."""

import numpy as np
import torch

from badger_core.perturbation.vae_leaning import leaning
from badger_core.perturbation.vae_parts import CellBatch


class Encoding:
    """An encoder whose states are the counts; three targets."""

    targets = ("a", "b", "c")

    def encoder(self, counts: torch.Tensor, *_: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return counts.clone(), torch.zeros_like(counts)


def cells(seed: int) -> CellBatch:
    """900 cells in 4 conditions and 2 replicates; a leans by 1.5 in the first dimension."""
    rng = np.random.default_rng(seed)
    state = torch.from_numpy(rng.normal(size=(900, 5)))
    condition = torch.from_numpy(rng.integers(0, 4, 900))
    replicate = torch.from_numpy(rng.integers(0, 2, 900))
    state[condition == 0, 0] += 1.5
    state[replicate == 1] += 3.0
    return CellBatch(state.float(), condition, replicate, torch.empty(900, 0))


def test_leaning_is_found_and_a_replicate_is_none() -> None:
    found = leaning(Encoding(), cells(0))
    assert abs(found[0, 0] - 1.5) < 0.25
    assert found[0, 1:].abs().max() < 0.25


def test_by_chance_next_to_nothing_is_left() -> None:
    found = torch.stack([leaning(Encoding(), cells(seed))[1:] for seed in range(20)])
    raw = (2 / 225) ** 0.5
    assert found.square().mean().sqrt() < 0.6 * raw
    assert (found == 0).all(-1).float().mean() > 0.3
