"""The page Hypotheses as its tests visit it."""

import time

import pandas as pd
from streamlit.testing.v1 import AppTest

from badger_core.paths import ROOT
from badger_core.ui import hypotheses_load, hypotheses_state
from badger_core.ui.hypotheses_job import RUNNING

PAGE = "pages/hypotheses.py"
PANCREAS = "DOID:1793"
COMPOUNDS = 60
"""In the lists of these tests, beside the row without a drug."""


def finished(app: AppTest, within_s: float = 90) -> AppTest:
    """The page once its job has ended."""
    end = time.monotonic() + within_s
    while any(job.state == RUNNING for job in hypotheses_load.jobs()._jobs.values()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return app.run()


def on_tab(app: AppTest, tab: str) -> AppTest:
    """Another visitor who opens the link, with another tab open."""
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    other.run()
    other.session_state[hypotheses_state.TAB] = tab
    other.switch_page(PAGE)
    other.query_params.update(link(app))
    return other.run()


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html)


def sound(app: AppTest) -> bool:
    return not app.exception and not app.error


def listed(app: AppTest) -> pd.DataFrame:
    return next(d.value for d in app.dataframe if "percentile" in d.value)


def link(app: AppTest) -> dict[str, str]:
    given = app.query_params.items()
    return {name: text if isinstance(text, str) else text[-1] for name, text in given}


def own(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """An own signature in one line, as if it had been uploaded."""
    app.session_state[hypotheses_state.UPLOAD] = files
    app.session_state[hypotheses_state.LINES] = ["A375"]
    app.switch_page("pages/about.py").run()
    app.session_state[hypotheses_state.SOURCE] = hypotheses_state.SOURCES[1]
    app.session_state[hypotheses_state.LINES] = ["A375"]
    return app.switch_page(PAGE).run()
