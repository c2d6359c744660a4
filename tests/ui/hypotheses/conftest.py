"""Visits of the page Hypotheses, where lists are made of 60 compounds in two lines."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from badger_core.data.bundle import Bundle
from badger_core.repurpose.predictions import SHIPPED, Predictions
from badger_core.ui import hypotheses_load, hypotheses_work
from badger_core.ui.hypotheses_job import Jobs
from tests.ui.hypotheses.visit import COMPOUNDS, PAGE, PANCREAS, finished

_ARRAYS = ("changes", "confidence", "spread", "badge", "domain_structure", "domain_line")


@pytest.fixture(scope="session")
def few(bundle: Bundle) -> Predictions:
    """Predictions as the app comes with, of 60 compounds with some known ones among them."""
    hub = bundle.library.hub.sort_values("ik14")
    known = bundle.diseases.indications
    known = set(known.loc[known["doid"] == PANCREAS, "ik14"])
    hub = pd.concat([hub[hub["ik14"].isin(known)], hub[~hub["ik14"].isin(known)]]).head(COMPOUNDS)
    hub = hub.sort_values("ik14")
    lines = ("YAPC", "A375")
    shape = (len(lines), COMPOUNDS)
    changes = np.random.default_rng(0).normal(size=(*shape, len(bundle.genes)))
    return Predictions(
        pd.DataFrame({"ik14": hub["ik14"].tolist(), "name": hub["name"].tolist()}),
        lines,
        changes.astype(np.float32),
        np.full(shape, 0.5, np.float32),
        np.zeros(shape, np.float32),
        np.full(shape, "unseen pair"),
        np.full(shape, "inside"),
        np.full(shape, "inside"),
        (SHIPPED, SHIPPED),
    )


@pytest.fixture(scope="session")
def earlier() -> Jobs:
    """The lists that visitors before this one asked for: who asks the same is shown the same."""
    return Jobs()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What earlier visitors left on disk."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def page(app: AppTest, few: Predictions, earlier: Jobs, kept: Path, monkeypatch) -> AppTest:
    """The page, where lists are made of a few compounds."""

    def small(_bundle, _predictor, lines, *_args, **_kwargs):
        at = [few.lines.index(line.name) for line in lines]
        return few._replace(
            lines=tuple(few.lines[i] for i in at),
            origin=tuple(few.origin[i] for i in at),
            **{name: getattr(few, name)[at] for name in _ARRAYS},
        )

    monkeypatch.setattr(hypotheses_work, "library_predictions", small)
    monkeypatch.setattr(hypotheses_work, "_last", hypotheses_work._Last())
    monkeypatch.setattr(hypotheses_load, "work_folder", lambda: kept)
    monkeypatch.setattr(hypotheses_load, "jobs", lambda: earlier)
    app.run()
    return app.switch_page(PAGE).run()


@pytest.fixture
def answered(page: AppTest) -> AppTest:
    """The first example, complete."""
    page.button(key="hypotheses_example0").click().run()
    return finished(page)
