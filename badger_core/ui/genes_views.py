"""The figures of the page Genes: all genes as points to click, a gene set standing out."""

from functools import partial

import streamlit as st

from badger_core.export.gene_lists import rnk
from badger_core.plots.genes import agreement_plot, rank_points
from badger_core.predict.ranking import Ranking
from badger_core.ui import downloads, genes_load, trust
from badger_core.ui import figure as drawn
from badger_core.ui.genes_state import SET, chosen_gene, take_point
from badger_core.ui.question import Question
from badger_core.ui.text import asked_name, html

VIEW = "genes_view"
AGREEMENT, RANK = "Agreement", "Rank"


def heading(ranking: Ranking, found: Question) -> None:
    """What is ranked, in a sentence."""
    st.html(
        f"<h2 class='result'>{html(asked_name(found.asked))} in "
        f"{html(found.line.display_name)}: <span class='count'>{len(ranking.table)} genes "
        f"ranked · {html(trust.short(ranking))}</span></h2>"
    )


def members() -> frozenset[int]:
    """Entrez ids of the highlighted set; empty where none is chosen."""
    return genes_load.set_members().get(st.session_state.get(SET) or "", frozenset())


def controls(ranking: Ranking, found: Question) -> None:
    """The highlighted set, the view, and the ranking as files."""
    labels = genes_load.set_labels()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Highlight a pathway",
            list(labels),
            index=None,
            key=SET,
            format_func=labels.get,
            placeholder="None: type a name, such as G2M or apoptosis",
            persist_state="session",
            width=460,
        )
        st.segmented_control(
            "View",
            (AGREEMENT, RANK),
            default=AGREEMENT,
            key=VIEW,
            required=True,
            persist_state="session",
        )
        what = f"genes-{asked_name(found.asked)}-{found.line.display_name}"
        file = f"{downloads.file_stem(what)}.rnk"
        more = downloads.File("RNK", file, "text/plain", partial(rnk, ranking.table))
        downloads.table_menu(
            ranking.table, what, "genes_ranking", {"question": ranking.manifest}, (more,)
        )


def figure(ranking: Ranking, found: Question) -> None:
    """The chosen view, and what its axes mean."""
    table, dark = ranking.table, st.context.theme.type == "dark"
    gene, marked = chosen_gene(table["entrez"].iat[0]), members()
    view = st.session_state.get(VIEW) or AGREEMENT
    if view == AGREEMENT and not (table["spread"] > 0).any():
        st.info("The model has one member, so agreement cannot be told: all genes by rank.")
        view = RANK
    draw = agreement_plot if view == AGREEMENT else rank_points
    # A chart of its own for each gene: a selection that stays would speak again at the next click.
    key = f"genes_points_{view}_{gene}"
    what = f"genes-{view}-{asked_name(found.asked)}-{found.line.display_name}"
    drawn.plotly(
        draw(table, marked, gene, dark),
        key,
        on_select=partial(take_point, key),
        alt=f"All {len(table)} genes as points, {_ALT[view]}; the table beside it lists them.",
        name=downloads.file_stem(what),
    )
    st.html(f"<p class='note'>{_marked_words(ranking, marked)}{_NOTES[view]}</p>")


def _marked_words(ranking: Ranking, marked: frozenset[int]) -> str:
    """How the genes of the set lie, in words; '' where no set is chosen."""
    if not marked:
        return ""
    inside = ranking.table[ranking.table["entrez"].isin(marked)]
    up = int((inside["direction"] == "up").sum())
    name = genes_load.set_labels()[st.session_state[SET]].split(" · ")[0]
    return (
        f"<strong>{html(name)}:</strong> {len(inside)} landmarks, {up} predicted up, "
        f"{len(inside) - up} down; median rank {inside['rank'].median():.0f}. "
    )


_ALT = {
    AGREEMENT: "predicted change across, agreement of the ensemble upwards",
    RANK: "rank across, predicted change upwards",
}
_NOTES = {
    AGREEMENT: "Height is how many spreads of the ensemble a score lies from zero. That is "
    "agreement among members that share their training data: <strong>no p value</strong>. "
    "Click a point for its card.",
    RANK: "Each triangle is a gene, pointing the way it is predicted to go. "
    "Click a point for its card.",
}
