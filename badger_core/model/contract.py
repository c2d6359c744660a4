"""What every model returns, and the shape of the world it is built for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from torch import Tensor

from badger_core.model.expert import ExpertData


class Output(NamedTuple):
    """B predictions; every model of the registry returns one."""

    change: Tensor  # (B, G) predicted change, on the scale of the training targets (typical sd 1)
    weights: dict[str, Tensor]  # attention maps by name, see the model's docstring
    parts: Mapping[str, Tensor] = MappingProxyType({})  # (B, G) by each part alone; {} if one part

    @property
    def learned(self) -> Tensor:
        """(B, G) what gradients reach: the cascade where there are parts, else the whole."""
        return self.parts.get("cascade", self.change)


@dataclass(frozen=True, eq=False)
class World:
    """Sizes and fixed knowledge a network is built around (not learned).

    Attributes:
        n_bits: A, bits per fragment.
        n_references: C, reference lines.
        n_context: K, context numbers.
        n_pathways: P, pathways of the vocabulary.
        gene_vectors: (G, V) one vector per gene.
        mean_change: (G,) weighted mean of the training changes.
        line_at: (L,) positions of the training lines among the reference lines.
        line_means: (L, G) weighted mean change in each of them, whatever the drug.
        expert: what the kernel part remembers, for networks that have one.
    """

    n_bits: int
    n_references: int
    n_context: int
    n_pathways: int
    gene_vectors: np.ndarray
    mean_change: np.ndarray
    line_at: np.ndarray
    line_means: np.ndarray
    expert: ExpertData | None = None
