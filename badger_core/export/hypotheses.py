"""A list of hypotheses as files: the table that goes out, the sheets of a workbook, and JSON."""

import json

import numpy as np
import pandas as pd

from badger_core.repurpose.hypotheses import Hypotheses


def listed(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """The first compounds of a list and every negative control, wherever it stands.

    Args:
        table: of `Hypotheses`.
        top: compounds from the beginning.
    """
    return table[table["rank"].le(top).fillna(False) | (table["control"] != "")].reset_index(
        drop=True
    )


def sheets(
    found: Hypotheses, top: int, beside: dict[str, pd.DataFrame] | None = None
) -> dict[str, pd.DataFrame]:
    """Title to table: the list first, then what supports it.

    Args:
        found: the hypotheses.
        top: length of the list.
        beside: further tables, such as diseases alike; empty ones are left out.
    """
    own = {
        "hypotheses": listed(found.table, top),
        "next experiments": found.next,
        "classes": found.classes,
        "genes": found.genes,
        "pathways": found.pathways,
    }
    return {
        title: plain_missing(table)
        for title, table in (own | (beside or {})).items()
        if title == "hypotheses" or len(table)
    }


def plain_missing(table: pd.DataFrame) -> pd.DataFrame:
    """The table with None for what is missing, so that a workbook's cell is empty."""
    table = table.astype(object)
    return table.where(table.notna(), None)


def figures(
    found: Hypotheses, top: int, beside: dict[str, pd.DataFrame] | None = None
) -> dict[str, object]:
    """The manifest and all tables as lists of rows, fit for JSON; missing is null."""
    tables = sheets(found, top, beside)
    return {"manifest": found.manifest} | {
        title.replace(" ", "_"): json.loads(_rows(table)) for title, table in tables.items()
    }


def _rows(table: pd.DataFrame) -> str:
    rows = [
        {name: _number(value) for name, value in row.items()} for row in table.to_dict("records")
    ]
    return json.dumps(rows, ensure_ascii=False)


def _number(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value
