"""The compound library: drugs by the names and ids it holds, and what is known of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from badger_core import naming
from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.chem.unread import lost_sentence
from badger_core.errors import CompoundNotFoundError, MoleculeError

_ALIKE = 80.0
"""RapidFuzz's ratio (0 to 100) from which a name is offered; below lie other drugs."""
_LONGEST_NAME = 300
"""Characters of a text that may be a misspelt name; the library's longest has 229."""
_GIVE_INSTEAD = (
    "Most brand names, CAS numbers and ChEMBL ids are not known here: give the generic name, a "
    "Broad or DrugBank id, or paste the SMILES."
)


class _Sourced(NamedTuple):
    """A row of `names`."""

    ik14: str
    name: str
    source: str


_NO_NAMES = pd.DataFrame({"ik14": [], "name": [], "source": []}, dtype=str)


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
    """The compounds of the bundle, and the names that other sources have for them.

    `table` has the columns of `schema.COMPOUND_COLUMNS`, one row per ik14; `names` has those of
    `schema.COMPOUND_NAME_COLUMNS` and counts where the table knows no compound of that name.
    """

    table: pd.DataFrame
    names: pd.DataFrame = field(default_factory=_NO_NAMES.copy)

    @cached_property
    def _own_names(self) -> dict[str, int]:
        """Folded name to row; preferred names first, then the Hub's synonyms, then ids."""
        names: dict[str, int] = {}
        for i, name in enumerate(self.table["name"].to_numpy(object)):
            names.setdefault(naming.fold(name), i)
        for i, synonyms in enumerate(self.table["synonyms"]):
            for text in synonyms:
                names.setdefault(naming.fold(text), i)
        for i, key in enumerate(self.table["inchikey"].to_numpy(object)):
            names.setdefault(naming.fold(key), i)
        names.pop("", None)
        return names

    @cached_property
    def _names(self) -> dict[str, int]:
        """As `_own_names`, with what other sources call a compound behind them."""
        others = {folded: self._keys[row.ik14] for folded, row in self._sourced.items()}
        return others | self._own_names

    @cached_property
    def _sourced(self) -> dict[str, _Sourced]:
        """Folded name to its row of `names`, where the library holds the structure."""
        rows = self.names.itertuples(index=False)
        return {naming.fold(row.name): row for row in rows if row.ik14 in self._keys}

    @cached_property
    def _keys(self) -> dict[str, int]:
        return {key: i for i, key in enumerate(self.table["ik14"].to_numpy(object))}

    @cached_property
    def hub(self) -> pd.DataFrame:
        """The default library: structures of the Drug Repurposing Hub."""
        return self.table[self.table["origin"] == "hub"]

    def by_structure(self, ik14: str) -> Compound | None:
        """The compound with this first InChIKey block, or None."""
        row = self._keys.get(ik14)
        return None if row is None else self._compound(row)

    def some(self, keys: Iterable[str]) -> pd.DataFrame:
        """The rows of these ik14, in their order; what is not held is left out."""
        return self.table.iloc[[self._keys[key] for key in keys if key in self._keys]]

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

    def sourced_names(self, ik14: str) -> list[str]:
        """The names that only other sources have, as 'ABT-199 (CTRP v2)'."""
        rows = self.names[self.names["ik14"] == ik14]
        return [f"{row.name} ({row.source})" for row in rows.itertuples(index=False)]

    def name_source(self, name: str) -> str:
        """The source without which `name` would find nothing; '' where the table has the name."""
        folded = naming.fold(name)
        row = None if folded in self._own_names else self._sourced.get(folded)
        return "" if row is None else row.source

    def find(self, name: str) -> Compound:
        """The compound called `name` (synonym, Broad id, DrugBank id or InChIKey; case is free).

        Raises:
            CompoundNotFoundError: with the nearest names as suggestions.
        """
        row = self._names.get(naming.fold(name))
        if row is None:
            near = self.spelt_alike(name)
            hint = (
                f"Spelt alike (not necessarily the same drug): {', '.join(near)}. " if near else ""
            )
            raise CompoundNotFoundError(
                f"No compound is called '{naming.shown(name, 60)}'. {hint}{_GIVE_INSTEAD}",
                tuple(near),
            )
        return self._compound(row)

    def spelt_alike(self, name: str) -> list[str]:
        """Names that may be meant: very near, and beginning with the same letter."""
        first = naming.fold(name)[:1] if len(name) <= _LONGEST_NAME else ""
        near = naming.nearest(name, self.hub["name"], cutoff=_ALIKE) if first else []
        return [text for text in near if naming.fold(text).startswith(first)]

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


def molecule_of(compound: Compound) -> Molecule:
    """The library's standard form, with what its source's structure lost on the way to it."""
    molecule = read_molecule(compound.smiles)
    try:
        source = read_molecule(compound.smiles_original.split(" ")[0])
    except MoleculeError:
        return molecule
    if source.ik14 != molecule.ik14:
        return molecule
    named = {lost_sentence(source.lost): lost_sentence(source.lost, _capital(compound.name))}
    return replace(
        molecule,
        removed=source.removed,
        notes=tuple(named.get(text, text) for text in source.notes),
        lost=source.lost,
        warnings=tuple(named.get(text, text) for text in source.warnings),
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
