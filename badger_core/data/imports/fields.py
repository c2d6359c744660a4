"""What GSE92742, GSE70138 and LINCS2020 call the fields of their tables, by meaning."""

from collections.abc import Iterable, Mapping

from badger_core.errors import RawDataError

SIGNATURE = {
    "id": ("sig_id", "inst_id", "sample_id", "cid", "id", "signature"),
    "pert_id": ("pert_id", "pert_mfc_id"),
    "name": ("cmap_name", "pert_iname", "pert_desc", "compound", "name"),
    "kind": ("pert_type",),
    "cell": ("cell_iname", "cell_id", "cell", "cell_mfc_name"),
    "dose": ("pert_dose", "dose_um", "exp_pert_dose", "dose"),
    "dose_unit": ("pert_dose_unit", "exp_pert_dose_unit", "dose_unit"),
    "dose_text": ("pert_idose",),
    "time": ("pert_time", "time_h", "exp_pert_time", "time"),
    "time_unit": ("pert_time_unit", "exp_pert_time_unit", "time_unit"),
    "time_text": ("pert_itime",),
    "replicates": ("nsample", "distil_nsample", "n_replicates"),
    "replicate_ids": ("distil_ids", "distil_id"),
    "tas": ("tas",),
    "qc": ("qc_pass",),
    "gold": ("is_hiq", "is_gold"),
    "plate": ("brew_prefix", "rna_plate", "det_plate", "plate"),
    "smiles": ("canonical_smiles", "smiles"),
    "inchikey": ("inchi_key", "inchikey"),
}
"""Of sig_info and siginfo (level 5), inst_info and instinfo (levels 3 and 4), and sig_metrics."""
COMPOUND = {
    "pert_id": ("pert_id",),
    "name": ("cmap_name", "pert_iname", "name"),
    "smiles": ("canonical_smiles", "smiles"),
    "inchikey": ("inchi_key", "inchikey"),
    "target": ("target",),
    "moa": ("moa",),
}
"""Of pert_info and compoundinfo."""
CELL = {
    "cell": ("cell_iname", "cell_id", "cell"),
    "alias": ("cell_alias", "ccle_name"),
    "cellosaurus": ("cellosaurus_id",),
    "disease": ("primary_disease", "cell_histology"),
    "subtype": ("subtype",),
    "lineage": ("cell_lineage", "primary_site"),
}
"""Of cell_info and cellinfo."""
GENE = {
    "id": ("gene_id", "pr_gene_id", "pr_id"),
    "symbol": ("gene_symbol", "pr_gene_symbol"),
}
"""Of gene_info and geneinfo."""


def recognised(
    given: Iterable[str],
    wanted: Mapping[str, tuple[str, ...]],
    needed: Iterable[str],
    name: str,
) -> dict[str, str]:
    """Meaning to the title that stands for it; a meaning without title is left out.

    Args:
        given: titles of the table.
        wanted: meaning to its possible titles, the preferred one first.
        needed: meanings that the table must have; 'pert_id|name' means one of them.
        name: of the table, for messages.

    Raises:
        RawDataError: naming what is missing.
    """
    titles = {title.strip().lower(): title for title in given}
    found = {
        meaning: titles[next(one for one in names if one in titles)]
        for meaning, names in wanted.items()
        if any(one in titles for one in names)
    }
    for alternatives in needed:
        meanings = alternatives.split("|")
        if not any(meaning in found for meaning in meanings):
            names = [one for meaning in meanings for one in wanted[meaning]]
            raise RawDataError(
                f"'{name}' has no field {' or '.join(names)}. Give the table that the release has "
                "for this level, with its own titles, or add the field."
            )
    return found


def release_of(titles: Iterable[str], name: str) -> str:
    """GEO accession or name of the release that a table of signatures looks like; '' for none."""
    for release in ("GSE92742", "GSE70138", "LINCS2020"):
        if release.casefold() in name.casefold():
            return release
    fields = {title.lower() for title in titles}
    if {"cell_iname", "cmap_name"} <= fields:
        return "LINCS2020"
    if {"pert_itime", "pert_idose", "cell_id"} <= fields:
        return "GSE92742" if "pert_dose_unit" in fields else "GSE70138"
    return ""
