"""What stands behind a list of hypotheses: the question, and its answer in steps of rising cost.

The list by score comes first, within seconds where the lines come with the app. In how many
diseases each compound reverses (promiscuity) and what chance gives (p) follow in the background;
where the scores come with the app, promiscuity is there at once.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Lock, Semaphore
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellLine
from badger_core.data.bundle import Bundle
from badger_core.diseases.signature import DiseaseSignature
from badger_core.repurpose.controls import drug_specific
from badger_core.repurpose.hypotheses import Hypotheses, HypothesisSettings, hypotheses
from badger_core.repurpose.indications import Disease
from badger_core.repurpose.library_file import ScreenLibrary
from badger_core.repurpose.predictions import Predictions, library_predictions
from badger_core.repurpose.promiscuity_kept import kept_promiscuity
from badger_core.repurpose.ready_scores import ready_for
from badger_core.ui.hypotheses_beside import columns
from badger_core.ui.hypotheses_job import Job

if TYPE_CHECKING:
    from badger_core.predict.predictor import Predictor
    from badger_core.repurpose.screen import Progress

SCORED, PROMISCUITY, CHANCE = range(3)
"""How complete an answer is: by score; with promiscuity and next experiments; with p and FDR."""


class Wanted(NamedTuple):
    """A question to the library.

    Attributes:
        signature: to be reversed.
        disease: whose known drugs are marked, or None.
        lines: L of them, with expression.
        settings: of the list.
        library: None for that of the app.
    """

    signature: DiseaseSignature
    disease: Disease | None
    lines: tuple[CellLine, ...]
    settings: HypothesisSettings
    library: ScreenLibrary | None

    @property
    def key(self) -> str:
        """First 16 digits of a hash of all that the answer depends on, beside bundle and models."""
        s = self.signature
        digest = sha256(repr((s.name, s.up, s.down, s.listed, s.source, self.settings)).encode())
        digest.update(s.values.tobytes() + repr(self.disease).encode())
        digest.update(self.predicted_from.encode())
        return digest.hexdigest()[:16]

    @property
    def predicted_from(self) -> str:
        """The same of the predictions alone: lines (an upload's name holds a hash) and library."""
        compounds = self.library.candidates if self.library else "hub"
        return sha256(repr(([line.name for line in self.lines], compounds)).encode()).hexdigest()


class Found(NamedTuple):
    """An answer.

    Attributes:
        hypotheses: the tables.
        changes: (S, G) float32, mean over the lines of what was scored, by `row`.
        row: ik14 to row of `changes`.
        step: SCORED, PROMISCUITY or CHANCE.
    """

    hypotheses: Hypotheses
    changes: np.ndarray
    row: dict[str, int]
    step: int


class _Last:
    """The predictions that were used last: another disease in the same lines needs them again."""

    def __init__(self) -> None:
        self._lock, self._key, self._held = Lock(), "", None

    def get(self, key: str) -> Predictions | None:
        with self._lock:
            return self._held if key == self._key else None

    def keep(self, key: str, predicted: Predictions) -> None:
        with self._lock:
            self._key, self._held = key, predicted


_last = _Last()
_screens, _chances = Semaphore(1), Semaphore(1)


def answer(
    job: Job,
    wanted: Wanted,
    bundle: Bundle,
    predictor: "Callable[[], Predictor] | None",
    folder: Path,
) -> None:
    """The work of a job: predictions, the list, and then what takes longer.

    Args:
        job: is told how far it is and given each step's answer.
        wanted: the question.
        bundle: the data.
        predictor: gives the models where a line must be screened; None where all are at hand.
        folder: of screens and of what else is kept on disk.
    """
    predicted = _last.get(wanted.predicted_from)
    if predicted is None:
        predicted = _predictions(job, wanted, bundle, predictor, folder)
        _last.keep(wanted.predicted_from, predicted)
    how = wanted.settings
    scored = drug_specific(predicted) if how.specific else predicted
    ready = ready_for(bundle, predicted, how.method, how.specific)
    asked = (bundle, predicted, wanted.signature)
    found = partial(hypotheses, *asked, disease=wanted.disease, ready=ready)
    quick = replace(how, n_permutations=0)
    mean = scored.changes.mean(axis=0, dtype=np.float32)
    row = {key: at for at, key in enumerate(predicted.compounds["ik14"])}
    job.tell("Scoring the library", 0, 0)
    tell = partial(job.tell, "How many diseases each compound reverses")
    shared = partial(kept_promiscuity, bundle, scored, how.method, how.summary, folder, tell, ready)
    counted = None if ready is None else shared()
    first = _unknown(predicted, len(bundle.diseases.names)) if counted is None else counted
    step = SCORED if counted is None else PROMISCUITY
    job.show(Found(found(settings=quick, shared=first), mean, row, step))
    beside = columns(job, wanted, bundle, predicted)
    job.show(job.found._replace(hypotheses=beside(job.found.hypotheses)))
    _wait(job, _chances, "Waiting for another list")
    try:
        if counted is None:
            counted = shared()
            better = beside(found(settings=quick, shared=counted))
            job.show(Found(better, mean, row, PROMISCUITY))
        words = "What chance gives (permuted diseases)"
        whole = found(settings=how, shared=counted, tell=lambda _, *at: job.tell(words, *at))
        job.show(Found(beside(whole), mean, row, CHANCE))
    finally:
        _chances.release()


def _predictions(
    job: Job,
    wanted: Wanted,
    bundle: Bundle,
    predictor: "Callable[[], Predictor] | None",
    folder: Path,
) -> Predictions:
    def tell(p: "Progress") -> None:
        job.done, job.of, job.seconds_left = p.pairs, p.of_pairs, p.seconds_left
        job.stage = "Predicting the library in the lines that do not come with the app"

    asked = (wanted.lines, folder, tell, job.cancelled, 1, wanted.library)
    if predictor is None:
        job.tell("Reading the predictions that come with the app", 0, 0)
        return library_predictions(bundle, None, *asked)
    _wait(job, _screens, "Waiting for another screen")
    try:
        job.tell("Opening the models", 0, 0)
        return library_predictions(bundle, predictor(), *asked)
    finally:
        _screens.release()


def _wait(job: Job, turn: Semaphore, words: str) -> None:
    """One such work at a time: more would only make each other slower."""
    while not turn.acquire(timeout=0.5):
        job.tell(words, 0, 0)


def _unknown(predicted: Predictions, n_diseases: int) -> pd.DataFrame:
    """Promiscuity before it is worked out: missing, and not none."""
    table = pd.DataFrame({"ik14": predicted.compounds["ik14"], "promiscuity": np.nan})
    return table.assign(of_diseases=n_diseases, reverses="")
