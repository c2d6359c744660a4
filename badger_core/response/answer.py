"""What page and commands ask of drug sensitivity: a compound over lines, and a line over drugs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.errors import ResponseError

if TYPE_CHECKING:
    from badger_core.chem.molecule import Molecule
    from badger_core.response.predictor import LineProfile, Sensitivity

CTRP, NCI60 = "ctrp", "nci60"
SCREENS = {CTRP: "CTRP v2", NCI60: "NCI-60"}
"""Screen to what it is called; the first is the one that is shown first."""
COLUMNS = (
    *("rank", "of", "line", "cell", "display_name", "lineage", "name", "drug", "mechanism"),
    *("screen", "predicted", "low", "high", "drug_specific", "measured", "basis", "confidence"),
    "chosen",
)
"""Of an answer, those of the predictor that are beside them follow."""


class Standing(NamedTuple):
    """Where the line (or drug) that was asked for stands in one screen; NaN and '' are not known.

    Attributes:
        screen: CTRP or NCI60.
        predicted: AUC, or probability of sensitive.
        low, high: interval of 80%.
        measured: the same, measured; NaN where it was not.
        rank, of: place by how strongly the compound kills, 1 first, among so many lines.
        drug_specific: predicted less the line's mean over drugs.
        confidence: word.
        basis: 'measured pair', 'known drug' or 'new drug'.
        nearest_drug, likeness: of the tested drugs, and Tanimoto.
        nearest_line, line_likeness: of the tested lines, and the correlation of expression.
    """

    screen: str
    predicted: float
    low: float
    high: float
    measured: float
    rank: int
    of: int
    drug_specific: float
    confidence: str
    basis: str
    nearest_drug: str
    likeness: float
    nearest_line: str
    line_likeness: float


def profile_of(line: CellLine, catalogue: CellCatalogue) -> "LineProfile":
    """A line of the catalogue, or an own one, as the predictor takes it.

    Raises:
        ResponseError: for a line without expression.
    """
    from badger_core.response.predictor import LineProfile  # the first page needs none of it

    if line.basal is None:
        raise ResponseError(
            f"No basal expression of {line.display_name} is at hand, so its sensitivity cannot be "
            "predicted. Choose another line, or upload its expression on the page Cell lines."
        )
    return LineProfile(line.name, line.basal, catalogue.reference_of(line))


def across_lines(
    model: "Sensitivity",
    molecule: "Molecule",
    line: CellLine | None = None,
    catalogue: CellCatalogue | None = None,
) -> pd.DataFrame:
    """One compound over all lines of both screens, and over the line asked for beside them.

    Args:
        model: the shipped predictor.
        molecule: the compound.
        line: asked for; None where none is.
        catalogue: needed with a line.

    Returns:
        Screen by screen, most killing first: `COLUMNS`, and what of the predictor's columns is
        beside them. `chosen` marks the line.

    Raises:
        ResponseError: for a line without expression.
    """
    from badger_core.response.answer_table import with_percent  # the first page needs none of it

    table = model.of_drug(molecule)
    if line is not None:
        there = set(table.loc[table["cell"] == line.name, "screen"])
        own = model.of_drug(molecule, [profile_of(line, catalogue)])
        own = own[~own["screen"].isin(there)].assign(
            cell=line.name, display_name=line.display_name, lineage=line.lineage
        )
        if len(own):
            table = with_percent(pd.concat([table, own], ignore_index=True))
    mark = table["cell"] == line.name if line is not None else pd.Series(False, table.index)
    return ranked(table.assign(chosen=mark))


def across_drugs(
    model: "Sensitivity",
    line: CellLine,
    catalogue: CellCatalogue,
    molecule: "Molecule | None" = None,
) -> pd.DataFrame:
    """One line over all tested drugs; `chosen` marks the compound asked for where it is of them.

    Raises:
        ResponseError: for a line without expression.
    """
    table = model.of_line(profile_of(line, catalogue))
    table.loc[table["cell"] == "", ["cell", "display_name", "lineage"]] = (
        line.name,
        line.display_name,
        line.lineage,
    )
    key = "" if molecule is None else molecule.ik14
    return ranked(table.assign(chosen=(table["ik14"] == key) & (key != "")))


def ranked(table: pd.DataFrame) -> pd.DataFrame:
    """The table screen by screen, most killing first, with rank and of; screens as in `SCREENS`."""
    killing = np.where(table["screen"] == NCI60, table["predicted"], -table["predicted"])
    order = table["screen"].map({name: at for at, name in enumerate(SCREENS)})
    table = table.assign(_killing=-killing, _order=order).sort_values(
        ["_order", "_killing"], kind="stable", ignore_index=True
    )
    own = table.groupby("screen")["_killing"]
    table = table.assign(
        rank=own.rank(method="min").astype(int), of=own.transform("size").astype(int)
    )
    first = [name for name in COLUMNS if name in table]
    rest = [name for name in table if name not in (*COLUMNS, "_killing", "_order")]
    return table[[*first, *rest]]


def standings(table: pd.DataFrame) -> dict[str, Standing]:
    """Screen to where the chosen row stands; a screen that cannot say is left out."""
    found = {}
    for row in table[table["chosen"]].to_dict("records"):
        fields = {name: row.get(name) for name in Standing._fields}
        texts = ("screen", "confidence", "basis", "nearest_drug", "nearest_line")
        fields = {
            name: (value or "" if name in texts else np.nan if value is None else value)
            for name, value in fields.items()
        }
        found.setdefault(row["screen"], Standing(**fields))
    return found


def pairs(
    model: "Sensitivity", smiles: Sequence[str], line: CellLine, catalogue: CellCatalogue
) -> pd.DataFrame:
    """Many compounds in one line on the scale of CTRP v2, row by row of `smiles`.

    Returns:
        predicted (AUC), drug_specific (less the line's mean over the tested drugs) and likeness
        (Tanimoto with the nearest tested drug).

    Raises:
        ResponseError: for a line without expression.
    """
    table = model.pairs(smiles, profile_of(line, catalogue))
    return table[["predicted", "drug_specific", "likeness"]].reset_index(drop=True)
