"""Standardised structures of all SMILES in the raw data, each worked out once."""

from collections.abc import Callable, Iterable

from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.errors import MoleculeError

Progress = Callable[[str], None]


class Structures:
    """SMILES to Molecule; `unreadable` keeps the reason for each SMILES that is not one."""

    def __init__(self) -> None:
        self._known: dict[str, Molecule | None] = {}
        self.unreadable: dict[str, str] = {}

    def read(self, smiles: object) -> Molecule | None:
        """The molecule, or None where there is no SMILES or no readable one."""
        if not isinstance(smiles, str) or not smiles:
            return None
        if smiles not in self._known:
            try:
                self._known[smiles] = read_molecule(smiles)
            except MoleculeError as error:
                self._known[smiles] = None
                self.unreadable[smiles] = str(error)
        return self._known[smiles]

    def ik14(self, smiles: Iterable[object]) -> list[str]:
        """First InChIKey blocks, '' where unreadable."""
        found = (self.read(s) for s in smiles)
        return [m.ik14 if m is not None else "" for m in found]
