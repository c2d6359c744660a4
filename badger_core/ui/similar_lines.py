"""Lines similar to the chosen one on the screen: bars, table, and what the figures are worth."""

import pandas as pd
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.ui import cells_load, downloads, figure, uploads
from badger_core.ui.text import html

N_BARS = 15
NOT_RECORDED = "not recorded"
COLUMNS = {
    "rank": st.column_config.NumberColumn("Rank", format="%d"),
    "display_name": st.column_config.TextColumn("Line", pinned=True),
    "disease": st.column_config.TextColumn("Disease"),
    "lineage": st.column_config.TextColumn("Lineage"),
    "likeness": st.column_config.NumberColumn(
        "Similarity", format="%.2f", help="Similarity (centred Spearman), from -1 to 1."
    ),
    "percentile": st.column_config.NumberColumn(
        "Above unrelated",
        format="%.1f%%",
        help="Share of all pairs of unrelated lines that are less similar than this pair.",
    ),
    "dependent": st.column_config.TextColumn(
        "Depends", help="Why the two are not independent; empty where nothing says so."
    ),
    "n_signatures": st.column_config.NumberColumn(
        "Signatures", format="%d", help="Measured in this line, in the bundle."
    ),
    "n_compounds": st.column_config.NumberColumn("Compounds", format="%d"),
    "compound_signatures": st.column_config.NumberColumn(
        "Of your compound", format="%d", help="Signatures of the chosen compound in this line."
    ),
    "platform": st.column_config.TextColumn("Platform"),
}
ORDER = (
    "rank",
    "display_name",
    "disease",
    "likeness",
    "percentile",
    "dependent",
    "n_signatures",
    "n_compounds",
    "lineage",
    "platform",
)


def show(line: CellLine, found: pd.DataFrame) -> None:
    """Heading, bars and table side by side.

    Args:
        line: the one they are compared with.
        found: of `similar_lines`.
    """
    heading(line, found)
    left, right = st.columns([42, 58], gap="medium")
    with left:
        bars(line, found)
    with right:
        table(line, found, ORDER, 470)


def heading(line: CellLine, found: pd.DataFrame) -> None:
    """The most similar independent line, and how much that says."""
    free = found[found["dependent"] == ""]
    best = free.iloc[0]
    about = f" ({best['disease']})" if best["disease"] else ""
    said = (
        f"Most similar: {best['display_name']}{about}, similarity {best['likeness']:.2f}; "
        f"{_share(best['percentile'])} of the pairs of unrelated lines are less similar."
    )
    depends = found.loc[found["dependent"] != "", "display_name"].tolist()
    if depends:
        listed = ", ".join(depends[:4]) + (" ..." if len(depends) > 4 else "")
        said += f" Not independent, so not counted: {listed}."
    st.html(
        f"<h2 class='result'>Lines similar to {html(line.display_name)}</h2>"
        f"<p class='reading'>{html(said)}</p>"
    )


def bars(line: CellLine, found: pd.DataFrame, count: int = N_BARS) -> None:
    """The most similar lines as bars, those that depend on it hatched."""
    from badger_core.plots.cell_likeness import likeness_bars

    figure.plotly(
        likeness_bars(found.head(count), cells_load.usual(), st.context.theme.type == "dark"),
        key="similar_bars",
        alt=f"Similarity of the {count} lines most similar to {line.display_name}; the table "
        "beside it holds the numbers.",
        name=downloads.file_stem(f"lines-similar-to-{line.display_name}", of_model=False),
    )
    st.html(f"<p class='note'>{html(note(line))}</p>")


def table(line: CellLine, found: pd.DataFrame, order: tuple[str, ...], height: int) -> None:
    """All lines by falling likeness, and the table as files.

    Args:
        line: the one they are compared with.
        found: of `similar_lines`.
        order: the columns to show.
        height: in pixels.
    """
    if (found["dependent"] == "").all():
        order = tuple(name for name in order if name != "dependent")
    st.dataframe(
        found.assign(percentile=100 * found["percentile"]).replace(
            {"disease": {"": NOT_RECORDED}, "lineage": {"": NOT_RECORDED}}
        ),
        key="similar_table",
        hide_index=True,
        column_order=order,
        column_config=COLUMNS,
        height=height,
        alt=f"All lines by similarity to {line.display_name}",
    )
    about = {"line": line.name, "centred_on": line.platform, "similarity": note(line)}
    downloads.table_menu(found, f"lines similar to {line.display_name}", "similar_take", about)


def note(line: CellLine) -> str:
    """What likeness is, and what limits it here."""
    said = (
        "Similarity (centred Spearman): correlation of basal expression over the landmark genes, "
        "after each gene's mean rank on its platform was taken away. A line measured on two "
        "platforms reaches 0.54 to 0.78 with itself: lines of another platform are more similar "
        "than they seem."
    )
    if line.name.startswith(uploads.PREFIX):
        said += (
            f" Your sample has {uploads.supplied(line)} of {len(line.basal)} landmarks and is "
            f"centred on: {line.platform}."
        )
    return said


def _share(percentile: float) -> str:
    return "more than 99.9%" if percentile > 0.999 else f"{100 * percentile:.1f}%"
