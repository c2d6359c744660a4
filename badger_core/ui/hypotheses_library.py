"""An own library of compounds: the uploader, and what became of its rows."""

from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st

from badger_core.limits import limits
from badger_core.ui import load
from badger_core.ui.hypotheses_state import LIBRARY, LIBRARY_FILE
from badger_core.ui.text import html

if TYPE_CHECKING:
    from badger_core.repurpose.library_file import ScreenLibrary

MOST_STRUCTURES = 500
"""Rows of an own library: a screen in the app takes 0.1 to 0.5 s a structure and line."""


def library_input() -> None:
    """The uploader of an own library, for the settings."""
    st.file_uploader(
        "Own library instead: SDF, SMI, CSV or TSV",
        type=["sdf", "sd", "mol", "smi", "smiles", "csv", "tsv", "txt"],
        key=LIBRARY_FILE,
        on_change=_keep_library,
        max_upload_size=limits().structure_mb,
        help=f"Up to {MOST_STRUCTURES} structures. It needs a screen in every line. Known uses, "
        "mechanisms and targets are told of the compounds that the library of the app has.",
    )


def library() -> "ScreenLibrary | None":
    """The own library with what was left out; None for that of the app.

    Raises:
        MoleculeError: no row can be used; it says why.
    """
    kept = st.session_state.get(LIBRARY)
    if not kept:
        return None
    with st.spinner("Reading the structures ..."):
        found = _library(*kept)
    left = found.left_out
    said = f"Own library {found.source}: {len(found.candidates)} compounds"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"<p class='note'>{html(said)}, {len(left)} rows left out.</p>", width="content")
        if len(left):
            with st.popover("Rows left out", key="hypotheses_left_out"):
                st.dataframe(left, hide_index=True, alt="Rows of the library that are left out")
        st.button("Use the app's library", key="hypotheses_hub", on_click=_drop_library)
    return found


def remembered(name: str, kept: tuple, more: tuple, make: object) -> object:
    """What was made of files, for this visit alone: uploads are not for other visitors."""
    digest = sha256(repr([(n, sha256(c).digest()) for n, c in kept]).encode()).hexdigest()
    key = (digest, *more)
    held = st.session_state.get(f"hypotheses_kept_{name}")
    if held is None or held[0] != key:
        st.session_state[f"hypotheses_kept_{name}"] = held = (key, make())
    return held[1]


def _keep_library() -> None:
    file = st.session_state[LIBRARY_FILE]
    st.session_state[LIBRARY] = None if file is None else (file.name, file.getvalue())


def _drop_library() -> None:
    st.session_state[LIBRARY] = None


def _library(name: str, content: bytes) -> "ScreenLibrary":
    from badger_core.repurpose.library_file import content_library

    known = load.bundle().library
    found = remembered(
        "library",
        ((name, content),),
        (),
        lambda: content_library(content, name, known, None, MOST_STRUCTURES),
    )
    return found
