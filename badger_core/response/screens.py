"""Screens on any panel of genes that their lines are known on, NCI-60 on landmarks among them."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from badger_core.data.response import PANELS, Profiles, Screen, profiles, screen

EVERY_PANEL = {"nci60": (*PANELS["nci60"], "landmark"), "ctrp": PANELS["ctrp"]}
"""Screen to panels: lines from outside bring landmarks, which is what NCI-60 has them for."""


def screen_on(name: str, panel: str, root: Path | None = None) -> Screen:
    """The screen on a panel of EVERY_PANEL.

    NCI-60 on landmarks has the same lines and labels; the expression is that of the catalogue's
    line, less the mean of its platform.

    Raises:
        ResponseError: for a screen or panel there is not, or a file that is missing or damaged.
    """
    if name != "nci60" or panel != "landmark":
        return screen(name, panel, root)
    return on_panel(screen(name, None, root), profiles(panel, root), panel)


def on_panel(one: Screen, known: Profiles, panel: str) -> Screen:
    """The lines of a screen that a panel knows by their catalogue name, with its expression."""
    row_of = {cell: row for row, cell in enumerate(known.table["cell"]) if cell}
    rows = np.array([row_of.get(cell, -1) for cell in one.about_lines["cell"]])
    kept = one.take(np.arange(len(one.drugs)), np.flatnonzero(rows >= 0))
    lines = replace(kept.lines, expression=known.values[rows[rows >= 0]])
    return replace(kept, lines=lines, panel=panel, genes=known.genes)
