"""The task of the expression models: batches of conditions, their losses, the choosing fold."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch
from torch import Tensor, nn

from badger_core.data.batch import Batch
from badger_core.data.loader import Loader
from badger_core.evaluation.evaluate import score_conditions, selection_score
from badger_core.model.contract import Output
from badger_core.training.losses import total_loss
from badger_core.training.settings import TrainSettings
from badger_core.training.task import DECIDES


@dataclass(frozen=True, eq=False)
class Validation:
    """Conditions of the choosing fold, which decide when to stop."""

    loader: Loader
    table: pd.DataFrame
    change: np.ndarray


@dataclass(frozen=True, eq=False)
class ExpressionTask:
    """Learn the changes of conditions; without a validation every epoch is trained."""

    train: Loader
    valid: Validation | None
    settings: TrainSettings

    @property
    def decides(self) -> bool:
        """Whether there are choosing conditions."""
        return self.valid is not None

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """The training conditions in a new order, some of them without their source."""
        settings = self.settings
        return self.train.shuffled(settings.batch_size, generator, settings.source_dropout)

    def loss(self, output: Output, batch: Batch) -> Tensor:
        """The weighted sum of `losses.total_loss`."""
        return total_loss(
            output._replace(change=output.change.float()),
            batch,
            self.settings.mse_weight,
            self.settings.pathway_weight,
            self.settings.gene_set_weight,
            self.settings.cosine_weight,
        )

    def scores(self, model: nn.Module, device: torch.device) -> dict[str, float]:
        """The selection score, and the mean of each score over the choosing conditions."""
        found = score_conditions(self.valid.change, predict_all(model, self.valid.loader, device))
        decides = {DECIDES: selection_score(found, self.valid.table)}
        return decides | {f"valid {name}": float(value) for name, value in found.mean().items()}


def predict_all(model: nn.Module, loader: Loader, device: torch.device) -> np.ndarray:
    """(N, G) predictions at the reference context, in the loader's order."""
    model.eval()
    with torch.inference_mode():
        parts = [model(batch.to(device)).change.cpu() for batch in loader.ordered(32)]
    return torch.cat(parts).numpy()
