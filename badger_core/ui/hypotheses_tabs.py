"""The tabs beside the list: where controls stand, drug classes, and next experiments."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from badger_core.ui import downloads, figure
from badger_core.ui.hypotheses_state import take_row
from badger_core.ui.text import html

if TYPE_CHECKING:
    from badger_core.ui.hypotheses_work import Found, Wanted

_CLASSES_DRAWN = 16
_SURE = 0.05
_CONTROLS = {
    "kind": st.column_config.TextColumn("What it is", width=200),
    "name": st.column_config.TextColumn("Drug"),
    "rank": st.column_config.NumberColumn("Rank", format="%d"),
    "score": st.column_config.NumberColumn("Reversal", format="%+.3f"),
    "percentile": st.column_config.NumberColumn("Percentile", format="%.1f"),
}
_CLASSES = {
    "kind": st.column_config.TextColumn("Kind", width=85),
    "class": st.column_config.TextColumn("Class", width=190),
    "members": st.column_config.NumberColumn("Members", width=75, help="In the library."),
    "in_top": st.column_config.NumberColumn("In list", width=60, help="Among the first 50."),
    "expected_in_top": st.column_config.NumberColumn("Expected", format="%.1f", width=75),
    "auroc": st.column_config.NumberColumn(
        "AUROC",
        format="%.2f",
        width=70,
        help="Chance that a member reverses more than another compound; 0.5 is none.",
    ),
    "p": st.column_config.NumberColumn("p", format="%.1e", width=75),
    "fdr": st.column_config.NumberColumn("FDR", format="%.1e", width=75),
    "best": st.column_config.TextColumn("Best members", width=260),
}
_NEXT = {
    "name": st.column_config.TextColumn("Drug", pinned=True),
    "cell": st.column_config.TextColumn("Line", width=80),
    "priority": st.column_config.NumberColumn(
        "Priority",
        format="%.2f",
        width=75,
        help="Mean of both percentiles x agreement x confidence: an order, no probability.",
    ),
    "line_score": st.column_config.NumberColumn("In this line", format="%+.3f", width=90),
    "line_percentile": st.column_config.NumberColumn("Percentile here", format="%.1f", width=110),
    "percentile": st.column_config.NumberColumn("Over the lines", format="%.1f", width=110),
    "confidence": st.column_config.NumberColumn("Confidence", format="%.2f", width=85),
    "badge": st.column_config.TextColumn("Seen in training", width=120),
    "reason": st.column_config.TextColumn("Why", width="large"),
}


def controls(wanted: "Wanted", found: "Found") -> None:
    """The scores of the library, with controls and known drugs as signs; the same as a table."""
    from badger_core.plots.hypotheses import control_figure, marked

    table = found.hypotheses.table
    what = f"controls-{wanted.signature.name}"
    left, right = st.columns([58, 42], gap="medium")
    with left:
        figure.plotly(
            control_figure(table, _dark()),
            key="hypotheses_controls_figure",
            alt="Histogram of the reversal scores of the library with known drugs and negative "
            "controls as signs; the table beside it lists them.",
            name=downloads.file_stem(what),
        )
        st.html(
            "<p class='note'>Negative controls: compounds predicted to do nearly nothing of their "
            "own, drugs judged to be no indication (NOT of PharmacotherapyDB: a judgement and no "
            "failed trial), and no drug at all. A hypothesis should stand left of all of them; "
            "known drugs to the left are what the list should find.</p>"
        )
    with right:
        rows = marked(table)
        st.html(f"<p class='reading'>{html(_standing(rows))}</p>")
        st.dataframe(
            rows,
            key="hypotheses_controls_table",
            hide_index=True,
            height=min(380, 35 * (len(rows) + 1) + 3),
            column_config=_CONTROLS,
            placeholder="–",
            alt="Known drugs and negative controls with rank and percentile",
        )
        downloads.table_menu(rows, what, "hypotheses_controls_take", found.hypotheses.manifest)


def classes(wanted: "Wanted", found: "Found") -> None:
    """Mechanisms and targets that gather among the most reversing; figure and table."""
    table = found.hypotheses.classes
    if table.empty:
        st.info("No mechanism or target has three compounds of this library.")
        return
    from badger_core.plots.hypotheses import class_dots

    what = f"classes-{wanted.signature.name}"
    sure = int((table["fdr"] < _SURE).sum())
    left, right = st.columns([42, 58], gap="medium")
    with left:
        figure.plotly(
            class_dots(table, _CLASSES_DRAWN, _dark()),
            key="hypotheses_classes_figure",
            alt=f"AUROC of the {_CLASSES_DRAWN} strongest mechanisms and targets; the table beside "
            "it holds the numbers.",
            name=downloads.file_stem(what),
        )
    with right:
        st.html(
            f"<p class='reading'>{sure} of {len(table):,} mechanisms and targets gather among the "
            "most reversing at an FDR below 5%.</p>"
        )
        st.dataframe(
            table,
            key="hypotheses_classes_table",
            hide_index=True,
            height=420,
            column_config=_CLASSES,
            placeholder="–",
            alt="Mechanisms and targets by the strength of their gathering",
        )
        st.html(
            "<p class='note'>By rank over the whole library (Mann-Whitney). Members of a class are "
            "often analogues with nearly the same prediction, and the models read mechanisms and "
            "targets: they are not independent, and p is too small.</p>"
        )
        downloads.table_menu(table, what, "hypotheses_classes_take", found.hypotheses.manifest)


def following(wanted: "Wanted", found: "Found") -> None:
    """Which drug to try in which line next, and why."""
    from badger_core.ui.hypotheses_work import SCORED

    table = found.hypotheses.next
    if found.step == SCORED:
        st.info("This needs to know how many diseases each compound reverses: that is under way.")
        return
    st.html(
        "<p class='note'>Pairs of a drug and a line that stand above 95% of the library over "
        "the lines and in this line, inside the domain of the models, new for this disease, no "
        "control, and reversing at most 20% of the diseases; lines that do not depend on one "
        "another; two lines a drug at most. Click a row for the drug's card on the first tab.</p>"
    )
    if table.empty:
        st.info("No pair passes all of these. Try other lines, or the drug-specific part.")
        return
    key = f"hypotheses_next_{wanted.key}"
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        column_order=list(_NEXT),
        column_config=_NEXT,
        height=min(560, 35 * (len(table) + 1) + 3),
        on_select=partial(take_row, key, table["ik14"].tolist()),
        selection_mode="single-cell",
        alt="Experiments worth trying next, with the reason for each",
    )
    for row in table.head(3).itertuples(index=False):
        st.html(f"<p class='note'><strong>{html(row.name)} in {html(row.cell)}.</strong> "
                f"{html(row.reason)}</p>")  # fmt: skip
    downloads.table_menu(
        table, f"next-{wanted.signature.name}", "hypotheses_next_take", found.hypotheses.manifest
    )


def _standing(rows: pd.DataFrame) -> str:
    """How many known drugs and controls stand in the upper tenth."""
    known = rows[rows["kind"].str.startswith("Known")]
    control = rows[rows["kind"].str.startswith("Control")]
    said = []
    for what, own in (("known drugs", known), ("negative controls", control)):
        if len(own):
            upper = int((own["percentile"] >= 90).sum())
            said.append(f"{upper} of {len(own)} {what} stand in the upper tenth")
    hub = int(known["kind"].str.contains("Hub").sum())
    if hub:
        said[0] += f" ({len(known) - hub} known by PharmacotherapyDB, {hub} by the Hub alone)"
    return f"{'; '.join(said)}. By chance one in ten would." if said else "There is none to mark."


def _dark() -> bool:
    return st.context.theme.type == "dark"
