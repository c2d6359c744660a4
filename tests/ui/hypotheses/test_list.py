"""The list of the page Hypotheses: what it holds, and the tabs beside it."""

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from badger_core.repurpose.predictions import Predictions
from badger_core.ui import (
    hypotheses_load,
    hypotheses_state,
)
from badger_core.ui.hypotheses_state import TABS
from tests.ui.hypotheses.visit import (
    COMPOUNDS,
    PANCREAS,
    finished,
    link,
    listed,
    on_tab,
    sound,
    texts,
)


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
    assert len(table) == COMPOUNDS + 1
    assert (np.diff(table["score"]) >= 0).all()
    assert table["fdr"].notna().sum() == COMPOUNDS
    assert table["promiscuity"].notna().sum() == COMPOUNDS
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
