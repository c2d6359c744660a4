"""NCI-60 on the landmarks: the same lines and labels, with the expression of the catalogue."""

import numpy as np

from badger_core.data.response import profiles
from badger_core.response.screens import EVERY_PANEL, screen_on


def test_nci60_on_landmarks_is_aligned_by_name(nci60) -> None:
    one = screen_on("nci60", "landmark")
    assert (one.kind, one.panel, len(one.genes)) == ("class", "landmark", 978)
    place = {key: i for i, key in enumerate(nci60.lines.keys)}
    rows = [place[key] for key in one.lines.keys]
    np.testing.assert_array_equal(one.labels, nci60.labels[:, rows])
    panel = profiles("landmark")
    row = panel.table["cell"].tolist().index("MCF7")
    at = one.about_lines["cell"].tolist().index("MCF7")
    np.testing.assert_array_equal(one.lines.expression[at], panel.values[row])


def test_every_panel_opens() -> None:
    for name, panels in EVERY_PANEL.items():
        for panel in panels:
            one = screen_on(name, panel)
            assert one.lines.expression.shape == (len(one.lines), len(one.genes))
