"""Names of library structures that stand in other sources and that the library does not know yet.

A name enters where its source gives a structure (or, for DrugBank ids, a generic name) of the
library, whose entries hold all stereo-forms of a skeleton. Left out are mere identifiers (Broad
ids, InChIKeys, catalogue numbers), systematic names, texts that are a SMILES, names that the
library has already, and names that stand for two structures. The library's tables stay as they
are: this one is read beside them, by no model.
"""

import re
from collections.abc import Iterable

import pandas as pd

from badger_core import schema
from badger_core.chem.library import CompoundLibrary
from badger_core.data.build.structures import Structures
from badger_core.data.raw import RawData
from badger_core.naming import fold

CTRP, MEASURED, DRUGBANK = "CTRP v2", "L1000 signatures", "PharmacotherapyDB"
"""What a name's source is called; the first that has a name is named."""
_MEASURED = ("pert_iname", "smiles", "identity")
_NO_NAME = re.compile(
    r"BRD-[A-Z]\d{8}\b.*|[A-Z]{14}-[A-Z]{10}-[A-Z]|.*_.*|.*(\d,\d|[{[]).*|(?i:ent)-.*"
)
_WITH_OTHERS = re.compile(r"(.+?) \(([^()]+)\)")  # Fedratinib (SAR302503, TG101348)
_CODE_OR_NAME = re.compile(
    r"[A-Za-z]{2,}[- ]?\d[\w-]{2,}|[A-Z]{2,}-[A-Z]{2,}\d{2,}|\d{1,2}-[A-Z]\w+|[A-Z][a-z]{5,}"
)


def compound_name_table(
    raw: RawData, compounds: pd.DataFrame, indications: pd.DataFrame
) -> pd.DataFrame:
    """Columns of `schema.COMPOUND_NAME_COLUMNS`, by structure and name.

    Args:
        raw: the raw data.
        compounds: with the columns of `schema.COMPOUND_COLUMNS`.
        indications: drugs with DrugBank id and, where the library has them, ik14.
    """
    library = CompoundLibrary(compounds)
    ctrp = raw.csv("response/ctrp_drug2smiles.csv")
    measured = raw.csv("l1000/signatures_meta.csv.gz", usecols=[*_MEASURED])
    measured = measured[measured["identity"] == "given"].dropna().drop_duplicates()
    structures = Structures()  # of its own: the bundle counts what the shared one cannot read
    found = [
        *_by_structure(library, structures, CTRP, ctrp["Drug"], ctrp["SMILES"]),
        *_by_structure(library, structures, MEASURED, measured["pert_iname"], measured["smiles"]),
        *_by_generic_name(library, indications),
    ]
    table = pd.DataFrame(found, columns=list(schema.COMPOUND_NAME_COLUMNS))
    folded = table["name"].map(fold)
    clear = table["ik14"].groupby(folded).transform("nunique") == 1
    table = table[clear & ~folded.duplicated()]
    return table.sort_values(["ik14", "name"], ignore_index=True)


def _by_structure(
    library: CompoundLibrary,
    structures: Structures,
    source: str,
    names: Iterable[str],
    smiles: Iterable[str],
) -> list[tuple[str, str, str]]:
    """(ik14, name, source) of the new names whose structure the library holds."""
    rows = []
    for text, structure in zip(names, smiles, strict=True):
        new = [
            name
            for name in each_name(text)
            if not _NO_NAME.fullmatch(name) and not library.knows(name)
        ]
        molecule = structures.read(structure) if new else None
        known = library.by_structure(molecule.ik14) if molecule else None
        if known is not None:
            rows += [(known.ik14, name, source) for name in new if not _is_smiles(name, structures)]
    return rows


def _is_smiles(name: str, structures: Structures) -> bool:
    """Whether a name would be read as a structure; 'NSC 74859' is none, though NSC is one."""
    return " " not in name and structures.read(name) is not None


def _by_generic_name(
    library: CompoundLibrary, indications: pd.DataFrame
) -> list[tuple[str, str, str]]:
    """(ik14, DrugBank id, source) of drugs that the library knows by name but not by this id."""
    drugs = indications[["drugbank_id", "drug", "ik14"]].drop_duplicates()
    return [
        (row.ik14, row.drugbank_id, DRUGBANK)
        for row in drugs.itertuples()
        if row.ik14
        and not library.knows(row.drugbank_id)
        and library.knows(row.drug)
        and library.find(row.drug).ik14 == row.ik14
    ]


def each_name(text: str) -> list[str]:
    """'Fedratinib (SAR302503, TG101348)' is three names; what holds no such list is one."""
    match = _WITH_OTHERS.fullmatch(text.strip())
    if match is None:
        return [text.strip()]
    others = [name.strip() for name in match[2].split(",")]
    if not all(map(_CODE_OR_NAME.fullmatch, others)):
        return [text.strip()]
    return [match[1].strip(), *others]
