"""A ranking on the screen: heading, downloads, figures and tables."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.export.ranking_files import MORE, ONE_CLICK
from badger_core.genes.names import gene_names
from badger_core.plots.gene_bars import gene_bars_html
from badger_core.plots.report_bars import gene_bars
from badger_core.predict.ask import Asked
from badger_core.predict.evidence import MEASURED
from badger_core.predict.ranking import Ranking
from badger_core.ui import (
    downloads,
    evidence,
    figure,
    last_resort,
    load,
    recovery,
    share,
    state,
    uploads,
)
from badger_core.ui.text import asked_name, html

N_TABLE = 25
N_BARS = 20
_BARS, _RANKS, _RECOVERY = "Strongest genes", "All 978 by rank", "Measured"
_TABLE_HEIGHT = 388
_ROW = 35
_ORDER = ("rank", "symbol", "score", "spread", "chance", MEASURED, "entrez", "direction")
COLUMNS = {
    "symbol": st.column_config.TextColumn("Gene", help="Current symbol."),
    "entrez": st.column_config.NumberColumn("Entrez", format="%d", help="NCBI Gene id."),
    "rank": st.column_config.NumberColumn(
        "Rank", format="%d", help="1 goes up most, 978 goes down most."
    ),
    "score": st.column_config.NumberColumn(
        "Score",
        format="%+.3f",
        help="Predicted change; 1 is the typical standard deviation of a signature.",
    ),
    "direction": st.column_config.TextColumn("Direction", help="Sign of the score, in words."),
    "chance": st.column_config.NumberColumn(
        "Chance",
        format="percent",
        help="How often a gene ranked like this, in held-out predictions as confident as this one, "
        "was truly among the 200 genes that moved most that way. By luck alone 20%.",
    ),
    "spread": st.column_config.NumberColumn(
        "± Spread", format="%.3f", help="Standard deviation of the score over the ensemble."
    ),
    MEASURED: st.column_config.NumberColumn(
        "Measured",
        format="percent",
        help="Mean rank over the measured signatures of this pair: 100% went up most, 0% went "
        "down most, 50% is the middle.",
    ),
}


def heading(ranking: Ranking, asked: Asked, line: CellLine) -> None:
    """What the result is, in a sentence, and the result as files, made when they are asked for."""
    remembered_by = uploads.own(line.name)

    def made(make: Callable[[Ranking], str | bytes]) -> str | bytes:
        return make(evidence.on_screen(ranking, asked, line, remembered_by))

    about = load.cell_descriptions().get(line.name, "")
    place = f"{line.display_name} ({about})" if about else line.display_name
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(
            f"<h2 class='result'>{html(asked_name(asked))} in {html(place)}: "
            f"<span class='count'>{len(ranking.table)} genes ranked</span></h2>"
        )
        st.html("<span class='quiet'>Download</span>", width="content")
        for one in ONE_CLICK:
            st.download_button(
                one.label,
                last_resort.made(partial(made, one.make)),
                ranking.file_stem + one.ending,
                one.mime,
                key=f"predict{one.ending.replace('.', '_')}",
                on_click="ignore",
                help=ranking.file_stem + one.ending,
            )
        more = [
            downloads.File(
                one.label, ranking.file_stem + one.ending, one.mime, partial(made, one.make)
            )
            for one in MORE
        ]
        downloads.menu("More formats", more, "predict_more")
        share.copy_link("predict_link")


def figures(ranking: Ranking, asked: Asked, line: CellLine) -> None:
    """The strongest genes as bars, all of them by rank, and beside them what was measured.

    What stands on a tab is made when the tab is opened.
    """
    known = ranking.manifest["familiarity"]["n_measured"] > 0
    names = [_BARS, _RANKS, *([_RECOVERY] if known else [])]
    bars, ranks, *measured = st.tabs(names, key="predict_figures", on_change="rerun")
    question = f"{asked_name(asked)} in {line.display_name}"
    if bars.open:
        with bars:
            _strongest(ranking, question)
    dark = st.context.theme.type == "dark"
    if ranks.open:
        from badger_core.plots.ranking import rank_plot  # Plotly is slow to load

        with ranks:
            figure.plotly(
                rank_plot(ranking.table, dark),
                key="predict_ranks",
                alt=f"Score of all 978 genes against rank for {question}; the table beside it "
                "lists them under All 978 genes.",
                name=f"{ranking.file_stem}_all-by-rank",
            )
            _note("Each dot is a gene, grey is ± its spread. Hover for symbol and Entrez id.")
    for tab in measured:
        if tab.open:
            with tab:
                found = evidence.of(ranking, asked, line)
                recovery.tab(found.recovery, question, f"{ranking.file_stem}_measured", dark)


def _strongest(ranking: Ranking, question: str) -> None:
    """The bars, and the same as a drawing to take along."""
    st.html(gene_bars_html(ranking.table, N_BARS))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        _note(
            f"The {N_BARS} genes moved most each way. Bar: predicted change, where 1 is the "
            "typical standard deviation of a signature. Line: ± spread of the ensemble."
        )
        name = f"{ranking.file_stem}_strongest.svg"
        st.download_button(
            "SVG",
            last_resort.made(
                partial(gene_bars, f"Strongest predicted genes: {question}", ranking.table, N_BARS)
            ),
            name,
            "image/svg+xml",
            key="predict_bars_svg",
            on_click="ignore",
            help=name,
        )


def tables(answer: Ranking, asked: Asked, line: CellLine) -> None:
    """The strongest genes each way, and all of them with a search; made when a tab is opened."""
    ranking = evidence.on_screen(answer, asked, line)
    names = [f"Top {N_TABLE} up", f"Top {N_TABLE} down", "All 978 genes"]
    tabs = st.tabs(names, key="predict_tables", on_change="rerun")
    for tab, direction in zip(tabs, ("up", "down"), strict=False):
        if tab.open:
            with tab:
                chosen = ranking.top(direction, N_TABLE)
                _table(chosen, f"Top {N_TABLE} {direction}", _TABLE_HEIGHT, _ORDER[:-1])
    if not tabs[2].open:
        return
    with tabs[2]:
        text = st.text_input(
            "Find a gene",
            key=state.PREDICT_GENE,
            persist_state="session",
            placeholder="Find a gene: symbol, alias, Entrez or Ensembl id",
            label_visibility="collapsed",
        )
        found = find_genes(ranking.table, text)
        if found.empty:
            _note(f"No landmark gene is called '{text}'. Only 978 genes are ranked.")
        else:
            _table(found, "All genes", _TABLE_HEIGHT - 56, _ORDER)


def find_genes(table: pd.DataFrame, text: str) -> pd.DataFrame:
    """Rows whose symbol contains the text, or whose alias or id it is; all rows for ''."""
    wanted = text.strip().upper()
    if not wanted:
        return table
    hit = table["symbol"].str.upper().str.contains(wanted, regex=False)
    entrez = gene_names(load.bundle().genes.table).find(wanted)
    return table[hit | (table["entrez"] == entrez)]


def _note(text: str) -> None:
    st.html(f"<p class='note'>{html(text)}</p>")


def _table(table: pd.DataFrame, name: str, height: int, columns: tuple[str, ...]) -> None:
    st.dataframe(
        table,
        height=min(height, _ROW * (len(table) + 1) + 3),
        hide_index=True,
        column_order=[name for name in columns if name in table],
        column_config=COLUMNS,
        placeholder="not measured",
        alt=name,
    )
