"""Lines by a part of any of their names, narrowed by what is known of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core import naming
from badger_core.cells.catalogue import CellCatalogue


def search_lines(
    catalogue: CellCatalogue,
    text: str = "",
    diseases: Sequence[str] = (),
    lineages: Sequence[str] = (),
    least_compounds: int = 0,
    with_expression: bool = False,
) -> pd.DataFrame:
    """Rows of the catalogue whose names fit, the best measured first; a full match comes first.

    Args:
        catalogue: all lines.
        text: a part of a name, alias, DepMap or Cellosaurus id, case and dashes free; '' for all.
        diseases: the line's is one of these; none for any.
        lineages: the line's is one of these; none for any.
        least_compounds: compounds measured in the line.
        with_expression: whether the line must have basal expression, so that it can be asked about.
    """
    table = catalogue.table
    keep = table["n_compounds"] >= least_compounds
    if diseases:
        keep &= table["disease"].isin(list(diseases))
    if lineages:
        keep &= table["lineage"].isin(list(lineages))
    if with_expression:
        keep &= table["basal_platform"] != ""
    wanted = naming.fold(text)
    if text.strip():
        fits = [bool(wanted) and any(wanted in name for name in names) for names in _names(table)]
        keep &= np.array(fits)
    found = table[keep]
    exact = [wanted in names for names in _names(found)]
    found = found.assign(exact=exact).sort_values(
        ["exact", "n_signatures", "cell"], ascending=[False, False, True], ignore_index=True
    )
    return found.drop(columns="exact")


def _names(table: pd.DataFrame) -> list[list[str]]:
    """Folded names of every row."""
    columns = (table[c] for c in ("cell", "display_name", "depmap_id", "cellosaurus_id", "aliases"))
    return [
        [naming.fold(name) for name in (*rest, *aliases) if name]
        for *rest, aliases in zip(*columns, strict=True)
    ]
