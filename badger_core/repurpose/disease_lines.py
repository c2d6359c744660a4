"""The cell lines of a disease, and lines like them, with what makes a likeness worth nothing."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.cells.disease_names import grouped_disease
from badger_core.cells.neighbours import PlacedLines, similar_lines
from badger_core.naming import fold

GROUPS = {
    "DOID:10283": ("Prostate Cancer",),
    "DOID:1324": ("Lung Cancer",),
    "DOID:1612": ("Breast Cancer",),
    "DOID:1793": ("Pancreatic Cancer",),
    "DOID:1909": ("Skin Cancer",),
    "DOID:219": ("Colon/Colorectal Cancer",),
    "DOID:2394": ("Ovarian Cancer",),
    "DOID:2531": ("Leukemia", "Lymphoma", "Myeloma"),
    "DOID:263": ("Kidney Cancer",),
}
"""DOID to the groups of lines that are of it (`cells.disease_names`).

The lines of skin cancer with a recorded subtype are all melanomas. The other diseases with a
signature have no line: most are no cancers, and the catalogue holds cancers.
"""
COLUMNS = ("cell", "display_name", "disease", "subtype", "n_signatures", "n_compounds")


class ChosenLines(NamedTuple):
    """Lines to ask about where nobody named any."""

    lines: tuple[CellLine, ...]
    why: str  # a sentence


def lines_of_disease(catalogue: CellCatalogue, doid: str, name: str = "") -> pd.DataFrame:
    """Lines with expression that are of a disease, the best measured first; columns COLUMNS.

    Args:
        catalogue: of the bundle.
        doid: of the disease.
        name: groups of this name count too, for diseases without a signature.
    """
    usable = catalogue.usable
    group = grouped_disease(usable)
    wanted = set(GROUPS.get(doid, ()))
    of_it = group.isin(wanted) | (group.map(fold) == fold(name) if name else False)
    return usable.loc[of_it, list(COLUMNS)].reset_index(drop=True)


def choose_lines(
    catalogue: CellCatalogue, doid: str, name: str, ready: Sequence[str]
) -> ChosenLines:
    """Lines of the disease among those that are ready; all of these where there is none of it.

    Args:
        catalogue: of the bundle.
        doid: of the disease; '' for an unknown one.
        name: of the disease.
        ready: names of lines whose predictions are at hand.
    """
    of_it = [cell for cell in lines_of_disease(catalogue, doid, name)["cell"] if cell in ready]
    if of_it:
        said = f"No line was named: {', '.join(of_it)} of those at hand are lines of {name}."
        return ChosenLines(tuple(catalogue.line(cell) for cell in of_it), said)
    said = (
        f"No line was named and none at hand is a line of {name or 'this disease'}: all "
        f"{len(ready)} at hand are taken as a set ({', '.join(ready)}). They stand for no tissue "
        "of the disease."
    )
    return ChosenLines(tuple(catalogue.line(cell) for cell in ready), said)


def lines_alike(placed: PlacedLines, lines: Sequence[CellLine], most: int = 10) -> pd.DataFrame:
    """The lines most like each of some lines; columns of `neighbours.COLUMNS` after `of`.

    `dependent` says why a line is no independent witness ('' where it is one).

    Args:
        placed: `neighbours.place_lines` of the catalogue.
        lines: L of them, with expression.
        most: for each line.
    """
    tables = []
    for line in lines:
        found = similar_lines(placed, line).head(most)
        found.insert(0, "of", line.name)
        tables.append(found)
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
