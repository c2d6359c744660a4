"""The tab Across lines: a compound's lines by predicted sensitivity, as dots and as a table."""

from functools import partial

import pandas as pd
import streamlit as st

from badger_core.export.sensitivity import parquet
from badger_core.response.answer import CTRP, NCI60, SCREENS
from badger_core.response.answer_words import measured_class
from badger_core.ui import downloads, figure, sensitivity
from badger_core.ui.question import Question
from badger_core.ui.sensitivity_state import LINEAGES, SCREEN
from badger_core.ui.text import asked_name, html

_HEIGHT = 424
_NO_LINEAGE = "not recorded"
_UNIT = {CTRP: "AUC", NCI60: "chance of sensitive"}


def show(table: pd.DataFrame, found: Question) -> None:
    """Screen and lineages, the chart, the table beside it.

    Args:
        table: of `response.answer.across_lines`.
        found: what was asked.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        screen = screen_input("lines")
        own = table[table["screen"] == screen]
        lineages = own["lineage"].replace("", _NO_LINEAGE)
        st.multiselect(
            "Lineage",
            sorted(lineages.dropna().unique()),
            key=LINEAGES,
            persist_state="session",
            placeholder="All lineages",
            width=420,
        )
        wanted = st.session_state.get(LINEAGES) or []
        shown = own[lineages.isin(wanted) | own["chosen"]] if wanted else own
        take_along(shown, f"sensitivity-{screen}-{asked_name(found.asked)}", "lines", found, screen)
    if shown.empty:
        st.info(f"No line of {SCREENS[screen]} can be predicted for.")
        return
    left, right = st.columns([56, 44], gap="medium")
    question = f"{asked_name(found.asked)} over {len(shown):,} lines of {SCREENS[screen]}"
    with left:
        draw(shown.assign(name=shown["display_name"]), screen, "lines", question)
    with right:
        grid(shown, "display_name", "Line", screen, f"Lines by predicted sensitivity: {question}")


def screen_input(where: str) -> str:
    """Which screen's scale is shown.

    Args:
        where: the tab, part of the widget's key.
    """
    key = f"{SCREEN}_{where}"
    st.session_state.setdefault(key, CTRP)
    st.segmented_control(
        "Screen",
        list(SCREENS),
        key=key,
        format_func=SCREENS.get,
        required=True,
        persist_state="session",
        help="CTRP v2: area under the dose-response curve. NCI-60: sensitive or resistant.",
    )
    return st.session_state[key] or CTRP


def draw(table: pd.DataFrame, screen: str, what: str, question: str) -> None:
    """The dots; `table` has a column name beside those of the answer."""
    from badger_core.plots.sensitivity import ranked_dots  # Plotly is slow to load

    figure.plotly(
        ranked_dots(table, screen, what, st.context.theme.type == "dark"),
        key=f"sensitivity_dots_{what}",
        alt=f"Predicted {_UNIT[screen]} with 80% interval for {question}, most sensitive first; "
        "measured values as diamonds. The table beside it lists them.",
        name=downloads.file_stem(f"sensitivity-{what}-{question}", of_model=False),
    )
    count = int(table["measured"].notna().sum())
    st.html(
        f"<p class='note'>{count:,} of {len(table):,} {what} were measured (diamonds). A ring "
        f"marks what you asked for. {html(_READ[screen])} Where a pair was measured, the "
        "prediction was made without it.</p>"
    )


def grid(table: pd.DataFrame, name: str, heading: str, screen: str, alt: str) -> None:
    """The same as a table, most sensitive first."""
    form = "%.2f" if screen == CTRP else "percent"
    number = st.column_config.NumberColumn
    measured = number("Measured", format=form, width=80)
    if screen == NCI60:
        words = [measured_class(value) or None for value in table["measured"]]
        chances = ["predicted", "low", "high", "drug_specific"]
        table = table.assign(**table[chances].round(2), measured=words)
        measured = st.column_config.TextColumn("Measured", width=84)
    st.dataframe(
        table,
        key=f"sensitivity_table_{name}",
        height=min(_HEIGHT, 35 * (len(table) + 1) + 3),
        hide_index=True,
        column_order=[c for c in _order(name) if c in table],
        column_config={
            "rank": number("Place", format="%d", width=58, pinned=True),
            name: st.column_config.TextColumn(heading, width=130, pinned=True),
            "predicted": number("Predicted", format=form, width=80, help=_READ[screen]),
            "measured": measured,
            "low": number("80% low", format=form, width=74),
            "high": number("80% high", format=form, width=78),
            "drug_specific": number(
                "Drug-specific",
                format="%+.2f",
                width=98,
                help="Predicted less the mean of the line over the tested drugs. "
                + ("Below 0" if screen == CTRP else "Above 0")
                + ": kills this line more than drugs usually do.",
            ),
            "lineage": st.column_config.TextColumn("Lineage", width=110),
            "mechanism": st.column_config.TextColumn("Mechanism", width=160),
            "confidence": st.column_config.TextColumn("Confidence", width=92),
            "basis": st.column_config.TextColumn("What is known", width=110),
        },
        placeholder="–",
        alt=alt,
    )


def take_along(table: pd.DataFrame, what: str, where: str, found: Question, screen: str) -> None:
    """CSV, Excel and Parquet of the rows on the screen."""
    name = f"{downloads.file_stem(what)}.parquet"
    mime = "application/vnd.apache.parquet"
    more = downloads.File("Parquet", name, mime, partial(parquet, table))
    about = sensitivity.about(found, screen)
    downloads.table_menu(table, what, f"sensitivity_{where}", about, (more,))


def _order(name: str) -> tuple[str, ...]:
    return (
        *("rank", name, "predicted", "measured", "drug_specific", "low", "high", "lineage"),
        *("mechanism", "confidence", "basis"),
    )


_READ = {
    CTRP: "AUC: lower kills more.",
    NCI60: "Probability that the line is called sensitive in NCI-60.",
}
