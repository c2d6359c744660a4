"""Settings of the perturbation model and of its training."""

from dataclasses import dataclass

from badger_core.errors import SettingError

ALIGNMENTS = ("direct", "total", "published", "none")
"""What the network is aligned to; see `alignment`."""


@dataclass(frozen=True)
class VaeSettings:
    """A run.

    Attributes:
        latent, hidden: Z dimensions of the basal state, H hidden units.
        particles: P draws of state and network in a training step.
        prior: probability of an edge before the data.
        effect_sd: of an effect before the data, natural logarithm of fold change.
        replicate_sd: of a replicate's offset, natural logarithm.
        hops: whether effects pass through measured targets.
        moves: whether a lost target also moves the cell along the programmes of its state. Off:
            on the shipped screen the main programme is the answer to interferon itself, and a move
            along it takes the place of nearly all edges of the pathway.
        alignment: one of ALIGNMENTS.
        alignment_weight: weight of the alignment; 1 counts it like the data themselves.
        threshold: c of the published alignment, log2 units.
        sparsity: lambda of the published alignment.
        batch_size, learning_rate, weight_decay, epochs, patience, clip_norm, precision, seed:
            of the training loop.
    """

    latent: int = 16
    hidden: int = 96
    particles: int = 5
    prior: float = 0.05
    effect_sd: float = 0.3
    replicate_sd: float = 0.3
    hops: bool = True
    moves: bool = False
    alignment: str = "direct"
    alignment_weight: float = 1.0
    threshold: float = 0.5
    sparsity: float = 1.0
    batch_size: int = 512
    learning_rate: float = 5e-3
    weight_decay: float = 1e-6
    epochs: int = 60
    patience: int = 20
    clip_norm: float = 100.0
    precision: str = "float32"
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be trained.

        Raises:
            SettingError: for an unknown alignment or a number out of range.
        """
        if self.alignment not in ALIGNMENTS:
            known = ", ".join(ALIGNMENTS)
            raise SettingError(f"Alignment '{self.alignment}'? Choose one of {known}.")
        if not 0 < self.prior < 1:
            raise SettingError(f"A prior of {self.prior} is no probability between 0 and 1.")
        least = min(self.latent, self.hidden, self.particles, self.batch_size, self.epochs)
        if least < 1:
            raise SettingError("latent, hidden, particles, batch_size and epochs are 1 or more.")
