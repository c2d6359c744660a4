"""The optional third input of Predict: a disease that narrows the choice of lines."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.ui import load, state, uploads
from badger_core.ui.text import html, plain


def disease_input() -> str | None:
    """The disease, among those of the lines that can be predicted for."""
    known = names()
    wanted = st.session_state.get(state.QUESTION_DISEASE)
    if wanted and wanted not in known:  # from a link
        again = {name.casefold(): name for name in known}.get(wanted.strip().casefold())
        st.session_state[state.QUESTION_DISEASE] = again
        if again is None:
            st.warning(
                f"No line that can be predicted for is listed under the disease "
                f"'{plain(wanted[:60])}'. Choose one from the list, or leave it empty."
            )
    return st.selectbox(
        "Disease (optional)",
        list(known),
        index=None,
        key=state.QUESTION_DISEASE,
        format_func=_Counted(known),
        placeholder="Any: narrows the cell lines",
        persist_state="session",
    )


def note(disease: str | None, cell: str | None, line: CellLine | None) -> None:
    """Where a disease is chosen without a line of it: the best measured one, with one click.

    Args:
        disease: chosen, or None.
        cell: what was entered as the line.
        line: the line that this names.
    """
    if not disease or (cell and line is None):
        return
    of_it = lines_of(load.bundle().cells.usable, disease)
    fits = {*of_it["cell"], *uploads.lines()}
    if line is not None and line.name in fits:
        return
    best = of_it.iloc[0]
    said = f"{disease}:"
    if line is not None:
        listed = f"listed under {line.disease}" if line.disease else "listed without a disease"
        said = f"{line.display_name} is {listed}, not {disease}; it stays chosen."
    worth = (
        f"best measured, {best['n_signatures']:,} signatures"
        if best["n_signatures"]
        else "no line of it was measured; by its basal expression"
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(f"<span class='quiet'>{html(said)}</span>", width="content")
        st.button(
            f"Use {plain(best['display_name'])} ({worth})",
            key="predict_disease_line",
            on_click=state.put,
            args=(state.QUESTION_CELL, best["display_name"]),
        )


def lines_of(usable: pd.DataFrame, disease: str) -> pd.DataFrame:
    """The rows of one disease, in their order; case does not matter."""
    return usable[usable["disease"].str.casefold() == disease.casefold()]


def counted(usable: pd.DataFrame) -> dict[str, int]:
    """Disease to how many lines it has, most lines first; spellings that differ in case are one."""
    known = usable.loc[usable["disease"] != "", "disease"]
    lines = known.groupby(known.str.casefold()).agg(
        name=lambda spellings: spellings.mode().iloc[0], count="size"
    )
    lines = lines.sort_values(["count", "name"], ascending=[False, True])
    return dict(zip(lines["name"], lines["count"].astype(int), strict=True))


@st.cache_data(max_entries=1, show_spinner=False)
def names() -> dict[str, int]:
    """The diseases on offer."""
    return counted(load.bundle().cells.usable)


class _Counted:
    """Label of a disease: its name, and how many lines it has."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known

    def __call__(self, name: str) -> str:
        lines = self._known.get(name)
        if lines is None:
            return name
        return f"{name[:1].upper()}{name[1:]} · {lines} line{'s' if lines != 1 else ''}"
