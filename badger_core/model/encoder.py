"""Fragments, line and context to fused tokens: what the drug brings, seen by this line."""

import torch
from torch import Tensor, nn

from badger_core.data.batch import Batch


class DrugCellEncoder(nn.Module):
    """Every fragment token joined with the line's token (early fusion)."""

    def __init__(
        self, n_bits: int, n_references: int, n_context: int, hidden: int, dropout: float
    ) -> None:
        super().__init__()
        self.fragment = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(n_bits, 2 * hidden),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(2 * hidden, hidden),
        )
        self.cell = nn.Sequential(nn.Linear(n_references, hidden), nn.ReLU(), nn.Dropout(dropout))
        self.unknown_cell = nn.Parameter(torch.zeros(hidden))
        self.context = nn.Linear(n_context, hidden, bias=False)
        self.fuse = nn.Sequential(nn.Linear(2 * hidden, hidden), nn.ReLU(), nn.Dropout(dropout))

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Fused tokens (B, F, H) and their mean over real fragments (B, H)."""
        tokens = self.fragment(batch.fragments)  # (B, F, H)
        line = torch.where(batch.has_cell[:, None], self.cell(batch.cell), self.unknown_cell)
        line = line + self.context(batch.context)  # (B, H)
        line = line[:, None].expand(-1, tokens.shape[1], -1)  # (B, F, H)
        fused = self.fuse(torch.cat([tokens, line], dim=-1))  # (B, F, H)
        real = batch.is_fragment[:, :, None]
        pooled = (fused * real).sum(dim=1) / real.sum(dim=1).clamp(min=1)  # (B, H)
        return fused, pooled
