"""Visits of the page Genetic perturbation; its slow model is a stand-in at the seam."""

from collections.abc import Iterator

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from badger_core.data.perturbation import CellScreen
from badger_core.perturbation import shipped
from badger_core.perturbation.effects import ate
from badger_core.perturbation.vae_effects import Predicted
from badger_core.ui import perturbation_load, perturbation_state
from badger_core.ui.perturbation_progress import LIBRARY, MODEL, SCREEN
from badger_core.ui.perturbation_state import TABS
from tests.ui.perturbation.visit import PAGE, Open, finished


@pytest.fixture(scope="module")
def screen() -> CellScreen:
    return shipped.good_cells()


@pytest.fixture(autouse=True)
def fresh(monkeypatch) -> Iterator[None]:
    """A model that predicts nine tenths of what is measured, and nothing remembered."""

    def predict(shown: CellScreen) -> Predicted:
        effect = 0.9 * ate(shown)
        return Predicted(effect, effect - 0.1, effect + 0.1)

    monkeypatch.setattr(perturbation_load, "predict_effects", predict)
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def running_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every visit comes through the door: past it, what is in an uploader is lost on the way."""
    made = PagesManager.__init__

    def make(self: PagesManager, *given: object, **named: object) -> None:
        made(self, *given, **named)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", make)


def forget() -> None:
    for kind in (MODEL, LIBRARY, SCREEN):
        perturbation_load.jobs(kind).__init__()
    perturbation_load.edges.clear()
    perturbation_load.screen.clear()
    perturbation_load.gains.clear()
    shipped.good_cells.cache_clear()


@pytest.fixture
def page(app: AppTest) -> Open:
    """The page on one of its tabs, its work done."""

    def go(
        tab: str = TABS[0], session: dict[str, object] | None = None, **parameters: str
    ) -> AppTest:
        app.run()
        for key, value in {perturbation_state.TAB: tab, **(session or {})}.items():
            app.session_state[key] = value
        app.switch_page(PAGE)
        if parameters:
            app.query_params.update({"v": "1", "part": tab, **parameters})
        app.run()
        return finished(app)

    return go
