"""The compound library: drugs by name, synonym or id, and what is known of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from badger_core import naming
from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.errors import CompoundNotFoundError


@dataclass(frozen=True)
class Compound:
    """What the library knows of one structure."""

    ik14: str
    inchikey: str
    name: str
    smiles: str
    smiles_original: str
    phase: str
    moa: tuple[str, ...]
    targets: tuple[str, ...]
    target_entrez: tuple[int, ...]
    indication: str
    origin: str


@dataclass(frozen=True, eq=False)
class CompoundLibrary:
    """`table` has the columns of `schema.COMPOUND_COLUMNS`, one row per ik14."""

    table: pd.DataFrame

    @cached_property
    def _names(self) -> dict[str, int]:
        """Folded name to row; preferred names first, then the Hub's synonyms, then ids."""
        names: dict[str, int] = {}
        for i, name in enumerate(self.table["name"]):
            names.setdefault(naming.fold(name), i)
        for i, synonyms in enumerate(self.table["synonyms"]):
            for text in synonyms:
                names.setdefault(naming.fold(text), i)
        for i, key in enumerate(self.table["inchikey"]):
            names.setdefault(naming.fold(key), i)
        names.pop("", None)
        return names

    @cached_property
    def _keys(self) -> dict[str, int]:
        return {key: i for i, key in enumerate(self.table["ik14"])}

    @cached_property
    def hub(self) -> pd.DataFrame:
        """The default library: structures of the Drug Repurposing Hub."""
        return self.table[self.table["origin"] == "hub"]

    def by_structure(self, ik14: str) -> Compound | None:
        """The compound with this first InChIKey block, or None."""
        row = self._keys.get(ik14)
        return None if row is None else self._compound(row)

    def molecules(self, keys: Iterable[str]) -> dict[str, Molecule]:
        """Ik14 to molecule, from the standardised SMILES; sorted by ik14, each once.

        Raises:
            KeyError: for a key that the library does not hold.
        """
        smiles = self.table["smiles"]
        return {key: read_molecule(smiles.iat[self._keys[key]]) for key in sorted(set(keys))}

    def knows(self, name: str) -> bool:
        """Whether `name` is a name, synonym or id in the library."""
        return naming.fold(name) in self._names

    def find(self, name: str) -> Compound:
        """The compound called `name` (synonym, Broad id, DrugBank id or InChIKey; case is free).

        Raises:
            CompoundNotFoundError: with the nearest names as suggestions.
        """
        row = self._names.get(naming.fold(name))
        if row is None:
            near = naming.nearest(name, self.hub["name"]) if naming.fold(name) else []
            hint = f"Did you mean {', '.join(near)}? " if near else ""
            raise CompoundNotFoundError(
                f"No compound is called '{name.strip()[:60]}'. {hint}"
                "Any structure can be given as SMILES instead.",
                tuple(near),
            )
        return self._compound(row)

    def _compound(self, row: int) -> Compound:
        r = self.table.iloc[row]
        return Compound(
            ik14=r["ik14"],
            inchikey=r["inchikey"],
            name=r["name"],
            smiles=r["smiles"],
            smiles_original=r["smiles_original"],
            phase=r["phase"],
            moa=tuple(r["moa"]),
            targets=tuple(r["targets"]),
            target_entrez=tuple(int(e) for e in r["target_entrez"]),
            indication=r["indication"],
            origin=r["origin"],
        )
