"""The tab Footprints: activity of PROGENy's pathways, with what random rankings would give."""

import streamlit as st

from badger_core.pathways.enrichment_beside import beside, p_words, whatever_words
from badger_core.pathways.footprints import FEWEST_GENES, LARGEST_P, MOST_GENES
from badger_core.plots.enrichment import footprint_bars
from badger_core.predict.drug_specific import specific_words
from badger_core.predict.ranking import Ranking
from badger_core.ui import downloads, figure, genes_load
from badger_core.ui.question import Question
from badger_core.ui.text import asked_name, html

OWN = "genes_own_footprints"
_CONFIG = {
    "pathway": st.column_config.TextColumn("Pathway"),
    "direction": st.column_config.TextColumn("Reading", help="Empty: not scored."),
    "activity": st.column_config.NumberColumn(
        "Activity", format="%+.2f", help="t value of the pathway's slope."
    ),
    "drug_free_activity": st.column_config.NumberColumn(
        "Drug-free", format="%+.2f", help="Activity in the drug-free ranking of the line."
    ),
    "z": st.column_config.NumberColumn("z", format="%+.2f", help="Against shuffled genes."),
    "p": st.column_config.NumberColumn("p", help="Two-sided, by permutation."),
    "fdr": st.column_config.NumberColumn(
        "FDR", help="p corrected over the pathways (Benjamini and Hochberg)."
    ),
    "n_genes": st.column_config.NumberColumn("Genes", help="Landmarks in its footprint."),
    "genes": st.column_config.TextColumn("Genes that speak most", width="large"),
}
_ORDER = ("pathway", "direction", "activity", "drug_free_activity", "p", "fdr", "z")
_ORDER += ("n_genes", "genes")
_CAUTION = (
    "A footprint is how a pathway's stimulation moves the genes downstream of it. All pathways are "
    f"fitted to the predicted ranks at once, each with its {MOST_GENES} most reliable landmarks "
    f"(p below {LARGEST_P}); one with fewer than {FEWEST_GENES} is not scored. p is about this one "
    "predicted ranking beside shuffled genes. Weights: PROGENy (Schubert et al. 2018, Holland "
    "et al. 2020); linear model after decoupler (Badia-i-Mompel et al. 2022)."
)


def show(ranking: Ranking, found: Question) -> None:
    """Bars beside the table."""
    free = genes_load.drug_free(ranking, found)
    own = st.toggle(
        "Drug-specific part",
        key=OWN,
        persist_state="session",
        help="Score what is left after the drug-free ranking of the line is fitted.",
    )
    part = genes_load.own_part(ranking, found) if own else None
    asked = ranking.table if part is None else part.table
    table = beside(genes_load.footprints(asked), genes_load.footprints(free))
    question = f"{asked_name(found.asked)} in {found.line.display_name}"
    what = f"progeny-{question.replace(' in ', '-')}"
    about = {"question": ranking.manifest, "seed": 0}
    if part is not None:
        what = f"drug-specific-{what}"
        about |= {"drug_specific": {"slope": part.slope, "variance_left": part.left}}
        st.html(f"<p class='note'>{html(specific_words(part))}</p>")
    drawn, listed = st.columns([44, 56], gap="medium")
    with drawn:
        figure.plotly(
            footprint_bars(table, st.context.theme.type == "dark"),
            key="genes_footprint_bars",
            alt=f"Activity of {len(table)} pathways for {question}; the table beside it has the "
            "numbers.",
            name=downloads.file_stem(what),
        )
    with listed:
        said = whatever_words(table[table["activity"].notna()], "scored pathways")
        st.html(f"<p class='note'>{html(said)}</p>")
        st.dataframe(
            table.style.format({"p": p_words, "fdr": p_words}),
            key="genes_footprint_table",
            height=316,
            hide_index=True,
            column_order=_ORDER,
            column_config=_CONFIG,
            placeholder="not scored",
            alt=f"Pathway activities for {question}",
        )
        st.html(f"<p class='note'>{_CAUTION}</p>")
        downloads.table_menu(table, what, "genes_footprints", about)
