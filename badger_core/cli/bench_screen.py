"""How long the whole library in one line takes, as `badger screen` does it, from nothing."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from badger_core.data.bundle import Bundle
from badger_core.predict.predictor import Predictor
from badger_core.repurpose.library_file import hub_library
from badger_core.repurpose.screen import screen
from badger_core.repurpose.screen_plan import Plan

LINE = "A375"


def timed_screen(models: Path | None, bundle: Path | None, limit: int | None = None) -> dict:
    """Compounds, line, processes, seconds and milliseconds per pair of one screen.

    Args:
        models: folder of the models; None for the shipped ones.
        bundle: folder of the data; None for the shipped one.
        limit: only the first compounds.
    """
    predictor = Predictor(Bundle(bundle), models)
    library = hub_library(predictor.bundle.library).limited(limit)
    plan, jobs = Plan(predictor, library, (predictor.bundle.cells.find(LINE),)), os.cpu_count() or 1
    with TemporaryDirectory() as folder:
        done = screen(plan, Path(folder) / "screen.parquet", Path(folder), jobs)
    seconds, pairs = done.progress.seconds, done.progress.of_pairs
    return {
        "compounds": len(library.candidates),
        "line": LINE,
        "members": len(predictor.ensemble),
        "processes": jobs,
        "seconds": seconds,
        "ms_per_pair": 1000 * seconds / pairs,
    }
