"""BADGER without its pathway block: drug fragments -> genes directly.

Source: `badger_light` of Kim et al. 2025, Bioinformatics Advances, doi 10.1093/bioadv/vbaf029.
"""

import torch
from torch import nn

from badger_core.data.batch import Batch
from badger_core.model.badger import DenseDecoder, GeneSelfAttention, LowRankDecoder
from badger_core.model.block import CrossBlock
from badger_core.model.contract import Output, World
from badger_core.model.encoder import DrugCellEncoder
from badger_core.model.prior import LinePrior


class BadgerLight(nn.Module):
    """Encoder, decoder and line prior of Badger around one cross-attention block.

    Attention maps returned by `forward`:

    - `fragment_to_gene` (B, N, G, F + 1): each gene over fragments; last = none of them.
    - `gene_to_gene` (B, N, G, G): only with `gene_self_attention`.

    The arguments are those of `Badger`.
    """

    def __init__(
        self,
        world: World,
        hidden: int,
        heads: int,
        dropout: float,
        attention: str,
        gene_self_attention: bool,
        decoder: str,
    ) -> None:
        super().__init__()
        genes, vector = world.gene_vectors.shape
        self.register_buffer("gene_vectors", torch.tensor(world.gene_vectors))
        self.encoder = DrugCellEncoder(
            world.n_bits, world.n_references, world.n_context, hidden, dropout
        )
        self.gene_query = nn.Linear(vector, hidden)
        dense = decoder == "dense"
        self.to_genes = CrossBlock(hidden, heads, dropout, attention, feed_forward=dense)
        self.gene_self = GeneSelfAttention(hidden, heads, dropout) if gene_self_attention else None
        make = DenseDecoder if dense else LowRankDecoder
        self.decoder = make(genes, vector, hidden, dropout)
        self.prior = LinePrior(world)

    def forward(self, batch: Batch) -> Output:
        """Predicted change of every gene (B, G) and the attention maps by name."""
        tokens, pooled = self.encoder(batch)  # (B, F, H), (B, H)
        queries = self.gene_query(self.gene_vectors)[None]  # (1, G, H)
        genes, fragment_weights = self.to_genes(queries, tokens, batch.is_fragment)  # (B, G, H)
        weights = {"fragment_to_gene": fragment_weights}
        genes = self.decoder.join(genes, pooled)  # (B, G, H)
        if self.gene_self is not None:
            genes, weights["gene_to_gene"] = self.gene_self(genes)
        change = self.decoder(genes, pooled, self.gene_vectors)  # (B, G)
        return Output(self.prior(batch) + change, weights)
