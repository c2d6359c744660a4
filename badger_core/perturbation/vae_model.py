"""A trained perturbation model, and the questions it answers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch

from badger_core.data.perturbation import CellScreen
from badger_core.errors import PerturbationError
from badger_core.perturbation.effects import depth_of
from badger_core.perturbation.vae import PerturbationVae
from badger_core.perturbation.vae_effects import Predicted, predicted_effects
from badger_core.perturbation.vae_score import importance_bound
from badger_core.perturbation.vae_start import cells_of


@dataclass(frozen=True, eq=False)
class Learned:
    """The learned network; rows are targets, columns genes, both by name.

    Attributes:
        chance: sigmoid(W), posterior probability of a direct effect; 0 of a target on itself.
        direct: chance times effect, natural logarithm of fold change by the loss, signed.
        total: effects along all paths; a measured target's own place holds its own loss.
    """

    chance: pd.DataFrame
    direct: pd.DataFrame
    total: pd.DataFrame


@dataclass(frozen=True, eq=False)
class ScreenModel:
    """A trained model; nothing it does moves the global random state."""

    vae: PerturbationVae

    @property
    def genes(self) -> tuple[str, ...]:
        """(G,) in the order of all columns."""
        return self.vae.genes

    @property
    def targets(self) -> tuple[str, ...]:
        """(T,) in the order of all rows."""
        return self.vae.targets

    def network(self) -> Learned:
        """The network that was learned; the same weights give the same bits."""
        with torch.inference_mode():
            reading = self.vae.network_part.reading()
            chance = torch.sigmoid(reading.logits) * reading.allowed
        parts = (chance, reading.direct, reading.total)
        return Learned(*(pd.DataFrame(p.numpy(), self.targets, self.genes) for p in parts))

    def effects(
        self, screen: CellScreen, cells: int = 300, draws: int = 10, seed: int = 0
    ) -> Predicted:
        """(T, G) predicted effects in the units of `effects.ate`, with 90% of the draws.

        Args:
            screen: whose control cells are taken, and whose depth is the unit.
            cells: control cells at most.
            draws: networks from the posterior.
            seed: of both.

        Raises:
            PerturbationError: without control cells, or if a gene of the model is missing.
        """
        own = self._aligned(screen)
        return predicted_effects(self.vae, own, depth_of(screen), cells, draws, seed)

    def log_likelihood(self, screen: CellScreen, particles: int = 100, seed: int = 0) -> np.ndarray:
        """(N,) importance-weighted bound of each cell's log-probability, nats.

        Raises:
            PerturbationError: for an unknown target, or if a gene of the model is missing.
        """
        cells = cells_of(self._aligned(screen), self.targets, self.vae.replicates)
        return importance_bound(self.vae, cells, particles, seed, torch.device("cpu")).numpy()

    def _aligned(self, screen: CellScreen) -> CellScreen:
        """The screen with the model's genes in the model's order."""
        place = {str(name): i for i, name in enumerate(screen.genes)}
        missing = [name for name in self.genes if name not in place]
        if missing:
            raise PerturbationError(
                f"The screen lacks {len(missing)} of the model's {len(self.genes)} genes, such as "
                f"'{missing[0]}'. Train a model on this screen."
            )
        order = [place[name] for name in self.genes]
        return screen._replace(counts=screen.counts[:, order], genes=screen.genes[order])
