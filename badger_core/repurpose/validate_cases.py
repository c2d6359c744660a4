"""What reversal is asked to find: per disease, known drugs and those they are compared with."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from badger_core.data.bundle import Bundle
from badger_core.errors import MoleculeError
from badger_core.repurpose.indications import DM, NEW, NOT, SYM, Disease, known_uses

LEAST = 5
"""Drugs that a disease needs on the side that is looked for, else it is not scored by itself."""
INDICATED, LAUNCHED, LIBRARY = "indicated", "launched", "library"
BACKGROUNDS = {
    INDICATED: "library drugs that are indicated (DM or SYM) for anything in PharmacotherapyDB",
    LAUNCHED: "library drugs that the Repurposing Hub calls launched",
    LIBRARY: "the whole library",
}
CATEGORIES = {"DM": DM, "SYM": SYM, "NOT": NOT}
_PHASES = {
    "Preclinical": 0.0,
    "Phase 1": 1.0,
    "Phase 1/Phase 2": 1.5,
    "Phase 2": 2.0,
    "Phase 2/Phase 3": 2.5,
    "Phase 3": 3.0,
    "Launched": 4.0,
    "Withdrawn": 4.0,
}


class Cases(NamedTuple):
    """S drugs of the library and D diseases with a signature.

    Attributes:
        keys: (S,) ik14.
        doids, diseases: (D,) of the bundle's order.
        known: (D, S) str, words of `indications`.
        others: (D, S) number of other diseases for which a drug is indicated (DM or SYM).
        background: name to (S,) bool.
        phase: (S,) 0 (preclinical) to 4 (launched or withdrawn), NaN where unknown.
        n_measured: (S,) measured signatures of any kind in the bundle.
        moa: (S,) str, mechanism; a drug's own key where none is known.
        scaffold: (S,) str, ring skeleton; a drug's own key where it has no ring.
    """

    keys: np.ndarray
    doids: tuple[str, ...]
    diseases: tuple[str, ...]
    known: np.ndarray
    others: np.ndarray
    background: dict[str, np.ndarray]
    phase: np.ndarray
    n_measured: np.ndarray
    moa: np.ndarray
    scaffold: np.ndarray

    def sides(self, at: int, category: str, within: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Positions looked for, and compared with: neither source links these to the disease.

        Args:
            at: disease.
            category: DM, SYM or NOT.
            within: (S,) bool, drugs that take part.
        """
        found = within & (self.known[at] == CATEGORIES[category])
        return np.flatnonzero(found), np.flatnonzero(within & (self.known[at] == NEW))


def cases(bundle: Bundle, keys: Sequence[str]) -> Cases:
    """The cases of a bundle for S drugs of its library, each structure (ik14) once.

    Args:
        bundle: the data bundle.
        keys: S ik14.
    """
    keys = np.asarray(keys, str)
    library = bundle.library.table.drop_duplicates("ik14").set_index("ik14").reindex(keys)
    names = bundle.diseases.names
    doids = tuple(names["doid"])
    listed = bundle.diseases.indications
    used = listed[listed["category"] != "NOT"].drop_duplicates(["doid", "ik14"])
    total = used["ik14"].value_counts().reindex(keys, fill_value=0).to_numpy()
    own = np.stack([np.isin(keys, used.loc[used["doid"] == doid, "ik14"]) for doid in doids])
    known = [
        known_uses(keys.tolist(), bundle.library, bundle.diseases, Disease(doid, name))["known"]
        for doid, name in zip(doids, names["name"], strict=True)
    ]
    counted = bundle.signatures.table["ik14"].value_counts()
    return Cases(
        keys,
        doids,
        tuple(names["name"]),
        np.stack([each.to_numpy(str) for each in known]),
        total - own,
        {
            INDICATED: total > 0,
            LAUNCHED: (library["phase"] == "Launched").to_numpy(),
            LIBRARY: np.ones(len(keys), bool),
        },
        library["phase"].map(_PHASES).to_numpy(float),
        counted.reindex(keys, fill_value=0).to_numpy(),
        np.array(
            ["|".join(sorted(m)) or k for k, m in zip(keys, library["moa"], strict=True)], str
        ),
        np.array([_skeleton(k, s) for k, s in zip(keys, library["smiles"], strict=True)], str),
    )


def class_weights(classes: np.ndarray) -> np.ndarray:
    """(M,) 1 / (number of drugs of the same class), so that each class counts once."""
    _, place, counts = np.unique(classes, return_inverse=True, return_counts=True)
    return 1 / counts[place]


def _skeleton(key: str, smiles: str) -> str:
    from badger_core.chem.scaffold import murcko_scaffold  # loads rdkit

    try:
        return murcko_scaffold(smiles) or key
    except MoleculeError:
        return key
