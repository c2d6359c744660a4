"""The column 'acts like / against gain of': the surest match of each compound of a list."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from badger_core.cells.catalogue import CellLine
from badger_core.data.bundle import Bundle
from badger_core.errors import PerturbationError
from badger_core.paths import models_dir, predictions_dir, runs_dir
from badger_core.repurpose.hypotheses import Hypotheses
from badger_core.repurpose.hypotheses_columns import with_columns
from badger_core.repurpose.overexpression import Gains, read_gains
from badger_core.repurpose.overexpression_match import COLUMNS, SURE, best_matches
from badger_core.repurpose.overexpression_null import LEAST, LibraryNull, library_null
from badger_core.repurpose.predictions import Predictions, library_predictions
from badger_core.repurpose.shipped import read_shipped

MEANING = (
    "acts: the over-expressed gene (L1000, 399 genes) whose signature the compound's prediction "
    "resembles ('acts like gain of') or opposes ('acts against gain of') more surely than any "
    f"other, where the false discovery rate over the 399 genes is below {SURE}; empty where none "
    "is. The null is the library in the same lines. acts_z is the score in standard deviations of "
    "the library, mean over the lines; acts_fdr the rate. A hint at a mechanism and no proof: how "
    "often drugs with a known target are found so stands in "
    "data/benchmark/overexpression_recovery.csv."
)


def beside(found: Hypotheses, told: pd.DataFrame | None) -> Hypotheses:
    """A list with the column, and what it means in the manifest; the list as it is without one.

    Args:
        found: the list.
        told: of `told_or_why`.
    """
    return with_columns(found, told, COLUMNS, MEANING)


def told_or_why(
    bundle: Bundle, predictions: Predictions, lines: Sequence[CellLine], models: Path | None = None
) -> tuple[pd.DataFrame | None, str]:
    """`best_matches` of a library; None, and why, where nobody can tell.

    Args:
        bundle: whose panel the predictions are on.
        predictions: of S compounds in L lines.
        lines: the L lines.
        models: folder of the models that predicted; those of the app if None.
    """
    try:
        null, why = null_of(bundle, predictions, lines, read_gains(bundle.genes), models)
    except PerturbationError as error:
        return None, str(error)
    if null is None:
        return None, why
    keys = predictions.compounds["ik14"].to_numpy(str)
    return best_matches(predictions.changes, keys, null), ""


def null_of(
    bundle: Bundle,
    predictions: Predictions,
    lines: Sequence[CellLine],
    gains: Gains,
    models: Path | None = None,
) -> tuple[LibraryNull | None, str]:
    """The null of a list: the list itself if it is long, else the Hub in the shipped lines.

    Args:
        bundle: as of `told_or_why`.
        predictions: as of it.
        lines: as of it.
        gains: the over-expressions.
        models: as of `told_or_why`.

    Returns:
        The null and '', or None and a sentence.
    """
    if len(predictions.compounds) >= LEAST:
        return library_null(predictions, gains), ""
    shipped = read_shipped(predictions_dir(), bundle, models or models_dir() / "badger")
    wanted = {line.name: line for line in lines}
    absent = [line.display_name for line in wanted.values() if not shipped.holds(line)]
    if absent:
        return None, (
            f"A list of {len(predictions.compounds):,} compounds is too short to tell a match from "
            f"chance, and the library's predictions in {absent[0]} do not come with the app. "
            f"Choose shipped lines, or a library of {LEAST:,} compounds."
        )
    own = [wanted[name] for name in predictions.lines]
    return library_null(library_predictions(bundle, None, own, runs_dir() / "screen"), gains), ""
