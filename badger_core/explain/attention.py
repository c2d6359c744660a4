"""Attention maps to numbers that can be read: fragments, pathways and the route to one gene.

The maps are those of `badger_core.model.badger`: `fragment_to_pathway` (B, N, P, F + 1) and
`pathway_to_gene` (B, N, G, P + 1); the last key of each is the pseudo token, 'none of them'.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from torch import Tensor

from badger_core.data.batch import Batch
from badger_core.errors import CheckpointError

Weights = Mapping[str, Tensor]


def fragment_share(weights: Weights, batch: Batch) -> Tensor:
    """(B, F) attention on each real fragment, mean over pathways and heads; sums to 1 over them."""
    on_fragments = _map(weights, "fragment_to_pathway")[..., :-1].mean(dim=(1, 2))  # (B, F)
    return _shares(on_fragments, batch)


def used_share(weights: Weights, batch: Batch) -> Tensor:
    """(B, F) as `fragment_share`, each pathway counted by how much the genes use it."""
    to_pathway = _map(weights, "fragment_to_pathway")[..., :-1].mean(dim=1)  # (B, P, F)
    return _shares((pathway_use(weights)[:, :, None] * to_pathway).sum(dim=1), batch)


def pathway_mass(weights: Weights) -> Tensor:
    """(B, P) attention of each pathway on real fragments: the supervised quantity, from 0 to 1."""
    return 1 - _map(weights, "fragment_to_pathway")[..., -1].mean(dim=1)


def pathway_use(weights: Weights) -> Tensor:
    """(B, P) share of the genes' attention that goes to each pathway, mean over genes and heads.

    The shares of all pathways and of the pseudo token sum to 1.
    """
    return _map(weights, "pathway_to_gene")[..., :-1].mean(dim=(1, 2))


def route(weights: Weights, batch: Batch, gene: int) -> Tensor:
    """(B, P, F) how much of one gene's attention comes by each pathway from each fragment.

    What is missing to a sum of 1 goes to a pseudo token on the way.

    Args:
        weights: the maps.
        batch: what they were made from.
        gene: position of the gene among the G.
    """
    to_gene = _map(weights, "pathway_to_gene")[:, :, gene, :-1].mean(dim=1)  # (B, P)
    to_pathway = _map(weights, "fragment_to_pathway")[..., :-1].mean(dim=1)  # (B, P, F)
    return to_gene[:, :, None] * to_pathway * batch.is_fragment[:, None]


def route_table(
    parts: np.ndarray, pathways: Sequence[str], fragments: Sequence[str], top: int = 10
) -> pd.DataFrame:
    """The `top` strongest routes of one sample: columns pathway, fragment, share.

    Args:
        parts: (P, F) or wider, of one sample from `route`; what stands beyond F is padding.
        pathways: P names in order.
        fragments: F SMILES in order.
        top: rows to keep.
    """
    real = parts[:, : len(fragments)]
    order = np.argsort(-real, axis=None, kind="stable")[:top]
    p, f = np.unravel_index(order, real.shape)
    return pd.DataFrame(
        {
            "pathway": [pathways[i] for i in p],
            "fragment": [fragments[i] for i in f],
            "share": real[p, f],
        }
    )


def _shares(on_fragments: Tensor, batch: Batch) -> Tensor:
    real = on_fragments * batch.is_fragment
    return real / real.sum(dim=1, keepdim=True).clamp(min=1e-12)


def _map(weights: Weights, name: str) -> Tensor:
    if name not in weights:
        raise CheckpointError(
            f"This network has no attention map '{name}', so there is nothing to read. "
            "Give the folder of a network that attends, such as data/models/badger."
        )
    return weights[name]
