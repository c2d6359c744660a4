"""Attention whose weights nobody reads: torch's fused kernel, which never writes them down.

Shapes: B samples, Q queries, K keys, H hidden, N heads, D = width / N.
"""

from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention


class FusedAttention(nn.Module):
    """Queries (B, Q, H) or (1, Q, H) over keys (B, K, H) or (1, K, H).

    There is no dropout in here: dropping single weights would force torch to write down the
    (B, N, Q, K) map, which at 978 genes costs five times the time. Callers drop from what comes
    out. The key has no bias, as it would move all weights of a query alike.

    Args:
        hidden: H.
        heads: N.
        width: of queries, keys and values over all heads.
    """

    def __init__(self, hidden: int, heads: int, width: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(hidden, width)
        self.key = nn.Linear(hidden, width, bias=False)
        self.value = nn.Linear(hidden, width)
        self.out = nn.Linear(width, hidden)

    def forward(self, queries: Tensor, keys: Tensor, is_key: Tensor | None = None) -> Tensor:
        """(B, Q, H); `is_key` (B, K) is False on padding, which is not looked at."""
        samples = max(len(queries), len(keys))
        q, k, v = (
            part.unflatten(-1, (self.heads, -1)).transpose(1, 2).expand(samples, -1, -1, -1)
            for part in (self.query(queries), self.key(keys), self.value(keys))
        )  # (B, N, Q or K, D)
        mask = None if is_key is None else is_key[:, None, None, :]
        mixed = scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self.out(mixed.transpose(1, 2).flatten(2))
