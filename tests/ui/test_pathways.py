"""The page Pathways, opened through the door, and what a click does."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from badger_core.data.bundle import Bundle
from badger_core.explain.prediction import explain_prediction
from badger_core.explain.prediction_maps import NONE
from badger_core.explain.prediction_tables import fragment_map
from badger_core.predict.predictor import Predictor
from badger_core.ui import pathways_choice, pathways_clicks, state

Visit = Callable[[str, str], AppTest]
PAGE = "pages/pathways.py"


@pytest.fixture
def visit(app: AppTest) -> Visit:
    """The page after a visit by permalink."""

    def go(compound: str, cell: str) -> AppTest:
        app.run()
        app.query_params.update({"v": "1", "compound": compound, "cell": cell})
        return app.switch_page(PAGE).run()

    return go


@pytest.fixture(scope="module")
def explained(predictor, vemurafenib, bundle):
    return explain_prediction(predictor.ensemble, vemurafenib, bundle.cells.find("A375"), bundle)


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html)


def test_the_page_opens_and_says_what_is_missing(app: AppTest) -> None:
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception
    assert "what the prediction attends to" in texts(app)
    assert "Choose a compound and a cell line" in app.info[0].value


def test_a_question_gets_words_figures_and_tables(
    visit: Visit, predictor: Predictor, bundle: Bundle
) -> None:
    app = visit("vemurafenib", "A375")
    assert not app.exception
    assert not app.error
    said = texts(app)
    assert "Attention rests most on fragment F4" in said
    assert "5 of 5 members" in said
    assert "Careful." in said
    asked = predictor.ask("vemurafenib", "A375")
    assert app.selectbox(key=state.PATHWAYS_GENE).value == asked.table["symbol"].iloc[0]
    assert len(app.get("echarts_chart")) == 3
    found = explain_prediction(
        predictor.ensemble,
        predictor.bundle.library.molecules(["GPXBXXGIAQBQNI"])["GPXBXXGIAQBQNI"],
        bundle.cells.find("A375"),
        bundle,
    )
    expected = fragment_map(found, found.order_by("through")[:12])
    assert app.dataframe[0].value.equals(expected)


@pytest.mark.parametrize("view", ["Routes", "Network"])
def test_routes_are_drawn_and_can_be_left_again(visit: Visit, view: str) -> None:
    app = visit("vemurafenib", "A375")
    app.session_state[state.PATHWAYS_VIEW] = view
    app.session_state[state.PATHWAYS_FOCUS] = (("fragment", 3), ("pathway", 7))
    app.run()
    assert not app.exception
    assert not app.error
    assert "All routes → F4 → " in texts(app)
    app.button(key="pathways_back").click().run()
    assert app.session_state[state.PATHWAYS_FOCUS] == (("fragment", 3),)
    app.button(key="pathways_back").click().run()
    assert "Click a node" in texts(app)
    assert not app.error


def test_a_compound_of_one_fragment_is_explained(visit: Visit) -> None:
    app = visit("caffeine", "MCF7")
    assert not app.exception
    assert not app.error
    assert "Not testable here" in texts(app)
    assert "nothing to delete" in texts(app)


def test_bad_input_gets_a_message(visit: Visit) -> None:
    app = visit("vemurafenb", "A735")
    assert not app.exception
    assert len(app.error) == 2
    assert not app.get("echarts_chart")


def test_an_uploaded_line_works(app: AppTest, bundle: Bundle) -> None:
    known = bundle.cells.find("MCF7")
    profiles = bundle.cells.platform_profiles(known.platform)
    line = replace(known, name="upload:0123", display_name="mine", reference=profiles)
    app.session_state[state.UPLOADS] = {line.name: line}
    app.run()
    app.query_params.update({"v": "1", "compound": "imatinib", "cell": line.name})
    app.switch_page(PAGE).run()
    assert not app.exception
    assert not app.error
    assert "imatinib in mine" in texts(app)


def test_a_new_question_starts_with_its_own_strongest_fragment(visit: Visit) -> None:
    app = visit("vemurafenib", "A375")
    app.selectbox(key=state.PATHWAYS_FRAGMENT).set_value(NONE).run()
    assert "none of them: attention that rests on no part" in texts(app)
    app.selectbox(key=state.QUESTION_COMPOUND).set_value("imatinib").run()
    assert not app.error
    assert app.selectbox(key=state.PATHWAYS_FRAGMENT).value != NONE


def test_my_own_genes_are_shown(visit: Visit) -> None:
    app = visit("vemurafenib", "A375")
    app.selectbox(key=state.PATHWAYS_SET).set_value("My own").run()
    app.multiselect(key=state.PATHWAYS_SYMBOLS).set_value(["PTGS2", "TP53"]).run()
    assert not app.error
    shown = app.dataframe[1].value
    assert list(shown.columns) == ["pathway", "mark", "PTGS2", "TP53"]


def _selection(kind: str, *indices: int) -> dict:
    group = {"series_index": 0, "data_type": kind, "data_indices": list(indices)}
    return {"selection": {"selected": [group], "areas": []}}


def test_a_click_is_read_as_row_and_column(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"map": _selection("main", 9), "empty": {}})
    assert pathways_clicks.clicked_cell("map", 7) == (1, 2)
    assert pathways_clicks.clicked_cell("empty", 7) is None
    assert pathways_clicks.clicked_node("map") == (None, None)


def test_clicks_choose_and_narrow_down(explained, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {state.PATHWAYS_FOCUS: ()})
    pathways_choice.choose(explained, fragment=2, pathway=160, gene=5)
    assert pathways_choice.chosen(explained) == (2, 160, 5)
    pathways_choice.focus(explained, [("fragment", 1)])
    pathways_choice.focus(explained, [("pathway", 4), ("gene", 6)])
    pathways_choice.focus(explained, [("fragment", 0)])
    assert st.session_state[state.PATHWAYS_FOCUS] == (("pathway", 4), ("gene", 6), ("fragment", 0))
    assert pathways_choice.chosen(explained) == (0, 4, 6)
    pathways_choice.back(2)
    assert st.session_state[state.PATHWAYS_FOCUS] == (("pathway", 4),)
    assert np.all(np.array(explained.to_gene.shape) > 0)
