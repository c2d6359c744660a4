"""Whatever goes wrong, wherever: an incident on the page and in the log, and never a traceback."""

import ast
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import streamlit as st
from streamlit import error_util
from streamlit.runtime.scriptrunner import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from badger_core.cli.app_browser import pages_of
from badger_core.errors import SettingError
from badger_core.paths import ROOT
from badger_core.ui import last_resort, link, state
from badger_core.ui.hypotheses_job import FAILED, Job

PAGES = [page.file for page in pages_of()]
SECRET = "inner secret of the server"
QUESTION = {"v": "1", "cell": "MCF7"}
FALLS = [
    RuntimeError(SECRET),
    KeyError(SECRET),
    OSError(28, SECRET),
    MemoryError(SECRET),
    RecursionError(SECRET),
]


@pytest.fixture(autouse=True)
def streamlits_own() -> Iterator[None]:
    """Each test begins and ends with Streamlit's own way to show an error."""
    own = error_util.show_uncaught_app_exception
    yield
    error_util.show_uncaught_app_exception = own


def said(app: AppTest) -> list[str]:
    assert not app.exception
    return [error.value.replace("\\", "") for error in app.error]


def incidents(app: AppTest, log: str) -> list[str]:
    """Numbers on the page; each is in the log, and the reason is there alone."""
    texts = said(app)
    found = [re.search(r"incident number ([0-9a-f]{8})", text) for text in texts]
    numbers = [match.group(1) for match in found if match]
    for number in numbers:
        assert f"Incident {number} on " in log
    shown = " ".join([*texts, *(element.proto.body for element in app.html)])
    assert SECRET not in shown
    assert "Traceback" not in shown
    return numbers


def falling(error: BaseException) -> Callable[..., None]:
    def fall(*_: object, **__: object) -> None:
        raise error

    return fall


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_falls_shows_an_incident_and_keeps_the_inputs(
    app: AppTest, page: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app.query_params.update(QUESTION)
    app.run()
    with monkeypatch.context() as broken:
        # Every page keeps its link in step, after its inputs.
        broken.setattr(link, "store", falling(RuntimeError(SECRET)))
        app.switch_page(page).run()
        assert len(incidents(app, caplog.text)) == 1
        assert SECRET in caplog.text
        assert app.session_state[state.QUESTION_CELL] == "MCF7"
    app.run()
    assert said(app) == []
    assert app.session_state[state.QUESTION_CELL] == "MCF7"


@pytest.mark.parametrize("error", FALLS, ids=lambda error: type(error).__name__)
def test_errors_of_every_kind_end_there(
    app: AppTest,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(link, "restore", falling(error))
    assert len(incidents(app.run(), caplog.text)) == 1


def test_what_streamlit_stops_and_reruns_by_passes(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(link, "restore", falling(StopException()))
    assert said(app.run()) == []
    once = iter([RerunException(RerunData())])

    def rerun() -> str:
        with suppress(StopIteration):
            raise next(once)
        return "drawn again"

    monkeypatch.setattr(link, "restore", rerun)
    app.run()
    assert said(app) == []
    assert "drawn again" in app.warning[0].value
    assert "Incident" not in caplog.text


def _with_input_below() -> None:
    import streamlit as st

    from badger_core.ui import frame

    frame.open_door()
    with frame.page("pages/predict.py"):
        if st.session_state.get("falls"):
            raise ValueError("inner secret of the server")
        st.text_input("Below", key="below")


def test_an_input_below_the_fall_keeps_what_it_holds() -> None:
    app = AppTest.from_function(_with_input_below).run()
    app.text_input(key="below").set_value("typed").run()
    app.session_state["falls"] = True
    assert "incident number" in said(app.run())[0]
    app.session_state["falls"] = False
    assert app.run().text_input(key="below").value == "typed"


def test_a_falling_callback_leaves_the_page_on_the_screen(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app.query_params.update({"v": "1", "compound": "vemurafenib", "cell": "A735"})
    with monkeypatch.context() as broken:
        broken.setattr(state, "put", falling(RuntimeError(SECRET)))
        app.run()
        app.button(key="question_cell_instead0").click().run()
    assert len(incidents(app, caplog.text)) == 1
    assert len(app.error) == 2  # the incident, and what is wrong with the question as before
    assert app.selectbox(key=state.QUESTION_COMPOUND).value == "vemurafenib"
    app.run().button(key="question_cell_instead0").click().run()
    assert said(app) == []


def _with_fragment() -> None:
    import streamlit as st

    from badger_core.errors import SettingError
    from badger_core.ui import frame

    @st.fragment
    def part() -> None:
        st.text_input("Of the fragment", key="inside")
        if st.button("Fall", key="fall"):
            raise ValueError("inner secret of the server")
        if st.button("Refuse", key="refuse"):
            raise SettingError("That is too much. Take less.")
        if st.session_state.get("always"):
            raise ValueError("inner secret of the server")

    frame.open_door()
    with frame.page("pages/predict.py"):
        st.text_input("Above", key="above")
        part()
        st.text("below")


def test_a_falling_fragment_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(_with_fragment).run()
    app.text_input(key="inside").set_value("kept").run()
    app.button(key="fall").click().run()
    assert len(incidents(app, caplog.text)) == 1
    assert app.text_input(key="inside").value == "kept"
    app.run().button(key="refuse").click().run()
    assert said(app) == ["That is too much. Take less."]
    app.session_state["always"] = True
    app.run()
    assert len(incidents(app, caplog.text)) == len(said(app)) == 1


def _without_frame() -> None:
    from badger_core.ui import frame

    frame.open_door()
    raise ValueError("inner secret of the server")


def test_the_app_outside_every_page_ends_there_too(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(_without_frame).run()
    assert len(incidents(app, caplog.text)) == 1


def _with_download() -> None:
    import streamlit as st

    from badger_core.ui import frame, last_resort

    def make() -> str:
        raise ValueError("inner secret of the server")

    frame.open_door()
    with frame.page("pages/predict.py"):
        st.session_state["make"] = last_resort.made(make)


def test_a_file_that_cannot_be_made_is_told_of_on_the_page(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = AppTest.from_function(_with_download).run()
    with pytest.raises(ValueError, match="inner secret"):
        app.session_state["make"]()
    assert said(app) == []
    assert len(incidents(app.run(), caplog.text)) == 1
    assert said(app.run()) == []


def test_work_in_the_background_ends_in_an_incident(caplog: pytest.LogCaptureFixture) -> None:
    job = Job()
    job.run(falling(MemoryError(SECRET)))
    assert job.state == FAILED
    assert SECRET not in job.said
    [number] = re.findall("incident number ([0-9a-f]{8})", job.said)
    assert f"Incident {number} on work in the background" in caplog.text
    job = Job()
    job.run(falling(SettingError("Name a line.")))
    assert job.said == "Name a line."


def test_what_cannot_be_shown_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(st, "error", falling(RuntimeError("no screen")))
    with caplog.at_level(logging.ERROR):
        last_resort.show(ValueError(SECRET))
    assert SECRET in caplog.text
    assert "could not be shown" in caplog.text


def test_every_file_made_on_demand_is_guarded() -> None:
    """A download button gets a text of its own, or what `last_resort.made` guards."""
    open_ones = []
    for path in sorted((ROOT / "badger_core" / "ui").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.download_button":
                data = ast.unparse(node.args[1])
                if data not in _TEXTS and not data.startswith("last_resort.made("):
                    open_ones.append(f"{path.name}: {data}")
    assert not open_ones


_TEXTS = {"_TEMPLATE", "page", "found.mol_block"}
"""What is handed to a download button as it is."""


def test_every_page_stands_in_the_frame() -> None:
    for page in PAGES:
        body = ast.parse((ROOT / page).read_text(encoding="utf-8")).body
        last = body[-1]
        assert isinstance(last, ast.With)
        assert ast.unparse(last.items[0].context_expr) == f"frame.page({page!r})"
        assert all(isinstance(node, ast.Import | ast.ImportFrom | ast.Expr) for node in body[:-1])
