"""The page Sensitivity, opened through the door, on the tables and weights that come with it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from badger_core.data.bundle import Bundle
from badger_core.explain.sensitivity_join import join
from badger_core.predict.ask import read_compound
from badger_core.predict.predictor import Predictor
from badger_core.response.answer import across_drugs, across_lines, standings
from badger_core.response.drug_genes import genes_of, read_drug_genes
from badger_core.response.predictor import Sensitivity
from badger_core.ui import sensitivity_load, sensitivity_state, sensitivity_worth, state
from badger_core.ui.sensitivity_state import TABS

PAGE = "pages/sensitivity.py"
DRAWN = "O=C(Nc1ccc(F)c(C#N)c1)c1ccc(CN2CCOCC2)nc1N1CCCC1"
"""A molecule that nobody has made."""
Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def model() -> Sensitivity:
    return Sensitivity.load()


@pytest.fixture
def visit(app: AppTest) -> Visit:
    """The page after a visit by permalink, on one of its tabs."""

    def go(compound: str, cell: str, tab: str = TABS[0], **session: object) -> AppTest:
        app.run()
        app.session_state[sensitivity_state.TAB] = tab
        for key, value in session.items():
            app.session_state[key] = value
        app.switch_page(PAGE)
        app.query_params.update({"v": "1", "compound": compound, "cell": cell})
        return app.run()

    return go


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.html).replace("\u00a0", " ")


def sound(app: AppTest) -> bool:
    return not app.exception and not app.error


def listed(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value.reset_index(drop=True)


def test_without_a_question_it_says_what_to_do(app: AppTest) -> None:
    app.run()
    app.switch_page(PAGE).run()
    assert sound(app)
    assert "Choose a compound and a cell line" in app.info[0].value


def test_the_lines_of_a_drug_are_those_of_the_library(
    visit: Visit, model: Sensitivity, bundle: Bundle
) -> None:
    app = visit("dabrafenib", "A375")
    assert sound(app)
    molecule = read_compound(bundle.library, "dabrafenib").molecule
    expected = across_lines(model, molecule, bundle.cells.find("A375"), bundle.cells)
    own = expected[expected["screen"] == "ctrp"].reset_index(drop=True)
    pd.testing.assert_frame_equal(listed(app)[own.columns.tolist()], own, check_dtype=False)
    standing = standings(expected)["ctrp"]
    said = texts(app)
    assert f"place {standing.rank:,} of {standing.of:,} lines" in said
    assert "80% interval" in said
    assert "lower, the more the compound kills" in said
    assert "docs/RESPONSE.md" in said
    assert app.get("plotly_chart")


def test_what_was_measured_is_said_first(visit: Visit, model: Sensitivity, bundle: Bundle) -> None:
    line = bundle.cells.find("A375")
    drugs = across_drugs(model, line, bundle.cells)
    known = drugs[(drugs["screen"] == "ctrp") & drugs["measured"].notna()]
    assert len(known)
    name = next(n for n in known["name"] if bundle.library.knows(n))
    said = texts(visit(name, "A375"))
    assert "measured AUC" in said
    assert said.index("measured AUC") < said.index("predicted AUC")


def test_the_other_screen_says_sensitive_or_not(visit: Visit) -> None:
    app = visit("vemurafenib", "MCF7", **{f"{sensitivity_state.SCREEN}_lines": "nci60"})
    assert sound(app)
    shown = listed(app)
    assert set(shown["screen"]) == {"nci60"}
    assert shown["predicted"].between(0, 1).all()
    assert shown["predicted"].is_monotonic_decreasing


def test_lineages_narrow_the_lines_and_keep_the_chosen_one(visit: Visit) -> None:
    app = visit("vemurafenib", "A375")
    every = listed(app)
    other = next(name for name in every["lineage"].unique() if name and name != "skin")
    app.multiselect(key=sensitivity_state.LINEAGES).set_value([other]).run()
    assert sound(app)
    shown = listed(app)
    assert 0 < len(shown) < len(every)
    assert set(shown.loc[~shown["chosen"], "lineage"]) == {other}
    assert shown["chosen"].sum() == every["chosen"].sum()


def test_a_drawn_molecule_is_answered_with_low_confidence_where_unlike(visit: Visit) -> None:
    app = visit(DRAWN, "A375")
    assert sound(app)
    assert "The compound was never tested" in texts(app)
    unlike = visit("C1CC1", "A375")
    assert sound(unlike)
    assert "Low" in texts(unlike)


def test_an_upload_is_ranked_over_the_drugs(visit: Visit, bundle: Bundle) -> None:
    known = bundle.cells.find("A375")
    reference = bundle.cells.reference_of(known)
    own = replace(known, name="upload:0123", display_name="mine", reference=reference)
    uploaded = {state.UPLOADS: {own.name: own}}
    app = visit("dabrafenib", own.name, TABS[1], **uploaded)
    assert sound(app)
    shown = listed(app)
    assert len(shown) > 400
    assert shown["rank"].is_monotonic_increasing
    assert shown["measured"].isna().all()
    assert "dabrafenib in mine" in texts(app).replace("</", " </")


def test_a_search_among_the_drugs_without_a_hit_says_so(visit: Visit) -> None:
    app = visit("dabrafenib", "A375", TABS[1])
    app.text_input(key=sensitivity_state.FIND).set_value("zzzz").run()
    assert sound(app)
    assert "No tested drug" in app.info[0].value


def test_genes_that_both_point_to_are_those_of_the_library(
    visit: Visit, predictor: Predictor, bundle: Bundle
) -> None:
    app = visit("doxorubicin", "MCF7", TABS[2])
    assert sound(app)
    ranking = predictor.ask("doxorubicin", "MCF7").table
    weighed = genes_of(read_drug_genes(), bundle.library.find("doxorubicin").ik14)
    expected = join(ranking, weighed)
    pd.testing.assert_frame_equal(listed(app), expected.table, check_dtype=False)
    assert f"and has {expected.both} among the 100" in texts(app)
    app.toggle(key=sensitivity_state.ONLY).set_value(True).run()
    assert len(listed(app)) == expected.shared
    assert listed(app)["badger_rank"].notna().all()


def test_gene_sets_are_tested_against_the_genes_of_the_graph(visit: Visit) -> None:
    app = visit("doxorubicin", "MCF7", TABS[2], sensitivity_sets=True)
    assert sound(app)
    sets = next(f.value for f in app.dataframe if "overlap" in f.value)
    assert sets["p"].is_monotonic_increasing
    assert (sets["overlap"] == [len(genes.split(", ")) for genes in sets["genes"]])[:5].all()
    assert "Fisher's exact test" in texts(app)


def test_a_compound_without_genes_of_drgt_says_so(visit: Visit) -> None:
    app = visit(DRAWN, "MCF7", TABS[2])
    assert sound(app)
    assert "is not among the" in app.info[0].value
    assert "drGT was trained on" in app.info[0].value


def test_missing_tables_are_said_with_the_command(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BADGER_RESPONSE", str(tmp_path / "nothing"))
    sensitivity_load.sensitivity.clear()
    sensitivity_load._lines.clear()
    app = visit("dabrafenib", "A375")
    sensitivity_load.sensitivity.clear()
    assert not app.exception
    assert "badger" in app.error[0].value
    assert "Traceback" not in app.error[0].value


def test_how_good_it_is_comes_from_the_benchmark(visit: Visit, tmp_path, monkeypatch) -> None:
    results = pd.DataFrame(
        [
            ("ctrp", "ccle1000", "unseen-drug", model, "r2", value, value - 0.1, value + 0.1, 9)
            for model, value in (("kernel", 0.5), ("line mean", 0.4))
        ],
        columns=["screen", "panel", "split", "model", "metric", "value", "low", "high", "n_pairs"],
    )
    results.to_csv(tmp_path / "response.csv", index=False)
    paired = results[results["model"] == "line mean"].assign(
        value=0.1, low=0.05, high=0.15, baseline=True, shipped="kernel"
    )
    paired.to_csv(tmp_path / "response_differences.csv", index=False)
    monkeypatch.setattr(sensitivity_worth, "benchmark_dir", lambda: tmp_path)
    app = visit("vemurafenib", "A375")
    assert sound(app)
    said = " ".join(element.value for element in app.markdown)
    assert "Shipped is the kernel" in said
    assert "line mean" in said


def test_without_a_benchmark_it_says_so(visit: Visit, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(sensitivity_worth, "benchmark_dir", lambda: tmp_path)
    app = visit("vemurafenib", "A375")
    assert sound(app)
    assert "badger response test" in app.info[0].value


def test_downloads_name_what_they_hold(visit: Visit) -> None:
    app = visit("vemurafenib", "A375")
    names = [button.proto.help for button in app.get("download_button")]
    assert [name.rsplit(".", 1)[1] for name in names] == ["csv", "xlsx", "parquet"]
    assert all("sensitivity-ctrp-vemurafenib" in name for name in names)


def test_the_numbers_in_the_words_are_those_of_the_shipped_table() -> None:
    from badger_core.data.response import screen
    from badger_core.response.answer_words import AUC_WORDS

    labels = screen("ctrp", "ccle1000").labels
    median, tenth = np.nanquantile(labels, [0.5, 0.1])
    assert f"below {median:.1f}, and one in ten below {tenth:.1f}" in AUC_WORDS
