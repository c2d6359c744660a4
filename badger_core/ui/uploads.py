"""The expression profiles that a visitor uploaded, as lines to ask about; kept in the session."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.cells.upload import PREFIX
from badger_core.errors import CellNotFoundError
from badger_core.ui import state, visit

__all__ = ["PREFIX", "are_private", "find", "forget", "keep", "labels", "lines", "own", "supplied"]


def lines() -> dict[str, CellLine]:
    """Name to line, in the order of uploading."""
    return st.session_state[state.UPLOADS]


def labels() -> dict[str, str]:
    """Name to label; samples of one name are told apart by the beginning of their hash."""
    count = Counter(line.display_name for line in lines().values())
    return {
        name: f"{line.display_name} · your upload"
        + (f" {name.removeprefix(PREFIX)[:4]}" if count[line.display_name] > 1 else "")
        for name, line in lines().items()
    }


def are_private(names: Iterable[str]) -> bool:
    """Whether one of these lines is an upload."""
    return any(name.startswith(PREFIX) for name in names)


def own(name: str) -> str:
    """What a line is remembered by in what all visitors share.

    A line of the catalogue is the same for all. What is worked out from an upload bears the name of
    its sample and is found by this visit alone: not by who has, or guesses, the name in its link.
    """
    if not are_private([name]):
        return name
    known = lines().get(name)
    return f"{name} {visit.secret()} {known.display_name if known else ''}"


def supplied(line: CellLine) -> int:
    """Landmark genes that an upload holds."""
    return int(np.isfinite(line.basal).sum())


def keep(line: CellLine) -> None:
    """Remember a line for this visit; the same expression uploaded again replaces itself."""
    st.session_state[state.UPLOADS] = lines() | {line.name: line}


def forget(name: str) -> None:
    """Take one upload out of the visit; nothing happens where it is not in."""
    st.session_state[state.UPLOADS] = {n: line for n, line in lines().items() if n != name}


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
