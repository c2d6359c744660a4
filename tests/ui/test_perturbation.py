"""The page Genetic perturbation, opened through the door; its model is a stand-in at the seam."""

import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from badger_core.data.perturbation import CONTROL, CellScreen, shipped_screen
from badger_core.data.perturbation_file import LIMITS, CellUpload
from badger_core.errors import PerturbationError
from badger_core.export.perturbation_example import TARGETS, example_h5ad
from badger_core.perturbation import shipped
from badger_core.perturbation.checkpoint import save_model
from badger_core.perturbation.edges_table import COLUMNS
from badger_core.perturbation.effects import ate
from badger_core.perturbation.vae_effects import Predicted
from badger_core.ui import perturbation_load, perturbation_own, perturbation_state
from badger_core.ui.hypotheses_job import RUNNING, Job
from badger_core.ui.perturbation_effects import agreement, all_targets, measure, of_target
from badger_core.ui.perturbation_progress import LIBRARY, MODEL, SCREEN
from badger_core.ui.perturbation_state import TABS, UNSEEN_CELLS
from tests.perturbation.models import learned, small_world

PAGE = "pages/perturbation.py"
H5AD = "application/x-hdf5"
Open = Callable[..., AppTest]
_SHIPPED_EDGES = shipped.shipped_edges


def edges() -> pd.DataFrame:
    """Two edges that hold and one that does not, by hand."""
    return pd.DataFrame(
        {
            "target": ["STAT1", "SMAD4", "CAV1"],
            "gene": ["PSMB9", "SKI", "FN1"],
            "role": ["activates", "represses", "activates"],
            "strength": [-0.9, 0.4, -0.2],
            "chance": [0.95, 0.8, 0.3],
            "stability": [1.0, 0.8, 0.4],
            "effect": [-1.7, 0.3, -0.1],
            "t": [-33.2, 9.0, -1.0],
            "total": [-1.2, 0.5, -0.1],
            "through": [-0.1, 0.0, 0.0],
            "p": [1e-4, 1e-4, 0.3],
            "fdr": [2e-3, 2e-3, 0.8],
            "fdr_total": [1e-3, 2e-3, 0.7],
            "drawn": [True, True, False],
        }
    )


def test_the_edges_of_the_stand_in_have_the_columns_of_the_real_ones() -> None:
    assert list(edges()) == list(COLUMNS)


@pytest.fixture(scope="module")
def screen() -> CellScreen:
    return shipped.good_cells()


@pytest.fixture(autouse=True)
def fresh(monkeypatch) -> Iterator[None]:
    """A model that predicts nine tenths of what is measured, two edges, and nothing remembered."""

    def predict(shown: CellScreen) -> Predicted:
        effect = 0.9 * ate(shown)
        return Predicted(effect, effect - 0.1, effect + 0.1)

    monkeypatch.setattr(perturbation_load, "predict_effects", predict)
    monkeypatch.setattr(shipped, "shipped_edges", edges)
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


def test_a_target_is_shown_measured_and_predicted(page: Open, screen: CellScreen) -> None:
    app = page()
    assert sound(app)
    row = screen.targets().index("STAT1")
    table = app.dataframe[0].value.set_index("gene")
    np.testing.assert_allclose(table["measured"][screen.genes], ate(screen)[row], atol=1e-5)
    np.testing.assert_allclose(table["predicted"], 0.9 * table["measured"], atol=1e-5)
    assert (table["low"] <= table["measured"]).all()
    assert (table["measured"] <= table["high"]).all()
    assert table["p"].is_monotonic_increasing
    said = texts(app)
    assert f"{(table['fdr'] < 0.05).sum()} of 299 genes change beyond chance" in said
    assert "What falls most surely: STAT1, UBE2L6, PSMB9" in said
    assert "correlate at 1.00" in said
    assert "9 of the 25 among them" in said
    assert app.get("plotly_chart")


def test_a_target_without_effect_says_so(page: Open) -> None:
    app = page()
    app.selectbox(key=perturbation_state.TARGET).set_value("ATF2").run()
    assert sound(app)
    assert "no gene of 299 changes beyond chance" in texts(app)
    assert "the order of chance" in texts(app)


def test_cells_that_the_model_never_saw_are_a_fifth(page: Open) -> None:
    app = page(session={perturbation_state.CELLS: UNSEEN_CELLS})
    assert sound(app)
    label = app.selectbox(key=perturbation_state.TARGET).options
    cells = {text.split(" · ")[0]: int(text.split(" · ")[1].split(" ")[0].replace(",", ""))
             for text in label}  # fmt: skip
    assert cells["STAT1"] == pytest.approx(417 / 5, abs=2)


def test_few_cells_without_a_change_say_nothing_of_the_network(page: Open) -> None:
    # BRD4 has an edge among the shipped ones, though in these few cells no gene changes.
    app = page(session={perturbation_state.CELLS: UNSEEN_CELLS})
    app.selectbox(key=perturbation_state.TARGET).set_value("BRD4").run()
    said = texts(finished(app))
    assert "no gene of 299 changes beyond chance" in said
    assert "In these cells there is nothing to tell" in said
    assert "has no edge" not in said


def test_without_a_model_what_was_measured_stays(page: Open, monkeypatch) -> None:
    def missing(_shown: CellScreen) -> Predicted:
        raise PerturbationError("It is missing. Make it with 'badger perturbation train'.")

    monkeypatch.setattr(perturbation_load, "predict_effects", missing)
    app = page()
    assert not app.exception
    assert "badger perturbation train" in app.error[0].value
    assert "predicted" not in app.dataframe[0].proto.column_order
    assert "117 of 299 genes change beyond chance" in texts(app)


@pytest.mark.parametrize(
    ("tab", "command"),
    [
        ("A target", "badger data build-perturbation"),
        ("Network", "badger perturbation train"),
        ("Match a drug", "badger data build-perturbation"),
    ],
)
def test_without_tables_a_tab_says_the_command(
    page: Open, tmp_path, monkeypatch, tab: str, command: str
) -> None:
    monkeypatch.setattr(shipped, "shipped_edges", _SHIPPED_EDGES)
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    perturbation_load.measured.clear()
    app = page(tab, compound="refametinib", cell="A375")
    assert not app.exception
    said = " ".join(element.value for element in (*app.error, *app.warning)).replace("\\", "")
    assert command in said


def test_the_network_holds_supported_edges_alone(page: Open) -> None:
    app = page("Network")
    assert sound(app)
    table = app.dataframe[0].value
    assert table[["target", "gene"]].to_numpy().tolist() == [["STAT1", "PSMB9"], ["SMAD4", "SKI"]]
    said = texts(app)
    assert "2 of 3 possible edges are supported" in said
    assert "No edge of CAV1 holds" in said
    assert "STAT1 activates PSMB9: without it the gene falls" in said
    assert "100% of the trainings" in said
    assert app.get("echarts_chart")
    app.session_state[perturbation_state.EDGE] = ("SMAD4", "SKI")
    app.run()
    assert "SMAD4 represses SKI: without it the gene rises" in texts(app)
    app.multiselect(key=perturbation_state.OF).set_value(["STAT1"]).run()
    assert app.dataframe[0].value["target"].tolist() == ["STAT1"]


def test_a_network_without_support_is_not_drawn(page: Open, monkeypatch) -> None:
    monkeypatch.setattr(shipped, "shipped_edges", lambda: edges().assign(drawn=False))
    app = page("Network")
    assert sound(app)
    assert "None of 3 possible edges is supported" in texts(app)
    assert not app.get("echarts_chart")


def test_a_drug_is_matched_like_the_command_does(page: Open) -> None:
    app = page("Match a drug", compound="refametinib", cell="A375")
    assert sound(app)
    table = app.dataframe[0].value
    assert len(table) == 399
    assert table["p"].is_monotonic_increasing
    assert table.set_index("symbol").loc["RAF1", "match"] == "acts against gain of RAF1"
    said = texts(app)
    assert "refametinib in A375:" in said
    assert "An inhibitor should act against the gain of its target" in said
    assert "6,643 compounds" in said
    assert app.get("plotly_chart")


def test_without_a_question_the_tab_says_what_to_do(page: Open) -> None:
    app = page("Match a drug")
    assert sound(app)
    assert "Choose a compound and a cell line" in app.info[0].value


def test_a_line_that_does_not_come_with_the_app_is_asked_for(
    page: Open, monkeypatch, tmp_path
) -> None:
    ready = perturbation_load.null("A375")
    asked = []

    def of(line, *_rest) -> object:
        asked.append(line.name)
        return ready

    monkeypatch.setattr(perturbation_load, "null_of", of)
    monkeypatch.setattr(perturbation_load.hypotheses_load, "work_folder", lambda: tmp_path)
    app = page("Match a drug", compound="refametinib", cell="HT115")
    assert sound(app)
    assert "do not come with the app" in app.info[0].value
    assert asked == []
    app.button(key="perturbation_start").click().run()
    app = finished(app)
    assert sound(app)
    assert asked == ["HT115"]
    assert len(app.dataframe[0].value) == 399


def test_an_own_screen_is_judged_and_measured(page: Open, screen: CellScreen) -> None:
    app = page("Own screen")
    assert LIMITS.split(",")[0] in texts(app)
    content = example_h5ad(shipped_screen())
    app.file_uploader(key=perturbation_state.FILE).set_value(("own.h5ad", content, H5AD))
    app = finished(app.run())
    assert sound(app)
    said = texts(app)
    assert "own.h5ad:" in said
    assert f"of 1,000 cells pass, {len(TARGETS)} targets, 299 genes" in said
    assert "Raw counts are read from X" in said
    rules, table = app.dataframe[0].value, app.dataframe[1].value
    assert "too few transcripts" in rules["rule"].tolist()
    assert len(table) == 299
    best = app.selectbox(key=perturbation_state.OWN_TARGET)
    assert best.value == "STAT1"
    assert table["gene"].iloc[0] in {"STAT1", "UBE2L6", "PSMB9"}
    assert "predicted" not in app.dataframe[1].proto.column_order
    best.set_value("CD86").run()
    assert "CD86 lost:" in texts(app)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"gene,cell\n", "is no h5ad file"), (b"\x89HDF\r\n\x1a\n" + bytes(64), "own.h5ad")],
    ids=["text", "broken"],
)
def test_a_wrong_file_is_a_sentence(page: Open, content: bytes, said: str) -> None:
    app = page("Own screen")
    app.file_uploader(key=perturbation_state.FILE).set_value(("own.h5ad", content, H5AD))
    app = finished(app.run())
    assert not app.exception
    assert said in app.error[0].value.replace("\\", "")
    app.run()
    assert not app.exception


def test_a_wrong_column_names_those_that_are_there() -> None:
    job = Job()
    content = example_h5ad(shipped_screen())
    job.run(lambda j: perturbation_own.read_and_measure(j, content, "own.h5ad", "drug", None))
    assert "has no column 'drug'" in job.said
    assert "'target'" in job.said


def test_the_link_opens_tab_and_gene(page: Open) -> None:
    app = page(knockout="JAK2")
    assert app.selectbox(key=perturbation_state.TARGET).value == "JAK2"
    assert app.query_params["knockout"] in ("JAK2", ["JAK2"])
    app.query_params.update({"v": "1", "knockout": "TP53"})
    app.run()
    assert "was not knocked out here" in app.warning[0].value
    app.query_params.update({"v": "1", "part": "Network", "knockout": "JAK2"})
    app.run()
    assert "possible edges are supported" in texts(app)


def test_the_shipped_model_is_aligned_by_name(tmp_path, monkeypatch) -> None:
    monkeypatch.undo()
    world = small_world().screen
    save_model(tmp_path / shipped.MODEL, learned().model, {})
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    monkeypatch.setattr(perturbation_load, "_CELLS", 60)
    found = perturbation_load.predict_effects(world)
    turned = world._replace(counts=world.counts[:, ::-1], genes=world.genes[::-1])
    other = perturbation_load.predict_effects(turned)
    np.testing.assert_allclose(other.effect, found.effect[:, ::-1], atol=1e-5)
    other = world._replace(genes=np.char.add(world.genes, "x"))
    with pytest.raises(PerturbationError, match="of another screen"):
        perturbation_load.predict_effects(other)


def test_effects_by_hand_and_intervals_hold_them() -> None:
    world = small_world().screen
    found = measure(world)
    np.testing.assert_allclose(found.effect, ate(world), atol=1e-5)
    assert found.targets == world.targets()
    assert found.cells.sum() == (world.target != CONTROL).sum()
    own = of_target(found, found.targets[2])
    assert len(own) == 14
    assert own["predicted"].isna().all()
    assert np.isnan(agreement(own))
    every = all_targets(found)
    assert len(every) == 6 * 14
    part = every[every["target"] == found.targets[2]].drop(columns=["target", "cells"])
    pd.testing.assert_frame_equal(part.reset_index(drop=True), own)


def test_a_screen_of_which_no_target_is_good_is_a_sentence(monkeypatch) -> None:
    world = small_world().screen
    share = np.where(world.target == CONTROL, 9, 1)
    guides = np.stack([share, np.full(len(share), 10)], axis=1)
    bad = CellUpload(world._replace(guide_umi=guides), ())
    monkeypatch.setattr(perturbation_own, "read_cell_upload", lambda *_: bad)
    job = Job()
    job.run(lambda j: perturbation_own.read_and_measure(j, b"", "own.h5ad", None, None))
    assert job.found is None
    assert "No target of 'own.h5ad' has 20 cells" in job.said
