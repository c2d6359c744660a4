"""CIGER: one encoding per gene of compound, line and gene, then genes look at each other.

Source: Pham et al. 2022, 'Chemical-induced gene expression ranking and its application to
pancreatic cancer drug repurposing', Patterns 3, 100441. Our own code from its description. Lines
enter by likeness, dose and time as context numbers.
Shapes: B samples, G genes, V gene vector, H hidden, E width of the fingerprint.
"""

import torch
from torch import Tensor, nn

from badger_core.data.batch import Batch
from badger_core.model.baselines.attention import FusedAttention
from badger_core.model.baselines.fingerprint import NeuralFingerprint
from badger_core.model.baselines.line import LineFeatures
from badger_core.model.contract import Output, World


class Ciger(nn.Module):
    """Neural fingerprint, encoder, one layer of gene self-attention (1 head) and a decoder.

    `weights` is empty. Published sizes: fingerprint 1024, convolution 64, hidden 1024, encoded 512,
    attention 512, feed_forward 512, decoder 128, dropout 0.1.

    Args:
        world: sizes and fixed knowledge; the gene vectors enter as they are and stay so.
        fingerprint: E.
        convolution: channels of the graph convolutions.
        hidden: H, width of the encoder's first layer.
        encoded: width of a gene's encoding.
        attention: width of queries, keys and values.
        feed_forward: inner width of the attention layer's feed-forward part.
        decoder: width of the decoder's first layer; the second has a quarter of it.
        dropout: share of activations dropped in training.
    """

    reads_graph = True

    def __init__(
        self,
        world: World,
        fingerprint: int,
        convolution: int,
        hidden: int,
        encoded: int,
        attention: int,
        feed_forward: int,
        decoder: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.register_buffer("gene_vectors", torch.tensor(world.gene_vectors))
        self.fingerprint = NeuralFingerprint(convolution, fingerprint)
        self.line = LineFeatures(world.n_references)
        # Linear([compound | line | context | gene] -> H), the gene's part worked out once.
        sample = fingerprint + world.n_references + world.n_context
        self.from_sample = nn.Linear(sample, hidden)
        self.from_gene = nn.Linear(world.gene_vectors.shape[1], hidden, bias=False)
        self.encode = nn.Sequential(
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, encoded),
            nn.ReLU(),
            nn.Dropout(dropout),
        )
        self.look = GeneSelfLayer(encoded, attention, feed_forward, dropout)
        self.decode = nn.Sequential(
            nn.Linear(encoded, decoder),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(decoder, decoder // 4),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(decoder // 4, 1),
        )

    def forward(self, batch: Batch) -> Output:
        """Predicted change of every gene (B, G)."""
        compound = self.fingerprint(batch).sum(dim=1)  # (B, E)
        sample = torch.cat([compound, self.line(batch), batch.context], dim=1)
        first = self.from_sample(sample)[:, None] + self.from_gene(self.gene_vectors)  # (B, G, H)
        genes = self.encode(first)
        change = self.decode(genes + self.look(genes))[..., 0]  # (B, G)
        return Output(change, {})


class GeneSelfLayer(nn.Module):
    """Genes over genes, then a feed-forward part; one normalisation serves both, as published."""

    def __init__(self, encoded: int, width: int, feed_forward: int, dropout: float) -> None:
        super().__init__()
        self.attention = FusedAttention(encoded, 1, width)
        self.feed_forward = nn.Sequential(
            nn.Linear(encoded, feed_forward),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(feed_forward, encoded),
        )
        self.drop = nn.Dropout(dropout)
        self.norm = nn.LayerNorm(encoded)

    def forward(self, genes: Tensor) -> Tensor:
        """(B, G, encoded) to the same shape."""
        genes = self.norm(genes + self.drop(self.attention(genes, genes)))
        return self.norm(genes + self.feed_forward(genes))
