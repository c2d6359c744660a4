"""The tab of a measured pair: how soon the ranking comes upon what was measured to move most."""

import pandas as pd
import streamlit as st

from badger_core.ui import figure
from badger_core.ui.text import html


def tab(table: pd.DataFrame, question: str, name: str, dark: bool) -> None:
    """How soon the ranking comes upon what was measured, beside luck, any drug and a repeat.

    Args:
        table: of `Evidence.recovery`.
        question: compound and line, in words.
        name: of the saved figure, without its ending.
        dark: True for a dark page.
    """
    from badger_core.plots.measured import recovery_cuts, recovery_plot  # Plotly is slow to load

    cuts = recovery_cuts(table)
    said = "; ".join(f"{name}: {cuts.loc[name].iloc[-1]:.0f}%" for name in cuts.index)
    figure.plotly(
        recovery_plot(table, dark),
        key="predict_recovery",
        alt=f"Share of the 200 genes measured to move most that are found among the first genes of "
        f"a ranking, for {question}. After {cuts.columns[-1]} genes: {said}.",
        name=name,
    )
    st.html(_cuts_table(cuts))
    repeat = (
        "A repeat: one of the pair's own signatures against the others."
        if "a repeat" in cuts.index
        else "There is one signature only, so what a repeat would find cannot be told."
    )
    _note(f"Drug-free: the ranking that any compound gets here, up and down averaged. {repeat}")


def _cuts_table(cuts: pd.DataFrame) -> str:
    """The figure in numbers."""
    head = "".join(f"<th scope='col'>first {cut}</th>" for cut in cuts.columns)
    rows = "".join(
        f"<tr><th scope='row'>{html(name)}</th>"
        + "".join(f"<td>{value:.0f}%</td>" for value in row)
        + "</tr>"
        for name, row in zip(cuts.index, cuts.to_numpy(), strict=True)
    )
    return (
        "<table class='cuts'><caption>Of the measured top 200, found among the first genes"
        f"</caption><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _note(text: str) -> None:
    st.html(f"<p class='note'>{html(text)}</p>")
