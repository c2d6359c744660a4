"""Predicted effects of losing a target, on the scale of `effects.ate`, with intervals.

The same control cells, each with its own basal state and replicate, are decoded with and without
the target, at the depths of the training cells of either group. What the encoder left of the effect
in the states of the target's cells (`vae_leaning`) is put back. The expected normalised level of
the counts is summed over the negative binomial, so nothing is sampled but states. The effect is
that of the mean network, the interval that of networks drawn from the posterior.
T targets, G genes, N cells, D draws.
"""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.errors import PerturbationError
from badger_core.perturbation.mask import sample_normal
from badger_core.perturbation.vae import PerturbationVae
from badger_core.perturbation.vae_start import cells_of


class Predicted(NamedTuple):
    """All (T, G), log2 units; `low` and `high` bound 90% of the posterior draws."""

    effect: np.ndarray
    low: np.ndarray
    high: np.ndarray


def predicted_effects(
    model: PerturbationVae, screen: CellScreen, depth: float, cells: int, draws: int, seed: int
) -> Predicted:
    """Average treatment effect of each target.

    Args:
        model: trained.
        screen: its control cells lend states; its targets weigh the replicates.
        depth: transcripts that `effects.lognorm` brings cells to.
        cells: control cells to take at most.
        draws: networks from the posterior.
        seed: of cells and draws.

    Raises:
        PerturbationError: if the screen has no control cell.
    """
    control = np.flatnonzero(screen.target == CONTROL)
    if not len(control):
        raise PerturbationError(f"The screen has no control cells ('{CONTROL}'): add some.")
    rng = np.random.default_rng(seed)
    chosen = np.sort(rng.permutation(control)[:cells])
    generator = torch.Generator().manual_seed(seed)
    rank = torch.from_numpy(rng.permutation(len(chosen)) / max(len(chosen) - 1, 1))
    library = _at_rank(model.libraries, rank)
    batch = cells_of(screen.take(chosen), model.targets, model.replicates)
    n_targets = len(model.targets)
    weight = torch.from_numpy(_weights(screen, model, batch.replicate.numpy()))
    spread = model.decoder.inverse_dispersion().detach()
    with torch.inference_mode():
        mean, log_sd = model.encoder(batch.counts, batch.condition, batch.replicate)
        state = sample_normal(mean, log_sd, 1, generator)
        lean = torch.nn.functional.pad(model.lean, (0, 0, 0, 1))
        shifts = [model.mean_shifts(), *(model.shifts(1, generator) for _ in range(draws))]
        found = []
        for shift, move in shifts:
            levels, moved = [], move + lean
            for target in range(n_targets + 1):
                condition = torch.full((len(chosen),), target)
                log_mean = model.log_mean(
                    state, condition, batch.replicate, library[target], shift, moved
                )[0]
                levels.append(expected_level(log_mean.exp(), spread, library[target], depth))
            change = torch.stack([level - levels[-1] for level in levels[:-1]])
            found.append(torch.einsum("tn,tng->tg", weight, change).numpy())
    bounds = np.quantile(found, [0.05, 0.95], axis=0).astype(np.float32)
    return Predicted(found[0], *bounds)


def expected_level(mean: Tensor, spread: Tensor, total: Tensor, depth: float) -> Tensor:
    """(N, G) expectation of log2(1 + count x depth / total) under the negative binomial.

    Counts are summed one by one as far as the means of a gene reach; what probability is left
    stands at its own mean.

    Args:
        mean: (N, G) expected counts.
        spread: (G,) inverse dispersions.
        total: (N,) transcripts.
        depth: that cells are brought to.
    """
    scale = (depth / total)[:, None]
    out = torch.empty_like(mean)
    reach = 2.0 ** torch.ceil(torch.log2(mean.amax(0) * 3 + 8)).clamp(3, 6)
    for last in reach.unique():
        genes = (reach == last).nonzero()[:, 0]
        m, r = mean[:, genes], spread[genes]
        odds = m / (m + r)
        chance = (r * torch.log1p(-odds)).exp()
        left, left_mean, level = 1 - chance, m.clone(), torch.zeros_like(m)
        for count in range(1, int(last) + 1):
            chance = chance * odds * (r + count - 1) / count
            level = level + chance * torch.log2(1 + count * scale)
            left, left_mean = left - chance, left_mean - count * chance
        beyond = (left_mean.clamp_min(0) / left.clamp_min(1e-6)).clamp_min(float(last) + 1)
        level = level + left.clamp_min(0) * torch.log2(1 + beyond * scale)
        out[:, genes] = level
    return out


def _at_rank(libraries: Tensor, rank: Tensor) -> Tensor:
    """(T + 1, N) transcripts of the cells' ranks in each group, between its stored quantiles."""
    place = rank * (libraries.shape[1] - 1)
    low = place.floor().long().clamp_max(libraries.shape[1] - 2)
    part = (place - low).to(libraries.dtype)
    return libraries[:, low] * (1 - part) + libraries[:, low + 1] * part


def _weights(screen: CellScreen, model: PerturbationVae, replicate: np.ndarray) -> np.ndarray:
    """(T, N) float32 of the chosen control cells, mixed as each target's cells over replicates."""
    out = np.full((len(model.targets), len(replicate)), 1 / len(replicate), np.float32)
    names = np.array([*model.replicates, ""])
    for row, target in zip(out, model.targets, strict=True):
        own = screen.replicate[screen.target == target]
        shares = np.array([np.mean(own == names[r]) if len(own) else 1.0 for r in replicate])
        counts = np.array([(replicate == r).sum() for r in replicate])
        weight = shares / counts
        if weight.sum() > 0:
            row[:] = weight / weight.sum()
    return out
