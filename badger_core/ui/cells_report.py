"""The mapping report of one uploaded file, in words and as tables to take along."""

from functools import partial

import pandas as pd
import streamlit as st

from badger_core.cells.upload import Upload
from badger_core.ui import downloads, uploads
from badger_core.ui.cells_state import PICKED, take_row
from badger_core.ui.text import html, plain

_SAMPLES = {
    "sample": st.column_config.TextColumn("Sample", pinned=True),
    "landmarks": st.column_config.NumberColumn("Landmarks", format="%d", help="Of 978."),
    "status": st.column_config.TextColumn("Status"),
    "centred_on": st.column_config.TextColumn("Centred on"),
    "reason": st.column_config.TextColumn("Why", width="large"),
}
_GENES = {
    "symbol": st.column_config.TextColumn("Gene"),
    "entrez": st.column_config.NumberColumn("Entrez", format="%d"),
    "status": st.column_config.TextColumn("Status"),
    "given": st.column_config.TextColumn("In the file"),
}
_UPLOADS = ("sample", "landmarks", "centred_on")


def report(found: Upload, key: str) -> None:
    """Sentences, the samples, and the genes behind an expander.

    Args:
        found: what was read.
        key: beginning of the widgets' keys.
    """
    said = found.report
    with st.container(border=True, key=key):
        items = "".join(f"<li>{html(text)}</li>" for text in said.sentences())
        st.html(f"<h3 class='figure'>{html(said.file)}</h3><ul class='said'>{items}</ul>")
        if said.strange:
            st.warning(
                f"{plain(', '.join(said.strange[:4]))}: unlike any expression profile at hand. "
                "Genes may be shuffled or values no expression; predictions from it mean little."
            )
        samples = said.samples.drop(columns="name")
        st.dataframe(
            samples,
            key=f"{key}_samples",
            hide_index=True,
            column_config=_SAMPLES,
            height=min(248, 35 * (len(samples) + 1) + 3),
            alt=f"Samples of {said.file}",
        )
        with st.expander(f"Genes: {said.n_found} found, {len(said.genes) - said.n_found} missing"):
            odd = said.genes["status"] != "found"
            shown = pd.concat([said.genes[odd], said.genes[~odd]])
            st.dataframe(
                shown,
                key=f"{key}_genes",
                hide_index=True,
                column_config=_GENES,
                height=248,
                alt="Landmark genes",
            )
            downloads.table_menu(said.genes, f"mapping {said.file}", f"{key}_take", said.record())


def own_samples() -> None:
    """The uploads of this visit as a table to pick from."""
    lines = list(uploads.lines().values())
    if not lines:
        st.html("<p class='note'>No sample yet: those that could be read are listed here.</p>")
        return
    table = pd.DataFrame(
        [(line.display_name, uploads.supplied(line), line.platform) for line in lines],
        columns=list(_UPLOADS),
    )
    said = f"{len(lines)} of your samples" if len(lines) > 1 else "One sample of yours"
    key = f"cells_own_{len(lines)}_{lines[-1].name[-12:]}"
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        column_config={name: _SAMPLES[name] for name in _UPLOADS},
        height=min(213, 35 * (len(table) + 1) + 3),
        on_select=partial(take_row, key, PICKED, [line.name for line in lines]),
        selection_mode="single-cell",
        alt="Your samples of this visit",
    )
    st.html(f"<p class='note'>{said}. Click one to see it.</p>")
