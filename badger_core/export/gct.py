"""GCT 1.3 and 1.2: a matrix with what is known of its rows and columns, for Morpheus and cmapPy."""

import numpy as np
import pandas as pd

from badger_core.errors import SettingError
from badger_core.export.tables import one_field
from badger_core.predict.ranking import Ranking

MIME = "text/plain"
_MISSING = "NaN"


def gct(values: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame) -> str:
    """A matrix as GCT 1.3; every number reads back as it was.

    Args:
        values: R rows by C columns of numbers; index and columns are the ids.
        rows: what is known of each row; the same index as `values`.
        columns: what is known of each column; its index are the columns of `values`.

    Raises:
        SettingError: an id stands twice, or rows and columns do not fit the values.
    """
    if not (values.index.equals(rows.index) and values.columns.equals(columns.index)):
        raise SettingError("Rows or columns of a GCT do not fit its values. Give the same ids.")
    if not (values.index.is_unique and values.columns.is_unique):
        raise SettingError("An id stands twice in a GCT. Give each row and column its own.")
    nothing = ["na"] * rows.shape[1]
    lines = [
        ["#1.3"],
        [*values.shape, rows.shape[1], columns.shape[1]],
        ["id", *rows.columns, *values.columns],
        *([field, *nothing, *columns[field]] for field in columns),
        *(
            [name, *known, *numbers]
            for name, known, numbers in zip(
                values.index,
                rows.itertuples(index=False),
                values.itertuples(index=False),
                strict=True,
            )
        ),
    ]
    return "".join("\t".join(map(cell_text, line)) + "\n" for line in lines)


def gct_1_2(values: pd.DataFrame, description: pd.Series) -> str:
    """A matrix as GCT 1.2, for older programs: of a row its description, of a column its id alone.

    Args:
        values: R rows by C columns of numbers; index and columns are the ids.
        description: one for each row; the same index as `values`.

    Raises:
        SettingError: an id stands twice, or the descriptions do not fit the values.
    """
    rows = description.rename("Description").to_frame()
    nothing = pd.DataFrame(index=values.columns)
    _, _, header, *body = gct(values, rows, nothing).splitlines(keepends=True)
    size = "\t".join(map(str, values.shape))
    return f"#1.2\n{size}\nName{header.removeprefix('id')}" + "".join(body)


def ranking_gct(ranking: Ranking) -> str:
    """A ranking as one column of scores; rows are Entrez ids, with the rest of the table beside."""
    table = ranking.table.set_index(ranking.table["entrez"].astype(str))
    name = ranking.file_stem
    rows = table.drop(columns="score").rename(
        columns={"symbol": "pr_gene_symbol", "entrez": "pr_gene_id"}
    )
    columns = pd.DataFrame(_about(ranking.manifest), index=[name])
    return gct(table[["score"]].set_axis([name], axis=1), rows, columns)


def cell_text(value: object) -> str:
    """One cell without tab or line break; numbers in full, nothing as NaN."""
    if isinstance(value, float | np.floating):
        return _MISSING if np.isnan(value) else repr(float(value))
    text = "" if value is None or value is pd.NA else str(value)
    return one_field(text, _MISSING)


def _about(manifest: dict) -> dict[str, object]:
    """The column's annotation, under CLUE's names where it has one."""
    compound, cell, trust = (manifest.get(part) or {} for part in ("compound", "cell", "trust"))
    return {
        "pert_iname": compound.get("name"),
        "inchi_key": compound.get("inchikey"),
        "canonical_smiles": compound.get("smiles"),
        "cell_iname": cell.get("name"),
        "disease": cell.get("disease"),
        "seen_before": (manifest.get("familiarity") or {}).get("badge"),
        "confidence": trust.get("confidence"),
        "unit": manifest.get("score"),
        "model": manifest["model"]["hash"],
        "bundle": manifest.get("bundle"),
        "app_version": manifest.get("app_version"),
        "date": manifest.get("date"),
    }
