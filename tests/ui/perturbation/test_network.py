"""The tab Network: the edges that come with the app."""

import pandas as pd

from badger_core.perturbation import shipped
from badger_core.ui import perturbation_state
from tests.ui.perturbation.visit import Open, sound, texts


def test_the_network_holds_supported_edges_alone(page: Open) -> None:
    table = shipped.shipped_edges()
    drawn = table[table["drawn"]].reset_index(drop=True)
    app = page("Network")
    assert sound(app)
    pd.testing.assert_frame_equal(app.dataframe[0].value, drawn, check_dtype=False)
    said = texts(app)
    assert "27 of 7,466 possible edges are supported" in said
    bare = sorted(set(table["target"]) - set(drawn["target"]))
    assert f"No edge of {', '.join(bare)} holds" in said
    assert "SMAD4 activates FN1: without it the gene falls" in said
    assert "100% of the trainings" in said
    assert app.get("echarts_chart")
    app.session_state[perturbation_state.EDGE] = ("JAK2", "ANTXR1")
    app.run()
    assert "JAK2 represses ANTXR1: without it the gene rises" in texts(app)
    app.multiselect(key=perturbation_state.OF).set_value(["IRF1"]).run()
    assert app.dataframe[0].value["gene"].tolist() == ["STAMBPL1", "PROS1", "JAK2"]


def test_a_network_without_support_is_not_drawn(page: Open, monkeypatch) -> None:
    none = shipped.shipped_edges().assign(drawn=False)
    monkeypatch.setattr(shipped, "shipped_edges", lambda: none)
    app = page("Network")
    assert sound(app)
    assert "None of 7,466 possible edges is supported" in texts(app)
    assert not app.get("echarts_chart")
