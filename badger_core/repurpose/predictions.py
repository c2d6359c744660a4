"""What the models predict for a library in some lines, from the shipped files or by a screen."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellLine
from badger_core.data.bundle import Bundle
from badger_core.errors import SettingError
from badger_core.paths import models_dir, predictions_dir
from badger_core.repurpose.library_file import ScreenLibrary, hub_library
from badger_core.repurpose.line_predictions import LinePredictions
from badger_core.repurpose.shipped import read_shipped

if TYPE_CHECKING:
    from badger_core.predict.predictor import Predictor
    from badger_core.repurpose.screen import Progress

SHIPPED, SCREENED = "shipped", "screened"
"""Where the predictions of a line come from: the files of `data/predictions`, or a screen."""
_log = logging.getLogger(__name__)


class Predictions(NamedTuple):
    """S compounds in L lines; genes in panel order.

    Attributes:
        compounds: S rows with columns ik14 (each once, sorted) and name.
        lines: names of the L lines, in the order in which they were asked for.
        changes: (L, S, G) float32 predicted change, mean over the members.
        confidence: (L, S) float32; NaN where the models come without trust.
        spread: (L, S) float32 standard deviation over the members, mean over genes.
        badge: (L, S) str, familiarity.
        domain_structure: (L, S) str; '' where the models come without trust.
        domain_line: (L, S) str; '' where the models come without trust.
        origin: L times 'shipped' or 'screened'.
    """

    compounds: pd.DataFrame
    lines: tuple[str, ...]
    changes: np.ndarray
    confidence: np.ndarray
    spread: np.ndarray
    badge: np.ndarray
    domain_structure: np.ndarray
    domain_line: np.ndarray
    origin: tuple[str, ...]


def library_predictions(
    bundle: Bundle,
    predictor: "Predictor | None",
    lines: Sequence[CellLine],
    work: Path,
    progress: "Callable[[Progress], object] | None" = None,
    cancelled: Callable[[], bool] = lambda: False,
    jobs: int = 1,
    library: ScreenLibrary | None = None,
    folder: Path | None = None,
) -> Predictions:
    """Every compound of a library in every line.

    Lines of the shipped files are read in a fraction of a second and need no network. The others
    are screened, each by itself, and kept in `work`: asked again, alone or among other lines, they
    are read from there.

    Args:
        bundle: the data bundle.
        predictor: the models; None for those of the app, which are then read only if a line must
            be screened.
        lines: L lines with basal expression; one given twice counts once.
        work: folder of the chunks and results of screens, see `screen.screen`.
        progress: called while lines are screened; counts are over all of these lines.
        cancelled: asked between chunks.
        jobs: local processes.
        library: compounds; the Hub's structures if not given. Any part of the Hub is served by the
            shipped files.
        folder: of the shipped files; `data/predictions` if not given.

    Raises:
        SettingError: there is no line or no compound, a line has no basal expression, or `work`
            cannot be written.
        StoppedError: `cancelled` became true; finished chunks are kept.
    """
    chosen = {line.name: line for line in lines}
    library = library or hub_library(bundle.library)
    if not chosen:
        raise SettingError("No line was given. Name at least one cell line.")
    bare = [name for name, line in chosen.items() if line.basal is None]
    if bare:
        raise SettingError(f"'{bare[0]}' has no basal expression. Choose another line.")
    if not library.candidates:
        raise SettingError("The library is empty. Give a file with at least one structure.")
    models = predictor.folder if predictor is not None else models_dir() / "badger"
    found = read_shipped(folder or predictions_dir(), bundle, models)
    if found.refused:
        _log.warning("%s", found.refused)
    rows = found.rows(library)
    held = {name: line for name, line in chosen.items() if rows is not None and found.holds(line)}
    parts = {name: found.read(line, rows) for name, line in held.items()}
    origin = tuple(SHIPPED if name in parts else SCREENED for name in chosen)
    missing = [line for name, line in chosen.items() if name not in parts]
    if missing:
        from badger_core.predict.predictor import Predictor  # loads torch
        from badger_core.repurpose.screened import screened

        ready = predictor or Predictor(bundle, models)
        parts |= screened(ready, library, missing, work, progress, cancelled, jobs)
    return _together(library, [parts[name] for name in chosen], tuple(chosen), origin)


def _together(
    library: ScreenLibrary,
    parts: Sequence[LinePredictions],
    names: tuple[str, ...],
    origin: tuple[str, ...],
) -> Predictions:
    compounds = pd.DataFrame(
        {
            "ik14": [candidate.ik14 for candidate in library.candidates],
            "name": [candidate.name for candidate in library.candidates],
        }
    )
    fields = (np.stack(field) for field in list(zip(*parts, strict=True))[1:])
    return Predictions(compounds, names, *fields, origin)
