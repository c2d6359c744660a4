"""Compounds of the drug screens: standardised, grouped by structure, joined with the Hub."""

import numpy as np
import pandas as pd

from badger_core.chem.library import CompoundLibrary
from badger_core.data.build.structures import Structures
from badger_core.data.response_drugs import bits_of, twin_groups

DRUG_COLUMNS = ("drug", "name", "smiles", "ik14", "mechanism", "targets", "group")


def drug_rows(
    given: pd.DataFrame, structures: Structures, library: CompoundLibrary
) -> tuple[pd.DataFrame, np.ndarray]:
    """Columns DRUG_COLUMNS and the (D, A) fingerprints of D compounds.

    A compound that is no organic molecule (arsenic trioxide) keeps the SMILES of its source and
    gets its own number for a key, so that its labels are not lost.

    Args:
        given: columns drug, name, smiles and mechanism; without mechanism the Hub's is taken.
        structures: reads SMILES and counts those that it cannot.
        library: whose Hub entries name the targets.
    """
    read = [structures.read(text) for text in given["smiles"]]
    table = given.assign(
        smiles=[m.smiles if m else text for m, text in zip(read, given["smiles"], strict=True)],
        ik14=[
            m.ik14 if m else f"NO-KEY:{drug}" for m, drug in zip(read, given["drug"], strict=True)
        ],
    )
    hub = library.table[library.table["origin"] == "hub"].set_index("ik14")
    if "mechanism" not in table:
        moa = hub["moa"].map(lambda names: " | ".join(names))
        table["mechanism"] = table["ik14"].map(moa).fillna("")
    targets = hub["targets"]
    table["targets"] = [list(targets[key]) if key in hub.index else [] for key in table["ik14"]]
    bits = bits_of(table["smiles"])
    table["group"] = twin_groups(table["ik14"].to_numpy(object), bits)
    return table[list(DRUG_COLUMNS)], bits
