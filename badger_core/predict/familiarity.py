"""How far a question lies from what the model was trained on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.cells.similarity import (
    centre_of_ranks,
    centred_on,
    centred_ranks,
    ranks_centred_on,
    similarity,
)
from badger_core.chem.fingerprint import morgan_bits
from badger_core.chem.library import CompoundLibrary
from badger_core.chem.molecule import Molecule
from badger_core.chem.similarity import nearest
from badger_core.data.signatures import SignatureStore

BADGES = {
    (True, True, True): "measured pair",
    (True, True, False): "unseen pair",
    (False, True, False): "unseen compound",
    (True, False, False): "unseen line",
    (False, False, False): "unseen compound and line",
}
"""By whether the compound was trained on, the line was, and both were measured together."""


@dataclass(frozen=True)
class Familiarity:
    """The nearest things the model has seen.

    Attributes:
        badge: one of BADGES.
        n_measured: numeric signatures of exactly this pair in the bundle.
        compound: name of the nearest training compound, and its Tanimoto similarity (Morgan 2,
            1,024 bits, whole molecule).
        line: name of the nearest training line, and its centred rank correlation.
    """

    badge: str
    n_measured: int
    compound: str
    compound_similarity: float
    line: str
    line_similarity: float


class Neighbourhood:
    """Training compounds and lines, ready to be compared with.

    Args:
        library: knows the compounds.
        catalogue: knows the lines.
        compounds: ik14 of the training compounds.
        lines: names of the training lines.
        fingerprints: ik14 to Morgan bits (A,) of those that are at hand; the rest is worked out.
    """

    def __init__(
        self,
        library: CompoundLibrary,
        catalogue: CellCatalogue,
        compounds: Sequence[str],
        lines: Sequence[str],
        fingerprints: Mapping[str, np.ndarray] | None = None,
    ) -> None:
        at_hand = fingerprints or {}
        known = library.some(compounds)
        self._names = known["name"].to_list()
        self._bits = np.stack(
            [
                morgan_bits(smiles) if key not in at_hand else at_hand[key]
                for key, smiles in zip(known["ik14"], known["smiles"], strict=True)
            ]
        )
        self._compounds = frozenset(compounds)
        self._lines = frozenset(lines)
        self._catalogue = catalogue
        self._centre: dict[str, np.ndarray] = {}
        measured = [catalogue.line(name) for name in lines]
        self._measured = [line for line in measured if line.basal is not None]
        ranks = catalogue.basal_ranks([line.name for line in self._measured])
        self._placed = np.stack(
            [
                ranks_centred_on(own[None], self._centre_of(line.platform))[0]
                for own, line in zip(ranks, self._measured, strict=True)
            ]
        )

    def of(self, molecule: Molecule, line: CellLine, signatures: SignatureStore) -> Familiarity:
        """Badge and nearest neighbours of one question."""
        near = nearest(morgan_bits(molecule.smiles), self._bits, 1)[0]
        likeness = similarity(self._place(line), self._placed)[0]
        closest = int(np.argmax(likeness))
        n_measured = len(signatures.of_pair(molecule.ik14, line.name))
        compound_seen, line_seen = molecule.ik14 in self._compounds, line.name in self._lines
        seen = (compound_seen, line_seen, compound_seen and line_seen and n_measured > 0)
        return Familiarity(
            badge=BADGES[seen],
            n_measured=n_measured,
            compound=self._names[near.index],
            compound_similarity=float(near.similarity),
            line=self._measured[closest].display_name,
            line_similarity=float(likeness[closest]),
        )

    def _place(self, line: CellLine) -> np.ndarray:
        if line.reference is not None:
            return centred_ranks(line.basal[None], line.reference)
        return centred_on(line.basal[None], self._centre_of(line.platform))

    def _centre_of(self, platform: str) -> np.ndarray:
        if platform not in self._centre:
            rows = (self._catalogue.expression_rows["platform"] == platform).to_numpy()
            self._centre[platform] = centre_of_ranks(self._catalogue.unit_ranks[rows])
        return self._centre[platform]
