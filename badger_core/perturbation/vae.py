"""The generative model of a screen: a cell's basal state, and the network that a lost gene moves.

Follows GPO-VAE (Baek et al. 2025), written from its mathematics. Where it differs, and why:

- Published: mask logits W between n_t latent dimensions, most rows without data. Here: W is T x G,
  targets by measured genes, because an entry without data says nothing.
- Published: effects feed a hidden layer. Here: D = M * E is the log-fold change of the gene itself,
  because so the decoder cannot undo or relabel an edge.
- Published: sums of hops, each divided by n once more. Here: totals follow from D through measured
  targets exactly, because divided by n the hops do nothing.
- Published: a lost gene acts through E alone. Here: it also shifts every gene by a little and, as
  an option, moves the cell along the programmes of its state, both Normal with a spread fitted to
  each target, because broad responses (cycle, stress) are no edges.
- Published: E ~ Normal(0, 1) wherever M is. Here: no price for the effect of an absent edge.
- Published: the encoder reads log(x + 1) and D. Here: counts at one depth, the depth, the target
  and the replicate, because depth is no state.
- Published: gamma-Poisson on softmax x library. Here: the same, residual to the control profile and
  with offsets of the replicates, because with no state and no shift it is then the train mean.
- Published: a flag of quality and a counterfactual divergence. Here: left out, because cells that
  fail are dropped before (`quality`), and the published terms are faulty.

B cells, T targets, G genes, P particles, Z latent dimensions.
"""

import torch
from torch import Tensor, nn

from badger_core.perturbation.decoder import Decoder
from badger_core.perturbation.encoder import Encoder
from badger_core.perturbation.likelihood import coefficient, kernel
from badger_core.perturbation.mask import fitted_divergence, normal_divergence, sample_normal
from badger_core.perturbation.mask_network import Network
from badger_core.perturbation.vae_parts import CellBatch, VaeOutput, World
from badger_core.perturbation.vae_settings import VaeSettings

_WIDEST_DIFFUSE = 0.1
"""Of the small effects on every gene (standard deviation, natural logarithm): what is larger is to
be an edge."""


class PerturbationVae(nn.Module):
    """One forward pass for training, likelihood and effects alike."""

    def __init__(self, world: World, settings: VaeSettings) -> None:
        super().__init__()
        self.genes, self.targets = world.genes, world.targets
        self.replicates, self.settings = world.replicates, settings
        s, conditions, replicates = settings, len(world.targets) + 1, len(world.replicates) + 1
        self.network_part = Network(
            world.at, world.own, len(world.genes), s.prior, s.effect_sd, s.hops
        )
        self.encoder = Encoder(
            world.centre, world.scale, world.depth, conditions, replicates, s.hidden, s.latent
        )
        self.decoder = Decoder(
            world.base, world.log_inverse_dispersion, replicates, s.hidden, s.latent
        )
        self.move = nn.Parameter(torch.zeros(len(world.targets), s.latent))
        self.move_log_sd = nn.Parameter(torch.full((len(world.targets), s.latent), -2.0))
        shape = len(world.targets), len(world.genes)
        self.diffuse = nn.Parameter(torch.zeros(shape))
        self.diffuse_log_sd = nn.Parameter(torch.full(shape, -3.0))
        self.register_buffer("libraries", world.libraries)
        self.register_buffer("lean", torch.zeros(len(world.targets), s.latent))

    def forward(
        self,
        batch: CellBatch,
        particles: int | None = None,
        generator: torch.Generator | None = None,
    ) -> VaeOutput:
        """Draw states and networks, and judge the counts under them."""
        particles = particles or self.settings.particles
        mean, log_sd = self.encoder(batch.counts, batch.condition, batch.replicate)
        state = sample_normal(mean, log_sd, particles, generator)
        return VaeOutput(
            self.likelihood_given(batch, state, *self.shifts(particles, generator)),
            normal_divergence(mean, log_sd, 1.0).sum(1),
            self._divergence(),
            (self.decoder.replicate**2).sum()[None] / (2 * self.settings.replicate_sd**2),
            self.network_part.reading(),
        )

    def shifts(
        self, particles: int, generator: torch.Generator | None = None
    ) -> tuple[Tensor, Tensor]:
        """(P, T + 1, G) of genes, (P, T + 1, Z) of states, drawn; the last row, control, is 0."""
        total = self.network_part.draw(particles, generator).total
        total = total + sample_normal(self.diffuse, self.diffuse_log_sd, particles, generator)
        move = torch.zeros(particles, *self.move.shape, device=total.device)
        if self.settings.moves:
            move = sample_normal(self.move, self.move_log_sd, particles, generator)
        return tuple(nn.functional.pad(part, (0, 0, 0, 1)) for part in (total, move))

    def mean_shifts(self) -> tuple[Tensor, Tensor]:
        """As `shifts`, one particle, of the mean network and the mean moves."""
        parts = self.network_part.reading().total + self.diffuse, self.move
        return tuple(nn.functional.pad(part, (0, 0, 0, 1))[None] for part in parts)

    def likelihood_given(
        self, batch: CellBatch, state: Tensor, shift: Tensor, move: Tensor
    ) -> Tensor:
        """(P, B) log-likelihood of the counts, given basal states (P, B, Z) and drawn shifts."""
        log_mean = self.log_mean(
            state, batch.condition, batch.replicate, batch.counts.sum(1).clamp_min(1), shift, move
        )
        spread = self.decoder.inverse_dispersion()
        same = coefficient(batch.counts, spread).sum(-1)
        return same + kernel(batch.counts, log_mean, spread).sum(-1)

    def log_mean(
        self,
        state: Tensor,
        condition: Tensor,
        replicate: Tensor,
        total: Tensor,
        shift: Tensor,
        move: Tensor,
    ) -> Tensor:
        """(P, B, G) log of the expected counts of cells in these conditions."""
        return self.decoder(state + move[:, condition], replicate, shift[:, condition], total)

    def _divergence(self) -> Tensor:
        """(T,) price of network, small effects and moves."""
        price = self.network_part.divergence()
        price = price + fitted_divergence(self.diffuse, self.diffuse_log_sd, _WIDEST_DIFFUSE)
        if self.settings.moves:
            price = price + fitted_divergence(self.move, self.move_log_sd)
        return price
