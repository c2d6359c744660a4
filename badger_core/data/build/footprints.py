"""PROGENy's footprints on the landmark genes, keyed by Entrez id."""

import pandas as pd

from badger_core import schema
from badger_core.data.raw import RawData
from badger_core.errors import RawDataError
from badger_core.genes.names import gene_names
from badger_core.genes.panel import GenePanel

FILE = "pathways/progeny_human_landmark.csv.gz"


def footprint_table(raw: RawData, panel: GenePanel) -> pd.DataFrame:
    """Columns of `schema.FOOTPRINT_COLUMNS`; pathways by name, their genes by p, then Entrez id.

    Raises:
        RawDataError: if a symbol is no landmark gene, or a gene stands twice in one pathway.
    """
    given = raw.csv(FILE, keep_default_na=False)
    found = gene_names(panel.table).resolve(given["gene"])
    if lost := [*found.unknown, *found.ambiguous]:
        raise RawDataError(f"'{FILE}' names genes that are no landmark: {', '.join(lost[:5])}.")
    table = given.assign(entrez=given["gene"].map(found.entrez)).rename(columns={"p.value": "p"})
    table = table[list(schema.FOOTPRINT_COLUMNS)]
    if table.duplicated(["pathway", "entrez"]).any():
        raise RawDataError(f"'{FILE}' holds a gene twice in one pathway.")
    return table.sort_values(["pathway", "p", "entrez"], ignore_index=True)
