"""What stands behind a list of hypotheses: the question, and its answer in steps of rising cost.

The list by score comes first, within seconds where the lines come with the app. In how many
diseases each compound reverses (promiscuity) and what chance gives (p) follow in the background;
where the scores come with the app, promiscuity is there at once.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.repurpose.controls import drug_specific
from badger_core.repurpose.hypotheses import Hypotheses, hypotheses
from badger_core.repurpose.predictions import Predictions, library_predictions
from badger_core.repurpose.promiscuity_kept import kept_promiscuity
from badger_core.repurpose.ready_scores import ready_for
from badger_core.ui.hypotheses_beside import columns
from badger_core.ui.hypotheses_job import Job
from badger_core.ui.hypotheses_wanted import Wanted
from badger_core.ui.turns import DETAILS, LISTS, SCREENS

if TYPE_CHECKING:
    from badger_core.predict.predictor import Predictor
    from badger_core.repurpose.screen import Progress

    _Models = Callable[[], Predictor] | None

SCORED, PROMISCUITY, CHANCE = range(3)
"""How complete an answer is: by score; with promiscuity and next experiments; with p and FDR."""


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


def answer(
    job: Job,
    wanted: Wanted,
    bundle: Bundle,
    predictor: "_Models",
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
    if predictor is not None and _last.get(wanted.predicted_from) is None:
        with SCREENS.turn(job):
            job.tell("Opening the models", 0, 0)
            screened = _predictions(job, wanted, bundle, predictor(), folder)
        _last.keep(wanted.predicted_from, screened)
        del screened
    with LISTS.turn(job):
        _first(job, wanted, bundle, predictor, folder)
    with DETAILS.turn(job):
        _rest(job, wanted, bundle, predictor, folder)


def _first(job: Job, wanted: Wanted, bundle: Bundle, predictor: "_Models", folder: Path) -> None:
    """The list by score; with promiscuity where that comes with the app."""
    predicted = _predicted(job, wanted, bundle, predictor, folder)
    job.tell("Scoring the library", 0, 0)
    scored, found, shared = _made_of(job, wanted, bundle, predicted, folder)
    mean = scored.changes.mean(axis=0, dtype=np.float32)
    row = {key: at for at, key in enumerate(predicted.compounds["ik14"])}
    counted = shared() if shared.keywords["ready"] is not None else None
    first = _unknown(predicted, len(bundle.diseases.names)) if counted is None else counted
    step = SCORED if counted is None else PROMISCUITY
    quick = replace(wanted.settings, n_permutations=0)
    job.show(Found(found(settings=quick, shared=first), mean, row, step))


def _rest(job: Job, wanted: Wanted, bundle: Bundle, predictor: "_Models", folder: Path) -> None:
    """Columns of other predictors, promiscuity, and what chance gives."""
    # read again: it is not held in memory while this waits for its turn
    predicted = _predicted(job, wanted, bundle, predictor, folder)
    _, found, shared = _made_of(job, wanted, bundle, predicted, folder)
    beside = columns(job, wanted, bundle, predicted)
    job.show(job.found._replace(hypotheses=beside(job.found.hypotheses)))
    counted = shared()
    if job.found.step == SCORED:
        quick = replace(wanted.settings, n_permutations=0)
        better = beside(found(settings=quick, shared=counted))
        job.show(job.found._replace(hypotheses=better, step=PROMISCUITY))
    words = "What chance gives (permuted diseases)"
    whole = found(
        settings=wanted.settings, shared=counted, tell=lambda _, *at: job.tell(words, *at)
    )
    job.show(job.found._replace(hypotheses=beside(whole), step=CHANCE))


def _made_of(
    job: Job, wanted: Wanted, bundle: Bundle, predicted: Predictions, folder: Path
) -> tuple[Predictions, partial, partial]:
    """What is scored, what makes the list of it, and what counts the promiscuity of all."""
    how = wanted.settings
    scored = drug_specific(predicted) if how.specific else predicted
    ready = ready_for(bundle, predicted, how.method, how.specific)
    found = partial(
        hypotheses, bundle, predicted, wanted.signature, disease=wanted.disease, ready=ready
    )
    tell = partial(job.tell, "How many diseases each compound reverses")
    where = (bundle, scored, how.method, how.summary, folder, tell)
    return scored, found, partial(kept_promiscuity, *where, ready=ready)


def _predicted(
    job: Job, wanted: Wanted, bundle: Bundle, predictor: "_Models", folder: Path
) -> Predictions:
    """From where they were used last, from the app's files, or from a screen that was kept."""
    predicted = _last.get(wanted.predicted_from)
    if predicted is None:
        job.tell("Reading the predictions that come with the app", 0, 0)
        models = predictor() if predictor is not None else None
        predicted = _predictions(job, wanted, bundle, models, folder)
        _last.keep(wanted.predicted_from, predicted)
    return predicted


def _predictions(
    job: Job,
    wanted: Wanted,
    bundle: Bundle,
    predictor: "Predictor | None",
    folder: Path,
) -> Predictions:
    def tell(p: "Progress") -> None:
        job.done, job.of, job.seconds_left = p.pairs, p.of_pairs, p.seconds_left
        job.stage = "Predicting the library in the lines that do not come with the app"

    asked = (wanted.lines, folder, tell, job.cancelled, 1, wanted.library)
    return library_predictions(bundle, predictor, *asked)


def _unknown(predicted: Predictions, n_diseases: int) -> pd.DataFrame:
    """Promiscuity before it is worked out: missing, and not none."""
    table = pd.DataFrame({"ik14": predicted.compounds["ik14"], "promiscuity": np.nan})
    return table.assign(of_diseases=n_diseases, reverses="")
