"""The tab A target: what losing a gene changes, measured and predicted."""

import numpy as np
import pytest

from badger_core.data.perturbation import CellScreen
from badger_core.errors import PerturbationError
from badger_core.perturbation.effects import ate
from badger_core.perturbation.vae_effects import Predicted
from badger_core.ui import perturbation_load, perturbation_state
from badger_core.ui.perturbation_state import UNSEEN_CELLS
from tests.ui.perturbation.visit import Open, finished, sound, texts


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
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    perturbation_load.measured.clear()
    app = page(tab, compound="refametinib", cell="A375")
    assert not app.exception
    said = " ".join(element.value for element in (*app.error, *app.warning)).replace("\\", "")
    assert command in said
