"""Lines of the page Hypotheses: those of a disease, and those that are to be screened first."""

from streamlit.testing.v1 import AppTest

from badger_core.repurpose.kept_screens import KeptScreen
from badger_core.ui import hypotheses_lines, hypotheses_load, hypotheses_state
from badger_core.ui.hypotheses_job import Job, Jobs
from tests.ui.hypotheses.visit import COMPOUNDS, PAGE, finished, listed, sound, texts


def test_a_disease_brings_its_lines(page: AppTest) -> None:
    page.selectbox(key=hypotheses_state.DISEASE).set_value("DOID:10283").run()
    assert page.session_state[hypotheses_state.LINES] == ["PC3"]


def test_a_line_that_does_not_come_with_the_app_is_screened_when_asked(
    app: AppTest, tmp_path, monkeypatch
) -> None:
    """With the models of the app, an own library of three structures, and a stop on the way."""
    monkeypatch.setattr(hypotheses_load, "work_folder", lambda: tmp_path)
    anew = Jobs()
    monkeypatch.setattr(hypotheses_load, "jobs", lambda: anew)
    app.run()
    app.session_state[hypotheses_state.LIBRARY] = (
        "three.smi",
        b"CC(=O)Oc1ccccc1C(=O)O aspirin\nCCO ethanol\nnonsense ?\nc1ccccc1CCN pea\n",
    )
    app.query_params.update({"v": "1", "against": "melanoma", "lines": "A375"})
    app.switch_page(PAGE)
    app.query_params.update({"v": "1", "against": "pancreatic cancer", "lines": "A375"})
    app.run()
    assert sound(app)
    assert "Your library has to be predicted" in app.info[0].value.replace("\\", "")
    assert "1 rows left out" in texts(app)
    monkeypatch.setattr(Job, "cancelled", lambda _: True)
    app.button(key="hypotheses_start").click().run()
    finished(app)
    assert "stopped" in app.warning[0].value.lower()
    monkeypatch.setattr(Job, "cancelled", lambda job: job.cancel_asked)
    app.button(key="hypotheses_start").click().run()
    finished(app)
    assert sound(app)
    assert len(listed(app)) == 4


def test_the_list_of_the_ready_lines_stays_while_another_waits(answered: AppTest, monkeypatch):
    kept = {"MCF7": KeptScreen(19, 104, False)}
    monkeypatch.setattr(hypotheses_load, "kept", lambda _: kept)
    monkeypatch.setattr(hypotheses_load, "at_hand", lambda *_: ("YAPC", "A375"))
    answered.session_state[hypotheses_state.LINES] = ["YAPC", "A375", "MCF7"]
    answered.run()
    assert sound(answered)
    assert "MCF7: 19 of 104 chunks are kept" in answered.info[0].value.replace("\\", "")
    assert answered.button(key="hypotheses_start").label == "Go on"
    assert "Until then the list is of YAPC, A375 alone" in texts(answered)
    assert len(listed(answered)) == COMPOUNDS + 1


def test_a_line_is_marked_by_what_is_kept(page: AppTest, monkeypatch) -> None:
    names = "badger_core.ui.hypotheses_load.kept"
    monkeypatch.setattr(hypotheses_lines.uploads, "labels", dict)
    other = next(
        name for name, label in hypotheses_lines.line_labels().items() if "to predict" in label
    )
    monkeypatch.setattr(names, lambda _: {other: KeptScreen(1, 2, False)})
    assert "to predict" in hypotheses_lines.line_labels()[other]
    monkeypatch.setattr(names, lambda _: {other: KeptScreen(2, 2, True)})
    assert "to predict" not in hypotheses_lines.line_labels()[other]
