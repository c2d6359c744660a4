"""The task of the graph model: in each step other pairs are edges, and the rest are learned.

A pair is never edge and lesson at once, so what is learned is to tell pairs that the graph does not
hold. Some drugs and lines are left without any edge, as a new drug or line will be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from badger_core.evaluation.sensitivity import sensitivity_scores
from badger_core.response.contract import CLASS
from badger_core.response.drgt_pairs import Pairs
from badger_core.response.drgt_settings import DrgtSettings
from badger_core.response.drgt_world import World
from badger_core.response.network import Batch
from badger_core.training.task import DECIDES

CHOOSES = {CLASS: "auroc", "auc": "r2"}
"""The score that chooses the epoch, by kind of label."""


@dataclass(frozen=True, eq=False)
class DrgtTask:
    """Learn training pairs; the pairs of `valid` choose the epoch.

    Attributes:
        world: nodes of training and of validation.
        train: P pairs.
        valid: V pairs; without any, every epoch is trained.
        settings: of the run.
    """

    world: World
    train: Pairs
    valid: Pairs
    settings: DrgtSettings

    @property
    def decides(self) -> bool:
        """Whether there are validation pairs."""
        return len(self.valid.drug) > 0

    def batches(self, generator: torch.Generator) -> Iterator[Batch]:
        """`steps` graphs, each with another choice of edges."""
        for _ in range(self.settings.steps):
            message = self.draw(generator)
            lesson = self.train.keep(~message)
            if len(lesson.drug) > self.settings.most_pairs:
                order = torch.randperm(len(lesson.drug), generator=generator)
                lesson = lesson.keep(order[: self.settings.most_pairs])
            yield Batch(self.world.graph(self.train.keep(message)), *lesson)

    def draw(self, generator: torch.Generator) -> Tensor:
        """(P,) bool: the pairs that are edges; at least one is not."""
        layout, settings = self.world.layout, self.settings
        cold_drug = torch.rand(len(layout.drugs), generator=generator) < settings.cold
        cold_line = torch.rand(len(layout.lines), generator=generator) < settings.cold
        chance = torch.rand(len(self.train.drug), generator=generator)
        message = chance < settings.edge_share
        message &= ~cold_drug[self.train.drug] & ~cold_line[self.train.line]
        message[chance.argmax()] = False
        return message

    def loss(self, output: Tensor, batch: Batch) -> Tensor:
        """Cross-entropy of classes, or Huber's loss of standardised AUC."""
        output = output.float()
        if self.world.kind == CLASS:
            return functional.binary_cross_entropy_with_logits(output, batch.value)
        return functional.huber_loss(output, batch.value)

    def scores(self, model: nn.Module, device: torch.device) -> dict[str, float]:
        """The choosing score and the others of the validation pairs."""
        model.eval()
        with torch.inference_mode():
            predicted = model(self._question.to(device)).float().cpu().numpy()
        drug, line, truth = (column.numpy() for column in self.valid)
        if self.world.kind == CLASS:
            truth = np.round(truth)
        found = sensitivity_scores(self.world.kind, truth, predicted, drug, line)
        return {DECIDES: found[CHOOSES[self.world.kind]]}

    @cached_property
    def _question(self) -> Batch:
        return Batch(self.world.graph(self.train), *self.valid)
