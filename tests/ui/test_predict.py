"""The page Predict beyond its ranking: disease, trust strip, overlay, baskets and the link."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from badger_core.cells.catalogue import CellLine
from badger_core.data.bundle import Bundle
from badger_core.predict.evidence import MEASURED
from badger_core.ui import disease, link, share, state, trust

Visit = Callable[[str, str], AppTest]
INVENTED = "C/C=C/[C@H](O)C#Cc1ccc(F)cc1.[Na+].O=C([O-])c1ccc2[nH]c(=S)n(CC%10CC%10)c2c1"


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html)


def shown_link(app: AppTest) -> link.Linked:
    """What the link on the screen asks for, read as a browser would hand it over."""
    (code,) = [element.value for element in app.code if "?v=" in element.value]
    return link.parse(parse_qs(urlsplit(code).query))


def upload(bundle: Bundle, missing: int = 0) -> CellLine:
    a375 = bundle.cells.find("A375")
    basal = a375.basal.copy()
    basal[:missing] = np.nan
    reference = bundle.cells.reference_of(a375)
    return CellLine("upload:0a1b", "My sample", "", "", "", "", "RNA-seq", basal, reference)


def test_diseases_are_counted_and_spellings_joined() -> None:
    usable = pd.DataFrame({"disease": ["Lymphoma", "lymphoma", "Lymphoma", "", "Glioma"]})
    assert disease.counted(usable) == {"Lymphoma": 3, "Glioma": 1}
    assert len(disease.lines_of(usable, "LYMPHOMA")) == 3


def test_a_disease_narrows_the_lines_and_suggests_one(app: AppTest) -> None:
    app.run()
    everything = len(app.selectbox(key=state.QUESTION_CELL).options)
    app.selectbox(key=state.QUESTION_COMPOUND).set_value("imatinib").run()
    app.selectbox(key=state.QUESTION_DISEASE).set_value("Lung Cancer").run()
    listed = app.selectbox(key=state.QUESTION_CELL).options
    assert 1 < len(listed) < everything
    assert all("Lung Cancer" in label for label in listed)
    app.button(key="predict_disease_line").click().run()
    assert "imatinib in A549 (Lung Cancer" in texts(app)
    assert "Lung Cancer" in app.query_params["disease"]
    assert not [b for b in app.button if b.key == "predict_disease_line"]


def test_a_line_of_another_disease_stays_chosen_and_is_told(app: AppTest) -> None:
    app.query_params.update({"compound": "imatinib", "cell": "MCF7", "disease": "lung cancer"})
    app.run()
    assert not app.exception
    assert app.selectbox(key=state.QUESTION_DISEASE).value == "Lung Cancer"
    assert "MCF7 is listed under Breast Cancer, not Lung Cancer; it stays chosen." in texts(app)
    assert "imatinib in MCF7" in texts(app)


def test_an_unknown_disease_gets_a_message_and_the_rest_goes_on(app: AppTest) -> None:
    app.query_params.update({"compound": "imatinib", "cell": "MCF7", "disease": "[bad] <luck>"})
    app.run()
    assert "[bad] <luck>" in app.warning[0].value.replace("\\", "")
    assert "imatinib in MCF7" in texts(app)
    assert app.selectbox(key=state.QUESTION_DISEASE).value is None


def test_an_upload_stays_listed_and_is_told_from_the_line(app: AppTest, bundle: Bundle) -> None:
    app.run()
    line = upload(bundle, missing=40)
    app.session_state[state.UPLOADS] = {line.name: line}
    app.session_state[state.QUESTION_COMPOUND] = "vemurafenib"
    app.session_state[state.QUESTION_CELL] = line.name
    app.session_state[state.QUESTION_DISEASE] = "Lung Cancer"
    app.run()
    assert not app.exception
    assert not app.error
    assert "My sample · your upload" in app.selectbox(key=state.QUESTION_CELL).options
    assert "938 of 978" in texts(app)
    assert "most similar lines, A375 first" in texts(app)
    assert "Your upload is not in it" in " ".join(caption.value for caption in app.caption)


def test_the_trust_strip_has_all_its_tiles(asked: Visit) -> None:
    said = texts(asked("imatinib", "MCF7"))
    for label in ("Seen before?", "Confidence", "Domain", "Measured", "Drug-free baseline"):
        assert f"<div class='label'>{label}" in said
    told = ("held-out predictions", "nearest confidence:", "Tanimoto", "978 of 978", "by luck 2.6")
    for words in told:
        assert words in said


@pytest.mark.parametrize("missing", [0, 78])
def test_landmarks_are_counted(bundle: Bundle, missing: int) -> None:
    assert trust.supplied(upload(bundle, missing)) == 978 - missing


def test_a_measured_pair_has_its_figure_and_its_column(asked: Visit) -> None:
    app = asked("vemurafenib", "A375")
    assert "Measured" in [tab.label for tab in app.tabs]
    assert app.dataframe[0].value[MEASURED].between(0, 1).all()
    app.session_state["predict_figures"] = "Measured"
    app.run()
    assert "found among the first genes" in texts(app)


def test_an_unmeasured_pair_has_neither(asked: Visit) -> None:
    app = asked("imatinib", "MCF7")
    assert "Measured" not in [tab.label for tab in app.tabs]
    assert MEASURED not in app.dataframe[0].value


def test_an_open_tab_that_the_next_compound_has_not_gives_way_to_the_first(asked: Visit) -> None:
    app = asked("vemurafenib", "A375")
    app.session_state["predict_figures"] = "Measured"
    app.run().button(key="predict_example1").click().run()
    assert not app.exception
    assert not app.error
    assert "genebars" in texts(app)


def test_the_link_restores_everything(app: AppTest) -> None:
    app.query_params.update({"compound": INVENTED, "cell": "a-549", "disease": "Lung Cancer"})
    app.run()
    app.session_state[state.BASKET_COMPOUNDS] = {"a&b=c+d #%?": "x", "CC(=O)O": "y"}
    app.session_state[state.BASKET_CELLS] = {"A375": "A375", "upload:0a1b": "mine"}
    app.run()
    found = shown_link(app)
    assert found == link.Linked(
        INVENTED, "a-549", "Lung Cancer", ("a&b=c+d #%?", "CC(=O)O"), ("A375", "upload:0a1b")
    )


def test_an_address_is_whole_or_relative() -> None:
    given = {"v": ["1"], "compound": ["C#C"], "cells": ["a", "b"]}
    query = "?v=1&compound=C%23C&cells=a&cells=b"
    assert share.address("http://localhost:8501", given) == f"http://localhost:8501/{query}"
    assert share.address("http://x/studio/predict", given) == f"http://x/studio/predict{query}"
    assert share.address(None, given) == query


def test_compound_and_line_go_into_the_baskets_and_out(asked: Visit) -> None:
    app = asked("VEMURAFENIB", "a-375")
    app.button(key="predict_basket_compound").click().run()
    app.button(key="predict_basket_cell").click().run()
    assert app.session_state[state.BASKET_COMPOUNDS] == {"vemurafenib": "vemurafenib"}
    assert app.session_state[state.BASKET_CELLS] == {"A375": "A375"}
    assert shown_link(app).compounds == ("vemurafenib",)
    assert app.button(key="predict_basket_cell").label == "Remove line"
    app.button(key="predict_basket_cell").click().run()
    assert app.session_state[state.BASKET_CELLS] == {}


def test_the_way_on_leads_to_pages_that_exist(asked: Visit) -> None:
    app = asked("vemurafenib", "A375")
    assert [element.proto.label for element in app.get("page_link")] == list(share.PAGES)
