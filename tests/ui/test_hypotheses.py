"""The page Hypotheses, opened through the door."""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from badger_core.data.bundle import Bundle
from badger_core.paths import ROOT
from badger_core.repurpose.kept_screens import KeptScreen
from badger_core.repurpose.library_file import content_library
from badger_core.repurpose.predictions import SHIPPED, Predictions
from badger_core.ui import (
    hypotheses_filters,
    hypotheses_inputs,
    hypotheses_lines,
    hypotheses_load,
    hypotheses_state,
    hypotheses_upload,
    hypotheses_work,
)
from badger_core.ui.hypotheses_job import RUNNING, Job
from badger_core.ui.hypotheses_state import TABS

PAGE = "pages/hypotheses.py"
PANCREAS = "DOID:1793"
_N = 60
_ARRAYS = ("changes", "confidence", "spread", "badge", "domain_structure", "domain_line")
Ask = Callable[..., AppTest]


@pytest.fixture(scope="module")
def few(bundle: Bundle) -> Predictions:
    """Predictions as the app comes with, of 60 compounds with some known ones among them."""
    hub = bundle.library.hub.sort_values("ik14")
    known = bundle.diseases.indications
    known = set(known.loc[known["doid"] == PANCREAS, "ik14"])
    hub = pd.concat([hub[hub["ik14"].isin(known)], hub[~hub["ik14"].isin(known)]]).head(_N)
    hub = hub.sort_values("ik14")
    lines = ("YAPC", "A375")
    shape = (len(lines), _N)
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


@pytest.fixture
def page(app: AppTest, few: Predictions, tmp_path, monkeypatch) -> AppTest:
    """The page, where lists are made of a few compounds and nothing is kept on disk."""

    def small(_bundle, _predictor, lines, *_args, **_kwargs):
        at = [few.lines.index(line.name) for line in lines]
        return few._replace(
            lines=tuple(few.lines[i] for i in at),
            origin=tuple(few.origin[i] for i in at),
            **{name: getattr(few, name)[at] for name in _ARRAYS},
        )

    monkeypatch.setattr(hypotheses_work, "library_predictions", small)
    monkeypatch.setattr(hypotheses_work, "_last", hypotheses_work._Last())
    monkeypatch.setattr(hypotheses_load, "work_folder", lambda: tmp_path)
    hypotheses_load.jobs().__init__()
    app.run()
    return app.switch_page(PAGE).run()


@pytest.fixture
def answered(page: AppTest) -> AppTest:
    """The first example, complete."""
    page.button(key="hypotheses_example0").click().run()
    return finished(page)


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


def test_it_opens_and_says_what_to_do(page: AppTest) -> None:
    assert sound(page)
    assert "Which drugs reverse a disease?" in texts(page)
    assert "Negative controls" in texts(page)
    options = page.selectbox(key=hypotheses_state.DISEASE).options
    assert len(options) == 49
    assert "Pancreatic cancer · 10 drugs in PharmacotherapyDB" in options
    lines = page.multiselect(key=hypotheses_state.LINES).options
    assert "to predict" not in " ".join(lines[: len(hypotheses_load.shipped().lines)])


def test_an_example_answers_with_one_click(answered: AppTest, few: Predictions) -> None:
    assert sound(answered)
    assert "Reversing pancreatic cancer in YAPC, A375" in texts(answered)
    assert "What it is worth." in texts(answered)
    table = listed(answered)
    assert len(table) == _N + 1
    assert (np.diff(table["score"]) >= 0).all()
    assert table["fdr"].notna().sum() == _N
    assert table["promiscuity"].notna().sum() == _N
    assert (table["control"] != "").sum() >= 2
    assert table["known"].str.startswith("known").any()
    assert link(answered) == {"v": "1", "against": "pancreatic cancer", "lines": "YAPC,A375"}
    assert "Speaks" in texts(answered)
    assert "Genes turned back" in texts(answered)


def test_the_list_is_that_of_the_library(answered: AppTest, few: Predictions, bundle) -> None:
    from badger_core.diseases.signature import catalogue_signature
    from badger_core.repurpose.hypotheses import hypotheses
    from badger_core.repurpose.indications import find_disease

    signature = catalogue_signature(bundle.diseases, PANCREAS, bundle.genes)
    expected = hypotheses(bundle, few, signature, None, find_disease(bundle.diseases, PANCREAS))
    names = ["ik14", "score", "percentile", "p", "fdr", "promiscuity", "known", "control"]
    shown = listed(answered)[names]
    pd.testing.assert_frame_equal(shown, expected.table[names], check_dtype=False)


def test_a_disease_brings_its_lines(page: AppTest) -> None:
    page.selectbox(key=hypotheses_state.DISEASE).set_value("DOID:10283").run()
    assert page.session_state[hypotheses_state.LINES] == ["PC3"]


@pytest.mark.parametrize(
    ("tab", "said"),
    [
        (TABS[1], "negative controls stand in the upper tenth"),
        (TABS[3], "Pairs of a drug and a line"),
        (TABS[4], "links"),
        (TABS[5], "Diseases like pancreatic cancer"),
    ],
)
def test_the_other_tabs_open(answered: AppTest, tab: str, said: str) -> None:
    app = on_tab(answered, tab)
    assert sound(app)
    assert said in texts(app)


def test_drug_classes_open(answered: AppTest) -> None:
    app = on_tab(answered, TABS[2])
    assert sound(app)
    assert "AUROC" in str([list(d.value) for d in app.dataframe]).upper() or app.info


def test_the_list_says_which_compounds_are_predicted_to_kill_the_lines(answered: AppTest) -> None:
    table = listed(answered)
    compounds = table[table["ik14"] != ""]
    assert set(compounds["sensitive"]) <= {"yes", "no", "unknown"}
    known = compounds[compounds["sensitive"] != "unknown"]
    assert ((known["sensitive"] == "yes") == (known["sensitive_percentile"] >= 80)).all()
    assert known["sensitive_auc"].between(0, 20).all()
    assert "Kills the lines" in texts(answered)
    answered.session_state[hypotheses_state.SENSITIVE] = ["yes"]
    answered.run()
    shown = listed(answered)
    assert set(shown["sensitive"]) == {"yes"}
    assert len(shown) == (compounds["sensitive"] == "yes").sum()


def test_the_list_says_which_gains_of_a_gene_compounds_act_like(answered: AppTest) -> None:
    table = listed(answered)
    said = table["acts"] != ""
    assert table.loc[said, "acts"].str.match(r"acts (like|against) gain of \S+$").all()
    assert (table.loc[said, "acts_fdr"] < 0.05).all()
    assert table.loc[~said, "acts_fdr"].isna().all()


@pytest.mark.parametrize(
    ("folder", "gone", "left"),
    [
        ("BADGER_PERTURBATION", "acts", "sensitive"),
        ("BADGER_RESPONSE", "sensitive", "acts"),
    ],
)
def test_without_its_tables_the_list_is_there_without_the_column(
    page: AppTest, tmp_path, monkeypatch, folder: str, gone: str, left: str
) -> None:
    monkeypatch.setenv(folder, str(tmp_path / "nothing"))
    page.button(key="hypotheses_example0").click().run()
    app = finished(page)
    assert sound(app)
    assert len(listed(app)) == _N + 1
    assert gone not in listed(app)
    assert left in listed(app)


def test_filters_say_how_many_are_left(answered: AppTest) -> None:
    answered.toggle(key=hypotheses_state.CONTROLS).set_value(True).run()
    table = listed(answered)
    assert (table["control"] == "").all()
    assert f"{len(table)} of {_N} compounds pass" in texts(answered)
    name = table["name"].iat[0]
    answered.text_input(key=hypotheses_state.TEXT).set_value(name.upper()).run()
    assert name in listed(answered)["name"].tolist()
    assert len(listed(answered)) < len(table)
    answered.text_input(key=hypotheses_state.TEXT).set_value("no such thing").run()
    assert "No compound passes" in texts(answered)
    answered.button(key="hypotheses_clear").click().run()
    assert len(listed(answered)) == _N + 1


def test_each_filter_keeps_what_it_says(answered: AppTest, monkeypatch) -> None:
    table = listed(answered)
    session: dict = {}
    monkeypatch.setattr(hypotheses_filters.st, "session_state", session)
    assert len(hypotheses_filters.passing(table)) == len(table)
    session[hypotheses_state.KNOWN] = "Known"
    assert hypotheses_filters.passing(table)["known"].str.startswith("known").all()
    session[hypotheses_state.KNOWN] = "All"
    session[hypotheses_state.PHASES] = ["Launched"]
    assert set(hypotheses_filters.passing(table)["phase"]) == {"Launched"}
    session[hypotheses_state.PHASES] = []
    session[hypotheses_state.CONFIDENCE] = 0.6
    assert hypotheses_filters.passing(table).empty
    session[hypotheses_state.CONFIDENCE] = 0.0
    session[hypotheses_state.PROMISCUOUS] = 1
    assert hypotheses_filters.passing(table)["promiscuity"].dropna().le(1).all()


def test_a_link_is_restored_and_what_is_wrong_with_it_is_said(page: AppTest) -> None:
    page.query_params.update(
        {"v": "1", "against": "DOID:1793", "lines": "A375,nowhere", "measure": "xsum specific"}
    )
    page.run()
    finished(page)
    assert "nowhere" in page.warning[0].value
    assert page.session_state[hypotheses_state.METHOD] == "xsum"
    assert page.session_state[hypotheses_state.SPECIFIC] is True
    assert "Reversing pancreatic cancer in A375" in texts(page)
    assert link(page)["measure"] == "xsum specific"
    assert link(page)["lines"] == "A375"


def test_an_own_signature_gives_the_list_of_the_same_values(page: AppTest, few, bundle) -> None:
    own(page, ("mine.csv", hypotheses_upload.example().encode()))
    finished(page)
    assert sound(page)
    table = listed(page)
    page.session_state[hypotheses_state.SOURCE] = hypotheses_state.SOURCES[0]
    assert len(table) == _N + 1
    assert (table.loc[table["rank"].notna(), "known"] == "not asked").all()


def own(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """An own signature in one line, as if it had been uploaded."""
    app.session_state[hypotheses_state.UPLOAD] = files
    app.session_state[hypotheses_state.LINES] = ["A375"]
    app.switch_page("pages/about.py").run()
    app.session_state[hypotheses_state.SOURCE] = hypotheses_state.SOURCES[1]
    app.session_state[hypotheses_state.LINES] = ["A375"]
    return app.switch_page(PAGE).run()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.csv", b"a,b\n1,2\n", "bad.csv"),
        ("empty.rnk", b"", "empty"),
        ("lists.gmt", b"one\tx\tTP53\n", "direction"),
    ],
)
def test_a_bad_file_gets_a_sentence(page: AppTest, name: str, content: bytes, said: str) -> None:
    own(page, (name, content))
    assert not page.exception
    assert said in page.error[0].value.replace("\\", "")


def test_several_columns_can_be_chosen_from(page: AppTest) -> None:
    table = hypotheses_upload.example().replace("stat", "contrast one", 1)
    table = table.replace("log2FoldChange", "contrast two", 1)
    own(page, ("two.csv", table.encode()))
    assert "Name the column" in page.error[0].value.replace("\\", "")
    page.selectbox(key=hypotheses_state.COLUMN).set_value("contrast one").run()
    finished(page)
    assert sound(page)
    assert len(listed(page)) == _N + 1


def test_a_line_that_does_not_come_with_the_app_is_screened_when_asked(
    app: AppTest, tmp_path, monkeypatch
) -> None:
    """With the models of the app, an own library of three structures, and a stop on the way."""
    monkeypatch.setattr(hypotheses_load, "work_folder", lambda: tmp_path)
    hypotheses_load.jobs().__init__()
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
    assert "stopped" in app.warning[0].value
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
    assert len(listed(answered)) == _N + 1


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


def test_examples_and_the_template_are_real(bundle: Bundle) -> None:
    for example in hypotheses_inputs.EXAMPLES:
        assert example.disease in set(bundle.diseases.names["doid"])
        assert set(example.lines) <= set(hypotheses_load.shipped().lines)
    text = hypotheses_upload.example()
    assert text.startswith("gene,log2FoldChange")
    assert len(text.splitlines()) > 900
    known = content_library(b"CCO ethanol\n", "x.smi", bundle.library)
    assert len(known.candidates) == 1
