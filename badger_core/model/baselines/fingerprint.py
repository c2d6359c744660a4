"""The neural fingerprint: graph convolutions whose weights depend on an atom's degree.

Source: Duvenaud et al. 2015, 'Convolutional Networks on Graphs for Learning Molecular
Fingerprints' (NeurIPS), as DeepCE and CIGER use it.
Shapes: B samples, M atoms, T atom features, E width of the fingerprint.
"""

import math

import torch
from torch import Tensor, nn

from badger_core.chem.graph import ATOM_FEATURES, BOND_FEATURES, MOST_DEGREE
from badger_core.data.batch import Batch
from badger_core.errors import SettingError

_LEVELS = 2


class NeuralFingerprint(nn.Module):
    """Atoms after 0, 1 and 2 convolutions, each level softmaxed into E places and added up.

    Args:
        convolution: channels of both convolutions.
        width: E.
    """

    def __init__(self, convolution: int, width: int) -> None:
        super().__init__()
        channels = (ATOM_FEATURES, *[convolution] * _LEVELS)
        self.convolutions = nn.ModuleList(
            GraphConvolution(before, convolution) for before in channels[:-1]
        )
        self.readouts = nn.ModuleList(nn.Linear(here, width) for here in channels)

    def forward(self, batch: Batch) -> Tensor:
        """(B, M, E) embedding of every atom, 0 on padding; an atom's entries sum to 3.

        Raises:
            SettingError: if the batch was made without graphs.
        """
        if not batch.atoms.shape[1]:
            raise SettingError(
                "This network reads molecular graphs. Make batches with graphs=True."
            )
        adjacency = _adjacency(batch.neighbours)  # (B, M, M)
        degree = (batch.neighbours >= 0).sum(dim=-1).clamp(max=MOST_DEGREE)  # (B, M)
        bonds = batch.bonds.sum(dim=2)  # (B, M, 6)
        atoms = batch.atoms
        found = self.readouts[0](atoms).softmax(dim=-1)
        for convolve, read in zip(self.convolutions, self.readouts[1:], strict=True):
            around = torch.cat([adjacency @ atoms, bonds], dim=-1)
            atoms = convolve(atoms, around, degree, batch.is_atom)
            found = found + read(atoms).softmax(dim=-1)
        return found * batch.is_atom[..., None]


class GraphConvolution(nn.Module):
    """An atom's own features plus the sum over its neighbours, the latter weighted by degree.

    Batch statistics are those of real atoms only; a lone atom in training uses the running ones.
    """

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.own = nn.Linear(before, after)
        around = before + BOND_FEATURES
        self.around = nn.Parameter(torch.empty(MOST_DEGREE + 1, around, after))
        nn.init.uniform_(self.around, -1 / math.sqrt(around), 1 / math.sqrt(around))
        self.norm = nn.BatchNorm1d(after, affine=False)

    def forward(self, atoms: Tensor, around: Tensor, degree: Tensor, is_atom: Tensor) -> Tensor:
        """(B, M, after); `around` (B, M, before + 6) holds sums over neighbours, 0 on padding."""
        by_degree = torch.einsum("nf,dfo->ndo", around[is_atom], self.around)
        mine = degree[is_atom][:, None, None].expand(-1, 1, by_degree.shape[-1])
        mixed = self.own(atoms[is_atom]) + by_degree.gather(1, mine)[:, 0]  # (real atoms, after)
        out = mixed.new_zeros(*is_atom.shape, mixed.shape[-1])
        out[is_atom] = torch.relu(self._normed(mixed))
        return out

    def _normed(self, x: Tensor) -> Tensor:
        if self.training and len(x) == 1:
            scale = torch.sqrt(self.norm.running_var + self.norm.eps)
            return (x - self.norm.running_mean) / scale
        return self.norm(x)


def _adjacency(neighbours: Tensor) -> Tensor:
    """(B, M, M) 1 where the column is a neighbour of the row, from (B, M, 6) positions."""
    samples, atoms, _ = neighbours.shape
    table = torch.zeros(samples, atoms, atoms + 1, device=neighbours.device)
    column = torch.where(neighbours < 0, atoms, neighbours)  # none -> the column cut off below
    return table.scatter_(2, column, 1.0)[..., :atoms]
