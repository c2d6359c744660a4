"""The NCI-60 screen: binary activity, compounds and the 2,306 genes that vary most."""

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellCatalogue
from badger_core.data.build.response_lines import Panel, gene_rows, line_rows
from badger_core.data.raw import RawData
from badger_core.errors import RawDataError
from badger_core.genes.names import GeneNames

FOLDER = "response/nci60"
VARIABLE = 0.9
"""Quantile of the standard deviation above which a gene is taken."""
_PLATFORM = "NCI-60 microarray"


def nci60_labels(raw: RawData) -> tuple[np.ndarray, pd.DataFrame, list[str], list[int]]:
    """Labels, their compounds and lines, and the compounds that no structure is given for.

    Returns:
        (D, L) int8 of 1 sensitive, 0 resistant and -1 not measured; D rows drug (NSC number as
        text), name, smiles, mechanism; L names of lines; NSC numbers left out.
    """
    activity = raw.csv(f"{FOLDER}/drugAct.csv.gz", index_col=0)
    compounds = raw.csv(f"{FOLDER}/nsc_cid_smiles_class_name.csv.gz", index_col=0)
    compounds = compounds.set_index("NSC")
    unknown = [int(nsc) for nsc in activity.index if nsc not in compounds.index]
    activity = activity.drop(unknown)
    values = activity.to_numpy(np.float64)
    if not np.isin(values[~np.isnan(values)], (0, 1)).all():
        raise RawDataError("The NCI-60 activity holds other values than 0, 1 and empty.")
    own = compounds.loc[activity.index].fillna("")
    table = pd.DataFrame(
        {
            "drug": activity.index.astype(str).to_numpy(object),
            "name": own["NAME"].to_numpy(object),
            "smiles": own["SMILES"].to_numpy(object),
            "mechanism": own["MECHANISM"].to_numpy(object),
        }
    )
    labels = np.where(np.isnan(values), -1, values).astype(np.int8)
    return labels, table, activity.columns.tolist(), unknown


def nci60_panel(raw: RawData, lines: list[str], cells: CellCatalogue, names: GeneNames) -> Panel:
    """Expression of the lines on the genes whose standard deviation is above the 90th percentile.

    A missing value counts as 0 when the deviation is worked out, as in the published selection, and
    stays missing in the table.
    """
    expression = nci60_expression(raw)[lines]
    variable = expression[high_variance(expression)]
    table = line_rows(lines, cells).assign(platform=_PLATFORM)
    return Panel(table, gene_rows(variable.index, names), variable.to_numpy(np.float64).T)


def nci60_expression(raw: RawData) -> pd.DataFrame:
    """Log2 expression, genes x lines, by symbol."""
    parts = [raw.csv(f"{FOLDER}/gene_exp_part{part}.csv.gz", index_col=0) for part in (1, 2)]
    table = pd.concat(parts)
    if table.index.duplicated().any():
        raise RawDataError("A gene stands twice in the NCI-60 expression.")
    return table


def high_variance(expression: pd.DataFrame) -> np.ndarray:
    """Bool per gene (row): standard deviation over the lines above the VARIABLE quantile."""
    deviation = expression.fillna(0).std(axis=1)
    return (deviation > deviation.quantile(VARIABLE)).to_numpy()
