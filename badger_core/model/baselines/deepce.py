"""DeepCE: genes look at the atoms of a compound and at each other.

Source: Pham et al. 2021, 'A deep learning framework for high-throughput mechanism-driven phenotype
compound screening and its application to COVID-19 drug repurposing', Nature Machine Intelligence 3,
247. Our own code from its description. Lines enter by likeness, dose and time as context numbers.
Shapes: B samples, M atoms, G genes, V gene vector, H hidden, E width of the fingerprint.
"""

import torch
from torch import Tensor, nn

from badger_core.data.batch import Batch
from badger_core.model.baselines.attention import FusedAttention
from badger_core.model.baselines.fingerprint import GraphConvolution, NeuralFingerprint
from badger_core.model.baselines.line import LineFeatures
from badger_core.model.contract import Output, World

_SMALL = 4
"""Width of the line and of the context; small, so that they cannot drown the compound."""


class Deepce(nn.Module):
    """Neural fingerprint, gene attention and one small network applied to every gene.

    `weights` is empty. Published sizes: hidden and fingerprint 128, convolution 16, 2 layers,
    4 heads, feed_forward 512, dropout 0.1.

    Args:
        world: sizes and fixed knowledge.
        hidden: H.
        fingerprint: E.
        convolution: channels of the graph convolutions.
        layers: of gene attention.
        heads: of each attention.
        feed_forward: inner width of a layer's feed-forward part.
        dropout: share of activations dropped in training.
    """

    reads_graph = True

    def __init__(
        self,
        world: World,
        hidden: int,
        fingerprint: int,
        convolution: int,
        layers: int,
        heads: int,
        feed_forward: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.register_buffer("gene_vectors", torch.tensor(world.gene_vectors))
        self.fingerprint = NeuralFingerprint(convolution, fingerprint)
        self.to_key = nn.Linear(fingerprint, hidden) if fingerprint != hidden else nn.Identity()
        self.gene = nn.Linear(world.gene_vectors.shape[1], hidden)
        self.layers = nn.ModuleList(
            GeneLayer(hidden, heads, feed_forward, dropout) for _ in range(layers)
        )
        self.after = nn.Linear(hidden, hidden)
        self.line = LineFeatures(world.n_references)
        self.from_line = nn.Linear(world.n_references, _SMALL)
        self.from_context = nn.Linear(world.n_context, _SMALL)
        # Linear(H + E + 8 -> H) of [gene | compound | line | context], its two parts kept apart.
        self.from_gene = nn.Linear(hidden, hidden)
        self.from_sample = nn.Linear(fingerprint + 2 * _SMALL, hidden, bias=False)
        self.out = nn.Linear(hidden, 1)
        self.apply(_xavier)

    def forward(self, batch: Batch) -> Output:
        """Predicted change of every gene (B, G)."""
        atoms = self.fingerprint(batch)  # (B, M, E)
        keys = self.to_key(atoms)  # (B, M, H)
        genes = self.gene(self.gene_vectors)[None]  # (1, G, H), alike for all samples at first
        for layer in self.layers:
            genes = layer(genes, keys, batch.is_atom)  # (B, G, H)
        parts = [atoms.sum(dim=1), self.from_line(self.line(batch))]
        parts.append(self.from_context(batch.context))
        sample = torch.relu(torch.cat(parts, dim=1))  # (B, E + 8)
        joined = self.from_gene(torch.relu(self.after(genes))) + self.from_sample(sample)[:, None]
        change = self.out(torch.relu(joined))[..., 0]  # (B, G)
        return Output(change, {})


class GeneLayer(nn.Module):
    """Genes over atoms and genes over genes side by side, joined; then a feed-forward part.

    One normalisation serves both residual sums, as published. Where all samples ask alike (the
    first layer), genes look at each other once for the whole batch.
    """

    def __init__(self, hidden: int, heads: int, feed_forward: int, dropout: float) -> None:
        super().__init__()
        self.to_atoms = FusedAttention(hidden, heads, hidden)
        self.to_genes = FusedAttention(hidden, heads, hidden)
        # Linear(2H -> H) of [from atoms | from genes], its two halves kept apart.
        self.join_atoms = nn.Linear(hidden, hidden)
        self.join_genes = nn.Linear(hidden, hidden, bias=False)
        self.feed_forward = nn.Sequential(
            nn.Linear(hidden, feed_forward),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(feed_forward, hidden),
        )
        self.drop = nn.Dropout(dropout)
        self.norm = nn.LayerNorm(hidden)

    def forward(self, genes: Tensor, atoms: Tensor, is_atom: Tensor) -> Tensor:
        """(B, G, H) from genes (B or 1, G, H) and atoms (B, M, H)."""
        of_atoms = self.join_atoms(self.to_atoms(genes, atoms, is_atom))
        of_genes = self.join_genes(self.to_genes(genes, genes))
        genes = self.norm(genes + self.drop(torch.relu(of_atoms + of_genes)))
        return self.norm(genes + self.feed_forward(genes))


def _xavier(part: nn.Module) -> None:
    """Glorot weights and zero biases, but for attention, which stays as torch makes it."""
    if isinstance(part, FusedAttention):
        for linear in (part.query, part.key, part.value, part.out):
            linear.reset_parameters()
    elif isinstance(part, GraphConvolution):
        for weight in part.around:
            nn.init.xavier_uniform_(weight)
    elif isinstance(part, nn.Linear):
        nn.init.xavier_uniform_(part.weight)
        if part.bias is not None:
            nn.init.zeros_(part.bias)
