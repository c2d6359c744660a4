"""Scores of additive attention, v . tanh(q + k): literally, and by exact algebra without a tanh.

With s(z) = 1 / (1 + e^z), tanh(a + b) = 1 - 2 s(2 (a + b)) = 1 - 2 e^-2a / (e^-2a + e^2b). Two
small tables of exponentials then stand for all of the tanh, and what is left per term is one
addition, one division and one multiplication. The constants sum(v) cancel in the softmax and are
left out. Shapes: B samples, N heads, Q queries, K keys, D channels of a head.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Sums = Callable[[Tensor, Tensor, Tensor], Tensor]
LIMIT = 30.0
"""Largest |q| and |k| for the algebra, in float32 safely below 43, where e^2x begins to fail."""
SATURATED = 10.0
"""Tanh of this and of anything larger is 1 in float32."""
_ROWS = 64
_TERMS = 2**17
"""Numbers of a block of the algebra: half a megabyte, so that it stays in the cache."""


def literal(q: Tensor, k: Tensor, direction: Tensor) -> Tensor:
    """(B, N, Q, K) scores, a block of queries at a time so that memory stays small.

    Args:
        q: (B or 1, N, Q, D).
        k: (B, N, K, D).
        direction: v, (N, D).
    """
    parts = [
        (torch.tanh(block[:, :, :, None] + k[:, :, None]) * direction[:, None, None]).sum(-1)
        for block in q.split(_ROWS, dim=2)
    ]
    return torch.cat(parts, dim=2)


def tamed(q: Tensor, k: Tensor) -> tuple[Tensor, Tensor] | None:
    """Queries and keys for the algebra with the same tanh in float32; None where there are none.

    Where one side is large beside the largest number of the other, every tanh of it is 1 or -1 to
    the last digit, and stays so when that side is cut off at SATURATED above the other's largest.
    """
    most_q, most_k = float(q.abs().amax()), float(k.abs().amax())
    if most_q > LIMIT and most_k + SATURATED <= LIMIT:
        return q.clamp(-LIMIT, LIMIT), k
    if most_k > LIMIT and most_q + SATURATED <= LIMIT:
        return q, k.clamp(-LIMIT, LIMIT)
    return (q, k) if most_q <= LIMIT and most_k <= LIMIT else None  # nor for what is not a number


def by_algebra(q: Tensor, k: Tensor, direction: Tensor, sums: Sums | None = None) -> Tensor:
    """`literal` less the sum of the direction of each head, which no softmax over K can tell.

    Not for gradients, and only for what is `tamed`. Queries (1, N, Q, D) that all samples share are
    worked out with the keys of all samples side by side.

    Args:
        q: (B or 1, N, Q, D).
        k: (B, N, K, D).
        direction: v, (N, D).
        sums: `weighted_sums` or what stands for it.
    """
    sums = sums or weighted_sums
    if len(q) == 1:
        return _shared(q[0], k, direction, sums)
    pairs = zip(q, k, strict=True)
    return torch.cat([_shared(own, keys[None], direction, sums) for own, keys in pairs])


def weighted_sums(ours: Tensor, theirs: Tensor, weights: Tensor) -> Tensor:
    """(N, Q, T) sums over D of weights / (ours + theirs), a few queries at a time.

    Args:
        ours: (N, Q, D).
        theirs: (N, D, T).
        weights: (N, Q, D).
    """
    heads, queries, _ = ours.shape
    out = ours.new_empty(heads, queries, theirs.shape[2])
    step = min(queries, max(1, _TERMS // theirs[0].numel()))
    block = ours.new_empty(step, *theirs.shape[1:])  # used again and again
    for head in range(heads):
        for start in range(0, queries, step):
            rows = slice(start, min(start + step, queries))
            part = block[: rows.stop - start]
            torch.add(ours[head, rows, :, None], theirs[head], out=part).reciprocal_()
            torch.bmm(weights[head, rows, None], part, out=out[head, rows, None])
    return out


def _shared(q: Tensor, k: Tensor, direction: Tensor, sums: Sums) -> Tensor:
    """(B, N, Q, K) scores of queries (N, Q, D) that all samples share."""
    samples, heads, n_keys, channels = k.shape
    ours = torch.exp(-2 * q).contiguous()  # (N, Q, D)
    weights = -2 * direction[:, None] * ours  # (N, Q, D)
    theirs = torch.exp(2 * k).permute(1, 3, 0, 2).reshape(heads, channels, -1)  # (N, D, B K)
    theirs = theirs.contiguous()  # a view of other strides would be read six times as slowly
    scores = sums(ours, theirs, weights)  # (N, Q, B K)
    return scores.view(heads, -1, samples, n_keys).permute(2, 0, 1, 3)
