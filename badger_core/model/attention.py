"""Multi-head attention of queries over keys, scaled dot product or additive.

Shapes: B samples, Q queries, K keys, H hidden, N heads, D = H / N.
"""

import math

import torch
from torch import Tensor, nn

from badger_core.model import additive

_LEAST = -1e9


class Attention(nn.Module):
    """Queries (B, Q, H) or shared by all samples (1, Q, H) over keys (B, K, H).

    `kind` is 'scaled_dot' or 'additive' (v . tanh(a + b), the published setting).
    """

    def __init__(self, hidden: int, heads: int, dropout: float, kind: str) -> None:
        super().__init__()
        self.heads, self.kind = heads, kind
        self.sums: additive.Sums | None = None  # `compiled.py` may set it
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(dropout)
        if kind == "additive":
            self.direction = nn.Parameter(torch.randn(heads, hidden // heads) / math.sqrt(hidden))

    def forward(
        self, queries: Tensor, keys: Tensor, is_key: Tensor | None = None, maps: bool = True
    ) -> tuple[Tensor, Tensor | None]:
        """Attended values (B, Q, H) and weights (B, N, Q, K), which sum to 1 over K.

        `is_key` (B, K) is False on padding, which gets weight 0. Without `maps` the weights may be
        None: they are then worked out block by block and never kept (evaluation mode only).
        """
        q = self._heads(self.query(queries))  # (B or 1, N, Q, D)
        k = self._heads(self.key(keys))  # (B, N, K, D)
        v = self._heads(self.value(keys))  # (B, N, K, D)
        if not maps and not self.training and self.kind == "scaled_dot":
            mask = None if is_key is None else is_key[:, None, None, :]
            q = q.expand(len(k), -1, -1, -1)
            mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
            return self.out(mixed.transpose(1, 2).flatten(2)), None
        logits = self._additive(q, k) if self.kind == "additive" else self._scaled_dot(q, k)
        if is_key is not None:
            logits = logits.masked_fill(~is_key[:, None, None, :], _LEAST)
        weights = logits.softmax(dim=-1)  # (B, N, Q, K)
        mixed = weights @ (v * self._kept(v))  # (B, N, Q, D)
        return self.out(mixed.transpose(1, 2).flatten(2)), weights

    def _heads(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def _kept(self, v: Tensor) -> Tensor:
        """Dropout of whole keys, alike for all queries: (B, N, K, 1), 1 outside training.

        Dropping single entries of the (B, N, Q, K) map would cost more than the attention itself.
        """
        return self.dropout(v.new_ones(*v.shape[:-1], 1))

    def _scaled_dot(self, q: Tensor, k: Tensor) -> Tensor:
        return (q / math.sqrt(q.shape[-1])) @ k.transpose(-1, -2)

    def _additive(self, q: Tensor, k: Tensor) -> Tensor:
        """V . tanh(q + k) up to a constant per head; by algebra where that is exact."""
        learning = torch.is_grad_enabled() or self.training
        tamed = None if learning else additive.tamed(q, k)
        if tamed is None:
            return additive.literal(q, k, self.direction)
        return additive.by_algebra(*tamed, self.direction, self.sums)


class SetNorm(nn.Module):
    """One mean and one standard deviation per set, over its tokens and channels.

    Source: Zhang et al. 2022, 'Set Norm and Equivariant Skip Connections' (ICML). The division is
    by the standard deviation, and padding takes no part.
    """

    def __init__(self, hidden: int, epsilon: float = 1e-5) -> None:
        super().__init__()
        self.epsilon = epsilon
        self.weight = nn.Parameter(torch.ones(hidden))
        self.bias = nn.Parameter(torch.zeros(hidden))

    def forward(self, x: Tensor, is_token: Tensor | None = None) -> Tensor:
        """(B, K, H) to the same shape; `is_token` (B, K) is False on padding."""
        if is_token is None:
            mean = x.mean(dim=(1, 2), keepdim=True)
            variance = x.var(dim=(1, 2), keepdim=True, unbiased=False)
        else:
            share = is_token[:, :, None] / (is_token.sum(1)[:, None, None] * x.shape[-1])
            mean = (x * share).sum(dim=(1, 2), keepdim=True)
            variance = ((x - mean) ** 2 * share).sum(dim=(1, 2), keepdim=True)
        return (x - mean) / torch.sqrt(variance + self.epsilon) * self.weight + self.bias
