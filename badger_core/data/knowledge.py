"""What is known of a compound beside its structure: mechanisms and targets as 0/1 terms."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from badger_core.chem.library import Compound, CompoundLibrary

MECHANISM, TARGET = "moa: ", "target: "


def terms_of(compound: Compound) -> tuple[str, ...]:
    """The compound's terms: `moa: NAME` for mechanisms, `target: ENTREZ` for targets."""
    targets = (f"{TARGET}{entrez}" for entrez in compound.target_entrez)
    return (*(f"{MECHANISM}{name}" for name in compound.moa), *targets)


def vocabulary(library: CompoundLibrary, keys: Iterable[str]) -> tuple[str, ...]:
    """Every term that is known of one of these compounds (ik14), mechanisms first, sorted."""
    known = (library.by_structure(key) for key in sorted(set(keys)))
    return tuple(sorted({term for c in known if c is not None for term in terms_of(c)}))


class Knowledge:
    """Terms of compounds as (V,) rows over a vocabulary; zeros where nothing is known."""

    def __init__(self, library: CompoundLibrary, terms: Sequence[str]) -> None:
        self.terms = tuple(terms)
        self._library = library
        self._place: Mapping[str, int] = {term: i for i, term in enumerate(self.terms)}

    def of(self, key: str) -> np.ndarray:
        """(V,) uint8 terms of the compound with this first InChIKey block."""
        row = np.zeros(len(self.terms), np.uint8)
        compound = self._library.by_structure(key)
        if compound is not None:
            row[[self._place[t] for t in terms_of(compound) if t in self._place]] = 1
        return row
