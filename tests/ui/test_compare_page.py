"""The page Compare, opened through the door."""

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from badger_core.explain.compare import MOST
from badger_core.predict.predictor import Predictor
from badger_core.ui import basket, compare, compare_result, state

PAGE = "pages/compare.py"


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html)


def plain(messages: object) -> list[str]:
    return [message.value.replace("\\", "") for message in messages]


@pytest.fixture
def opened(app: AppTest) -> AppTest:
    app.default_timeout = 120
    return app.run().switch_page(PAGE).run()


def filled(app: AppTest, compounds: list[str], cells: list[str]) -> AppTest:
    app.multiselect(key="compare_compounds").set_value(compounds)
    app.multiselect(key="compare_lines").set_value(cells)
    return app.run()


def linked(app: AppTest, compounds: list[str], cells: list[str]) -> AppTest:
    """The page after a visit by link to the first one, as a browser changes pages."""
    app.default_timeout = 120
    app.query_params.update({"v": "1", "compounds": compounds, "cells": cells})
    app.run()
    app.query_params.clear()
    return app.switch_page(PAGE).run()


def parameters(app: AppTest, name: str) -> list[str]:
    """A query parameter, which AppTest gives as a text or as a list."""
    given = app.query_params[name]
    return [given] if isinstance(given, str) else list(given)


def test_it_opens_and_says_what_to_do(opened: AppTest) -> None:
    assert "Compare compounds and cell lines" in texts(opened)
    assert "at least one compound and one cell line" in opened.info[0].value
    assert not opened.exception
    assert not opened.error


def test_an_example_compares_with_one_click(opened: AppTest, predictor: Predictor) -> None:
    app = opened.button(key="compare_example0").click().run()
    assert not app.exception
    assert not app.error
    assert "Mean Spearman between two rankings of the same line" in texts(app)
    table = app.dataframe[0].value
    assert len(table) == 978
    one = predictor.ask("dabrafenib", "SKMEL28").table.set_index("symbol")["score"]
    shown = table.set_index("symbol")["dabrafenib · SKMEL28"]
    assert shown.sort_index().tolist() == pytest.approx(one.sort_index().tolist())
    assert table["mean"].is_monotonic_decreasing
    assert parameters(app, "compounds") == list(compare.EXAMPLES[0].compounds)
    assert parameters(app, "cells") == list(compare.EXAMPLES[0].cells)


def test_a_link_fills_the_baskets(app: AppTest) -> None:
    app = linked(app, ["imatinib", "nilotinib"], ["K562"])
    assert list(app.session_state[state.BASKET_COMPOUNDS]) == ["imatinib", "nilotinib"]
    assert app.multiselect(key="compare_compounds").value == ["imatinib", "nilotinib"]
    assert app.multiselect(key="compare_lines").value == ["K562"]
    assert "imatinib · K562" in app.dataframe[0].value


def test_a_link_past_the_door_keeps_every_entry(app: AppTest) -> None:
    app.default_timeout = 120
    given = {"v": "1", "compounds": ["imatinib", "nilotinib"], "cells": ["K562", "MCF7"]}
    app.query_params.update(given)
    app.switch_page(PAGE).run()
    assert list(app.session_state[state.BASKET_COMPOUNDS]) == given["compounds"]
    assert list(app.session_state[state.BASKET_CELLS]) == given["cells"]
    assert "nilotinib · MCF7" in app.dataframe[0].value


def test_wrong_entries_get_a_message_and_the_rest_goes_on(opened: AppTest) -> None:
    app = filled(opened, ["imatinib", "imatinbi", "CC(C"], ["MCF7", "A735"])
    said = plain(app.warning)
    assert len(said) == 3
    assert "same drug): imatinib" in said[0]
    assert "never closed" in said[1]
    assert "Did you mean A375" in said[2]
    assert list(app.dataframe[0].value)[2] == "imatinib · MCF7"
    assert not app.exception
    assert not app.error


def test_a_structure_and_a_synonym_are_taken(opened: AppTest) -> None:
    app = filled(opened, ["BRD-K56343971", "O=C(NO)CCCCCCC(=O)Nc1ccccc1"], ["a-375"])
    assert {"vemurafenib · A375", "vorinostat · A375"} <= set(app.dataframe[0].value)


def test_an_entry_that_is_taken_out_leaves_the_basket(opened: AppTest) -> None:
    app = filled(opened, ["imatinib", "nilotinib"], ["K562"])
    app = app.multiselect(key="compare_compounds").set_value(["nilotinib"]).run()
    assert list(app.session_state[state.BASKET_COMPOUNDS]) == ["nilotinib"]
    assert parameters(app, "compounds") == ["nilotinib"]
    app = app.button(key="compare_empty").click().run()
    assert app.session_state[state.BASKET_CELLS] == {}


def test_too_many_pairs_are_cut_and_said(opened: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(compare, "_ask", lambda *given: asked.append(given))
    lines = ["A375", "MCF7", "HT29", "PC3", "A549", "K562", "HELA", "VCAP", "HEPG2"]
    names = ["imatinib", "nilotinib", "dasatinib", "vorinostat", "bortezomib"]
    app = filled(opened, names, lines)
    assert f"45 rankings, and {MOST} are compared at once" in plain(app.warning)[0]
    assert "Left out: bortezomib" in plain(app.warning)[0]
    compounds, places = asked[-1]
    assert (len(compounds), len(places)) == (4, 9)


def test_the_drug_specific_part_needs_two_compounds(opened: AppTest) -> None:
    app = filled(opened, ["imatinib"], ["K562"])
    app = app.toggle(key=compare_result.OWN).set_value(True).run()
    assert "at least two compounds" in plain(app.warning)[0]


def test_the_drug_specific_part_is_shown_and_said(opened: AppTest) -> None:
    opened.session_state[compare_result.OWN] = True
    app = filled(opened, ["imatinib", "nilotinib"], ["K562", "MCF7"])
    assert not app.warning
    assert "oppose each other by construction" in texts(app)
    table = app.dataframe[0].value
    both = table["imatinib · K562"] + table["nilotinib · K562"]
    assert both.tolist() == pytest.approx([0] * 978, abs=1e-5)


@pytest.mark.parametrize("tab", ["Shared genes", "Overlap", "Pathways", "Trust"])
def test_every_table_opens(app: AppTest, tab: str) -> None:
    app.session_state["compare_tables"] = tab
    app = linked(app, ["imatinib", "nilotinib"], ["K562"])
    assert not app.exception
    assert not app.error
    assert len(app.dataframe[0].value) >= 1


@pytest.mark.parametrize("tab", ["Shared strongest genes", "Two rankings"])
def test_every_figure_opens(app: AppTest, tab: str) -> None:
    app.session_state["compare_figures"] = tab
    app = linked(app, ["imatinib", "nilotinib"], ["K562"])
    assert not app.exception
    assert not app.error


def test_a_click_on_the_heatmap_opens_the_two_rankings(monkeypatch: pytest.MonkeyPatch) -> None:
    clicked = SimpleNamespace(selection=SimpleNamespace(selected=[{"data_indices": [5]}]))
    session = {compare_result.HEATMAP: clicked}
    monkeypatch.setattr(st, "session_state", session)
    compare_result._choose(("a", "b", "c"))
    assert session[compare_result.FIRST] == "c"
    assert session[compare_result.SECOND] == "b"
    assert session[compare_result.TABS] == "Two rankings"
    session = {compare_result.HEATMAP: SimpleNamespace(selection=SimpleNamespace(selected=[]))}
    monkeypatch.setattr(st, "session_state", session)
    compare_result._choose(("a", "b", "c"))
    assert compare_result.FIRST not in session


def test_the_current_question_joins_with_one_click(app: AppTest) -> None:
    app.default_timeout = 120
    app.query_params.update({"v": "1", "compound": "imatinib", "cell": "MCF7"})
    app.run().switch_page(PAGE).run()
    app.button(key="compare_add_question").click().run()
    assert list(app.session_state[state.BASKET_COMPOUNDS]) == ["imatinib"]
    assert "imatinib · MCF7" in app.dataframe[0].value


def test_labels_of_structures_do_not_pose_as_library_names() -> None:
    known = {"imatinib": "imatinib"}
    entries = {"imatinib": "imatinib", "CCO": "imatinib", "CCN": "my amine"}
    assert compare._told_apart(entries, known) == {"CCO": "imatinib (CCO)", "CCN": "my amine"}
    assert len(compare.EXAMPLES[0].compounds) <= basket.MOST
