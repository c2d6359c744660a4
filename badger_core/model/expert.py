"""The kernel part: kernel ridge regression on whole molecules, mechanisms, targets and lines.

It is worked out in closed form from the training measurements (`training/expert.py`) and stands
beside the cascade: attention explains what the cascade says, the kernel says what alike compounds
did in alike lines. Shapes: D compounds, V terms, L lines, T line x compound pairs, Q components.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from badger_core.data.batch import Batch

LINE_POWER = 6
"""Exponent of the cosine between two lines' features."""
CONSTANT = 0.3
"""What any two conditions have in common."""
Array = TypeVar("Array", np.ndarray, Tensor)


@dataclass(frozen=True, eq=False)
class ExpertData:
    """What the kernel part remembers of its training pairs; see `KernelExpert`."""

    bits: np.ndarray  # (D, A / 8) uint8, packed Morgan bits of the compounds
    terms: np.ndarray  # (D, ceil(V / 8)) uint8, packed mechanisms and targets
    term_weight: np.ndarray  # (V,) float32, how much two compounds share who share the term
    is_mechanism: np.ndarray  # (V,) bool
    line_features: np.ndarray  # (L, C) float32 of unit length
    pair_compound: np.ndarray  # (T,) int32
    pair_line: np.ndarray  # (T,) int32, L where the line is unknown
    dual: np.ndarray  # (T, Q) float16
    components: np.ndarray  # (Q, G) float16

    @staticmethod
    def empty(shapes: dict[str, list[int]]) -> "ExpertData":
        """Zeros of the given shapes, to load weights into."""
        return ExpertData(**{n: np.zeros(shapes[n], kind) for n, kind in KINDS.items()})

    def shapes(self) -> dict[str, list[int]]:
        """Shape of each array by name."""
        return {name: list(getattr(self, name).shape) for name in KINDS}


KINDS = {
    "bits": np.uint8,
    "terms": np.uint8,
    "term_weight": np.float32,
    "is_mechanism": np.bool_,
    "line_features": np.float32,
    "pair_compound": np.int32,
    "pair_line": np.int32,
    "dual": np.float16,
    "components": np.float16,
}


class KernelExpert(nn.Module):
    """(B, G) change from the training pairs, each weighted by its likeness to the question."""

    def __init__(self, data: ExpertData) -> None:
        super().__init__()
        for name in KINDS:
            self.register_buffer(name, torch.tensor(getattr(data, name)))

    def forward(self, batch: Batch) -> Tensor:
        """(B, G) change on the scale of the training targets."""
        with torch.no_grad():
            drug = self.compound_likeness(batch)[:, self.pair_compound.long()]  # (B, T)
            line = self.line_likeness(batch)
            none = line.new_zeros(len(line), 1)
            line = torch.cat([line, none], dim=1)[:, self.pair_line.long()]
            kernel = pair_likeness(drug, line)  # (B, T) double: its terms nearly cancel in the sum
            return (kernel @ self.dual.double()).float() @ self.components.float()

    def compound_likeness(self, batch: Batch) -> Tensor:
        """(B, D) Tanimoto of Morgan bits, plus shared mechanisms and targets by their weight."""
        likeness = self.tanimoto(batch)
        terms = unpacked(self.terms, batch.knowledge.shape[1])  # (D, V)
        for kind in (self.is_mechanism, ~self.is_mechanism):
            ours, theirs = batch.knowledge * kind, terms @ kind.float()  # (B, V), (D,) how many
            size = ours.sum(1).clamp(min=1)[:, None] * theirs.clamp(min=1)[None]
            likeness = likeness + (ours * self.term_weight) @ terms.T / size.sqrt()
        return likeness

    def tanimoto(self, batch: Batch) -> Tensor:
        """(B, D) Tanimoto similarity of whole molecules."""
        bits = unpacked(self.bits, batch.molecule.shape[1])  # (D, A)
        shared = batch.molecule @ bits.T
        joint = batch.molecule.sum(1)[:, None] + bits.sum(1)[None] - shared
        return shared / joint.clamp(min=1)

    def line_likeness(self, batch: Batch) -> Tensor:
        """(B, L) double: power of the cosine of line features; 0 if negative or unknown."""
        cell = batch.cell.double()
        length = cell.norm(dim=1, keepdim=True).clamp(min=1e-6)
        cosine = (cell / length) @ self.line_features.double().T
        return cosine.clamp(min=0) ** LINE_POWER * batch.has_cell[:, None]


def pair_likeness(compound: Array, line: Array) -> Array:
    """Likeness of line x compound pairs, in the shape of its arguments.

    Alike compounds count the more, the more alike the lines are; alike lines count by themselves.

    Args:
        compound: likeness of the pairs' compounds.
        line: likeness of the pairs' lines, 0 to 1.
    """
    return compound * (1 + line) / 2 + line + CONSTANT


def packed(rows: np.ndarray) -> np.ndarray:
    """0/1 rows (D, V) as bytes (D, ceil(V / 8))."""
    return np.packbits(rows.astype(np.uint8), axis=1)


def unpacked(rows: Tensor, width: int) -> Tensor:
    """(D, width) float 0/1 of packed rows, the first number being the highest bit."""
    shift = torch.arange(7, -1, -1, device=rows.device)
    of_byte = ((torch.arange(256, device=rows.device)[:, None] >> shift) & 1).float()  # (256, 8)
    return nn.functional.embedding(rows.int(), of_byte).flatten(1)[:, :width]
