"""Lines screened one by one, so that each is kept by itself and serves every later selection."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from badger_core.cells.catalogue import CellLine
from badger_core.errors import SettingError, StoppedError, WriteError
from badger_core.predict.predictor import Predictor
from badger_core.repurpose.kept_screens import note_plan
from badger_core.repurpose.library_file import ScreenLibrary
from badger_core.repurpose.line_predictions import LinePredictions, of_screen
from badger_core.repurpose.screen import Progress, screen
from badger_core.repurpose.screen_file import read_manifest, read_screen
from badger_core.repurpose.screen_plan import Plan


def screened(
    predictor: Predictor,
    library: ScreenLibrary,
    lines: Sequence[CellLine],
    work: Path,
    progress: Callable[[Progress], object] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    jobs: int = 1,
) -> dict[str, LinePredictions]:
    """Name of each line to its predictions, from an earlier screen where there is one.

    A result lies in `work` as KEY.parquet beside the folder of its chunks, KEY being a hash of all
    that it depends on. Lines screened together would share the work on fragments, which is about a
    tenth of the whole.

    Args:
        predictor: the models.
        library: compounds.
        lines: L lines with basal expression.
        work: folder of results and chunks.
        progress: called with counts over all lines that are not there yet.
        cancelled: asked between chunks.
        jobs: local processes.

    Raises:
        SettingError: there is no compound.
        WriteError: `work` cannot be written; the disk may be full.
        StoppedError: `cancelled` became true.
    """
    plans = {line.name: Plan(predictor, library, (line,)) for line in lines}
    files = {name: work / f"{plan.key}.parquet" for name, plan in plans.items()}
    found = {name: _kept(files[name], plan.key) for name, plan in plans.items()}
    missing = [name for name, part in found.items() if part is None]
    told = _OverLines(len(missing), progress)
    for name in missing:
        with suppress(WriteError):  # the first chunk says what is wrong with the folder
            note_plan(plans[name], work / plans[name].key)
        done = screen(plans[name], files[name], work, jobs, None, told.tell, cancelled)
        if not done.complete:
            raise StoppedError(
                f"The screen of '{name}' was stopped after {done.progress.chunks} of "
                f"{done.progress.of_chunks} chunks, which are kept. Ask again to go on from there."
            )
        told.next_line()
        found[name] = of_screen(read_screen(files[name]))
    return found


def _kept(path: Path, key: str) -> LinePredictions | None:
    """The result of an earlier screen; None where it is missing, damaged or another."""
    try:
        same = path.exists() and read_manifest(path).get("key") == key
        return of_screen(read_screen(path)) if same else None
    except (SettingError, OSError, ValueError, KeyError):
        return None


class _OverLines:
    """Progress over lines of equally many chunks that are screened one after another."""

    def __init__(self, lines: int, progress: Callable[[Progress], object] | None) -> None:
        self._lines, self._progress = lines, progress
        self._before, self._new, self._first_s, self._last = 0, 0, 0.0, None
        self._begun = time.monotonic()

    def tell(self, p: Progress) -> None:
        self._last = p
        if self._progress is None:
            return
        seconds, new = time.monotonic() - self._begun, self._new + p.new
        if new == 1:
            self._first_s = seconds
        self._progress(
            Progress(
                chunks=self._before * p.of_chunks + p.chunks,
                of_chunks=self._lines * p.of_chunks,
                new=new,
                pairs=self._before * p.of_pairs + p.pairs,
                of_pairs=self._lines * p.of_pairs,
                seconds=seconds,
                first_s=self._first_s,
            )
        )

    def next_line(self) -> None:
        self._before += 1
        self._new += self._last.new if self._last else 0
