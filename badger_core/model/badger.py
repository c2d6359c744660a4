"""BADGER: drug fragments -> pathways -> genes, with attention that can be read.

The cascade is taught by a kernel part and stands beside it; both parts of a prediction are given.

Source: Kim et al. 2025, Bioinformatics Advances, doi 10.1093/bioadv/vbaf029. Where this differs
from the paper is written in docs/MODEL.md.
Shapes: B samples, F fragments, P pathways, G genes, H hidden, N heads.
"""

import torch
from torch import Tensor, nn

from badger_core.data.batch import Batch
from badger_core.model.attention import Attention, SetNorm
from badger_core.model.block import CrossBlock
from badger_core.model.contract import Output, World
from badger_core.model.encoder import DrugCellEncoder
from badger_core.model.expert import KernelExpert
from badger_core.model.prior import LinePrior

AT_ONCE = 32
"""Samples that the cascade takes at a time where no map is wanted, so that memory stays small."""


class Badger(nn.Module):
    """The cascade on top of what a line's compounds share, mixed with the kernel part.

    Parts returned by `forward`: `cascade` and `kernel`; change = (1 - kernel_share) x cascade +
    kernel_share x kernel. With kernel_share 0 there is the cascade alone, and no parts.

    Attention maps returned by `forward`:

    - `fragment_to_pathway` (B, N, P, F + 1): each pathway over fragments; last = none of them.
    - `pathway_to_gene` (B, N, G, P + 1): each gene over pathways; last = none of them.
    - `gene_to_gene` (B, N, G, G): only with `gene_self_attention`.

    Args:
        world: sizes and fixed knowledge.
        hidden: H.
        heads: N.
        dropout: share of activations dropped in training.
        attention: 'scaled_dot' or 'additive'.
        gene_self_attention: let genes look at each other before decoding.
        decoder: 'dense' decodes each gene's state with one small network; 'low_rank' takes the
            inner product of the state with a vector per gene, which costs far less.
        kernel_share: weight of the kernel part in a prediction, 0 to 1.
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
        kernel_share: float = 0.0,
    ) -> None:
        super().__init__()
        genes, vector = world.gene_vectors.shape
        self.register_buffer("gene_vectors", torch.tensor(world.gene_vectors))
        self.encoder = DrugCellEncoder(
            world.n_bits, world.n_references, world.n_context, hidden, dropout
        )
        self.pathways = nn.Parameter(torch.randn(1, world.n_pathways, hidden) * 0.1)
        self.to_pathways = CrossBlock(hidden, heads, dropout, attention)
        self.gene_query = nn.Linear(vector, hidden)
        dense = decoder == "dense"
        self.to_genes = CrossBlock(hidden, heads, dropout, attention, feed_forward=dense)
        self.gene_self = GeneSelfAttention(hidden, heads, dropout) if gene_self_attention else None
        make = DenseDecoder if dense else LowRankDecoder
        self.decoder = make(genes, vector, hidden, dropout)
        self.prior = LinePrior(world)
        self.kernel_share = kernel_share
        self.expert = KernelExpert(world.expert) if kernel_share else None

    def forward(self, batch: Batch) -> Output:
        """Predicted change of every gene (B, G), the attention maps and the parts by name."""
        cascade, weights = self.cascade(batch)
        if self.expert is None or self.training:  # no gradient reaches the kernel part
            return Output(cascade, weights)
        return self._mixed(cascade, self.expert(batch), weights)

    def without_maps(self, batch: Batch) -> Output:
        """What `forward` gives in evaluation mode, without the maps and several times as fast.

        Fused attention never holds a map, and the cascade takes `AT_ONCE` samples at a time; the
        kernel part, which unpacks what it remembers, takes all of them at once.
        """
        starts = range(0, len(batch.cell), AT_ONCE)
        blocks = (Batch(*(field[at : at + AT_ONCE] for field in batch)) for at in starts)
        cascade = torch.cat([self.cascade(block, maps=False)[0] for block in blocks])
        if self.expert is None:
            return Output(cascade, {})
        return self._mixed(cascade, self.expert(batch), {})

    def cascade(self, batch: Batch, maps: bool = True) -> tuple[Tensor, dict[str, Tensor | None]]:
        """Change by the cascade alone (B, G), and the attention maps."""
        tokens, pooled = self.encoder(batch)  # (B, F, H), (B, H)
        pathways, fragment_weights = self.to_pathways(
            self.pathways, tokens, batch.is_fragment, maps
        )
        queries = self.gene_query(self.gene_vectors)[None]  # (1, G, H)
        genes, pathway_weights = self.to_genes(queries, pathways, maps=maps)  # (B, G, H)
        weights = {"fragment_to_pathway": fragment_weights, "pathway_to_gene": pathway_weights}
        genes = self.decoder.join(genes, pooled)  # (B, G, H)
        if self.gene_self is not None:
            genes, weights["gene_to_gene"] = self.gene_self(genes, maps)
        change = self.decoder(genes, pooled, self.gene_vectors)  # (B, G)
        return self.prior(batch) + change, weights

    def _mixed(self, cascade: Tensor, kernel: Tensor, weights: dict[str, Tensor]) -> Output:
        mixed = (1 - self.kernel_share) * cascade + self.kernel_share * kernel
        return Output(mixed, weights, {"cascade": cascade, "kernel": kernel})


class GeneSelfAttention(nn.Module):
    """One residual block in which genes look at genes (scaled dot product)."""

    def __init__(self, hidden: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.norm = SetNorm(hidden)
        self.attention = Attention(hidden, heads, dropout, "scaled_dot")

    def forward(self, genes: Tensor, maps: bool = True) -> tuple[Tensor, Tensor | None]:
        """(B, G, H) states and (B, N, G, G) weights, which may be None without `maps`."""
        normed = self.norm(genes)
        attended, weights = self.attention(normed, normed, maps=maps)
        return genes + attended, weights


class DenseDecoder(nn.Module):
    """The published decoder: one small network applied to every gene's state."""

    def __init__(self, genes: int, vector: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.from_gene = nn.Linear(hidden, hidden)
        self.from_pooled = nn.Linear(hidden, hidden, bias=False)
        self.drop = nn.Dropout(dropout)
        self.decode = nn.Sequential(
            nn.Linear(hidden, hidden // 2),
            nn.LeakyReLU(),
            nn.Dropout(dropout),
            nn.Linear(hidden // 2, 1),
        )

    def join(self, genes: Tensor, pooled: Tensor) -> Tensor:
        """Linear(2H -> H) of [gene state | pooled token], its two halves added: (B, G, H)."""
        joined = self.from_gene(genes) + self.from_pooled(pooled)[:, None]
        return self.drop(torch.relu(joined))

    def forward(self, genes: Tensor, pooled: Tensor, vectors: Tensor) -> Tensor:
        """(B, G) change."""
        return self.decode(genes)[..., 0]


class LowRankDecoder(nn.Module):
    """Inner products of each gene's state, and of the pooled token, with that gene's vectors."""

    def __init__(self, genes: int, vector: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.state_weight = nn.Linear(vector, hidden)
        self.pooled_weight = nn.Linear(vector, hidden)
        self.own_state = nn.Parameter(torch.zeros(genes, hidden))
        self.own_pooled = nn.Parameter(torch.zeros(genes, hidden))
        self.drop = nn.Dropout(dropout)
        self.scale = hidden**-0.5

    def join(self, genes: Tensor, pooled: Tensor) -> Tensor:
        """The gene states as they are; the pooled token enters in the inner product."""
        return genes

    def forward(self, genes: Tensor, pooled: Tensor, vectors: Tensor) -> Tensor:
        """(B, G) change."""
        of_state = self.state_weight(vectors) + self.own_state  # (G, H)
        of_pooled = self.pooled_weight(vectors) + self.own_pooled  # (G, H)
        change = torch.einsum("bgh,gh->bg", self.drop(genes), of_state)
        return (change + self.drop(pooled) @ of_pooled.T) * self.scale
