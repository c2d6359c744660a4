"""The regulator network inside the model: which target shifts which gene at once, and how much.

Each of the T x G entries has a mask M ~ Bernoulli(sigmoid(W)) and, where it is on, an effect
E ~ Normal: a sparse mechanism shift. D = M * E is the direct change of a gene's log level when the
target is lost. What a lost target does through other targets follows from D alone: target m counts
as lost by the share of its own transcripts that is gone, D[t, m] / own[m], and
total = normalised (I - D own^-1)^-1 D, with each target's loss of itself held at one.

P particles, T targets, G genes, R measured targets (those among the genes; on the shipped screen 9
of 25). Only they can pass effects on.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from badger_core.perturbation.mask import (
    bernoulli_divergence,
    normal_divergence,
    sample_mask,
    sample_normal,
)

_LOGIT_GAIN, _EFFECT_GAIN = 10.0, 4.0
"""Logits and effects are stored divided by these: an optimiser's steps are of one size for all
weights, and they have further to go than the others."""

_SHIFT_LIMIT = 6.0
"""Of a total effect (natural logarithm): no cycle may run away while it is learned."""


class Draws(NamedTuple):
    """Networks drawn from the posterior; both (P, T, G), natural logarithm of fold change."""

    direct: Tensor
    total: Tensor


class Reading(NamedTuple):
    """What a network believes; (T, G) each but for `at`.

    Attributes:
        logits: W.
        effect: mean of E, natural logarithm of fold change.
        direct: sigmoid(W) times E, signed.
        total: effects along all paths of the direct ones.
        allowed: 0 where a target meets itself, else 1.
        at: (T,) position of each target among the genes, -1 where it was not measured.
    """

    logits: Tensor
    effect: Tensor
    direct: Tensor
    total: Tensor
    allowed: Tensor
    at: Tensor


class Network(nn.Module):
    """Mask logits W, effects E and own losses.

    Args:
        at: (T,) position of each target among the genes, -1 where it was not measured.
        own: (T,) log-fold change of the target's own transcripts that stands for its whole loss;
            only entries of measured targets are read.
        n_genes: G.
        prior: probability of an edge before the data.
        effect_sd: standard deviation of an effect before the data, natural logarithm.
        hops: whether effects are passed on through measured targets; without, total = direct.
    """

    def __init__(
        self, at: Tensor, own: Tensor, n_genes: int, prior: float, effect_sd: float, hops: bool
    ) -> None:
        super().__init__()
        self.prior, self.effect_sd, self.hops = prior, effect_sd, hops
        n_targets = len(at)
        start = float(torch.logit(torch.tensor(prior))) / _LOGIT_GAIN
        self.raw_logits = nn.Parameter(torch.full((n_targets, n_genes), start))
        self.raw_effect = nn.Parameter(torch.zeros(n_targets, n_genes))
        self.effect_log_sd = nn.Parameter(torch.full((n_targets, n_genes), -2.3))
        self.register_buffer("at", at)
        self.register_buffer("own", own)
        self.raw_own = nn.Parameter(torch.where(at >= 0, own, 0.0) / _EFFECT_GAIN)
        allowed = torch.ones(n_targets, n_genes)
        rows = (at >= 0).nonzero()[:, 0]
        allowed[rows, at[rows]] = 0.0
        self.register_buffer("allowed", allowed)

    @property
    def logits(self) -> Tensor:
        """(T, G) W."""
        return _LOGIT_GAIN * self.raw_logits

    @property
    def effect(self) -> Tensor:
        """(T, G) mean of E, natural logarithm of fold change."""
        return _EFFECT_GAIN * self.raw_effect

    def draw(self, particles: int, generator: torch.Generator | None = None) -> Draws:
        """Networks from the posterior; the same draw serves all cells of a batch."""
        mask = sample_mask(self.logits, particles, generator)
        effect = sample_normal(self.effect, self.effect_log_sd, particles, generator)
        direct = mask * effect * self.allowed
        return Draws(direct, self.total(direct))

    def reading(self) -> Reading:
        """The network of mean effects."""
        direct = torch.sigmoid(self.logits) * self.effect * self.allowed
        total = self.total(direct[None])[0]
        return Reading(self.logits, self.effect, direct, total, self.allowed, self.at)

    def total(self, direct: Tensor) -> Tensor:
        """(P, T, G) effects along all paths, the own loss of a measured target on its place."""
        rows = (self.at >= 0).nonzero()[:, 0]
        columns = self.at[rows]
        total = direct
        if self.hops and len(rows):
            passed = torch.zeros(len(direct), len(self.at), len(self.at), device=direct.device)
            passed[:, :, rows] = direct[:, :, columns] / self.own[rows]
            every = torch.linalg.inv(torch.eye(len(self.at), device=direct.device) - passed)
            itself = torch.diagonal(every, dim1=1, dim2=2)[:, :, None]
            itself = torch.where(itself.abs() < 0.1, torch.full_like(itself, 0.1), itself)
            total = (every / itself) @ direct
        total = total.clamp(-_SHIFT_LIMIT, _SHIFT_LIMIT) * self.allowed
        own = torch.zeros_like(self.allowed).index_put(
            (rows, columns), _EFFECT_GAIN * self.raw_own[rows]
        )
        return total + own

    def divergence(self) -> Tensor:
        """(T,) price of the posterior of each target's row, nats; an absent effect has none."""
        chosen = bernoulli_divergence(self.logits, self.prior)
        size = normal_divergence(self.effect, self.effect_log_sd, self.effect_sd)
        return ((chosen + torch.sigmoid(self.logits) * size) * self.allowed).sum(1)
