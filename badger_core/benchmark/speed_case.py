"""What the forward pass is measured on: a network with its weights, and compounds of the Hub.

`published` has the paper's sizes over the bundle's genes and lines, with weights drawn at random;
`shipped` is the first member of the shipped ensemble as it is.
"""

from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from badger_core.chem.molecule import read_molecule
from badger_core.data.batch import Batch
from badger_core.data.bundle import Bundle
from badger_core.data.featurise import CellFeatures, prediction_batch
from badger_core.errors import CheckpointError
from badger_core.model.attention import Attention
from badger_core.model.badger import Badger
from badger_core.model.checkpoint import Card, load
from badger_core.model.contract import World
from badger_core.training.networks import BADGER_PUBLISHED

CASES = ("published", "shipped")
LINES = ("A375", "MCF7", "PC3", "HT29")
PATHWAYS = 140
"""Of the published model; the bundle's vocabulary is a little larger."""
SEED = 88
_SHARPER = 3.0


class Case(NamedTuple):
    """A network in evaluation mode and S samples, never the same compound twice."""

    network: Badger
    samples: Batch  # S

    def batch(self, size: int) -> Batch:
        """The first `size` samples."""
        return Batch(*(field[:size] for field in self.samples))


def case_named(name: str, models: Path, bundle: Path | None, samples: int) -> Case:
    """One of CASES.

    Args:
        name: published or shipped.
        models: folder of the shipped models.
        bundle: folder of the data; None for the shipped one.
        samples: S.

    Raises:
        CheckpointError: there is no model of BADGER in the folder.
    """
    file = min(models.glob("*.safetensors"), default=None)
    if file is None:
        raise CheckpointError(f"There is no model in '{models}'. Restore it from the repository.")
    network, card = load(file)
    if not isinstance(network, Badger):
        raise CheckpointError(f"'{file}' is no BADGER. Give a folder of the model badger.")
    data = Bundle(bundle)
    if name == "published":
        network = _published(network, card)
    return Case(network, _samples(data, card, samples))


def _published(shipped: Badger, card: Card) -> Badger:
    """The paper's sizes. Random weights spread attention evenly; here some keys stand out."""
    prior = shipped.prior
    world = World(
        n_bits=card.n_bits,
        n_references=len(card.references),
        n_context=card.n_context,
        n_pathways=PATHWAYS,
        gene_vectors=shipped.gene_vectors.numpy(),
        mean_change=prior.mean_change.detach().numpy(),
        line_at=prior.line_at.numpy(),
        line_means=prior.line_means.numpy(),
    )
    with torch.random.fork_rng():
        torch.manual_seed(SEED)
        network = Badger(world, **asdict(replace(BADGER_PUBLISHED, kernel_share=0.0))).eval()
    with torch.no_grad():
        for layer in (m for m in network.modules() if isinstance(m, Attention)):
            for part in (layer.query, layer.key):
                part.weight.mul_(_SHARPER)
    return network


def _samples(data: Bundle, card: Card, size: int) -> Batch:
    """The first compounds of the library, each in one of LINES in turn."""
    table = data.library.table.sort_values("ik14").drop_duplicates("ik14").head(size)
    molecules = [read_molecule(smiles) for smiles in table["smiles"]]
    cells = CellFeatures(data.cells, card.references, frozenset(card.held_out_cells))
    features = [cells.of_line(LINES[at % len(LINES)]) for at in range(len(molecules))]
    known = np.zeros((len(molecules), len(card.terms)), np.float32)
    return prediction_batch(
        molecules, features, len(card.references), card.n_context, knowledge=known
    )
