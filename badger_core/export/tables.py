"""Rankings and other tables as text files that spreadsheets open without harm."""

import json
from pathlib import Path

import pandas as pd

from badger_core.files import write_whole
from badger_core.predict.ranking import Ranking

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def table_csv(table: pd.DataFrame) -> str:
    """A table as CSV; text cells that a spreadsheet would take for a formula are escaped."""
    table = table.copy()
    for column in table.select_dtypes(exclude="number"):
        table[column] = table[column].map(escaped)
    return table.to_csv(index=False, lineterminator="\r\n")


def figures(table: pd.DataFrame, about: dict) -> str:
    """Table and provenance as JSON; missing is null."""
    rows = json.loads(table.to_json(orient="records"))
    return json.dumps({"manifest": about, "rows": rows}, indent=1, ensure_ascii=False)


def ranking_csv(ranking: Ranking) -> str:
    """The ranking's table as CSV."""
    return table_csv(ranking.table)


def manifest_json(ranking: Ranking) -> str:
    """The provenance as JSON."""
    return json.dumps(ranking.manifest, indent=1, ensure_ascii=False) + "\n"


def write_ranking(ranking: Ranking, path: Path) -> None:
    """Write the CSV, and the manifest beside it with the ending .json."""
    write_whole(path, ranking_csv(ranking))
    write_whole(path.with_suffix(".json"), manifest_json(ranking))


def read_ranking(path: Path) -> pd.DataFrame:
    """A ranking CSV as it was written (a gene called NA stays a name)."""
    return pd.read_csv(path, keep_default_na=False, na_values={"chance": [""]})


def escaped(text: str) -> str:
    """The text, behind an apostrophe if a spreadsheet would run it as a formula."""
    return f"'{text}" if str(text).startswith(_FORMULA_STARTS) else text
