"""The measured screens of drug sensitivity, with their drugs, their lines and what is known.

NCI-60 says for 976 compounds whether a line is sensitive; CTRP v2 gives the area under the curve of
479 compounds (lower kills more). Tables come from `badger data build-response`; nothing is fitted.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.response_drugs import Drugs, Lines
from badger_core.data.response_files import ResponseFiles
from badger_core.data.response_pack import unpacked, unpacked_bits
from badger_core.errors import ResponseError

PANELS = {"nci60": ("nci60",), "ctrp": ("landmark", "ccle1000")}
"""Screen to the expression panels that its lines are known on, the first by default."""
KINDS = {"nci60": "class", "ctrp": "auc"}
_NO_MEASUREMENT = -1


class Profiles(NamedTuple):
    """Lines with expression on one panel.

    Attributes:
        table: (N rows) line, cell, display_name, depmap_id, lineage, disease, platform.
        genes: (E rows) symbol, entrez (0 where the symbol is not known).
        values: (N, E) float32 log2 expression, NaN where a gene was not measured; on the panel of
            landmarks less the mean over all lines of the line's platform.
    """

    table: pd.DataFrame
    genes: pd.DataFrame
    values: np.ndarray


@dataclass(frozen=True, eq=False)
class Screen:
    """D drugs measured in L lines.

    Attributes:
        name: "nci60" or "ctrp".
        kind: "class" (1 sensitive, 0 resistant) or "auc" (lower is more sensitive).
        panel: "nci60" (2,306 genes), "landmark" (978) or "ccle1000" (1,000).
        genes: (E rows) symbol, entrez (0 where unknown).
        drugs: D drugs.
        lines: L lines.
        labels: (D, L) float32, NaN where nothing was measured.
        about_drugs: row i is drug i: drug (NSC number or CTRP name), name, smiles, ik14, mechanism,
            targets (list of symbols from the Repurposing Hub).
        about_lines: row i is line i: line, cell ('' where the catalogue has none), display_name,
            depmap_id, lineage.
    """

    name: str
    kind: str
    panel: str
    genes: pd.DataFrame
    drugs: Drugs
    lines: Lines
    labels: np.ndarray
    about_drugs: pd.DataFrame
    about_lines: pd.DataFrame

    def take(self, drugs: np.ndarray, lines: np.ndarray) -> "Screen":
        """The same screen with these drugs and lines only (positions or masks), in this order."""
        drugs, lines = _positions(drugs), _positions(lines)
        return Screen(
            self.name,
            self.kind,
            self.panel,
            self.genes,
            self.drugs.take(drugs),
            self.lines.take(lines),
            self.labels[np.ix_(drugs, lines)],
            self.about_drugs.iloc[drugs].reset_index(drop=True),
            self.about_lines.iloc[lines].reset_index(drop=True),
        )


def screen(name: str, panel: str | None = None, root: Path | None = None) -> Screen:
    """One screen with the lines that have expression on the panel.

    The 104 landmark lines of CTRP were measured on two platforms (76 L1000, 28 NCI-60), which only
    compare once the mean of each platform's lines is taken away: that is their expression here,
    and `response_lines.centred` does the same to any other line.

    Args:
        name: "nci60" or "ctrp".
        panel: one of PANELS[name]; None: its first.
        root: folder of the tables; the shipped ones by default.

    Raises:
        ResponseError: for a screen or panel there is not, or a file that is missing or damaged.
    """
    if name not in PANELS:
        raise ResponseError(f"There is no screen '{name}'. Choose {' or '.join(PANELS)}.")
    panel = panel or PANELS[name][0]
    if panel not in PANELS[name]:
        raise ResponseError(
            f"The lines of '{name}' have no panel '{panel}'. Choose {' or '.join(PANELS[name])}."
        )
    files = ResponseFiles(root)
    arrays, about = files.arrays(f"screen_{name}"), files.table(f"screen_{name}_lines")
    drugs = files.table(f"screen_{name}_drugs")
    labels = _labels(arrays["labels"], KINDS[name])
    known = np.flatnonzero(about[panel] >= 0)
    values = unpacked(files.arrays(f"panel_{panel}")["values"])
    lines = about.iloc[known].reset_index(drop=True)
    text = {column: drugs[column].to_numpy(object) for column in ("ik14", "name", "smiles")}
    return Screen(
        name,
        KINDS[name],
        panel,
        files.table(f"panel_{panel}_genes"),
        Drugs(*text.values(), unpacked_bits(arrays["bits"]), drugs["group"].to_numpy()),
        Lines(
            lines["line"].to_numpy(object),
            values[lines[panel].to_numpy()],
            lines["group"].to_numpy(),
        ),
        labels[:, known],
        drugs.drop(columns="group").assign(targets=[list(t) for t in drugs["targets"]]),
        lines[["line", "cell", "display_name", "depmap_id", "lineage"]],
    )


def profiles(panel: str, root: Path | None = None) -> Profiles:
    """Every line with expression on a panel, measured for sensitivity or not.

    Args:
        panel: "nci60" (59 lines), "landmark" (all catalogue lines) or "ccle1000" (934 lines).
        root: folder of the tables; the shipped ones by default.

    Raises:
        ResponseError: for a panel there is not, or a file that is missing or damaged.
    """
    panels = sorted({panel for of_screen in PANELS.values() for panel in of_screen})
    if panel not in panels:
        raise ResponseError(f"There is no panel '{panel}'. Choose {', '.join(panels)}.")
    files = ResponseFiles(root)
    return Profiles(
        files.table(f"panel_{panel}_lines"),
        files.table(f"panel_{panel}_genes"),
        unpacked(files.arrays(f"panel_{panel}")["values"]),
    )


def _labels(stored: np.ndarray, kind: str) -> np.ndarray:
    if kind == "auc":
        return unpacked(stored)
    return np.where(stored == _NO_MEASUREMENT, np.nan, stored).astype(np.float32)


def _positions(rows: np.ndarray) -> np.ndarray:
    rows = np.asarray(rows)
    return np.flatnonzero(rows) if rows.dtype == bool else rows
