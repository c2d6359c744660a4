"""Files are made beside the page, where there is no session: also those about an upload."""

from collections.abc import Callable
from threading import Thread

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from badger_core.data.bundle import Bundle
from badger_core.ui import state
from badger_core.ui.cells_state import VIEW, VIEWS
from tests.ui.test_cells import profile, running_server, upload  # noqa: F401 - used by itself

PAGES = ["predict", "genes", "pathways", "sensitivity", "compare", "report"]
Makers = dict[str, Callable[[], str | bytes]]


@pytest.fixture
def makers(monkeypatch: pytest.MonkeyPatch) -> Makers:
    """Key of a download button to what makes its file."""
    found: Makers = {}
    usual = DeltaGenerator.download_button

    def button(
        self: DeltaGenerator, label: str, data: object, *args: object, **more: object
    ) -> bool:
        if callable(data):
            found[str(more["key"])] = data
        return usual(self, label, data, *args, **more)

    monkeypatch.setattr(DeltaGenerator, "download_button", button)
    monkeypatch.setattr(st, "download_button", lambda *a, **k: button(st._main, *a, **k))
    return found


def test_the_files_about_an_upload_are_made(app: AppTest, bundle: Bundle, makers: Makers) -> None:
    app.run().switch_page("pages/cells.py").run()
    app.segmented_control(key=VIEW).set_value(VIEWS[1]).run()
    upload(app, ("mine.csv", profile(bundle))).button(key="cells_use").click().run()
    app.switch_page("pages/predict.py").run()
    app.selectbox(key=state.QUESTION_COMPOUND).set_value("vorinostat").run()
    for page in PAGES:
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception
    assert {"predict_csv", "predict_more_0", "report_zip"} <= set(makers)
    for key, make in makers.items():
        made: list[object] = []
        beside = Thread(target=lambda made=made, make=make: made.append(make()))
        beside.start()
        beside.join()
        assert made, key
        assert made[0], key
