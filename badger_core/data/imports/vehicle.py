"""Landmark values of a file, its level told by them, and level 3 turned into differences."""

import numpy as np
import pandas as pd

from badger_core.data.gctx import GctxFile
from badger_core.data.imports.matrix_source import InMemory
from badger_core.errors import MatrixFileError

_AT_ONCE = 2048
_SAMPLE, _LEAST_EXPRESSION = 64, 2.0


def check_level(
    file: GctxFile | InMemory, places: np.ndarray, columns: np.ndarray, level: int
) -> None:
    """Refuse expression taken for z-scores and z-scores taken for expression.

    Raises:
        MatrixFileError: saying which level the values look like.
    """
    some = columns[np.linspace(0, len(columns) - 1, min(_SAMPLE, len(columns))).astype(int)]
    values = read_landmarks(file, places, np.unique(some))
    values = values[np.isfinite(values)]
    expression = len(values) > 0 and values.min() >= 0 and np.median(values) > _LEAST_EXPRESSION
    if expression != (level == 3) and len(values):
        looks = "3 (expression, all above 0)" if expression else "4 or 5 (changes around 0)"
        raise MatrixFileError(
            f"The values of '{file.name}' look like level {looks}, and it is imported as level "
            f"{level}. Give its level by --level."
        )


def vehicle_means(
    file: GctxFile | InMemory, places: np.ndarray, wells: pd.DataFrame
) -> tuple[dict[str, int], np.ndarray]:
    """Plate to row, and (plates, G) mean log2 expression of its vehicle wells.

    Args:
        file: of level 3.
        places: (G,) rows of the landmark genes, -1 for one that is not there.
        wells: columns id and plate of the vehicle wells.

    Raises:
        MatrixFileError: if the file holds no vehicle well.
    """
    at = file.column_ids.get_indexer(wells["id"])
    there = at >= 0
    order = np.argsort(at[there], kind="stable")
    at, plates = at[there][order], wells["plate"].to_numpy(object)[there][order]
    if not len(at):
        raise MatrixFileError(
            f"'{file.name}' is imported as level 3, and no column of it is a vehicle well "
            "(pert_type ctl_vehicle), which the treated wells are compared with. Give the table "
            "that names them, or import level 4 or 5."
        )
    names = sorted(set(plates))
    row = {name: i for i, name in enumerate(names)}
    number = np.array([row[name] for name in plates])
    total, known = np.zeros((len(names), len(places))), np.zeros((len(names), len(places)))
    for start in range(0, len(at), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        values = read_landmarks(file, places, at[some])
        there = np.isfinite(values)
        np.add.at(total, number[some], np.where(there, values, 0))
        np.add.at(known, number[some], there)
    with np.errstate(invalid="ignore"):
        return row, (total / known).astype(np.float32)


def read_landmarks(
    file: GctxFile | InMemory,
    places: np.ndarray,
    columns: np.ndarray,
    into: np.ndarray | None = None,
) -> np.ndarray:
    """(N, G) float32 of these columns, NaN for genes that the file lacks.

    `into`, (N, G) float32, is filled and returned: quicker where many blocks are read.
    """
    there = places >= 0
    if there.all():
        return file.read(places, columns, into).T
    values = np.empty((len(columns), len(places)), np.float32) if into is None else into
    values[:, ~there] = np.nan
    values[:, there] = file.read(places[there], columns).T
    return values
