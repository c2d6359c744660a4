"""The compound table of a bundle with the structures that an import brings."""

import pandas as pd

from badger_core import schema


def with_compounds(known: pd.DataFrame, new: pd.DataFrame, counts: pd.Series) -> pd.DataFrame:
    """The library with new structures behind it, and signatures counted anew.

    Mechanisms and targets of structures that the library knows stay those of the Repurposing Hub;
    of new ones they are what the release says.

    Args:
        known: columns of `schema.COMPOUND_COLUMNS`.
        new: as `mechanisms.with_mechanisms` gives it.
        counts: numeric signatures by ik14.
    """
    taken = set(known["name"].str.casefold())
    rows = []
    for one in new.itertuples(index=False):
        name = one.name if one.name.casefold() not in taken else f"{one.name} ({one.ik14})"
        taken.add(name.casefold())
        rows.append(
            {
                **dict.fromkeys(schema.COMPOUND_COLUMNS, ""),
                "ik14": one.ik14,
                "inchikey": one.inchikey,
                "name": name,
                "synonyms": sorted({one.name, one.pert_id} - {name, ""}),
                "smiles": one.smiles,
                "smiles_original": one.smiles_original,
                "moa": one.moa,
                "targets": one.targets,
                "target_entrez": one.target_entrez,
                "origin": "measured",
                "n_signatures": 0,
            }
        )
    added = pd.DataFrame(rows, columns=list(schema.COMPOUND_COLUMNS))
    table = pd.concat([known, added], ignore_index=True) if rows else known.copy()
    table["n_signatures"] = table["ik14"].map(counts).fillna(0).astype(int)
    return table
