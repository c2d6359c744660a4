"""Is the explanation true? The deletion test and the agreement of members, with their tables."""

import streamlit as st

from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_tables import agreement_table, fragment_table
from badger_core.explain.prediction_words import (
    agreement_words,
    deletion_words,
    pathway_check_words,
)
from badger_core.ui import downloads, figure, pathways_load
from badger_core.ui.pathways_figures import table_of
from badger_core.ui.text import html


def deletion(explanation: Explanation, what: str) -> None:
    """Attention on each fragment beside the effect of deleting it."""
    from badger_core.plots.attention_bars import bars_height, deletion_bars

    table = fragment_table(explanation)
    st.html("<h2 class='section'>Does attention follow what matters?</h2>")
    st.html(f"<p class='note'>{html(deletion_words(explanation, pathways_load.measured()))}</p>")
    figure.echarts(
        deletion_bars(table, st.context.theme.type == "dark"),
        height=bars_height(table),
        key="pathways_deletion",
        alt=f"Bars of the attention on each fragment of {what} beside the effect of deleting it; "
        "the table below holds the numbers.",
        name=downloads.file_stem(f"deletion {what}"),
    )
    st.html(
        "<p class='note'><strong>Careful.</strong> A deleted fragment is masked, nothing is "
        "trained again: what is left may be unlike any compound. Only the cascade is asked. An "
        "effect on the prediction is no effect in the cell.</p>"
    )
    table_of(table, f"fragments {what}", "pathways_deletiontable")


def members(explanation: Explanation, what: str) -> None:
    """How far the members agree, in words and figures."""
    found = pathways_load.measured()
    st.html("<h2 class='section'>Do the members agree?</h2>")
    st.html(f"<p class='note'>{html(agreement_words(explanation, found))}</p>")
    st.dataframe(
        agreement_table(explanation),
        hide_index=True,
        key="pathways_agreement",
        column_order=("of", "in_words", "mean", "lowest", "highest"),
        column_config={
            "of": st.column_config.TextColumn("On the order of", width=198),
            "in_words": st.column_config.TextColumn("In words", width=98),
            **{
                name: st.column_config.NumberColumn(head, format="%.2f", width=56)
                for name, head in (("mean", "Mean"), ("lowest", "Least"), ("highest", "Most"))
            },
        },
        alt="Agreement of the members: Spearman of pairs",
    )
    st.html(f"<p class='note'>{html(pathway_check_words(found))}</p>")
    with st.container(horizontal=True):
        downloads.table_menu(
            agreement_table(explanation), f"agreement {what}", "pathways_agreementfile"
        )
