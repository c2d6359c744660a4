"""Rankings and other tables as text files that spreadsheets open without harm."""

import json
import re
from pathlib import Path

import pandas as pd

from badger_core.files import write_together
from badger_core.legible import visible
from badger_core.predict.ranking import Ranking

_WIDE = ("\uff1d", "\uff0b", "\uff0d", "\uff20")  # forms of the first four
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *_WIDE)
_NUMBER = re.compile(r"[+-](\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def table_csv(table: pd.DataFrame) -> str:
    """A table as CSV; text cells that a spreadsheet would take for a formula are escaped."""
    return harmless(table).to_csv(index=False, lineterminator="\r\n")


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every text, those above the columns too, as `escaped` gives it."""
    found = table.copy()
    for at in range(found.shape[1]):
        if not pd.api.types.is_numeric_dtype(found.dtypes.iloc[at]):
            found.isetitem(at, found.iloc[:, at].astype(object).map(escaped))
    return found.set_axis([escaped(name) for name in found], axis=1)


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
    write_together({path: ranking_csv(ranking), path.with_suffix(".json"): manifest_json(ranking)})


def read_ranking(path: Path) -> pd.DataFrame:
    """A ranking CSV as it was written (a gene called NA stays a name)."""
    return pd.read_csv(path, keep_default_na=False, na_values={"chance": [""]})


def escaped(value: object) -> object:
    """A text, behind an apostrophe if a spreadsheet would run it as a formula; else as it is."""
    if not isinstance(value, str):
        return value
    text = visible(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def one_field(text: str, empty: str) -> str:
    """A text between tabs: without tab and line break, no formula; -666 stays, as it is a number.

    Args:
        text: from anywhere.
        empty: what stands where it has no sign.
    """
    line = " ".join(visible(text).split())
    return (line if _NUMBER.fullmatch(line) else str(escaped(line))) or empty
