"""A figure on the screen: a text for screen readers, and a button that saves it as SVG."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from badger_core.plots.saving import TITLE, saveable

OnSelect = Literal["ignore"] | Callable[[], None]


def plotly(figure: object, key: str, alt: str, name: str, on_select: OnSelect = "ignore") -> None:
    """A Plotly figure; a click on a point calls `on_select`, where there is one.

    Args:
        figure: of `badger_core.plots`.
        key: `<page>_<name>`.
        alt: what is shown, and where its numbers stand.
        name: of the saved file, without its ending, such as one of `downloads.file_stem`.
        on_select: called without arguments; what was chosen is in the session under `key`.
    """
    from badger_core.plots.markup import literal  # Plotly is slow to load

    st.plotly_chart(
        literal(figure),
        key=key,
        config=saving(name),
        on_select=on_select,
        selection_mode="points",
        alt=alt,
    )


def echarts(
    spec: dict, key: str, alt: str, name: str, height: int, on_select: OnSelect = "ignore"
) -> None:
    """An ECharts figure; arguments as for `plotly`.

    Args:
        spec: options of `badger_core.plots`.
        key: `<page>_<name>`.
        alt: what is shown, and where its numbers stand.
        name: of the saved file, without its ending.
        height: in pixels.
        on_select: called without arguments.
    """
    st.echarts_chart(
        saveable(spec, name, st.context.theme.type == "dark"),
        height=height,
        key=key,
        on_select=on_select,
        renderer="svg",
        alt=alt,
    )


def saving(name: str) -> dict:
    """Plotly's configuration: of all its buttons only the one that saves, always to be seen.

    The button's words come from a dictionary of ours: its own do not name the format.
    """
    words = {"Download plot": TITLE}
    return {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "svg", "filename": name},
        "locale": "en-US",
        "locales": {"en-US": {"dictionary": words}},
    }
