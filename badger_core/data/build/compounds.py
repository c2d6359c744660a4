"""The compound library: Hub drugs, LINCS compounds and whatever else was measured, by structure."""

from collections.abc import Iterable

import pandas as pd

from badger_core.data.build.structures import Structures
from badger_core.data.raw import RawData
from badger_core.genes.names import GeneNames

_PHASES = (
    "Launched",
    "Withdrawn",
    "Phase 3",
    "Phase 2/Phase 3",
    "Phase 2",
    "Phase 1/Phase 2",
    "Phase 1",
    "Preclinical",
    "",
)
_SHORT_BROAD_ID = 13  # BRD-K12345678


def compound_table(
    raw: RawData, structures: Structures, names: GeneNames, signatures: pd.DataFrame
) -> pd.DataFrame:
    """One row per first InChIKey block; the default library is `origin == 'hub'`."""
    hub = _hub(raw, structures, names)
    lincs = _lincs(raw, structures)
    measured = _measured(structures, signatures)
    known = set(hub["ik14"])
    rest = pd.concat([lincs, measured], ignore_index=True)
    extra = rest[~rest["ik14"].isin(known)].drop_duplicates("ik14")
    table = pd.concat([hub, extra], ignore_index=True)
    other = _other_names(raw, rest)
    table["synonyms"] = [
        sorted(({*synonyms} | other.get(key, set())) - {name})
        for synonyms, key, name in zip(table["synonyms"], table["ik14"], table["name"], strict=True)
    ]
    numeric = signatures[signatures["kind"] == "numeric"]
    table["n_signatures"] = table["ik14"].map(numeric["ik14"].value_counts()).fillna(0).astype(int)
    table["target_entrez"] = table["target_entrez"].map(lambda x: x if isinstance(x, list) else [])
    for column in ("moa", "targets"):
        table[column] = table[column].map(lambda x: x if isinstance(x, list) else [])
    text = ["phase", "disease_area", "indication", "pubchem_cid", "smiles_original"]
    table[text] = table[text].fillna("")
    return _distinct_names(table)


def _hub(raw: RawData, structures: Structures, names: GeneNames) -> pd.DataFrame:
    drugs = raw.csv("drugs/repurposing_hub_drugs.csv.gz", keep_default_na=False)
    samples = raw.csv("drugs/repurposing_hub_samples.csv.gz", keep_default_na=False, dtype=str)
    samples["ik14"] = structures.ik14(samples["smiles"])
    samples = samples[samples["ik14"] != ""].merge(drugs, on="pert_iname", how="left")
    rows = []
    for ik14, group in samples.groupby("ik14", sort=True):
        group = group.sort_values(
            ["clinical_phase", "pert_iname", "broad_id"],
            key=lambda c: c.map(_PHASES.index) if c.name == "clinical_phase" else c,
        )
        first = group.iloc[0]
        usual = group["smiles"].value_counts(sort=False)
        smiles = min(usual[usual == usual.max()].index)
        molecule = structures.read(smiles)
        targets = _union(group["target"])
        entrez = names.resolve(targets).entrez
        ids = {b[:_SHORT_BROAD_ID] for b in group["broad_id"]}
        rows.append(
            {
                "ik14": ik14,
                "inchikey": molecule.inchikey,
                "name": first["pert_iname"],
                "synonyms": sorted({*group["pert_iname"], *ids}),
                "smiles": molecule.smiles,
                "smiles_original": smiles,
                "phase": first["clinical_phase"],
                "moa": _union(group["moa"]),
                "targets": targets,
                "target_entrez": sorted(set(entrez.values())),
                "disease_area": "|".join(_union(group["disease_area"])),
                "indication": "|".join(_union(group["indication"])),
                "pubchem_cid": first["pubchem_cid"].removesuffix(".0"),
                "origin": "hub",
                "n_samples": len(group),
            }
        )
    return pd.DataFrame(rows)


def _lincs(raw: RawData, structures: Structures) -> pd.DataFrame:
    table = raw.csv("drugs/lincs_compounds.csv.gz", dtype=str, keep_default_na=False)
    return _plain(
        structures,
        table["canonical_smiles"],
        table["pert_iname"],
        table["pert_id"],
        "lincs",
        table["pubchem_cid"].str.removesuffix(".0"),
    )


def _measured(structures: Structures, signatures: pd.DataFrame) -> pd.DataFrame:
    once = signatures.drop_duplicates("ik14")
    return _plain(structures, once["smiles"], once["compound"], once["compound"], "measured")


def _plain(
    structures: Structures,
    smiles: Iterable[str],
    names: Iterable[str],
    ids: Iterable[str],
    origin: str,
    pubchem: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Rows of compounds of which only a name, an id and a structure are known."""
    rows = []
    cids = pubchem if pubchem is not None else iter(lambda: "", None)
    for text, name, key, cid in zip(smiles, names, ids, cids, strict=False):
        molecule = structures.read(text)
        if molecule is None:
            continue
        rows.append(
            {
                "ik14": molecule.ik14,
                "inchikey": molecule.inchikey,
                "name": name or key or molecule.ik14,
                "synonyms": [key] if key and key != name else [],
                "smiles": molecule.smiles,
                "smiles_original": text,
                "pubchem_cid": cid,
                "origin": origin,
                "n_samples": 1,
            }
        )
    return pd.DataFrame(rows).sort_values(["ik14", "name"], kind="stable")


def _other_names(raw: RawData, rest: pd.DataFrame) -> dict[str, set[str]]:
    """Names and ids that LINCS, the measurements and DrugBank use for a structure."""
    other: dict[str, set[str]] = {}
    for key, name, synonyms in zip(rest["ik14"], rest["name"], rest["synonyms"], strict=True):
        other.setdefault(key, set()).update([name, *synonyms])
    consensus = raw.csv("l1000/consensus_compounds.csv", keep_default_na=False)
    for row in consensus.itertuples():
        if row.ik14:
            other.setdefault(row.ik14, set()).update({row.name, row.perturbagen} - {""})
    return other


def _distinct_names(table: pd.DataFrame) -> pd.DataFrame:
    """The most sampled structure of a name keeps it; others carry their key in brackets."""
    table = table.sort_values(["name", "n_samples", "ik14"], ascending=[True, False, True])
    again = table["name"].str.casefold().duplicated()
    table.loc[again, "name"] += " (" + table.loc[again, "ik14"] + ")"
    return table.drop(columns="n_samples").reset_index(drop=True)


def _union(cells: Iterable[str]) -> list[str]:
    """Distinct entries of '|'-separated fields, sorted."""
    parts = {p.strip() for text in cells if isinstance(text, str) for p in text.split("|")}
    return sorted(parts - {""})
