"""What is of one visit alone: a secret that marks its uploads, and a folder that ends with it."""

import shutil
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import streamlit as st

from badger_core.ui import state

_PREFIX = "badger-visit-"
_OLD_S = 48 * 3600
"""After which a folder that nobody writes to was left by a server that was killed."""


class Folder:
    """A folder that stays, or one that only this user of the machine can open.

    The latter is removed when nobody holds it any more: neither the visit nor work that goes on for
    it; at the latest when the server ends.

    Args:
        stays: its path; None for a new private one.
    """

    def __init__(self, stays: Path | None = None) -> None:
        if stays is not None:
            self.path = stays
            return
        _sweep(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        weakref.finalize(self, shutil.rmtree, self.path, True)


def secret() -> str:
    """What nobody else knows: a part of the keys under which uploads are remembered for all."""
    return st.session_state.setdefault(state.VISIT_SECRET, uuid4().hex)


def folder() -> Folder:
    """The folder of this visit; hold it as long as something is written to its path."""
    if state.VISIT_FOLDER not in st.session_state:
        st.session_state[state.VISIT_FOLDER] = Folder()
    return st.session_state[state.VISIT_FOLDER]


def _sweep(place: Path) -> None:
    """Remove what a killed server left; the folders of another user stay, as they cannot be."""
    for left in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            newest = max(path.lstat().st_mtime for path in (left, *left.rglob("*")))
            if time.time() - newest > _OLD_S:
                shutil.rmtree(left, ignore_errors=True)
