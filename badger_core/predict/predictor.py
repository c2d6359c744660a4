"""Compound and cell line to a Ranking: the one function behind page, command and library."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from badger_core import __version__
from badger_core.cells.catalogue import CellLine
from badger_core.chem.molecule import Molecule
from badger_core.data.bundle import Bundle
from badger_core.data.featurise import CellFeatures, prediction_batch
from badger_core.errors import CheckpointError
from badger_core.model.checkpoint import Card, load
from badger_core.paths import models_dir
from badger_core.predict.ask import Asked, read_cell, read_compound
from badger_core.predict.familiarity import Neighbourhood
from badger_core.predict.ranking import Ranking, rank_genes
from badger_core.schema import REFERENCE_DOSE_UM, REFERENCE_TIME_H

LIMITS = (
    "Conditional on the compound being active in the line: an inactive one gets a ranking too.",
    f"No dose, no time: predicted at one reference context "
    f"(level 5, {REFERENCE_DOSE_UM:g} uM, {REFERENCE_TIME_H:g} h).",
    "978 landmark genes only.",
    "For research use only.",
)


class Predictor:
    """An ensemble of checkpoints over one bundle.

    Args:
        bundle: the data bundle.
        folder: folder of the members; each is NAME.safetensors with NAME.json.

    Raises:
        CheckpointError: if there is no member, or one was made for other genes or pathways.
    """

    def __init__(self, bundle: Bundle, folder: Path | None = None) -> None:
        self.bundle = bundle
        self.folder = folder or models_dir() / "badger"
        files = sorted(self.folder.glob("*.safetensors"))
        if not files:
            raise CheckpointError(
                f"There is no model in '{self.folder}'. Restore it from the repository, or train "
                "one with 'badger train badger'."
            )
        self._members = [self._member(file) for file in files]

    @cached_property
    def model_hash(self) -> str:
        """First 8 digits of a hash over the members' weights."""
        digest = hashlib.sha256()
        for file in sorted(self.folder.glob("*.safetensors")):
            digest.update(file.read_bytes())
        return digest.hexdigest()[:8]

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """Everything any member was trained on."""
        cards = [card for _, card, _ in self._members]
        compounds = sorted(set().union(*(card.trained_compounds for card in cards)))
        lines = sorted(set().union(*(card.trained_cells for card in cards)))
        return Neighbourhood(self.bundle.library, self.bundle.cells, compounds, lines)

    def ask(self, compound: str, cell: str) -> Ranking:
        """The ranking for what a person typed.

        Raises:
            CompoundNotFoundError, MoleculeError, CellNotFoundError: say what to do.
        """
        asked = read_compound(self.bundle.library, compound)
        return self.rank(asked, read_cell(self.bundle.cells, cell))

    def rank(self, asked: Asked, line: CellLine) -> Ranking:
        """The ranking of the 978 genes for one compound in one line."""
        members = self.members([asked.molecule], [line])[:, 0]
        return Ranking(rank_genes(self.bundle.genes, members), self._manifest(asked, line))

    def members(self, molecules: Sequence[Molecule], lines: Sequence[CellLine]) -> np.ndarray:
        """(M, B, G) predicted change of B pairs by each member, at the reference context."""
        predicted = []
        for model, card, cells in self._members:
            features = [cells.of_profile(line.basal, line.platform) for line in lines]
            batch = prediction_batch(molecules, features, len(card.references), card.n_context)
            with torch.inference_mode():
                predicted.append(model(batch).change.numpy())
        return np.stack(predicted)

    def _member(self, file: Path) -> tuple[torch.nn.Module, Card, CellFeatures]:
        model, card = load(file)
        ours = tuple(int(e) for e in self.bundle.genes.entrez)
        if card.genes != ours:
            raise CheckpointError(
                f"'{file}' ranks other genes than the bundle holds. Train it again on this bundle."
            )
        if card.pathways != tuple(self.bundle.pathways.vocabulary["pathway"]):
            raise CheckpointError(
                f"'{file}' knows other pathways than the bundle. Train it again on this bundle."
            )
        rows = self.bundle.cells.expression_rows
        missing = sorted(set(card.references) - set(rows["cell"]))
        if missing:
            raise CheckpointError(
                f"'{file}' compares with the line {missing[0]}, whose expression the bundle does "
                "not hold. Train it again on this bundle."
            )
        held_out = frozenset(card.held_out_cells)
        return model, card, CellFeatures(self.bundle.cells, card.references, held_out)

    def _manifest(self, asked: Asked, line: CellLine) -> dict:
        molecule = asked.molecule
        familiarity = self.neighbourhood.of(molecule, line, self.bundle.signatures)
        return {
            "app": "BADGER Studio",
            "app_version": __version__,
            "date": date.today().isoformat(),
            "compound": {
                "asked": asked.text,
                "name": asked.name,
                "inchikey": molecule.inchikey,
                "smiles": molecule.smiles,
                "smiles_as_given": molecule.original_smiles,
                "removed": list(molecule.removed),
                "notes": list(molecule.notes),
            },
            "cell": {
                "name": line.name,
                "depmap_id": line.depmap_id,
                "cellosaurus_id": line.cellosaurus_id,
                "disease": line.disease,
                "expression": line.platform,
            },
            "familiarity": asdict(familiarity),
            "model": {"name": "badger", "hash": self.model_hash, "members": len(self._members)},
            "bundle": self.bundle.content_hash,
            "context": {"dose_um": REFERENCE_DOSE_UM, "time_h": REFERENCE_TIME_H, "level": "5"},
            "score": "predicted change; 1 = the typical standard deviation of a signature",
            "spread": "standard deviation of the score over the members of the ensemble",
            "limits": list(LIMITS),
        }
