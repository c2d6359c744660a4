"""The pages, opened through the door as a visitor opens them."""

import logging
from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from badger_core.predict.evidence import MEASURED
from badger_core.predict.predictor import Predictor
from badger_core.schema import RANKING_COLUMNS
from badger_core.ui import load, result, start, state

Visit = Callable[[str, str], AppTest]


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html)


def errors(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.error]


def link(app: AppTest) -> dict[str, str]:
    """The query parameters, which AppTest gives as texts or as lists."""
    given = app.query_params.items()
    return {name: text if isinstance(text, str) else text[-1] for name, text in given}


def opened(app: AppTest, tab: str) -> pd.DataFrame:
    """The table of a tab, which is made when the tab is opened."""
    app.session_state["predict_tables"] = tab
    return app.run().dataframe[0].value


def all_genes(app: AppTest) -> pd.DataFrame:
    return opened(app, "All 978 genes")


def test_every_page_opens(app: AppTest) -> None:
    app.run()
    assert "Which genes does a compound move?" in texts(app)
    app.switch_page("pages/about.py").run()
    assert "About BADGER Studio" in texts(app)
    assert not app.exception
    assert not app.error


def test_the_table_is_the_one_of_the_predictor(asked: Visit, predictor: Predictor) -> None:
    app = asked("vemurafenib", "A375")
    assert not app.exception
    assert not app.error
    expected = predictor.ask("vemurafenib", "A375")
    shown = all_genes(app).reset_index(drop=True)
    assert shown.drop(columns=MEASURED).equals(expected.table)
    for way in ("up", "down"):
        top = opened(app, f"Top 25 {way}")["symbol"].tolist()
        assert top == expected.top(way, 25)["symbol"].tolist()


@pytest.mark.parametrize("example", range(len(start.EXAMPLES)))
def test_an_example_answers_with_one_click(app: AppTest, example: int) -> None:
    app.run().button(key=f"predict_example{example}").click().run()
    assert not app.exception
    assert not app.error
    assert len(all_genes(app)) == 978
    assert link(app)["cell"] == start.EXAMPLES[example].cell


def test_measured_and_unmeasured_pairs_say_so(asked: Visit) -> None:
    measured = texts(asked("vemurafenib", "A375"))
    assert "measured signatures" in measured
    assert "no predictor can be expected above" in measured
    unmeasured = texts(asked("imatinib", "MCF7"))
    assert "Not measured" in unmeasured
    assert "Two measurements of one pair agree" in unmeasured
    assert "research use only" in unmeasured


@pytest.mark.parametrize(
    ("compound", "cell"), [("BRD-K56343971", "a-375"), ("VEMURAFENIB", "ACH-000219")]
)
def test_synonyms_and_aliases_are_taken(asked: Visit, compound: str, cell: str) -> None:
    app = asked(compound, cell)
    assert "vemurafenib in A375" in texts(app)


def test_a_misspelt_cell_line_is_mended_with_one_click(asked: Visit) -> None:
    app = asked("vemurafenib", "A735")
    assert errors(app) == ["No cell line is called 'A735'. Did you mean A375?"]
    assert app.selectbox(key=state.QUESTION_COMPOUND).value == "vemurafenib"
    assert app.selectbox(key=state.QUESTION_CELL).value == "A735"
    app.button(key="question_cell_instead0").click().run()
    assert not app.error
    assert len(all_genes(app)) == 978


def test_a_misspelt_compound_is_mended_with_one_click(asked: Visit) -> None:
    app = asked("vemurafenb", "A375")
    assert "same drug): vemurafenib" in errors(app)[0]
    app.button(key="question_compound_instead0").click().run()
    assert "vemurafenib in A375" in texts(app)


def test_an_invalid_smiles_gets_a_sentence_and_is_kept(asked: Visit) -> None:
    broken = "CC(=O)Oc1ccccc1C(=O"
    app = asked(broken, "A375")
    assert len(errors(app)) == 1
    assert broken in errors(app)[0]
    assert "never closed" in errors(app)[0]
    assert app.selectbox(key=state.QUESTION_COMPOUND).value == broken
    assert not app.exception


def test_a_known_line_without_expression_offers_others(asked: Visit) -> None:
    app = asked("imatinib", "SW948")
    assert "basal expression is not in the bundle" in errors(app)[0]
    assert app.button(key="question_cell_instead0")


def test_both_inputs_are_helped_at_once(asked: Visit) -> None:
    assert len(errors(asked("vemurafenb", "A735"))) == 2


def test_the_link_follows_the_inputs(app: AppTest) -> None:
    app.run()
    assert link(app) == {}
    app.selectbox(key=state.QUESTION_COMPOUND).set_value("imatinib").run()
    assert "Now choose a cell line" in app.info[0].value
    app.selectbox(key=state.QUESTION_CELL).set_value("MCF7").run()
    assert link(app) == {"v": "1", "compound": "imatinib", "cell": "MCF7"}


def test_a_link_of_another_version_gets_a_message(app: AppTest) -> None:
    app.query_params.update({"v": "9", "compound": "imatinib", "cell": "MCF7"})
    app.run()
    assert "version '9'" in app.warning[0].value.replace("\\", "")
    assert app.selectbox(key=state.QUESTION_COMPOUND).value is None
    app.button(key="predict_example1").click().run()
    assert not app.warning
    assert link(app)["v"] == "1"


def test_the_inputs_survive_a_visit_to_another_page(asked: Visit) -> None:
    app = asked("imatinib", "MCF7")
    app.switch_page("pages/about.py").run()
    app.query_params.clear()
    app.switch_page("pages/predict.py").run()
    assert "imatinib in MCF7" in texts(app)


def test_downloads_carry_the_provenance_in_their_names(asked: Visit) -> None:
    app = asked("vemurafenib", "A375")
    names = [button.proto.help for button in app.get("download_button")]
    endings = [name.split(".")[-1] for name in names]
    assert endings == ["csv", "xlsx", "rnk", "gmt", "gct", "json", "json", "svg"]
    assert all(name.startswith("badger_GPXBXXGIAQBQNI_A375_") for name in names)


def test_genes_are_found_by_symbol_alias_and_id(asked: Visit) -> None:
    app = asked("vemurafenib", "A375")
    assert len(all_genes(app)) == 978
    for text in ("PTGS2", "cox2", "5743"):
        app.text_input(key=state.PREDICT_GENE).set_value(text).run()
        assert all_genes(app)["symbol"].tolist() == ["PTGS2"]
    app.text_input(key=state.PREDICT_GENE).set_value("no such gene").run()
    assert "No landmark gene is called" in texts(app)


def test_what_nobody_foresaw_shows_an_incident_and_no_traceback(
    asked: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fall(*_: object) -> None:
        raise RuntimeError("inner secret")

    monkeypatch.setattr(load, "ranking", fall)
    with caplog.at_level(logging.ERROR):
        app = asked("vemurafenib", "A375")
    assert not app.exception
    assert "incident number" in errors(app)[0]
    assert "inner secret" not in errors(app)[0]
    assert "inner secret" in caplog.text


def test_text_in_names_is_no_markup(asked: Visit) -> None:
    app = asked("<img src=x onerror=alert(1)>", "[A375](http://example.org)")
    assert "<img" not in texts(app).replace("<img class='drawing'", "")
    assert len(app.error) == 2
    assert "\\[A375\\]\\(http" in app.error[1].value


def test_the_tables_name_all_columns() -> None:
    assert set(result.COLUMNS) == {*RANKING_COLUMNS, MEASURED}


def test_an_overlong_basket_in_a_link_is_cut_and_told(app: AppTest) -> None:
    cells = [f"line {n}" for n in range(20)]
    app.query_params.update({"compound": "imatinib", "cell": "MCF7", "cells": cells})
    app.run()
    assert "imatinib in MCF7" in texts(app)
    assert "12 of 20 entries were taken" in app.warning[0].value.replace("\\", "")
    assert list(app.session_state[state.BASKET_CELLS]) == cells[:12]


@pytest.mark.parametrize("page", ["pages/predict.py", "pages/genes.py"])
def test_an_empty_link_clears_nothing(asked: Visit, page: str) -> None:
    app = asked("imatinib", "MCF7")
    app.switch_page(page).run()
    app.query_params.clear()
    app.run()
    assert "imatinib" in texts(app)
    assert link(app)["compound"] == "imatinib"


def test_about_keeps_the_link(asked: Visit) -> None:
    app = asked("imatinib", "MCF7")
    app.switch_page("pages/about.py")
    app.query_params.clear()
    app.run()
    assert not app.exception
    assert link(app) == {"v": "1", "compound": "imatinib", "cell": "MCF7"}


@pytest.mark.parametrize(
    ("compound", "said"),
    [
        ("carboplatin", "Carboplatin holds platinum (Pt), which the model cannot read"),
        ("N[Pt]1(N)OC(=O)C2(CCC2)C(=O)O1", "The structure holds platinum (Pt)"),
        ("CC(=O)Oc1ccccc1C(=O)O.Cn1c(=O)c2c(ncn2C)n(C)c1=O", "is of similar size"),
    ],
)
def test_what_the_model_does_not_see_stands_under_the_inputs(
    asked: Visit, compound: str, said: str
) -> None:
    app = asked(compound, "A375")
    assert not app.exception
    assert said in app.warning[0].value.replace("\\", "")
    assert "taken from the library" not in texts(app)
