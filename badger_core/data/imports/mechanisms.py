"""Mechanisms and targets that a release gives for structures which the library lacks."""

from collections.abc import Mapping

import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.data.imports.units import is_blank
from badger_core.genes.names import gene_names


def gene_ids(base: Bundle, geneinfo: pd.DataFrame | None) -> dict[str, int]:
    """Symbol in capitals to Entrez id: the release's genes, the library's targets, the landmarks.

    Args:
        base: the bundle that is built on.
        geneinfo: columns id and symbol, or None.
    """
    known = dict(gene_names(base.genes.table).symbol)
    if "target_genes.parquet" in base.manifest.get("references", {}):  # not in older bundles
        targets = base.target_genes
        entrez = targets["entrez"].astype(int)
        known |= dict(zip(targets["symbol"].str.upper(), entrez, strict=True))
    if geneinfo is not None and "symbol" in geneinfo:
        pairs = zip(geneinfo["symbol"], geneinfo["id"], strict=True)
        known |= {name.strip().upper(): int(one) for name, one in pairs if one.strip().isdecimal()}
    return known


def with_mechanisms(
    new: pd.DataFrame, pertinfo: pd.DataFrame | None, genes: Mapping[str, int]
) -> pd.DataFrame:
    """`new` with the columns moa, targets and target_entrez: sorted lists, empty where unknown.

    A compound has a row for each of its targets in LINCS2020, so that all rows of its id count.

    Args:
        new: as `structures.Found.new`; its pert_ids are all ids of a structure, parted by '|'.
        pertinfo: columns pert_id, target and moa as in `fields.COMPOUND`, or None.
        genes: as `gene_ids`.
    """
    said = {title: _by_id(pertinfo, title) for title in ("moa", "target")}
    own = [ids.split("|") for ids in new["pert_ids"]]
    moa, targets = (
        [sorted({one for i in ids for one in said[title].get(i, ())}) for ids in own]
        for title in ("moa", "target")
    )
    entrez = [sorted({genes[t.upper()] for t in some if t.upper() in genes}) for some in targets]
    return new.drop(columns="pert_ids").assign(moa=moa, targets=targets, target_entrez=entrez)


def _by_id(pertinfo: pd.DataFrame | None, title: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    if pertinfo is None or title not in pertinfo:
        return found
    for key, text in zip(pertinfo["pert_id"], pertinfo[title], strict=True):
        for one in text.split("|"):
            if not is_blank(one):
                found.setdefault(key.strip(), set()).add(one.strip())
    return found
