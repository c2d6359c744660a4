"""Tables of predicted drug sensitivity as they go out: their columns explained, and Parquet."""

import io

import pandas as pd

from badger_core.cells.catalogue import CellLine
from badger_core.predict.ask import Asked
from badger_core.response.answer import SCREENS
from badger_core.response.answer_words import AUC_WORDS, POOLED_WORDS

COLUMNS = {
    "rank": "place by how strongly the compound kills, 1 first",
    "of": "rows that were ranked",
    "line": "name of the line in its screen",
    "cell": "name of the line in this program, '' where it has none",
    "display_name": "the line as it is shown",
    "lineage": "tissue of the line",
    "drug": "the drug in its screen: name in CTRP v2, NSC number in NCI-60",
    "name": "name of the drug; of a compound over lines, its own in the screen",
    "ik14": "first block of the InChIKey",
    "mechanism": "of the drug, several divided by ' | '",
    "screen": "ctrp: area under the curve, lower kills more; nci60: probability of sensitive",
    "predicted": "in the unit of the screen",
    "low": "lower end of the 80% interval",
    "high": "upper end of the 80% interval",
    "drug_specific": "predicted less the mean over the tested drugs of the line",
    "measured": "what was measured; empty where nothing was",
    "basis": "measured pair, known drug (tested in other lines) or new drug (never tested)",
    "confidence": "word, by what held-out predictions like this were worth",
    "nearest_drug": "tested drug that is most alike",
    "likeness": "Tanimoto of Morgan fingerprints with that drug",
    "nearest_line": "tested line whose expression is most alike",
    "line_likeness": "correlation of standardised expression with that line, 1 for itself",
    "sure": "assurance behind the word, 0 to 1",
    "percent": "share of the rows of the screen, in percent, that are predicted to be killed less",
    "chosen": "whether the row is what was asked for",
}


def provenance(asked: Asked | None, line: CellLine | None, screen: str) -> dict:
    """What a table holds, for the sheet beside it or the JSON.

    Args:
        asked: the compound; None for a line over drugs.
        line: that was asked for, or None.
        screen: whose scale the table has.
    """
    return {
        "what": "predicted drug sensitivity",
        "compound": "" if asked is None else asked.name,
        "ik14": "" if asked is None else asked.molecule.ik14,
        "smiles": "" if asked is None else asked.molecule.smiles,
        "line": "" if line is None else line.display_name,
        "screen": SCREENS.get(screen, screen),
        "meaning": f"{AUC_WORDS} {POOLED_WORDS}",
        "columns": COLUMNS,
        "limits": "For research use only, not for diagnosis or treatment.",
    }


def parquet(table: pd.DataFrame) -> bytes:
    """The table as a Parquet file, with the kinds of its columns."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()
