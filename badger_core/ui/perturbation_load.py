"""The one place where the page Genetic perturbation meets the screen, the model and the library."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from badger_core.errors import PerturbationError
from badger_core.paths import benchmark_dir
from badger_core.ui import hypotheses_load, load
from badger_core.ui.hypotheses_job import Jobs
from badger_core.ui.perturbation_effects import Effects, measure
from badger_core.ui.perturbation_state import UNSEEN_CELLS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np

    from badger_core.cells.catalogue import CellLine
    from badger_core.data.perturbation import CellScreen
    from badger_core.perturbation.vae_effects import Predicted
    from badger_core.predict.ask import Asked
    from badger_core.predict.predictor import Predictor
    from badger_core.repurpose.overexpression import Gains
    from badger_core.repurpose.overexpression_null import LibraryNull
    from badger_core.repurpose.screen import Progress

_CELLS = 150
"""Control cells that lend their states to a prediction; with 300 it differs by 0.01 at most."""


@st.cache_resource(show_spinner=False)
def jobs(kind: str) -> Jobs:
    """The work of a kind (see `perturbation_progress`) that is done or was done last."""
    return Jobs()


@st.cache_resource(show_spinner="Reading the single-cell screen ...")
def screen() -> "CellScreen":
    """The good cells of the shipped screen.

    Raises:
        PerturbationError: where its tables are missing; says how to make them.
    """
    from badger_core.perturbation.shipped import good_cells

    return good_cells()


@st.cache_data(max_entries=2, show_spinner="Measuring what each lost gene changes ...")
def measured(cells: str) -> Effects:
    """Effects in the shipped screen.

    Args:
        cells: ALL_CELLS or UNSEEN_CELLS.
    """
    return measure(screen(), _unseen() if cells == UNSEEN_CELLS else None)


def predict_effects(shown: "CellScreen") -> "Predicted":
    """The shipped model's effects in the order of `measured`; takes some seconds.

    Args:
        shown: the screen.

    Raises:
        PerturbationError: where the model is missing, damaged or of another screen.
    """
    from badger_core.perturbation.shipped import shipped_model

    model = shipped_model()
    here, genes = shown.targets(), shown.genes.tolist()
    if not set(here) <= set(model.targets) or set(genes) != set(model.genes):
        raise PerturbationError(
            "The shipped model is of another screen. Make one with 'badger perturbation train'."
        )
    found = model.effects(shown, cells=_CELLS)
    rows = [model.targets.index(name) for name in here]
    columns = [model.genes.index(name) for name in genes]
    return type(found)(*(part[rows][:, columns] for part in found))


@st.cache_data(max_entries=1, show_spinner=False)
def edges() -> tuple[pd.DataFrame | None, str]:
    """The shipped table of edges (`perturbation.edges_table.COLUMNS`); None, and why, without."""
    from badger_core.perturbation.shipped import shipped_edges

    try:
        return shipped_edges(), ""
    except PerturbationError as error:
        return None, str(error)


def example() -> bytes:
    """A part of the shipped screen, as a file to upload."""
    from badger_core.export.perturbation_example import example_h5ad

    return example_h5ad(screen())


@st.cache_resource(show_spinner=False)
def gains() -> "Gains":
    """The over-expressions.

    Raises:
        PerturbationError: where their table is missing.
    """
    from badger_core.repurpose.overexpression import read_gains

    return read_gains(load.bundle().genes)


@st.cache_resource(max_entries=2, show_spinner="Scoring the library in this line ...")
def null(cell: str) -> "LibraryNull":
    """The library's scores in a line that comes with the app (about 25 MB)."""
    return null_of(load.bundle().cells.line(cell), lambda: None)


def null_of(
    line: "CellLine",
    predictor: "Callable[[], Predictor | None]",
    folder: "Path | None" = None,
    tell: "Callable[[Progress], object] | None" = None,
    cancelled: "Callable[[], bool]" = lambda: False,
) -> "LibraryNull":
    """The library's scores in a line; arguments as of `repurpose.predictions`.

    Without a folder that of the screens of all visitors is taken.
    """
    from badger_core.repurpose.library_file import hub_library
    from badger_core.repurpose.overexpression_null import library_null
    from badger_core.repurpose.predictions import library_predictions

    bundle = load.bundle()
    library = hub_library(bundle.library)
    folder = folder or hypotheses_load.work_folder()
    found = library_predictions(
        bundle, predictor(), [line], folder, tell, cancelled, library=library
    )
    return library_null(found, gains())


@st.cache_data(max_entries=32, show_spinner=False)
def matches(
    ik14: str, cell: str, _asked: "Asked", _line: "CellLine", _null: "LibraryNull"
) -> pd.DataFrame:
    """`overexpression_match.match_table` of the predicted ranking of a compound in a line."""
    from badger_core.repurpose.overexpression_match import match_table

    ranking = load.ranking(_asked, _line).table
    change = ranking.set_index("entrez")["score"].reindex(load.bundle().genes.entrez)
    return match_table(change.to_numpy()[None], ik14, _null)


@st.cache_data(max_entries=1, show_spinner=False)
def worth() -> str:
    """What a match is worth, in words; '' where the test is not there."""
    from badger_core.repurpose.overexpression_words import read_recovery, recovery_words

    return recovery_words(read_recovery(benchmark_dir()))


@st.cache_data(max_entries=1, show_spinner=False)
def _unseen() -> "np.ndarray":
    """(N,) bool: the test cells of the shipped model, which is of seed 0."""
    from badger_core.perturbation.splits import by_cell

    return by_cell(screen(), 0).test
