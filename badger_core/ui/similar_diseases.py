"""The page Similar diseases: lines similar to the chosen one gathered by disease, with a null."""

import pandas as pd
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.cells.disease_likeness import apart, diseases_alike
from badger_core.cells.disease_names import grouped_disease
from badger_core.predict.ask import Asked
from badger_core.ui import cells_load, downloads, figure, link, load, question, similar_lines, state
from badger_core.ui.text import asked_name, html, plain

_N_FIGURE = 14
_LEAST_CHANCE = 0.05
_COLUMNS = {
    "disease": st.column_config.TextColumn("Disease", pinned=True),
    "n_lines": st.column_config.NumberColumn("Lines", format="%d", help="Independent ones."),
    "best": st.column_config.NumberColumn(
        "Best", format="%.2f", help="Similarity (centred Spearman) of the best."
    ),
    "best_line": st.column_config.TextColumn("Best line"),
    "median": st.column_config.NumberColumn("Median", format="%.2f"),
    "chance": st.column_config.NumberColumn(
        "By luck",
        format="%.0f%%",
        help="How often as many lines drawn at random would hold one as similar as the best.",
    ),
    "n_dependent": st.column_config.NumberColumn(
        "Not independent", format="%d", help="Lines left out, because they depend on yours."
    ),
    "n_measured": st.column_config.NumberColumn(
        "Measured lines", format="%d", help="Independent lines with signatures in the bundle."
    ),
    "n_signatures": st.column_config.NumberColumn("Signatures", format="%d"),
}


def ask() -> tuple[CellLine | None, Asked | None]:
    """The line, and the compound that other pages ask about, where they are chosen."""
    message = link.restore()
    left, right = st.columns([2, 3], gap="small", vertical_alignment="bottom")
    with left:
        cell = question.cell_input()
    link.store()
    line = question.line_or_help(cell)
    text = st.session_state.get(state.QUESTION_COMPOUND)
    asked = question.asked_or_help(text) if line is not None else None
    with right:
        st.html(f"<p class='note'>{html(_compound_note(asked, line))}</p>")
    if line is None and message:
        st.warning(plain(message))
    elif not cell:
        st.info("Choose a cell line above, or upload your own expression on the page Cell lines.")
    return line, asked


def show(line: CellLine, asked: Asked | None) -> None:
    """Diseases on the left, lines on the right."""
    found = with_compound(cells_load.neighbours(line), asked)
    by_disease = diseases_alike(found)
    similar_lines.heading(line, found)
    left, right = st.columns(2, gap="medium")
    with left:
        st.html("<h3 class='figure'>Diseases</h3>")
        _figure(line, by_disease, found)
        _disease_table(line, by_disease)
        _apart(apart(found))
        st.page_link("pages/hypotheses.py", label="Which drugs reverse a disease?")
    with right:
        st.html("<h3 class='figure'>Lines, and what was measured in them</h3>")
        order = similar_lines.ORDER
        if asked is not None:
            order = (*order[:6], "compound_signatures", *order[6:])
        similar_lines.table(line, found, order, 600)
        st.html(f"<p class='note'>{html(similar_lines.note(line))}</p>")


def with_compound(found: pd.DataFrame, asked: Asked | None) -> pd.DataFrame:
    """A column with the signatures of the chosen compound in each line, where one is chosen."""
    if asked is None:
        return found
    table = load.bundle().signatures.table
    here = table[(table["kind"] == "numeric") & (table["ik14"] == asked.molecule.ik14)]
    counts = found["cell"].map(here["cell"].value_counts()).fillna(0).astype(int)
    return found.assign(compound_signatures=counts)


def _figure(line: CellLine, diseases: pd.DataFrame, found: pd.DataFrame) -> None:
    from badger_core.plots.cell_likeness import disease_points

    named = found[found["dependent"] == ""]
    named = named.assign(disease=grouped_disease(named))
    shown = diseases.head(_N_FIGURE)
    dark = st.context.theme.type == "dark"
    figure.plotly(
        disease_points(shown, named, cells_load.usual(), dark),
        key="similar_diseases",
        alt=f"Similarity of lines of {len(shown)} diseases to {line.display_name}; the table below "
        "holds the numbers.",
        name=downloads.file_stem(f"diseases-similar-to-{line.display_name}", of_model=False),
    )


def _disease_table(line: CellLine, diseases: pd.DataFrame) -> None:
    told = diseases["chance"].dropna()
    few = int((told < _LEAST_CHANCE).sum())
    st.html(
        f"<p class='note'>By luck: how often as many lines drawn at random hold one as similar as "
        f"the best. {few} of {len(told)} diseases with two lines or more are below 5%; about "
        f"{_LEAST_CHANCE * len(told):.0f} would be by luck alone. On average 42% of a line's "
        "five nearest neighbours share its tissue and 35% its disease.</p>"
    )
    st.dataframe(
        diseases.assign(chance=100 * diseases["chance"]),
        key="similar_disease_table",
        hide_index=True,
        column_config=_COLUMNS,
        placeholder="one line",
        height=min(320, 35 * (len(diseases) + 1) + 3),
        alt=f"Diseases by similarity of their lines to {line.display_name}",
    )
    downloads.table_menu(
        diseases, f"diseases similar to {line.display_name}", "similar_disease_take"
    )


def _apart(groups: pd.DataFrame) -> None:
    """Normal tissue and lines without a recorded disease, in words: they are no diseases."""
    said = "; ".join(
        f"{row.disease}: {row.n_lines} lines, best {row.best:.2f} ({row.best_line}), median "
        f"{row.median:.2f}"
        for row in groups.itertuples()
    )
    if said:
        st.html(f"<p class='note'><strong>Not ranked.</strong> {html(said)}.</p>")


def _compound_note(asked: Asked | None, line: CellLine | None) -> str:
    if line is None:
        return ""
    if asked is None:
        return "Choose a compound on another page to see in which of these lines it was measured."
    return f"The table also says in which lines {asked_name(asked)} was measured."
