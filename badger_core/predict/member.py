"""One network of an ensemble with what it reads: its card, its reference lines, its knowledge."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from torch import nn

from badger_core import checked, checksums
from badger_core.chem.molecule import Molecule
from badger_core.data.batch import Batch
from badger_core.data.bundle import Bundle
from badger_core.data.featurise import CellFeatures, prediction_batch
from badger_core.data.knowledge import Knowledge
from badger_core.errors import CheckpointError
from badger_core.model.checkpoint import Card, load
from badger_core.model.zoo import reads_graph
from badger_core.predict.trust import FILE as TRUST

_REMEDY = checked.restored("data/models", "train a model with 'badger train badger'")


@dataclass(frozen=True, eq=False)
class Member:
    """One network over one bundle."""

    name: str
    network: nn.Module
    card: Card
    cells: CellFeatures
    knowledge: Knowledge

    def batch(self, molecules: Sequence[Molecule], features: Sequence[np.ndarray | None]) -> Batch:
        """B compounds, each in the line beside it, at the reference context.

        Args:
            molecules: B compounds.
            features: B vectors (C,) of `cells`, None for a line without basal expression.
        """
        sizes = len(self.card.references), self.card.n_context
        known = np.stack([self.knowledge.of(molecule.ik14) for molecule in molecules])
        return prediction_batch(molecules, features, *sizes, reads_graph(self.card.network), known)

    @cached_property
    def fingerprints(self) -> dict[str, np.ndarray]:
        """Ik14 to Morgan bits (A,) of the training compounds, where the network keeps them."""
        expert = getattr(self.network, "expert", None)
        if expert is None:
            return {}
        bits = np.unpackbits(expert.bits.numpy(), axis=1, count=self.card.n_bits)
        return dict(zip(sorted(self.card.trained_compounds), bits, strict=True))


def load_members(bundle: Bundle, folder: Path) -> list[Member]:
    """Every network of a folder, by file name; each is NAME.safetensors with NAME.json.

    Raises:
        CheckpointError: if there is none, one of several is missing or damaged, or one was made for
            other genes, pathways or lines than the bundle holds.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise CheckpointError(f"There is no model in '{folder}'. {_REMEDY}")
    lost = {card.with_suffix(".safetensors").name for card in folder.glob("fold*.json")}
    lost = (lost - {file.name for file in files}) | set(checksums.absent(folder))
    lost -= {TRUST}  # predictions do without it, and say so
    if lost:
        raise CheckpointError(
            f"'{folder}' lacks {', '.join(sorted(lost))}: fewer models than belong together would "
            f"give other predictions. {_REMEDY}"
        )
    members = []
    for file in files:
        network, card = load(file)
        check_fits(bundle, card, file)
        cells = CellFeatures(bundle.cells, card.references, frozenset(card.held_out_cells))
        knowledge = Knowledge(bundle.library, card.terms)
        members.append(Member(file.stem, network, card, cells, knowledge))
    return members


def check_fits(bundle: Bundle, card: Card, file: Path) -> None:
    """Refuse a checkpoint that was made for another bundle.

    Raises:
        CheckpointError: naming the file and what differs: genes, pathways or reference lines.
    """
    if card.genes != tuple(bundle.genes.entrez.tolist()):
        raise CheckpointError(
            f"'{file}' ranks other genes than the bundle holds. Train it again on this bundle."
        )
    if card.pathways != tuple(bundle.pathways.vocabulary["pathway"]):
        raise CheckpointError(
            f"'{file}' knows other pathways than the bundle. Train it again on this bundle."
        )
    missing = sorted(set(card.references) - set(bundle.cells.expression_rows["cell"]))
    if missing:
        raise CheckpointError(
            f"'{file}' compares with the line {missing[0]}, whose expression the bundle does "
            "not hold. Train it again on this bundle."
        )
