"""From a cell's state, replicate and shifts to the expected counts of its genes.

log mean = log total + log softmax(base + replicate + programmes(z) + shift). It is residual: with
no state, no replicate and no shift it gives the mean profile of control cells. P particles, B
cells, G genes, Z latent dimensions, H hidden.
"""

import torch
from torch import Tensor, nn


class Decoder(nn.Module):
    """Expected counts and the inverse dispersion of each gene.

    Args:
        base: (G,) log of the control cells' share of transcripts of each gene.
        log_inverse_dispersion: (G,) start of log r, estimated on training cells.
        n_replicates: replicates and, last, a place for an unknown one that stays zero.
        hidden, latent: H and Z.
    """

    def __init__(
        self,
        base: Tensor,
        log_inverse_dispersion: Tensor,
        n_replicates: int,
        hidden: int,
        latent: int,
    ) -> None:
        super().__init__()
        n_genes = len(base)
        self.base = nn.Parameter(base.clone())
        self.log_inverse_dispersion = nn.Parameter(log_inverse_dispersion.clone())
        self.replicate = nn.Parameter(torch.zeros(n_replicates - 1, n_genes))
        self.loadings = nn.Linear(latent, n_genes, bias=False)
        nn.init.normal_(self.loadings.weight, std=0.05)
        self.curve = nn.Sequential(
            nn.Linear(latent, hidden), nn.LeakyReLU(), nn.Linear(hidden, n_genes)
        )
        nn.init.zeros_(self.curve[2].weight)
        nn.init.zeros_(self.curve[2].bias)

    def forward(self, state: Tensor, replicate: Tensor, shift: Tensor, total: Tensor) -> Tensor:
        """(P, B, G) log of the expected counts.

        Args:
            state: (P, B, Z).
            replicate: (B,) positions; the last one is unknown and shifts nothing.
            shift: (P, B, G) natural logarithm of fold change before the softmax.
            total: (B,) transcripts of each cell.
        """
        beside = torch.cat([self.replicate, torch.zeros_like(self.replicate[:1])])[replicate]
        level = self.base + beside + self.programmes(state) + shift
        return torch.log_softmax(level, dim=-1) + total.log()[:, None]

    def programmes(self, state: Tensor) -> Tensor:
        """(P, B, G) what a state adds to the log level of each gene."""
        return self.loadings(state) + self.curve(state)

    def inverse_dispersion(self) -> Tensor:
        """(G,) r of the negative binomial, within what counts can tell."""
        return self.log_inverse_dispersion.clamp(-4, 7).exp()
