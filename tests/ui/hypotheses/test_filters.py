"""The filters of the list of hypotheses."""

from streamlit.testing.v1 import AppTest

from badger_core.ui import (
    hypotheses_filters,
    hypotheses_state,
)
from tests.ui.hypotheses.visit import COMPOUNDS, listed, texts


def test_filters_say_how_many_are_left(answered: AppTest) -> None:
    answered.toggle(key=hypotheses_state.CONTROLS).set_value(True).run()
    table = listed(answered)
    assert (table["control"] == "").all()
    assert f"{len(table)} of {COMPOUNDS} compounds pass" in texts(answered)
    name = table["name"].iat[0]
    answered.text_input(key=hypotheses_state.TEXT).set_value(name.upper()).run()
    assert name in listed(answered)["name"].tolist()
    assert len(listed(answered)) < len(table)
    answered.text_input(key=hypotheses_state.TEXT).set_value("no such thing").run()
    assert "No compound passes" in texts(answered)
    answered.button(key="hypotheses_clear").click().run()
    assert len(listed(answered)) == COMPOUNDS + 1


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
