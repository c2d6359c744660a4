"""What the training loop needs to know of a task: its batches, its loss and what decides."""

from collections.abc import Iterator
from typing import Any, Protocol

import torch
from torch import Tensor, nn

DECIDES = "valid_score"
"""The score that chooses the epoch, higher is better."""


class LoopSettings(Protocol):
    """What the loop reads of a run's settings, which are a frozen dataclass."""

    learning_rate: float
    weight_decay: float
    epochs: int
    patience: int
    clip_norm: float
    precision: str
    seed: int


class Task(Protocol):
    """Something to learn; `fit` knows no more of it."""

    @property
    def decides(self) -> bool:
        """Whether `scores` chooses the epoch; else every epoch is trained and the last stays."""

    def batches(self, generator: torch.Generator) -> Iterator[Any]:
        """One epoch; a batch has `.to(device)`. All randomness comes from the generator."""

    def loss(self, output: Any, batch: Any) -> Tensor:  # noqa: ANN401 (each task has its own)
        """What the optimiser lowers, from what the network made of the batch."""

    def scores(self, model: nn.Module, device: torch.device) -> dict[str, float]:
        """After an epoch, where it decides: `DECIDES`, then others to write down."""
