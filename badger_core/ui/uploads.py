"""The expression profiles that a visitor uploaded, as lines to ask about; kept in the session."""

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.errors import CellNotFoundError
from badger_core.ui import state

PREFIX = "upload:"
"""What the name of an uploaded line begins with; a hash of its expression follows."""


def lines() -> dict[str, CellLine]:
    """Name to line, in the order of uploading."""
    return st.session_state[state.UPLOADS]


def labels() -> dict[str, str]:
    """Name to label."""
    return {name: f"{line.display_name} · your upload" for name, line in lines().items()}


def keep(line: CellLine) -> None:
    """Remember a line for this visit; the same expression uploaded again replaces itself."""
    st.session_state[state.UPLOADS] = lines() | {line.name: line}


def find(text: str) -> CellLine | None:
    """The upload of this name, None for a text that names no upload.

    Raises:
        CellNotFoundError: for an upload that this visit does not have.
    """
    if not text.startswith(PREFIX):
        return None
    if text not in lines():
        raise CellNotFoundError(
            f"'{text[:60]}' stands for an expression file that was uploaded in another visit; "
            "uploads are not kept. Upload the same file again on the page Cell lines, and this "
            "link works."
        )
    return lines()[text]
