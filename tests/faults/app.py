"""A full disk below the app: a list of hypotheses that needs a screen, asked for by a visitor."""

import json
import os
from pathlib import Path

from badger_core.data.bundle import Bundle
from badger_core.paths import models_dir
from badger_core.predict.predictor import Predictor
from badger_core.repurpose.library_file import hub_library
from badger_core.repurpose.predictions import library_predictions
from badger_core.ui.hypotheses_job import DONE, FAILED, Job
from tests.faults.disk import PLENTY, small_disk
from tests.faults.inputs import SHIPPED

LINE, COMPOUNDS = "HELA", 80
"""A line that does not come with the app."""


def full_disk(place: Path) -> dict:
    """Ask on a full disk, make room, and ask again; a row of the report."""
    wrong = []
    with small_disk(place, "40k") as disk:
        first = _asked(place)
        said = first["said"]
        if first["state"] != FAILED or "the disk is full" not in said or "Make room" not in said:
            wrong.append(f"{first['state']}: {said}")
        disk.resize(PLENTY)
        last = _asked(place)
        if last["state"] != DONE:
            wrong.append(f"with room: {last['state']}: {last['said']}")
    return {
        "fault": "full disk",
        "where": "app: a screen for a list of hypotheses",
        "tried": 1,
        "survived": not wrong,
        "seen": said,
        "wrong": wrong,
    }


def ask(folder: Path, compounds: int = COMPOUNDS) -> Job:
    """The job of a page that predicts a library in a line that must be screened."""
    bundle = Bundle(SHIPPED)
    predictor = Predictor(bundle, models_dir() / "badger")
    library = hub_library(bundle.library).limited(compounds)
    line = bundle.cells.find(LINE)

    def work(job: Job) -> None:
        job.show(library_predictions(bundle, predictor, [line], folder, library=library))

    job = Job()
    job.run(work)
    return job


def _asked(folder: Path) -> dict:
    """The same in a child process: state and what it said."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            job = ask(folder)
            os.write(theirs, json.dumps({"state": job.state, "said": job.said}).encode())
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as told:
        found = told.read()
    os.waitpid(pid, 0)
    return json.loads(found) if found else {"state": "died", "said": ""}
