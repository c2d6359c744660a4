"""The page Compounds through the door: every way in, the card, its neighbours, bad input."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from badger_core.chem.conformer import conformer
from badger_core.chem.molecule import read_molecule
from badger_core.predict.ask import read_compound
from badger_core.ui import (
    compounds_batch,
    compounds_card,
    compounds_similar,
    compounds_ways,
    load,
    state,
    viewer3d,
)

PAGE = "pages/compounds.py"


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html)


def errors(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.error]


def captions(app: AppTest) -> str:
    return " ".join(caption.value.replace("\\", "") for caption in app.caption)


@pytest.fixture
def page(app: AppTest) -> AppTest:
    """The page without a compound."""
    app.run()
    return app.switch_page(PAGE).run()


def on(app: AppTest, way: str, **values: object) -> AppTest:
    """The page after choosing a way, with session values set."""
    app.session_state[compounds_ways.WAY] = way
    for key, value in values.items():
        app.session_state[key] = value
    return app.run()


def chosen(app: AppTest, compound: str) -> AppTest:
    app.session_state[state.QUESTION_COMPOUND] = compound
    return app.run()


def test_it_opens_with_the_library(page: AppTest) -> None:
    assert not page.exception
    assert "No compound yet" in texts(page)
    assert "6,643 of 13,435 compounds" in captions(page)
    assert len(page.dataframe[0].value) == 500


def test_search_and_facets_narrow(page: AppTest) -> None:
    page.text_input(key="compounds_query").set_value("hdac").run()
    found = page.dataframe[0].value
    assert found["mechanism"].str.contains("HDAC").all()
    page.toggle(key="compounds_measured").set_value(True).run()
    measured = page.dataframe[0].value
    assert (measured["signatures"] > 0).all()
    assert 0 < len(measured) < len(found)
    page.multiselect(key="compounds_phase").set_value(["Launched"]).run()
    assert set(page.dataframe[0].value["phase"]) == {"Launched"}


def test_a_search_without_answer_says_what_to_do(page: AppTest) -> None:
    page.text_input(key="compounds_query").set_value("zzzzzzzzzz").run()
    assert "No compound answers this" in page.info[0].value
    assert not page.dataframe


def test_the_card_tells_all_of_the_chosen_compound(page: AppTest) -> None:
    said = texts(chosen(page, "vemurafenib"))
    for text in ("RAF inhibitor", "BRAF", "Launched", "melanoma", "GPXBXXGIAQBQNI", "signatures"):
        assert text in said
    assert "in training of" in said
    assert not page.error


def test_a_name_of_another_source_is_found_and_its_source_told(page: AppTest) -> None:
    page.text_input(key="compounds_query").set_value("ABT-199").run()
    assert page.dataframe[0].value["found by"].tolist() == ["a name in CTRP v2"]
    said = texts(chosen(page, "ABT-199"))
    assert "<h2 class='name'>venetoclax</h2>" in said
    assert "<dt>Also called</dt><dd>ABT-199 (CTRP v2)</dd>" in said
    assert "&#x27;ABT-199&#x27; stands for venetoclax in CTRP v2." in said
    assert not page.error


def test_a_fragment_is_marked_on_request(page: AppTest) -> None:
    chosen(page, "imatinib")
    pills = next(e for e in page.get("button_group") if "fragment" in e.key)
    pills.set_value(0).run()
    assert "CN1CCNCC1, marked" in texts(page)
    assert not page.exception


def test_the_picked_row_goes_before_the_chosen_compound(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked = [("aspirin", "aspirin"), ("imatinib", "imatinib")]
    monkeypatch.setattr(compounds_ways, "panel", lambda _: picked)
    chosen(page, "vemurafenib")
    assert "<h2 class='name'>aspirin</h2>" in texts(page)
    page.button(key="compounds_use").click().run()
    assert page.session_state[state.QUESTION_COMPOUND] == "aspirin"
    page.button(key="compounds_add_all").click().run()
    assert list(page.session_state[state.BASKET_COMPOUNDS]) == ["aspirin", "imatinib"]
    page.button(key="compounds_out0").click().run()
    assert list(page.session_state[state.BASKET_COMPOUNDS]) == ["imatinib"]


def test_similar_compounds_are_ranked_and_leave_itself_out(page: AppTest) -> None:
    chosen(page, "vemurafenib")
    near = page.dataframe[1].value
    assert near["name"].iat[0] == "PLX4720"
    assert "vemurafenib" not in set(near["name"])
    assert near["Tanimoto"].is_monotonic_decreasing
    assert len(near) == compounds_similar.MOST
    assert near["structure"].str.startswith("data:image/svg+xml").all()
    assert "nearest other training compound is" in captions(page)


@pytest.mark.parametrize("among", [compounds_similar.MEASURED, compounds_similar.TRAINED])
def test_similar_compounds_can_be_narrowed(page: AppTest, among: str) -> None:
    asked = read_compound(load.bundle().library, "imatinib")
    table, _ = compounds_similar.similar(asked, among)
    column = {compounds_similar.MEASURED: "signatures", compounds_similar.TRAINED: "in training"}
    values = table[column[among]]
    assert (values != 0).all()
    assert (values != "no").all()


def test_one_pasted_structure_is_chosen_at_once(page: AppTest) -> None:
    on(page, compounds_ways.PASTE)
    page.text_area(key=compounds_batch.PASTED).set_value("CC(=O)Nc1ccc(O)cc1").run()
    assert page.session_state[state.QUESTION_COMPOUND] == "paracetamol"
    page.text_area(key=compounds_batch.PASTED).set_value("O=C(Nc1ccccc1)C1CCNCC1.Cl").run()
    assert page.session_state[state.QUESTION_COMPOUND] == "O=C(Nc1ccccc1)C1CCNCC1.Cl"
    assert "Removed as salt" in texts(page)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CC(=O)Oc1ccccc1C(=O", "never closed"),
        ("CCO>>CC=O", "reaction"),
        ("*CC*", "wildcard"),
        ("[Na+].[Cl-]", "no carbon"),
        ("<b>no such</b>", "'<b>no such</b>'"),
    ],
)
def test_a_bad_paste_gets_a_sentence(page: AppTest, text: str, said: str) -> None:
    on(page, compounds_ways.PASTE)
    page.text_area(key=compounds_batch.PASTED).set_value(text).run()
    assert len(errors(page)) == 1
    assert said in errors(page)[0]
    assert not page.exception


def test_several_pasted_lines_become_a_table(page: AppTest) -> None:
    on(page, compounds_ways.PASTE)
    page.text_area(key=compounds_batch.PASTED).set_value("CCO\nC1CC\nvemurafenib\nOCC").run()
    table = page.dataframe[0].value
    assert table["verdict"].tolist() == ["ok", "not read", "ok", "duplicate"]
    assert "<li>Row 2: " in texts(page)
    assert table["in library"].tolist()[2] == "vemurafenib"
    assert "3 of 4 rows are structures, 1 of them duplicates" in captions(page)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"PK\x03\x04", "Save the sheet as CSV"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"a,b\n1,2\n", "has no column of structures"),
        ("a.bin", b"\x01\x00\x02", "is binary"),
    ],
)
def test_a_wrong_file_gets_a_sentence(page: AppTest, name: str, data: bytes, said: str) -> None:
    on(page, compounds_ways.UPLOAD, **{compounds_batch.FILE: (name, data)})
    assert said in errors(page)[0]
    assert not page.exception


@pytest.mark.parametrize("name", ["a.csv", "pasted text"])
def test_a_file_is_checked_row_by_row(page: AppTest, name: str) -> None:
    data = "Name;Structure\né;CC(=O)Oc1ccccc1C(=O)O\nbad;C1CC\n".encode("latin-1")
    on(page, compounds_ways.UPLOAD, **{compounds_batch.FILE: (name, data)})
    table = page.dataframe[0].value
    assert table["row"].tolist() == [2, 3]
    assert table["name"].tolist() == ["é", "bad"]
    assert table["in library"].tolist() == ["aspirin", ""]


def test_the_shape_is_shown_on_request_and_described(page: AppTest) -> None:
    chosen(page, "aspirin")
    assert not page.get("iframe")
    page.toggle(key="compounds_3d").set_value(True).run()
    assert len(page.get("iframe")) == 1
    assert "C9H8O4, 13 heavy atoms" in captions(page)


def test_the_shape_asks_no_other_host() -> None:
    text = viewer3d.page(conformer(read_molecule("CCO")).mol_block, (0,))
    ours = text.replace(viewer3d.SCRIPT.read_text(encoding="utf-8"), "")
    assert "http" not in ours
    assert "$3Dmolpromise = Promise.resolve()" in ours
    assert '"index": [0]' in ours


def test_a_giant_has_a_sentence_in_place_of_a_shape(page: AppTest) -> None:
    chosen(page, "C" * 120)
    page.toggle(key="compounds_3d").set_value(True).run()
    assert "120 heavy atoms" in page.info[0].value
    assert not page.exception


def test_fragments_are_counted() -> None:
    asked = read_compound(load.bundle().library, "imatinib")
    table = compounds_card.fragment_table(asked)
    assert isinstance(table, pd.DataFrame)
    assert table["times"].sum() >= len(table)
    assert sum(float(text.rstrip("%")) for text in table["part of the atoms"]) == pytest.approx(
        100, abs=len(table)
    )
