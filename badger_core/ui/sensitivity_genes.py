"""The tab Genes: what drGT weighs for the compound, beside what BADGER predicts it to move."""

import streamlit as st

from badger_core.explain.sensitivity_join import BOTH, MOVED, OUTSIDE, Joined, join
from badger_core.predict.ask import Asked
from badger_core.ui import downloads, load, sensitivity_load
from badger_core.ui.question import Question
from badger_core.ui.sensitivity_state import ONLY
from badger_core.ui.text import asked_name, html, plain

_NOT_THE_PREDICTOR = (
    "These genes come from the attention of the graph model drGT, fitted to NCI-60 without any "
    "known target: sizes without signs. The predictions of the other tabs are those of another "
    "model; docs/RESPONSE.md has the figures of both."
)
_COLUMNS = {
    "drgt_rank": st.column_config.NumberColumn("drGT place", format="%d", width=88),
    "symbol": st.column_config.TextColumn("Gene", width=100),
    "score": st.column_config.NumberColumn(
        "drGT score",
        format="%.2f",
        width=92,
        help="Share of drGT's attention over both layers, as a multiple of the gene's mean over "
        "drugs: 1 is what any drug gives it. Sizes alone, no signs.",
    ),
    "z": st.column_config.NumberColumn(
        "z", format="%.1f", width=60, help="Attention against refits to permuted labels."
    ),
    "said": st.column_config.TextColumn("Who points to it", width=130),
    "badger_rank": st.column_config.NumberColumn(
        "BADGER rank", format="%d", width=104, help="1 goes up most, 978 goes down most."
    ),
    "badger_score": st.column_config.NumberColumn("BADGER score", format="%+.3f", width=112),
    "direction": st.column_config.TextColumn("Direction", width=86),
    "entrez": st.column_config.NumberColumn("Entrez", format="%d", width=80),
}
_FDR, _MOST_SETS = 0.05, 50
_SET_COLUMNS = {
    "name": st.column_config.TextColumn("Set", width=260),
    "source": st.column_config.TextColumn("Collection", width=120),
    "overlap": st.column_config.NumberColumn("Genes", format="%d", width=64),
    "expected": st.column_config.NumberColumn("By chance", format="%.1f", width=84),
    "p": st.column_config.NumberColumn("p", format="%.1e", width=75),
    "fdr": st.column_config.NumberColumn("FDR", format="%.1e", width=75),
    "genes": st.column_config.TextColumn("Which", width=220),
}


def show(found: Question) -> None:
    """The genes of both, how many agree, and how far such genes can be trusted."""
    asked, line = found
    weighed = sensitivity_load.weighed_genes(asked)
    if weighed is None:
        st.info(
            f"{plain(asked_name(asked))} is not among the {sensitivity_load.known_structures()} "
            "structures of NCI-60 that drGT was trained on, so it has no genes for it. The pages "
            "Genes and Pathways show what BADGER predicts."
        )
        return
    joined = join(load.ranking(asked, line).table, weighed)
    st.html(f"<p class='reading'>{html(words(joined, asked_name(asked)))}</p>")
    said = f"{_NOT_THE_PREDICTOR} {sensitivity_load.recovery_words()}"
    st.html(f"<p class='note'><strong>How far to trust it.</strong> {html(said)}</p>")
    table = joined.table
    if st.toggle("Only genes that BADGER ranks", key=ONLY, persist_state="session"):
        table = table[table["said"] != OUTSIDE]
    st.dataframe(
        table,
        key="sensitivity_genes",
        hide_index=True,
        height=min(420, 35 * (len(table) + 1) + 3),
        column_order=list(_COLUMNS),
        column_config=_COLUMNS,
        placeholder="–",
        alt="Genes that drGT weighs most for the compound, with BADGER's rank",
    )
    what = f"sensitivity-genes-{asked_name(asked)}-{line.display_name}"
    downloads.table_menu(table, what, "sensitivity_genes_take")
    _sets(asked)


def _sets(asked: Asked) -> None:
    """Sets among all genes that drGT weighs for the compound, made when it is opened."""
    opened = st.expander("Gene sets among them", key="sensitivity_sets", on_change="rerun")
    if not opened.open:
        return
    with opened:
        sets = sensitivity_load.gene_sets(asked)
        n_sure = int((sets["fdr"] < _FDR).sum())
        st.html(
            f"<p class='note'>{n_sure or 'None'} of {len(sets):,} sets of Hallmark, Reactome, "
            f"WikiPathways and PID at an FDR below {_FDR:.0%}: Fisher's exact test against the "
            "genes that the graph reads.</p>"
        )
        shown = sets.head(_MOST_SETS)
        st.dataframe(
            shown,
            key="sensitivity_sets_table",
            hide_index=True,
            height=min(320, 35 * (len(shown) + 1) + 3),
            column_order=list(_SET_COLUMNS),
            column_config=_SET_COLUMNS,
            alt="Gene sets among the genes that drGT weighs most for the compound",
        )
        downloads.table_menu(sets, f"sensitivity-sets-{asked_name(asked)}", "sensitivity_sets_take")


def words(joined: Joined, name: str) -> str:
    """How many genes both point to, and how many would be by luck."""
    said = f"Of the {len(joined.table)} genes that drGT weighs most for {name}, BADGER ranks "
    said += f"{joined.shared} and has {joined.both} among the {MOVED} that it predicts to move "
    said += f"most up or down; by luck it would have {joined.luck:.1f}."
    both = joined.table.loc[joined.table["said"] == BOTH, "symbol"]
    return said + (f" Both point to: {', '.join(both)}." if len(both) else "")
