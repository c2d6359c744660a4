"""What any format of L1000 files holds: values with annotated rows and columns, and its gaps."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.errors import MatrixFileError

KEYS = ("sig_id", "inst_id", "sample_id", "distil_id", "cid", "id")
"""Fields that name a signature or a sample in the tables of the releases, first one first."""
ANNOTATION = (
    ("pert_id",),
    ("pert_type",),
    ("cell_id", "cell_iname", "cell_mfc_name"),
    ("pert_dose", "pert_idose", "exp_pert_dose"),
    ("pert_time", "pert_itime", "exp_pert_time"),
)
"""What must be known of a column, each by one of these names."""
TEXT = pd.Series(["text"]).dtype
"""How this pandas keeps texts."""
_EXAMPLES = 3


class Matrix(NamedTuple):
    """A matrix with what is known of its rows and columns.

    Attributes:
        values: (R, C) float32; rows are genes, columns are signatures or samples; NaN is missing.
        rows: index of R ids (texts), columns of annotation.
        columns: index of C ids (texts), columns of annotation.
    """

    values: np.ndarray
    rows: pd.DataFrame
    columns: pd.DataFrame


def with_table(
    matrix: Matrix, table: pd.DataFrame, key: str | None = None, name: str = "The matrix"
) -> Matrix:
    """The matrix with the annotation of its columns from a table such as siginfo or instinfo.

    Args:
        matrix: of any format.
        table: one row per signature; more rows than the matrix has columns are welcome.
        key: the field that holds the ids of the columns; the first of KEYS for None.
        name: of the matrix, for messages.

    Raises:
        MatrixFileError: as `annotated`.
    """
    return matrix._replace(columns=annotated(matrix.columns, table, key, name))


def annotated(
    columns: pd.DataFrame, table: pd.DataFrame, key: str | None = None, name: str = "The matrix"
) -> pd.DataFrame:
    """`columns` with the fields of a table beside its own; where both have one, the table's.

    Raises:
        MatrixFileError: if the table has no field of ids, not all of them, or one of them twice.
    """
    field = key or next((one for one in KEYS if one in table), None)
    if field is None or field not in table:
        raise MatrixFileError(
            f"The table has no field {key or ' or '.join(KEYS[:4])} with the names of the columns "
            f"of {name}. It has: {_listed(table.columns, 8)}."
        )
    ids = table[field].astype("str").str.strip()
    known = ids.isin(columns.index)
    table, ids = table[known], pd.Index(ids[known])
    if not ids.is_unique:
        twice = ids[ids.duplicated()]
        raise MatrixFileError(
            f"The field {field} of the table names {_listed(twice)} more than once. Keep one row "
            "for each signature."
        )
    found = ids.get_indexer(columns.index)
    absent = columns.index[found < 0]
    if len(absent):
        raise MatrixFileError(
            f"{len(absent):,} of {len(columns):,} columns of {name} are not in the field {field} "
            f"of the table: {_listed(absent)}. Give the table of the same release and level."
        )
    taken = table.drop(columns=field).iloc[found].set_axis(columns.index)
    own = columns.drop(columns=[title for title in columns if title in taken])
    return pd.concat([own, taken], axis=1)


def check_annotation(
    columns: pd.DataFrame, name: str, needed: Sequence[tuple[str, ...]] = ANNOTATION
) -> None:
    """Refuse columns of which too little is known.

    Args:
        columns: annotation of the columns.
        name: of the file, for messages.
        needed: what must be there, each under one of several names.

    Raises:
        MatrixFileError: naming what is missing and the table that supplies it.
    """
    missing = [names for names in needed if not any(one in columns for one in names)]
    if missing:
        raise MatrixFileError(
            f"{name} does not say for its columns: "
            f"{'; '.join(' or '.join(names) for names in missing)}. Give the table of the release "
            "that does, by --siginfo (siginfo, sig_info or inst_info)."
        )


def check_names(frame: pd.DataFrame, what: str, name: str) -> None:
    """Refuse ids and fields that stand twice.

    Raises:
        MatrixFileError: naming some of them.
    """
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()]
        raise MatrixFileError(f"{what} of {name} have the field {_listed(twice)} twice. Rename it.")
    if not frame.index.is_unique:
        twice = frame.index[frame.index.duplicated()]
        raise MatrixFileError(
            f"{what} {_listed(twice)} of {name} stand more than once. Give each its own id."
        )


def _listed(names: pd.Index, count: int = _EXAMPLES) -> str:
    shown = ", ".join(f"'{str(one)[:40]}'" for one in names[:count])
    return f"{shown} and {len(names) - count:,} more" if len(names) > count else shown
