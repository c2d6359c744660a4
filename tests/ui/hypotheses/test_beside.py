"""What other parts of the app say of the compounds of a list, and what is left without them."""

import pytest
from streamlit.testing.v1 import AppTest

from badger_core.ui import hypotheses_load, hypotheses_state
from badger_core.ui.hypotheses_job import Jobs
from tests.ui.hypotheses.visit import COMPOUNDS, finished, listed, sound, texts


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
    anew = Jobs()
    monkeypatch.setattr(hypotheses_load, "jobs", lambda: anew)
    monkeypatch.setenv(folder, str(tmp_path / "nothing"))
    page.button(key="hypotheses_example0").click().run()
    app = finished(page)
    assert sound(app)
    assert len(listed(app)) == COMPOUNDS + 1
    assert gone not in listed(app)
    assert left in listed(app)
