"""The literal forward pass of BADGER, to measure the own one against: the formulas, written down.

It has the weights of the network it is asked for, holds the complete (B, N, Q, K, D) tensor of
tanh and every attention map, and gives every sample its own queries.
"""

import math

import torch
from torch import Tensor

from badger_core.data.batch import Batch
from badger_core.model.attention import Attention
from badger_core.model.badger import Badger
from badger_core.model.block import CrossBlock


def literal_change(network: Badger, batch: Batch) -> Tensor:
    """(B, G) predicted change of a network in evaluation mode."""
    tokens, pooled = network.encoder(batch)  # (B, F, H), (B, H)
    size = len(pooled)
    asked = network.pathways.expand(size, -1, -1)  # (B, P, H)
    pathways = literal_block(network.to_pathways, asked, tokens, batch.is_fragment)
    asked = network.gene_query(network.gene_vectors.expand(size, -1, -1))  # (B, G, H)
    genes = literal_block(network.to_genes, asked, pathways)
    genes = network.decoder.join(genes, pooled)
    if network.gene_self is not None:
        normed = network.gene_self.norm(genes)
        genes = genes + literal_attention(network.gene_self.attention, normed, normed)
    change = network.prior(batch) + network.decoder(genes, pooled, network.gene_vectors)
    if network.expert is None:
        return change
    share = network.kernel_share
    return (1 - share) * change + share * network.expert(batch)


def literal_block(
    block: CrossBlock, queries: Tensor, tokens: Tensor, is_token: Tensor | None = None
) -> Tensor:
    """(B, Q, H) states of queries (B, Q, H) over tokens (B, K, H) and the pseudo token."""
    keys = torch.cat([tokens, block.pseudo.expand(len(tokens), -1, -1)], dim=1)
    if is_token is not None:
        is_token = torch.cat([is_token, is_token.new_ones(len(tokens), 1)], dim=1)
    normed = block.norm_keys(keys, is_token)
    states = queries + literal_attention(
        block.attention, block.norm_queries(queries), normed, is_token
    )
    return states if block.feed_forward is None else states + block.feed_forward(states)


def literal_attention(
    layer: Attention, queries: Tensor, keys: Tensor, is_key: Tensor | None = None
) -> Tensor:
    """(B, Q, H) attended values by the whole map (B, N, Q, K)."""
    q, k, v = (
        part(x).unflatten(-1, (layer.heads, -1)).transpose(1, 2)
        for part, x in ((layer.query, queries), (layer.key, keys), (layer.value, keys))
    )  # (B, N, Q or K, D)
    if layer.kind == "additive":
        terms = torch.tanh(q[:, :, :, None] + k[:, :, None])  # (B, N, Q, K, D)
        logits = (terms @ layer.direction[:, None, :, None])[..., 0]
    else:
        logits = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    if is_key is not None:
        logits = logits.masked_fill(~is_key[:, None, None], -torch.inf)
    mixed = logits.softmax(dim=-1) @ v
    return layer.out(mixed.transpose(1, 2).flatten(2))
