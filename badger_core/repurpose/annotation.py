"""What the library says of each compound of a list: phase, mechanism, targets, known uses."""

import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.repurpose.indications import Disease, known_uses

DIVIDER = " | "


def annotated(table: pd.DataFrame, bundle: Bundle, disease: Disease | None) -> pd.DataFrame:
    """A table of compounds with what is known of them, '' where nothing is.

    Args:
        table: S rows with column ik14.
        bundle: whose library and indications are asked.
        disease: whose uses count as known; None where nobody said.

    Returns:
        The table with phase, moa, targets, indication and disease_area (several divided by ' | '),
        known and known_source of `indications.known_uses`.
    """
    library = bundle.library.table
    if library["ik14"].duplicated().any():
        library = library.drop_duplicates("ik14")
    rows = library.set_index("ik14").reindex(table["ik14"])
    uses = known_uses(table["ik14"].tolist(), bundle.library, bundle.diseases, disease)
    return table.assign(
        phase=rows["phase"].fillna("").to_numpy(),
        moa=[_joined(each) for each in rows["moa"]],
        targets=[_joined(each) for each in rows["targets"]],
        indication=[text.replace("|", DIVIDER) for text in rows["indication"].fillna("")],
        disease_area=[text.replace("|", DIVIDER) for text in rows["disease_area"].fillna("")],
        known=uses["known"].to_numpy(),
        known_source=uses["known_source"].to_numpy(),
    )


def _joined(names: object) -> str:
    """Names of a cell as one text; '' for a compound that the library does not hold."""
    return "" if isinstance(names, float) or names is None else DIVIDER.join(names)
