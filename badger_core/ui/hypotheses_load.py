"""What the page Hypotheses reads once for all visitors: shipped lines, diseases, jobs."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.paths import models_dir, predictions_dir, runs_dir
from badger_core.ui import load, settled, uploads, visit
from badger_core.ui.hypotheses_job import Job, Jobs
from badger_core.ui.visit import Folder

if TYPE_CHECKING:
    from badger_core.repurpose.kept_screens import KeptScreen
    from badger_core.repurpose.library_file import ScreenLibrary
    from badger_core.repurpose.shipped import Shipped
    from badger_core.ui.hypotheses_work import Wanted


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """The lists that are made or were made last, for all visitors; each takes about 40 MB."""
    return Jobs()


@st.cache_resource(show_spinner="Checking the predictions that come with the app ...")
def shipped() -> "Shipped":
    """The lines whose predictions come with the app."""
    from badger_core.repurpose.shipped import read_shipped

    found = read_shipped(predictions_dir(), load.bundle(), models_dir() / load.MODEL)
    settled.leave_out()
    return found


def work_folder() -> Path:
    """Where screens of what is no upload are kept; the command `badger repurpose` uses the same."""
    return runs_dir() / "screen"


def folder_of(lines: Iterable[CellLine], library: "ScreenLibrary | None" = None) -> Folder:
    """Where a screen is kept: that of an upload with the visit alone.

    The folder is there as long as what is returned is held.
    """
    if library is not None or uploads.are_private(line.name for line in lines):
        return visit.folder()
    return Folder(work_folder())


def at_hand(lines: tuple[CellLine, ...], library: "ScreenLibrary | None") -> tuple[str, ...]:
    """Names of the lines whose predictions of this library come with the app."""
    found = shipped()
    if library is not None and found.rows(library) is None:
        return ()
    return tuple(line.name for line in lines if found.holds(line))


def kept(library: "ScreenLibrary | None") -> "dict[str, KeptScreen]":
    """Name of a line to what is kept for all of its screen with this library."""
    return _kept(library, work_folder())


def kept_for(wanted: "Wanted") -> "dict[str, KeptScreen]":
    """The same for a question; what is kept of uploads, for their visit."""
    if not wanted.private:
        return kept(wanted.library)
    return _kept(wanted.library, visit.folder().path)


def start(wanted: "Wanted", screening: bool) -> Job:
    """The job of a question, begun where nobody has yet.

    Args:
        wanted: the question.
        screening: whether a line must be screened, for which the models are opened.
    """
    from badger_core.ui.hypotheses_work import answer

    bundle, folder = load.bundle(), folder_of(wanted.lines, wanted.library)
    predictor = load.predictor if screening else None
    return jobs().start(
        wanted.key,
        lambda job: answer(job, wanted, bundle, predictor, folder.path),
        wanted.private or wanted.own,
    )


def _kept(library: "ScreenLibrary | None", folder: Path) -> "dict[str, KeptScreen]":
    from badger_core.repurpose.kept_screens import kept_screens

    if not any(folder.glob("*/plan.json")):
        return {}
    compounds = (library or _hub()).candidates
    return kept_screens(folder, load.bundle().content_hash, _models(), compounds)


@st.cache_resource(show_spinner=False)
def _hub() -> "ScreenLibrary":
    from badger_core.repurpose.library_file import hub_library

    return hub_library(load.bundle().library)


@st.cache_data(max_entries=1, show_spinner=False)
def _models() -> str:
    from badger_core.repurpose.model_files import models_hash

    return models_hash((models_dir() / load.MODEL).resolve())


@st.cache_data(max_entries=1, show_spinner=False)
def diseases() -> dict[str, str]:
    """DOID to label of the diseases with a signature: the name, and its drugs in PharmacotherapyDB.

    A list marks those that the Repurposing Hub has alone as known too, and says so.
    """
    bundle = load.bundle()
    known = bundle.diseases.indications
    known = known[known["category"].isin(("DM", "SYM"))].drop_duplicates(["doid", "ik14"])
    count = known["doid"].value_counts()
    names = bundle.diseases.names.sort_values("name", key=lambda names: names.str.casefold())
    return {
        row.doid: f"{row.name[:1].upper()}{row.name[1:]} · {_drugs(int(count.get(row.doid, 0)))}"
        for row in names.itertuples(index=False)
    }


def _drugs(count: int) -> str:
    return f"{count or 'no'} drug{'s' if count != 1 else ''} in PharmacotherapyDB"
