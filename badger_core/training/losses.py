"""What a model is trained to minimise, by the kind of signature."""

import torch
from torch import Tensor
from torch.nn import functional

from badger_core.data.batch import Batch
from badger_core.model.contract import Output


def total_loss(
    output: Output,
    batch: Batch,
    mse_weight: float,
    pathway_weight: float,
    gene_set_weight: float,
    cosine_weight: float = 1.0,
) -> Tensor:
    """Weighted sum over the parts that the batch has data for."""
    numeric = ~batch.is_gene_set
    share = batch.weight / batch.weight.sum()  # (B,)
    of_rows = numeric_loss(output.learned, batch.change, mse_weight, cosine_weight)  # (B,)
    loss = (of_rows * share)[numeric].sum()
    if batch.is_gene_set.any():
        rows = batch.is_gene_set
        sets = gene_set_loss(output.learned[rows], batch.change[rows])
        loss = loss + gene_set_weight * (sets * share[rows]).sum()
    attention = output.weights.get("fragment_to_pathway")
    if pathway_weight and attention is not None and batch.has_pathways.any():
        loss = loss + pathway_weight * pathway_loss(attention, batch.pathways, batch.has_pathways)
    return loss


def numeric_loss(
    predicted: Tensor, measured: Tensor, mse_weight: float, cosine_weight: float = 1.0
) -> Tensor:
    """(B,) cosine_weight x 2 (1 - cosine) + mse_weight x mean squared error.

    BADGER has both; DeepCE the error alone; CIGER (its RankCosine) the cosine alone.
    """
    cosine = functional.cosine_similarity(predicted, measured, dim=1)
    error = (predicted - measured).square().mean(dim=1)
    return cosine_weight * 2 * (1 - cosine) + mse_weight * error


def gene_set_loss(predicted: Tensor, sign: Tensor) -> Tensor:
    """(B,) logistic pairwise loss: up above rest, rest above down, up above down.

    Args:
        predicted: (B, G) scores.
        sign: (B, G) +1 for up, -1 for down, 0 for the rest.
    """
    losses = []
    for scores, signs in zip(predicted, sign, strict=True):
        up, rest, down = (scores[signs == s] for s in (1, 0, -1))
        pairs = [(up, rest), (rest, down), (up, down)]
        parts = [
            functional.softplus(low[None] - high[:, None]).mean()
            for high, low in pairs
            if len(high) and len(low)
        ]
        losses.append(torch.stack(parts).mean())
    return torch.stack(losses)


def pathway_loss(attention: Tensor, label: Tensor, has_label: Tensor) -> Tensor:
    """Binary cross-entropy of the attention mass on real fragments, both classes equally heavy.

    Args:
        attention: (B, N, P, F + 1), the last key being the pseudo token.
        label: (B, P) 1 where the pathway holds a known target.
        has_label: (B,) False for compounds without known targets, which take no part.
    """
    mass = (1 - attention[has_label, :, :, -1].float().mean(dim=1)).clamp(1e-4, 1 - 1e-4)  # (B', P)
    label = label[has_label]
    positive = -(mass.log() * label).sum() / label.sum().clamp(min=1)
    negative = -((1 - mass).log() * (1 - label)).sum() / (1 - label).sum().clamp(min=1)
    return (positive + negative) / 2
