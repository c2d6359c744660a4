"""The map of all lines on the screen, with the chosen line and the uploads named."""

from functools import partial

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.cells.embedding import NEAREST, place_among
from badger_core.errors import BadgerError
from badger_core.ui import cells_load, downloads, question, state, uploads
from badger_core.ui import figure as drawn
from badger_core.ui.cells_pick import picked
from badger_core.ui.cells_state import take_point

_KEY = "cells_map"
_MOST_UPLOADS = 40
_MOST_NAMED = 4


def figure() -> None:
    """The map; a click on a point picks the line."""
    from badger_core.plots.cell_map import cell_map

    places = cells_load.places()
    table = cells_load.placed().table.assign(x=places[:, 0], y=places[:, 1])
    shown = marked()
    drawn.plotly(
        cell_map(table, shown, st.context.theme.type == "dark"),
        key=_KEY,
        on_select=partial(take_point, _KEY),
        alt=f"Map of {len(table)} cell lines by basal expression, coloured and shaped by disease. "
        + (f"Named on it: {', '.join(one.label for one in shown if one.named)}. " if shown else "")
        + "The table beside it lists the lines.",
        name=downloads.file_stem("map of cell lines", of_model=False),
    )
    st.html(
        "<p class='note'>Near means similar in basal expression (t-SNE of centred ranks); "
        "distances across the map and its axes mean nothing. Uploads (stars) stand at the mean "
        f"place of the {NEAREST} lines most like them, weighted by similarity.</p>"
    )


def marked() -> list:
    """The line asked about, the picked one and the uploads, each with its place."""
    lines: dict[str, CellLine] = {}
    own = list(uploads.lines().values())[-_MOST_UPLOADS:]
    for line in (_asked(), picked(), *own):
        if line is not None and line.basal is not None:
            lines.setdefault(line.name, line)
    return [_mark(line, at < _MOST_NAMED) for at, line in enumerate(lines.values())]


def _asked() -> CellLine | None:
    """The line asked about, where it is one."""
    try:
        text = st.session_state.get(state.QUESTION_CELL)
        return question.line_of(text) if text else None
    except BadgerError:
        return None


def _mark(line: CellLine, named: bool) -> object:
    from badger_core.plots.cell_map import Marked

    placed, places = cells_load.placed(), cells_load.places()
    known = placed.table.index[placed.table["cell"] == line.name]
    is_upload = not len(known)
    x, y = place_among(placed.to(line), places) if is_upload else places[known[0]]
    return Marked(line.name, line.display_name, float(x), float(y), is_upload, named)
