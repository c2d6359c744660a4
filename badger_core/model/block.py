"""A cross-attention block: queries look at a set of tokens, or at none of them.

Pre-norm with a clean residual path: x = queries + attention(norm(queries), norm(tokens));
x = x + feed_forward(norm(x)). A learned pseudo token stands for 'none of these'.
"""

import torch
from torch import Tensor, nn

from badger_core.model.attention import Attention, SetNorm


class CrossBlock(nn.Module):
    """Q queries over K tokens plus the pseudo token, which is the last key."""

    def __init__(
        self, hidden: int, heads: int, dropout: float, kind: str, feed_forward: bool = True
    ) -> None:
        super().__init__()
        self.pseudo = nn.Parameter(torch.randn(1, 1, hidden) * 0.02)
        self.norm_queries = SetNorm(hidden)
        self.norm_keys = SetNorm(hidden)
        self.attention = Attention(hidden, heads, dropout, kind)
        self.dropout = nn.Dropout(dropout)
        self.feed_forward = (
            nn.Sequential(
                SetNorm(hidden),
                nn.Linear(hidden, hidden),
                nn.ReLU(),
                nn.Dropout(dropout),
                nn.Linear(hidden, hidden),
            )
            if feed_forward
            else None
        )

    def forward(
        self,
        queries: Tensor,
        tokens: Tensor,
        is_token: Tensor | None = None,
        maps: bool = True,
    ) -> tuple[Tensor, Tensor | None]:
        """(B, Q, H) states and (B, N, Q, K + 1) weights, which may be None without `maps`.

        `queries` is (1, Q, H) where all samples ask the same; `is_token` (B, K) False on padding.
        """
        samples = tokens.shape[0]
        keys = torch.cat([tokens, self.pseudo.expand(samples, -1, -1)], dim=1)
        if is_token is not None:
            is_token = torch.cat([is_token, is_token.new_ones(samples, 1)], dim=1)
        attended, weights = self.attention(
            self.norm_queries(queries), self.norm_keys(keys, is_token), is_token, maps
        )
        states = queries + self.dropout(attended)
        if self.feed_forward is not None:
            states = states + self.feed_forward(states)
        return states, weights
