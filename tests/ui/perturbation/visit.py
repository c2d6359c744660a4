"""The page Genetic perturbation as its tests visit it."""

import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from badger_core.ui import perturbation_load
from badger_core.ui.hypotheses_job import RUNNING
from badger_core.ui.perturbation_progress import LIBRARY, MODEL, SCREEN

PAGE = "pages/perturbation.py"
H5AD = "application/x-hdf5"
Open = Callable[..., AppTest]


def finished(app: AppTest, within_s: float = 60) -> AppTest:
    end = time.monotonic() + within_s
    kinds = (MODEL, LIBRARY, SCREEN)
    while any(j.state == RUNNING for k in kinds for j in perturbation_load.jobs(k)._jobs.values()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return app.run()


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html).replace("\u00a0", " ")


def sound(app: AppTest) -> bool:
    return not app.exception and not app.error
