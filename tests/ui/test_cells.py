"""The pages Cell lines and Similar diseases, through the door: search, upload, map, neighbours."""

import pandas as pd
import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from badger_core.cells.upload import PREFIX
from badger_core.data.bundle import Bundle
from badger_core.ui import cells_find, similar_lines, state
from badger_core.ui.cells_state import PICKED, VIEW, VIEWS

CSV = "text/csv"


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html)


def errors(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.error]


def link(app: AppTest) -> dict[str, str]:
    given = app.query_params.items()
    return {name: text if isinstance(text, str) else text[-1] for name, text in given}


@pytest.fixture(autouse=True)
def running_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every visit comes through the door, as after the first one on a server.

    AppTest takes each run for the first on a fresh server: the page would go to the door and back,
    and what is in an uploader is lost on that way.
    """
    made = PagesManager.__init__

    def make(self: PagesManager, *given: object, **named: object) -> None:
        made(self, *given, **named)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", make)


@pytest.fixture
def cells(app: AppTest) -> AppTest:
    """The page Cell lines."""
    return app.run().switch_page("pages/cells.py").run()


@pytest.fixture
def own(cells: AppTest) -> AppTest:
    """The page Cell lines with the upload area open."""
    return cells.segmented_control(key=VIEW).set_value(VIEWS[1]).run()


def profile(bundle: Bundle, sample: str = "mine", cell: str = "MCF7") -> bytes:
    values = bundle.cells.basal(cell, "NCI-60 microarray")
    return pd.DataFrame({sample: values}, index=bundle.genes.symbols).to_csv().encode()


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader(key="cells_files").set_value([(n, c, CSV) for n, c in files])
    return app.run()


def test_the_page_opens_on_a_search(cells: AppTest) -> None:
    assert not cells.exception
    assert not cells.error
    assert "211 of 1,910 lines" in texts(cells)
    assert "the line appears here" in texts(cells)
    assert list(cells.dataframe[0].value) == list(cells_find.COLUMNS)


def test_lines_are_found_by_alias_and_facets(cells: AppTest) -> None:
    cells.text_input(key=cells_find.SEARCH).set_value("ach-000219").run()
    assert cells.dataframe[0].value["display_name"].tolist() == ["A375"]
    cells.text_input(key=cells_find.SEARCH).set_value("").run()
    cells.multiselect(key=cells_find.DISEASES).set_value(["Skin Cancer"]).run()
    cells.number_input(key=cells_find.COMPOUNDS).set_value(100).run()
    assert cells.dataframe[0].value["display_name"].tolist() == ["A375"]
    cells.text_input(key=cells_find.SEARCH).set_value("no such line").run()
    assert "None of the 1,910 known lines passes" in texts(cells)
    assert not cells.exception


def test_a_picked_line_is_used_on_every_page(cells: AppTest) -> None:
    cells.session_state[PICKED] = "A375"
    cells.run()
    assert "534 compounds" in texts(cells)
    cells.button(key="cells_use").click().run()
    assert link(cells)["cell"] == "A375"
    cells.button(key="cells_basket").click().run()
    assert list(cells.session_state[state.BASKET_CELLS]) == ["A375"]
    cells.button(key="cells_alike").click().run()
    assert "Lines similar to A375" in texts(cells)
    assert not cells.exception


def test_the_chosen_line_is_shown_until_another_is_picked(cells: AppTest) -> None:
    cells.session_state[state.QUESTION_CELL] = "A375"
    cells.run()
    assert "<h2 class='name'>A375</h2>" in texts(cells)
    assert "Click a row or a point" not in texts(cells)
    cells.session_state[PICKED] = "MCF7"
    cells.run()
    assert "<h2 class='name'>MCF7</h2>" in texts(cells)


def test_a_search_with_one_hit_shows_it(cells: AppTest) -> None:
    cells.text_input(key=cells_find.SEARCH).set_value("CVCL_0132").run()
    assert len(cells.dataframe[0].value) == 1
    name = cells.dataframe[0].value["display_name"].iat[0]
    assert f"<h2 class='name'>{name}</h2>" in texts(cells)


def test_a_line_without_expression_leads_to_the_upload(cells: AppTest) -> None:
    cells.session_state[PICKED] = "HCC15"
    cells.run()
    assert "not in the bundle" in texts(cells)
    cells.button(key="cells_to_upload").click().run()
    assert cells.file_uploader(key="cells_files")


def test_an_upload_is_reported_used_and_predicted_for(own: AppTest, bundle: Bundle) -> None:
    upload(own, ("mine.csv", profile(bundle)))
    assert not own.exception
    assert not own.error
    assert "965 of 978 landmark genes found" in texts(own)
    assert "Centred on NCI-60 microarray" in texts(own)
    own.button(key="cells_use").click().run()
    name = link(own)["cell"]
    assert name.startswith(PREFIX)
    own.segmented_control(key=VIEW).set_value(VIEWS[2]).run()
    assert "Lines similar to mine" in texts(own)
    assert own.dataframe[0].value["display_name"].iloc[0] == "MCF7"
    own.switch_page("pages/predict.py").run()
    own.selectbox(key=state.QUESTION_COMPOUND).set_value("vorinostat").run()
    assert not own.exception
    assert not own.error
    assert "vorinostat in mine" in texts(own)
    assert "Unseen line" in texts(own)
    assert "965 of 978" in texts(own)


def test_a_broken_file_gets_a_sentence_and_the_others_are_read(
    own: AppTest, bundle: Bundle
) -> None:
    upload(own, ("bad.csv", b"\x00\x01\x02" * 50), ("good.csv", profile(bundle)))
    assert not own.exception
    assert len(errors(own)) == 1
    assert "'bad.csv' holds no text" in errors(own)[0]
    assert "1 of 1 samples can be asked about" in texts(own)
    assert len(own.session_state[state.UPLOADS]) == 1


def test_a_forgotten_upload_is_gone_from_everywhere(own: AppTest, bundle: Bundle) -> None:
    upload(own, ("mine.csv", profile(bundle)))
    own.button(key="cells_use").click().run()
    own.button(key="cells_basket").click().run()
    own.button(key="cells_forget").click().run()
    assert own.session_state[state.UPLOADS] == {}
    assert own.session_state[state.BASKET_CELLS] == {}
    assert "cell" not in link(own)
    assert not own.exception


def test_the_choice_of_platform_is_kept_to(own: AppTest, bundle: Bundle) -> None:
    own.selectbox(key="cells_platform").set_value("L1000 vehicle").run()
    upload(own, ("mine.csv", profile(bundle)))
    assert "Centred on L1000 vehicle (mine): as you chose" in texts(own)
    assert "likeness is less sure" in texts(own)


def test_names_in_files_are_no_markup(own: AppTest, bundle: Bundle) -> None:
    upload(own, ("<b>x.csv", profile(bundle, "<img src=x onerror=alert(1)>")))
    assert "<img" not in texts(own)
    assert "<b>x" not in texts(own)
    assert not own.exception


def test_samples_of_one_name_have_labels_of_their_own(own: AppTest, bundle: Bundle) -> None:
    upload(own, ("a.csv", profile(bundle)), ("b.csv", profile(bundle, cell="A549")))
    options = own.selectbox(key=state.QUESTION_CELL).options[:2]
    assert len(set(options)) == 2
    assert all(option.startswith("mine · your upload ") for option in options)


@pytest.fixture
def similar(app: AppTest) -> AppTest:
    """The page Similar diseases."""
    return app.run().switch_page("pages/similar.py").run()


def test_similar_diseases_ask_for_a_line(similar: AppTest) -> None:
    assert "Choose a cell line" in similar.info[0].value
    similar.selectbox(key=state.QUESTION_CELL).set_value("MCF8").run()
    assert "No cell line is called 'MCF8'" in errors(similar)[0]
    assert not similar.exception


def test_similar_diseases_flag_what_depends(similar: AppTest) -> None:
    similar.selectbox(key=state.QUESTION_CELL).set_value("OVCAR8").run()
    assert not similar.exception
    assert "Not independent, so not counted: NCIADRRES" in texts(similar)
    diseases, lines = (frame.value for frame in similar.dataframe)
    assert diseases["best"].is_monotonic_decreasing
    assert diseases["chance"].dropna().between(0, 100).all()
    assert (diseases["chance"].isna() == (diseases["n_lines"] < 2)).all()
    assert set(similar_lines.ORDER) <= set(lines)
    assert "compound_signatures" not in lines


def test_similar_diseases_say_where_the_compound_was_measured(app: AppTest, bundle: Bundle) -> None:
    app.query_params.update({"v": "1", "compound": "vemurafenib", "cell": "MCF7"})
    app.run().switch_page("pages/similar.py").run()
    lines = app.dataframe[1].value.set_index("cell")["compound_signatures"]
    key = bundle.library.find("vemurafenib").ik14
    assert lines["A375"] == len(bundle.signatures.of_pair(key, "A375")) > 0
    assert link(app)["cell"] == "MCF7"


@pytest.mark.parametrize("page", ["similar", "cells", "genes"])
def test_the_question_is_known_at_once_on_the_next_page(app: AppTest, page: str) -> None:
    app.query_params.update({"v": "1", "compound": "vemurafenib", "cell": "MCF7"})
    app.run().query_params.clear()
    app.switch_page(f"pages/{page}.py").run()
    assert link(app) == {"v": "1", "compound": "vemurafenib", "cell": "MCF7"}
    assert not app.info


def test_the_search_is_kept_while_on_another_page(cells: AppTest) -> None:
    cells.text_input(key=cells_find.SEARCH).set_value("a375").run()
    cells.toggle(key=cells_find.EXPRESSION).set_value(False).run()
    cells.switch_page("pages/about.py").run().switch_page("pages/cells.py").run()
    assert cells.text_input(key=cells_find.SEARCH).value == "a375"
    assert set(cells.dataframe[0].value["display_name"]) >= {"A375"}
