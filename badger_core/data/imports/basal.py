"""Basal expression, from a file of the user's, of lines that the catalogue has none of."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.cells.centring import LEAST_OWN
from badger_core.data.build.write import write_npz, write_parquet
from badger_core.data.bundle import Bundle
from badger_core.data.expression_file_lines import lines_of_file
from badger_core.errors import CellNotFoundError, ExpressionError
from badger_core.naming import fold

FILES = ("cell_expression.npz", "cell_expression_rows.parquet")


class Basal(NamedTuple):
    """What a file adds to the catalogue.

    Attributes:
        rows: columns cell and platform of N profiles.
        values: (N, G) float32, NaN for genes that the file lacks.
        platform: line to its platform, of the lines that get their expression here.
    """

    rows: pd.DataFrame
    values: np.ndarray
    platform: dict[str, str]


NOTHING = Basal(pd.DataFrame({"cell": [], "platform": []}, dtype=str), np.zeros((0, 0)), {})


def read_basal(path: Path, base: Bundle, added: pd.DataFrame) -> Basal:
    """Profiles of a file, genes x lines, by the names of its samples.

    From eight different lines on the file is a platform of its own, and all of its samples are what
    each is centred against; fewer join the platform of the catalogue that fits them best.

    Args:
        path: of any kind that `expression_file.read_expression_file` reads.
        base: whose genes and lines are known.
        added: rows of the lines that the import adds.

    Raises:
        ExpressionError: for a file that cannot be read, names no line that lacks expression, or has
            few samples with too few genes to be compared with a platform.
    """
    found = lines_of_file(path, base).lines
    new = {fold(name): name for name in added["cell"]}
    own = found[0].reference is not None and found[0].platform not in _platforms(base.cells)
    taken: dict[str, CellLine] = {}
    for line in found:
        taken.setdefault(_name(line.display_name, new, base.cells), line)
    lacking = [name for name in taken if _lacks(name, set(new.values()), base.cells)]
    if not lacking:
        raise ExpressionError(
            f"'{path.name}' names no line without expression: it has "
            f"{', '.join(list(taken)[:4])}, and the lines new to the catalogue are "
            f"{', '.join(sorted(new.values())[:4]) or 'none'}. Call its samples as the release "
            "calls the lines."
        )
    if not own and any(taken[name].reference is not None for name in lacking):
        raise ExpressionError(
            f"'{path.name}' lacks landmark genes, and its {len(found)} samples are too few or too "
            f"alike to be compared with each other. Give all 978 genes, or {LEAST_OWN} lines."
        )
    kept = list(taken) if own else lacking
    named = path.name.split(".")[0]
    platform = {name: named if own else taken[name].platform for name in kept}
    if own and named in _platforms(base.cells):
        raise ExpressionError(f"A platform is called '{named}' already. Rename '{path.name}'.")
    rows = pd.DataFrame({"cell": kept, "platform": [platform[name] for name in kept]})
    values = np.stack([taken[name].basal for name in kept]).astype(np.float32)
    return Basal(rows, values, {name: platform[name] for name in lacking})


def with_platforms(cells: pd.DataFrame, basal: Basal) -> pd.DataFrame:
    """The table of lines that says where each one's expression is."""
    told = cells["cell"].map(basal.platform)
    return cells.assign(basal_platform=told.where(told.notna(), cells["basal_platform"]))


def write_basal(base: Bundle, basal: Basal, out: Path) -> None:
    """The catalogue's profiles, then those of the file."""
    cells = base.cells
    rows = pd.concat([cells.expression_rows, basal.rows], ignore_index=True)
    values = np.concatenate([cells.expression, basal.values])
    write_npz(out / FILES[0], {"entrez": base.genes.entrez, "values": values})
    write_parquet(out / FILES[1], rows)


def _platforms(catalogue: CellCatalogue) -> set[str]:
    return set(catalogue.expression_rows["platform"])


def _name(sample: str, new: dict[str, str], catalogue: CellCatalogue) -> str:
    if fold(sample) in new:
        return new[fold(sample)]
    try:
        return catalogue.find(sample).name
    except CellNotFoundError:
        return sample


def _lacks(name: str, new: set[str], catalogue: CellCatalogue) -> bool:
    known = set(catalogue.table["cell"])
    return name in new or (name in known and not catalogue.platform(name))
