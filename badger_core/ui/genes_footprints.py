"""The tab Footprints: activity of PROGENy's pathways, with what random rankings would give."""

import streamlit as st

from badger_core.pathways.footprints import FEWEST_GENES, LARGEST_P, MOST_GENES
from badger_core.plots.enrichment import SURE, footprint_bars
from badger_core.predict.ranking import Ranking
from badger_core.ui import downloads, genes_load
from badger_core.ui.question import Question
from badger_core.ui.text import asked_name

_CONFIG = {
    "pathway": st.column_config.TextColumn("Pathway"),
    "direction": st.column_config.TextColumn("Reading", help="Empty: not scored."),
    "activity": st.column_config.NumberColumn(
        "Activity", format="%+.2f", help="t value of the pathway's slope."
    ),
    "z": st.column_config.NumberColumn("z", format="%+.2f", help="Against dealt ranks."),
    "p": st.column_config.NumberColumn("p", format="%.2g", help="Two-sided, by permutation."),
    "fdr": st.column_config.NumberColumn(
        "FDR", format="%.2g", help="p corrected over the pathways (Benjamini and Hochberg)."
    ),
    "n_genes": st.column_config.NumberColumn("Genes", help="Landmarks in its footprint."),
    "genes": st.column_config.TextColumn("Genes that speak most", width="large"),
}
_ORDER = ("pathway", "direction", "activity", "z", "p", "fdr", "n_genes", "genes")
_CAUTION = (
    "A footprint is how a pathway's stimulation moves the genes downstream of it. All pathways are "
    f"fitted to the predicted ranks at once, each with its {MOST_GENES} most reliable landmarks "
    f"(p below {LARGEST_P}); one with fewer than {FEWEST_GENES} is not scored. p is about this one "
    "predicted ranking, its genes dealt at random. Weights: PROGENy (Schubert et al. 2018, Holland "
    "et al. 2020); linear model after decoupler (Badia-i-Mompel et al. 2022)."
)


def show(ranking: Ranking, found: Question) -> None:
    """Bars beside the table."""
    table = genes_load.footprints(ranking.table)
    question = f"{asked_name(found.asked)} in {found.line.display_name}"
    drawn, listed = st.columns([44, 56], gap="medium")
    with drawn:
        st.plotly_chart(
            footprint_bars(table, st.context.theme.type == "dark"),
            key="genes_footprint_bars",
            config={"displayModeBar": False},
            alt=f"Activity of {len(table)} pathways for {question}; the table beside it has the "
            "numbers.",
        )
    with listed:
        sure, scored = int((table["fdr"] < SURE).sum()), int(table["activity"].notna().sum())
        st.html(f"<p class='note'>{sure} of {scored} scored pathways have an FDR below 5 %.</p>")
        st.dataframe(
            table,
            key="genes_footprint_table",
            height=316,
            hide_index=True,
            column_order=_ORDER,
            column_config=_CONFIG,
            placeholder="not scored",
            alt=f"Pathway activities for {question}",
        )
        st.html(f"<p class='note'>{_CAUTION}</p>")
        what = f"progeny-{question.replace(' in ', '-')}"
        downloads.table_menu(
            table, what, "genes_footprints", {"question": ranking.manifest, "seed": 0}
        )
