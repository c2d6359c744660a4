"""Compounds of a release to structures: by SMILES, else by InChIKey, id or name in the library."""

from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.chem.library import CompoundLibrary
from badger_core.data.build.structures import Structures
from badger_core.data.imports.units import is_blank

_SHORT_BROAD_ID = 13  # BRD-K12345678
LEFT_OUT_COLUMNS = ("kind", "id", "name", "reason", "n_signatures")


class Found(NamedTuple):
    """What became of the compounds.

    Attributes:
        ik14: of every signature, '' where the compound has no structure.
        new: structures the library lacks: ik14, inchikey, smiles, smiles_original, name, pert_id,
            and pert_ids, all ids of the structure, long and short, parted by '|'.
        unmapped: columns of LEFT_OUT_COLUMNS, one row per compound without structure.
        ways: how many compounds were found in which way.
    """

    ik14: pd.Categorical
    new: pd.DataFrame
    unmapped: pd.DataFrame
    ways: Counter[str]


def find_structures(
    table: pd.DataFrame, pertinfo: pd.DataFrame | None, library: CompoundLibrary
) -> Found:
    """Structures of all compounds of a table of signatures.

    Args:
        table: columns pert_id, name, smiles and inchikey, '' where unknown.
        pertinfo: columns pert_id, smiles and inchikey as in `fields.COMPOUND`, or None.
        library: the compounds known so far.
    """
    keys = ["pert_id", "name", "smiles", "inchikey"]
    number = table.groupby(keys, sort=True, observed=True).ngroup().to_numpy()
    distinct = table[keys].assign(at=number).drop_duplicates("at").sort_values("at")
    count = pd.Series(number).value_counts().sort_index()
    given = _given(pertinfo)
    finder = _Finder(library)
    known = set(library.table["ik14"])
    found, new, ids, unmapped, ways = [], {}, {}, [], Counter()
    for row in distinct.itertuples():
        smiles, inchikey = given.get(row.pert_id) or given.get(_short(row.pert_id)) or ("", "")
        ik14, way = finder.find(row.smiles or smiles, row.inchikey or inchikey, row)
        found.append(ik14)
        if ik14:
            ways[way] += 1
            if ik14 not in known:
                made = finder.made[ik14]
                new.setdefault(ik14, (ik14, *made, row.name or row.pert_id, row.pert_id))
                ids.setdefault(ik14, set()).update({row.pert_id, _short(row.pert_id)} - {""})
        else:
            unmapped.append(("compound", row.pert_id, row.name, way, int(count[row.at])))
    columns = ["ik14", "inchikey", "smiles", "smiles_original", "name", "pert_id"]
    structures = pd.DataFrame(sorted(new.values()), columns=columns)
    every = ["|".join(sorted(ids[ik14])) for ik14 in structures["ik14"]]
    keys14, codes = np.unique(np.array(found, str), return_inverse=True)
    return Found(
        ik14=pd.Categorical.from_codes(codes[number], keys14),
        new=structures.assign(pert_ids=every),
        unmapped=pd.DataFrame(unmapped, columns=list(LEFT_OUT_COLUMNS)),
        ways=ways,
    )


class _Finder:
    """Ways to a structure, tried in turn; RDKit reads only what the library has not."""

    def __init__(self, library: CompoundLibrary) -> None:
        self._library = library
        self._structures = Structures()
        known = library.table
        self._as_given = dict(zip(known["smiles_original"], known["ik14"], strict=True))
        self.made: dict[str, tuple[str, str, str]] = {}

    def find(self, smiles: str, inchikey: str, row: tuple) -> tuple[str, str]:
        """First InChIKey block and the way to it; '' and why there is none."""
        why = "no structure given, and neither its id nor its name is known"
        if not is_blank(smiles):
            if smiles in self._as_given:
                return self._as_given[smiles], "by SMILES"
            molecule = self._structures.read(smiles)
            if molecule is not None:
                made = molecule.inchikey, molecule.smiles, smiles
                self.made.setdefault(molecule.ik14, made)
                return molecule.ik14, "by SMILES"
            why = f"unreadable structure: {self._structures.unreadable[smiles]}"
        if not is_blank(inchikey) and self._library.by_structure(inchikey[:14]) is not None:
            return inchikey[:14], "by InChIKey, in the library"
        for way, text in (("id", row.pert_id), ("id", _short(row.pert_id)), ("name", row.name)):
            if text and self._library.knows(text):
                return self._library.find(text).ik14, f"by {way}, in the library"
        return "", why


def _given(pertinfo: pd.DataFrame | None) -> dict[str, tuple[str, str]]:
    """Id to SMILES and InChIKey; of several rows of one id the first that has a SMILES."""
    given: dict[str, tuple[str, str]] = {}
    if pertinfo is None:
        return given
    empty = [""] * len(pertinfo)
    columns = (pertinfo["pert_id"], pertinfo.get("smiles", empty), pertinfo.get("inchikey", empty))
    for key, smiles, inchikey in zip(*columns, strict=True):
        said = tuple("" if is_blank(text) else text.strip() for text in (smiles, inchikey))
        if any(said) and not given.get(key, ("",))[0]:
            given[key.strip()] = said
    return given


def _short(pert_id: str) -> str:
    return pert_id[:_SHORT_BROAD_ID] if pert_id.startswith("BRD-") else pert_id
