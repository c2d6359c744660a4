"""The library compounds most like the one in view, with drawings, and what was measured of them."""

from base64 import b64encode

import pandas as pd
import streamlit as st

from badger_core.chem.draw import structure_svg
from badger_core.chem.molecule import read_molecule
from badger_core.predict.ask import Asked
from badger_core.ui import compounds_library as lib
from badger_core.ui import downloads, load
from badger_core.ui.text import asked_name, html, plain

MOST = 20
ALL, MEASURED, TRAINED = "whole library", "measured compounds", "training compounds"


def panel(shown: Asked) -> None:
    """The table, and what can be done with the rows that are picked."""
    st.html(f"<h2 class='section'>Library compounds like {html(asked_name(shown))}</h2>")
    among = st.segmented_control(
        "Look among",
        [ALL, MEASURED, TRAINED],
        default=ALL,
        required=True,
        key="compounds_among",
        persist_state="session",
    )
    table, texts = similar(shown, among)
    _nearest_trained(shown)
    dark = st.context.theme.type == "dark"
    library = load.bundle().library.table
    drawn = [_thumbnail(library["smiles"].iat[row], dark) for row in table["row"]]
    view = table.drop(columns="row")
    picked = st.dataframe(
        view.assign(structure=drawn)[["structure", *view.columns]],
        key=f"{lib.table_key('similar')}_{shown.molecule.ik14}_{among}",
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        height=430,
        row_height=84,
        column_config={
            "structure": st.column_config.ImageColumn("Structure", width=140),
            "name": st.column_config.TextColumn("Name", width=170),
            "Tanimoto": st.column_config.NumberColumn("Tanimoto", format="%.2f", width=80),
            "phase": st.column_config.TextColumn("Phase", width=100),
            "mechanism": st.column_config.TextColumn("Mechanism", width=240),
            "targets": st.column_config.TextColumn("Targets", width=200),
            "indication": st.column_config.TextColumn("Indication", width=180),
            "signatures": st.column_config.NumberColumn("Signatures", width=85),
            "in training": st.column_config.TextColumn("In training", width=85),
        },
        alt=f"The {len(view)} library compounds most like {asked_name(shown)}",
    ).selection.rows
    _actions([(texts[i], view["name"].iat[i]) for i in picked if i < len(view)])
    downloads.table_menu(view, f"similar-to-{asked_name(shown)}", "compounds_similar_file")


def similar(shown: Asked, among: str = ALL) -> tuple[pd.DataFrame, list[str]]:
    """The compounds most like one, itself left out, and what each is asked by.

    Args:
        shown: the compound in view.
        among: ALL, MEASURED or TRAINED.
    """
    library = load.bundle().library.table
    allowed = library["ik14"] != shown.molecule.ik14
    if among == MEASURED:
        allowed &= library["n_signatures"] > 0
    if among == TRAINED:
        allowed &= library["ik14"].isin(lib.trained())
    near = lib.fingerprints().nearest(shown.molecule.smiles, MOST, allowed.to_numpy())
    rows = [neighbour.index for neighbour in near]
    table = lib.described(library.iloc[rows])
    table.insert(1, "Tanimoto", [neighbour.similarity for neighbour in near])
    table["in training"] = [
        "yes" if k in lib.trained() else "no" for k in library["ik14"].iloc[rows]
    ]
    table["row"] = rows
    return table, [lib.asking_text(row) for row in rows]


def _nearest_trained(shown: Asked) -> None:
    """The nearest training compound, in a sentence."""
    if not lib.trained():
        st.caption("There is no model, so nothing is known of training compounds.")
        return
    first = similar(shown, TRAINED)[0].iloc[0]
    seen = shown.molecule.ik14 in lib.trained()
    said = (
        "Measured expression of it was in training; the nearest other"
        if seen
        else "No measured expression of it was in training; the nearest"
    )
    st.caption(
        f"{said} training compound is {plain(first['name'])} (Tanimoto {first['Tanimoto']:.2f} of "
        "1). Tanimoto: shared Morgan bits (radius 2, 1,024 bits) over all bits of either. "
        "Signatures: measured profiles in the bundle, 0 means not measured."
    )


def _actions(picked: list[tuple[str, str]]) -> None:
    if not picked:
        st.caption("Tick a row to use it or to put it into the basket.")
        return
    with st.container(horizontal=True, gap="small"):
        st.button(
            f"Use {plain(picked[0][1])}",
            type="primary",
            key="compounds_similar_use",
            on_click=lib.use,
            args=(picked[0][0],),
        )
        st.button(
            f"Add {len(picked)} to basket",
            key="compounds_similar_add",
            on_click=lib.add_all,
            args=(picked,),
        )


@st.cache_data(max_entries=2000, show_spinner=False)
def _thumbnail(smiles: str, dark: bool) -> str:
    """The drawing as an address that an image can have."""
    drawing = structure_svg(read_molecule(smiles), 132, 80, (), dark)
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
