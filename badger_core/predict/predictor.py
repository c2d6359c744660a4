"""Compound and cell line to a Ranking: the one function behind page, command and library."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from badger_core import __version__
from badger_core.cells.catalogue import CellLine
from badger_core.chem.molecule import Molecule
from badger_core.data.bundle import Bundle
from badger_core.paths import models_dir
from badger_core.predict.answer import Answer, answer, mean_shares
from badger_core.predict.ask import Asked, read_cell, read_compound
from badger_core.predict.familiarity import Familiarity, Neighbourhood
from badger_core.predict.member import load_members
from badger_core.predict.ranking import Ranking, rank_genes
from badger_core.predict.trust import Trusted, load_trust, trust_in
from badger_core.schema import REFERENCE_DOSE_UM, REFERENCE_TIME_H

LIMITS = (
    "Conditional on the compound being active in the line: an inactive one gets a ranking too.",
    f"No dose, no time: predicted at one reference context "
    f"(level 5, {REFERENCE_DOSE_UM:g} µM, {REFERENCE_TIME_H:g} h).",
    "978 landmark genes only.",
    "For research use only.",
)


class Predictor:
    """An ensemble of checkpoints over one bundle.

    Args:
        bundle: the data bundle.
        folder: folder of the members; each is NAME.safetensors with NAME.json.

    Raises:
        CheckpointError: if there is no member, or one was made for another bundle.
    """

    def __init__(self, bundle: Bundle, folder: Path | None = None) -> None:
        self.bundle = bundle
        self.folder = folder or models_dir() / "badger"
        self.ensemble = load_members(bundle, self.folder)
        self.trust = load_trust(self.folder)

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
        cards = [member.card for member in self.ensemble]
        compounds = sorted(set().union(*(card.trained_compounds for card in cards)))
        lines = sorted(set().union(*(card.trained_cells for card in cards)))
        at_hand = {k: bits for member in self.ensemble for k, bits in member.fingerprints.items()}
        return Neighbourhood(self.bundle.library, self.bundle.cells, compounds, lines, at_hand)

    def ask(self, compound: str, cell: str) -> Ranking:
        """The ranking for what a person typed.

        Raises:
            CompoundNotFoundError, MoleculeError, CellNotFoundError: say what to do.
        """
        asked = read_compound(self.bundle.library, compound)
        return self.rank(asked, read_cell(self.bundle.cells, cell))

    def rank(self, asked: Asked, line: CellLine) -> Ranking:
        """The ranking of the 978 genes for one compound in one line."""
        answers = self._answers([asked.molecule], [line])
        members = np.stack([answer.change[0] for answer in answers])
        familiarity = self.neighbourhood.of(asked.molecule, line, self.bundle.signatures)
        trusted = self._trusted(answers, familiarity.badge, members.mean(axis=0))
        chances = None if trusted is None else (trusted.up, trusted.down)
        manifest = self._manifest(asked, line, familiarity)
        manifest["parts"] = mean_shares([answer.shares for answer in answers])
        manifest["trust"] = None if trusted is None else trusted.record()
        return Ranking(rank_genes(self.bundle.genes, members, chances), manifest)

    def members(self, molecules: Sequence[Molecule], lines: Sequence[CellLine]) -> np.ndarray:
        """(M, B, G) predicted change of B pairs by each member, at the reference context."""
        return np.stack([answer.change for answer in self._answers(molecules, lines)])

    def _answers(self, molecules: Sequence[Molecule], lines: Sequence[CellLine]) -> list[Answer]:
        """What each member says of B pairs."""
        answers = []
        for member in self.ensemble:
            batch = member.batch(molecules, [member.cells.of(line) for line in lines])
            with torch.inference_mode():
                answers.append(answer(member.network, batch))
        return answers

    def _trusted(self, answers: list[Answer], badge: str, score: np.ndarray) -> Trusted | None:
        """How far to trust one prediction; None where nothing was learnt for these models."""
        signs = [answer.signs for answer in answers if answer.signs is not None]
        if self.trust is None or not signs:
            return None
        mean = pd.concat(signs).mean().to_frame().T
        return trust_in(self.trust, badge, mean, score)

    def _manifest(self, asked: Asked, line: CellLine, familiarity: Familiarity) -> dict:
        molecule = asked.molecule
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
                "not_read": list(molecule.lost),
            },
            "cell": {
                "name": line.name,
                "display_name": line.display_name,
                "depmap_id": line.depmap_id,
                "cellosaurus_id": line.cellosaurus_id,
                "disease": line.disease,
                "expression": line.platform,
                "landmarks": int(np.isfinite(line.basal).sum()),
            },
            "familiarity": asdict(familiarity),
            "model": {"name": "badger", "hash": self.model_hash, "members": len(self.ensemble)},
            "bundle": self.bundle.content_hash,
            "context": {"dose_um": REFERENCE_DOSE_UM, "time_h": REFERENCE_TIME_H, "level": "5"},
            "score": "predicted change; 1 = the typical standard deviation of a signature",
            "spread": "standard deviation of the score over the members of the ensemble",
            "chance": "of being among the 200 genes measured to move most in that direction, "
            "counted on held-out predictions of like confidence; by luck alone 0.20",
            "limits": list(LIMITS),
        }
