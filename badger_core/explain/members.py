"""The networks of an ensemble one by one, each with what its card says it has never seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from torch import nn

from badger_core.chem.molecule import Molecule
from badger_core.data.batch import Batch
from badger_core.data.bundle import Bundle
from badger_core.data.featurise import CellFeatures, prediction_batch
from badger_core.data.knowledge import Knowledge
from badger_core.errors import CheckpointError
from badger_core.model.checkpoint import Card, load
from badger_core.model.zoo import reads_graph


@dataclass(frozen=True, eq=False)
class Member:
    """One network over one bundle."""

    name: str
    network: nn.Module
    card: Card
    cells: CellFeatures
    knowledge: Knowledge

    def batch(self, molecules: Sequence[Molecule], lines: Sequence[str]) -> Batch:
        """B compounds, each in the catalogued line beside it, at the reference context."""
        features = [self.cells.of_line(line) for line in lines]
        size = len(self.card.references), self.card.n_context
        known = np.stack([self.knowledge.of(molecule.ik14) for molecule in molecules])
        return prediction_batch(molecules, features, *size, reads_graph(self.card.network), known)


def load_members(bundle: Bundle, folder: Path) -> list[Member]:
    """Every network of a folder, by file name.

    Raises:
        CheckpointError: if there is none, or one speaks of other pathways than the bundle.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise CheckpointError(
            f"There is no model in '{folder}'. Restore it from the repository, or train one with "
            "'badger train badger'."
        )
    members = []
    for file in files:
        network, card = load(file)
        if card.pathways != tuple(bundle.pathways.vocabulary["pathway"]):
            raise CheckpointError(
                f"'{file}' knows other pathways than the bundle. Train it again on this bundle."
            )
        cells = CellFeatures(bundle.cells, card.references, frozenset(card.held_out_cells))
        knowledge = Knowledge(bundle.library, card.terms)
        members.append(Member(file.stem, network, card, cells, knowledge))
    return members


def unseen_pairs(bundle: Bundle, card: Card, lines: int) -> pd.DataFrame:
    """Measured compounds that a network was not trained on, each in its best measured lines.

    Only the card decides. Early stopping may have looked at some of these compounds, never at
    their targets.

    Args:
        bundle: whose numeric signatures of given identity count.
        card: of the network.
        lines: lines per compound at most, those with most signatures, then by name.

    Returns:
        Columns ik14 and cell, sorted.
    """
    table = bundle.signatures.table
    usable = table["cell"].isin(bundle.cells.usable["cell"])
    testable = (table["kind"] == "numeric") & (table["identity"] == "given") & usable
    rows = table[testable & ~table["ik14"].isin(card.trained_compounds)]
    count = rows.groupby(["ik14", "cell"]).size().rename("n").reset_index()
    count = count.sort_values(["ik14", "n", "cell"], ascending=[True, False, True])
    best = count.groupby("ik14").head(lines)[["ik14", "cell"]]
    return best.sort_values(["ik14", "cell"]).reset_index(drop=True)


def never_profiled(bundle: Bundle, members: Sequence[Member], most: int, seed: int) -> list[str]:
    """Library drugs with known targets that no signature, training or teaching has shown.

    Args:
        bundle: the data.
        members: the networks.
        most: a random choice of this many where there are more.
        seed: of the choice.
    """
    seen = set(bundle.signatures.table["ik14"])
    for card in (member.card for member in members):
        seen = seen.union(card.trained_compounds, card.taught_compounds)
    return _some((set(bundle.library.hub["ik14"]) & set(bundle.pathway_labels)) - seen, most, seed)


def shown(bundle: Bundle, members: Sequence[Member], most: int, seed: int) -> list[str]:
    """Compounds with known targets that some member was trained on, sorted; as `never_profiled`."""
    trained = set().union(*(member.card.trained_compounds for member in members))
    return _some(trained & set(bundle.pathway_labels), most, seed)


def _some(keys: set[str], most: int, seed: int) -> list[str]:
    order = sorted(keys)
    chosen = np.random.default_rng(seed).permutation(len(order))[:most]
    return sorted(order[i] for i in chosen)
