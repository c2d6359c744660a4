"""Columns that another predictor lends to a list of hypotheses, their meaning in the manifest."""

from collections.abc import Sequence

import pandas as pd

from badger_core.repurpose.hypotheses import Hypotheses


def with_columns(
    found: Hypotheses, told: pd.DataFrame | None, columns: Sequence[str], meaning: str
) -> Hypotheses:
    """A list with further columns; the list as it is where there are none.

    Args:
        found: the list; columns of the same names are replaced.
        told: a row per structure, columns ik14 and `columns`; None where nobody can tell.
        columns: the first holds words, '' for rows without a structure, and names the manifest's
            entry.
        meaning: of the columns.
    """
    if told is None:
        return found
    table = found.table.drop(columns=list(columns), errors="ignore")
    table = table.merge(told, on="ik14", how="left", validate="many_to_one")
    table[columns[0]] = table[columns[0]].fillna("")
    return found._replace(table=table, manifest=found.manifest | {columns[0]: meaning})
