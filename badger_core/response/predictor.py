"""The shipped predictor of drug sensitivity: a compound over lines, a line over drugs, many pairs.

Lines of a screen are recognised by their name; others enter by expression, on the 1,000 genes of
CCLE where a profile of those is at hand, else on the landmarks.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.chem.molecule import Molecule
from badger_core.data.response_drugs import BITS, bits_of
from badger_core.data.response_lines import centred
from badger_core.errors import ResponseError
from badger_core.response.answer_table import answer_table, with_percent
from badger_core.response.machine import Machine
from badger_core.response.shipped import Shipped, read_shipped

CTRP, NCI60 = "ctrp", "nci60"
MACHINES = {CTRP: ("ccle1000", "landmark"), NCI60: ("nci60", "landmark")}
"""Screen to the panels of its machines, the one that is preferred first."""


class LineProfile(NamedTuple):
    """A line that is asked about.

    Attributes:
        key: its name in the catalogue, or any other text for an own one.
        landmark: (978,) log2 expression, or None.
        reference: (C, 978) lines of its platform, or None where `landmark` is centred already.
        ccle1000: (1000,) on the panel of CCLE, or None; lines of CCLE are found by `key`.
    """

    key: str
    landmark: np.ndarray | None = None
    reference: np.ndarray | None = None
    ccle1000: np.ndarray | None = None


class Sensitivity:
    """Opened by `load`; every answer is a table in which a row is a pair in one screen.

    Columns: screen, line, cell, display_name, lineage, drug, name, ik14, mechanism, predicted, low,
    high (interval of 80%), sure (0 to 1) and confidence (its word), measured (NaN if not), basis,
    nearest_drug, likeness, nearest_line, line_likeness, drug_specific (predicted less the line's
    mean over the screen's drugs) and percent (of what was asked for that is predicted to be killed
    less, 0 to 100).
    """

    def __init__(self, shipped: Shipped) -> None:
        self._machines: dict[tuple[str, str], Machine] = shipped.machines
        self._ccle, self._landmarks = shipped.ccle, shipped.landmarks
        self.manifest = shipped.manifest

    @classmethod
    def load(cls, root: Path | None = None) -> "Sensitivity":
        """From the folder of the tables.

        Raises:
            ResponseError: if tables or weights are missing, damaged or do not belong together.
        """
        return cls(read_shipped(root, MACHINES))

    def of_drug(
        self, molecule: Molecule, lines: Sequence[LineProfile] | None = None
    ) -> pd.DataFrame:
        """One compound across lines; None: all that were screened.

        A line that a screen cannot be asked about has no row of that screen.

        Raises:
            ResponseError: if no line has expression.
        """
        keys, bits = np.array([molecule.ik14], object), bits_of([molecule.smiles])
        parts = []
        for screen in MACHINES:
            placed = self._all_lines(screen) if lines is None else self._placed(screen, lines)
            for machine, own, about in placed:
                asked = machine.ask(keys, bits, own)
                of_drug = {"drug": "", "name": "", "ik14": molecule.ik14, "mechanism": ""}
                if asked.drug_known[0]:
                    row = machine.screen.about_drugs.iloc[asked.nearest_drug[0]]
                    of_drug |= {name: row[name] for name in ("drug", "name", "mechanism")}
                parts.append(answer_table(machine, asked, own, about.assign(**of_drug)))
        if not parts:
            raise _unknown(lines)
        return with_percent(pd.concat(parts, ignore_index=True))

    def of_line(self, line: LineProfile) -> pd.DataFrame:
        """One line across all drugs that were screened, a structure once.

        Raises:
            ResponseError: for a line without expression.
        """
        parts = []
        for screen in MACHINES:
            placed = self._placed(screen, [line])
            if not placed:
                continue
            ((machine, own, about),) = placed
            drugs = machine.screen.drugs
            first = np.sort(np.unique(drugs.keys.astype(str), return_index=True)[1])
            asked = machine.ask(drugs.keys[first], drugs.bits[first], own)
            names = ["drug", "name", "ik14", "mechanism"]
            table = machine.screen.about_drugs.iloc[first][names].reset_index(drop=True)
            for name in about:
                table[name] = about[name].iloc[0]
            parts.append(answer_table(machine, asked, own, table))
        if not parts:
            raise _unknown([line])
        return with_percent(pd.concat(parts, ignore_index=True))

    def pairs(self, smiles: Sequence[str], line: LineProfile, screen: str = CTRP) -> pd.DataFrame:
        """Many compounds in one line, row by row of `smiles`; standardised SMILES are expected.

        A compound with the fingerprint of a screened drug counts as that drug.

        Raises:
            ResponseError: for a line without expression.
            MoleculeError: for a SMILES that cannot be read.
        """
        placed = self._placed(screen, [line])
        if not placed:
            raise _unknown([line])
        ((machine, own, _),) = placed
        bits = bits_of(smiles) if len(smiles) else np.zeros((0, BITS), np.uint8)
        asked = machine.ask(np.full(len(smiles), "", object), bits, own)
        return answer_table(machine, asked, own, pd.DataFrame({"smiles": list(smiles)}))

    def _placed(
        self, screen: str, lines: Sequence[LineProfile]
    ) -> list[tuple[Machine, list[str | np.ndarray], pd.DataFrame]]:
        """For each line the machine that knows most of it, the line as it takes it, and names.

        Lines that the screen cannot be asked about are left out.
        """
        found = []
        for line in lines:
            place = self._machine_of(screen, line)
            if place is None:
                continue
            machine, own = place
            about = machine.screen.about_lines
            row = about[about["line"] == own].head(1) if isinstance(own, str) else about.head(0)
            names = {"line": line.key, "cell": "", "display_name": line.key, "lineage": ""}
            one = row.to_dict("records")[0] if len(row) else names
            found.append((machine, [own], pd.DataFrame([{name: one[name] for name in names}])))
        return found

    def _machine_of(
        self, screen: str, line: LineProfile
    ) -> tuple[Machine, str | np.ndarray] | None:
        """None where nothing is known of the line on a panel of the screen."""
        wide, landmark = (self._machines[screen, panel] for panel in MACHINES[screen])
        for machine in (wide, landmark):
            about = machine.screen.about_lines
            at = about.loc[(about["cell"] == line.key) & (line.key != ""), "line"]
            if len(at):
                return machine, str(at.iloc[0])
        if screen == CTRP:
            ccle = line.ccle1000 if line.ccle1000 is not None else self._ccle.get(line.key)
            if ccle is not None:
                return wide, ccle
        known = self._landmarks.get(line.key) if line.landmark is None else line.landmark
        if known is None:
            return None
        if line.landmark is None or line.reference is None:
            return landmark, np.asarray(known, np.float64)
        return landmark, centred(known, line.reference)

    def _all_lines(self, screen: str) -> list[tuple[Machine, list[str], pd.DataFrame]]:
        """All screened lines, each by the preferred machine that knows it."""
        found, seen = [], set()
        for panel in MACHINES[screen]:
            machine = self._machines[screen, panel]
            about = machine.screen.about_lines
            about = about[~about["line"].isin(seen)].reset_index(drop=True)
            seen |= set(about["line"])
            if len(about):
                names = about[["line", "cell", "display_name", "lineage"]]
                found.append((machine, about["line"].tolist(), names))
        return found


def _unknown(lines: Sequence[LineProfile]) -> ResponseError:
    names = ", ".join(line.key for line in lines[:3])
    return ResponseError(
        f"No expression of {names} is at hand, so sensitivity cannot be predicted. Upload "
        "expression, or choose a line that was screened."
    )
