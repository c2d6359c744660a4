"""The page Genes, opened through the door."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from badger_core.pathways.enrichment import enrich
from badger_core.pathways.enrichment_sets import choose_sets
from badger_core.pathways.footprints import activities
from badger_core.predict.predictor import Predictor
from badger_core.ui import (
    genes_card,
    genes_enrichment,
    genes_footprints,
    genes_state,
    genes_table,
    genes_views,
)
from badger_core.ui.genes_state import TABS

Visit = Callable[..., AppTest]


@pytest.fixture
def genes(app: AppTest) -> Visit:
    """The page after a visit by permalink, on one of its tabs."""

    def visit(compound: str, cell: str, tab: str = TABS[0], **session: object) -> AppTest:
        app.query_params.update({"v": "1", "compound": compound, "cell": cell})
        app.run()
        app.session_state[genes_state.TAB] = tab
        for key, value in session.items():
            app.session_state[key] = value
        return app.switch_page("pages/genes.py").run()

    return visit


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html)


def sound(app: AppTest) -> bool:
    return not app.exception and not app.error


def test_without_a_question_it_says_what_to_do(app: AppTest) -> None:
    app.run()
    app.switch_page("pages/genes.py").run()
    assert sound(app)
    assert "Choose a compound and a cell line" in app.info[0].value


def test_all_genes_are_listed_and_the_first_has_a_card(genes: Visit, predictor: Predictor) -> None:
    app = genes("vemurafenib", "A375")
    assert sound(app)
    expected = predictor.ask("vemurafenib", "A375").table
    assert app.dataframe[0].value.reset_index(drop=True).equals(expected)
    assert f"<h2 class='name'>{expected['symbol'].iat[0]}</h2>" in texts(app)
    assert "no p value" in texts(app)


def test_a_misspelt_compound_gets_a_message(genes: Visit) -> None:
    app = genes("vemurafenb", "A375")
    assert not app.exception
    assert "same drug): vemurafenib" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize("text", ["PTGS2", "cox2", "5743", "ENSG00000073756"])
def test_a_search_for_one_gene_opens_its_card(genes: Visit, text: str) -> None:
    app = genes("vemurafenib", "A375")
    app.text_input(key=genes_table.SEARCH).set_value(text).run()
    assert sound(app)
    assert app.dataframe[0].value["symbol"].tolist() == ["PTGS2"]
    assert "<h2 class='name'>PTGS2</h2>" in texts(app)
    assert "prostaglandin-endoperoxide synthase 2" in texts(app)
    assert "rel='noopener'" in texts(app)


def test_a_search_without_a_hit_says_so_and_is_no_markup(genes: Visit) -> None:
    app = genes("vemurafenib", "A375")
    app.text_input(key=genes_table.SEARCH).set_value("<b>none</b>").run()
    assert sound(app)
    assert "No landmark gene passes" in texts(app)
    assert "<b>none" not in texts(app)


def test_the_filters_hold(genes: Visit) -> None:
    app = genes(
        "vemurafenib",
        "A375",
        **{
            genes_table.DIRECTION: "down",
            genes_table.CHANCE: 40,
            genes_table.ONLY: True,
            genes_state.SET: "HALLMARK_G2M_CHECKPOINT",
        },
    )
    assert sound(app)
    shown = app.dataframe[0].value
    assert 0 < len(shown) < 46
    assert set(shown["direction"]) == {"down"}
    assert (shown["chance"] >= 0.4).all()
    assert "46 landmarks" in texts(app)


def test_the_rank_view_draws_too(genes: Visit) -> None:
    app = genes("imatinib", "MCF7", **{genes_views.VIEW: genes_views.RANK})
    assert sound(app)
    assert "Each triangle is a gene" in texts(app)
    assert "this pair was not measured" in texts(app)


@pytest.mark.parametrize(("method", "collection"), [("prerank", "hallmark"), ("ora", "pid")])
def test_the_enrichment_is_that_of_the_library(
    genes: Visit, predictor: Predictor, method: str, collection: str
) -> None:
    keys = {genes_enrichment.METHOD: method, genes_enrichment.COLLECTION: collection}
    app = genes("vemurafenib", "A375", "Enrichment", **keys)
    assert sound(app)
    bundle = predictor.bundle
    sets = choose_sets(bundle.pathways.table, bundle.genes.entrez, collection)
    expected = enrich(predictor.ask("vemurafenib", "A375").table, sets, method)
    shown = app.dataframe[0].value
    assert shown[expected.columns].equals(expected)
    assert {"drug_free_fdr", "whatever"} < set(shown.columns)
    assert "whatever the drug" in texts(app)
    assert "Read with care" in texts(app)
    assert expected["genes"].iat[0] in texts(app)


def test_a_set_is_shown_among_the_genes_with_one_click(genes: Visit) -> None:
    app = genes("vemurafenib", "A375", "Enrichment")
    app.button(key="genes_show_set").click().run()
    assert sound(app)
    assert app.session_state[genes_state.TAB] == TABS[0]
    assert app.selectbox(key=genes_state.SET).value == "HALLMARK_G2M_CHECKPOINT"
    assert "G2M checkpoint (Hallmark):" in texts(app)


def test_the_footprints_are_those_of_the_library(genes: Visit, predictor: Predictor) -> None:
    app = genes("vemurafenib", "A375", "Footprints")
    assert sound(app)
    table = predictor.ask("vemurafenib", "A375").table
    expected = activities(table, predictor.bundle.progeny)
    assert app.dataframe[0].value[expected.columns].equals(expected)
    assert "scored pathways with FDR below 5%" in texts(app)


@pytest.mark.parametrize(
    ("tab", "key"),
    [("Enrichment", genes_enrichment.OWN), ("Footprints", genes_footprints.OWN)],
)
def test_the_drug_specific_part_says_what_was_taken_off(genes: Visit, tab: str, key: str) -> None:
    plain = genes("imatinib", "K562", tab)
    column = "nes" if tab == "Enrichment" else "activity"
    before = plain.dataframe[0].value.set_index("pathway")[column]
    app = plain.toggle(key=key).set_value(True).run()
    assert sound(app)
    assert "of the differences between genes remain" in texts(app)
    after = app.dataframe[0].value.set_index("pathway")
    free = after[f"drug_free_{column}"]
    assert abs(after[column].corr(free)) < abs(before.corr(free))


def test_downloads_name_what_they_hold(genes: Visit) -> None:
    app = genes("vemurafenib", "A375", "Enrichment")
    names = [button.proto.help for button in app.get("download_button")]
    assert [name.rsplit(".", 1)[1] for name in names] == ["csv", "xlsx", "gmt"]
    assert all("prerank-hallmark-vemurafenib-A375" in name for name in names)


def test_the_card_tells_prediction_in_words(predictor: Predictor) -> None:
    table = predictor.ask("vemurafenib", "A375").table
    said = genes_card.predicted_words(table.iloc[-1], len(table))
    assert said.startswith("down, rank 978 of 978, score -")
    assert "most lowered" in said
    assert "chance" not in genes_card.predicted_words(
        table.assign(chance=float("nan")).iloc[0], 978
    )
