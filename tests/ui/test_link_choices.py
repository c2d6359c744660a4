"""A link restores what was chosen on Genes and Pathways, and what it cannot restore is said."""

from urllib.parse import parse_qs, urlencode

import pytest
from streamlit.testing.v1 import AppTest

from badger_core.chem.fragments import brics_fragments
from badger_core.chem.molecule import read_molecule
from badger_core.data.bundle import Bundle
from badger_core.paths import ROOT
from badger_core.ui import genes_state, link, state

QUESTION = {"v": "1", "compound": "imatinib", "cell": "K562"}
GENES, PATHWAYS, PREDICT = "pages/genes.py", "pages/pathways.py", "pages/predict.py"
EGFR = 1956


def opened(app: AppTest, page: str, **choices: str) -> AppTest:
    """A page entered by a link."""
    app.run()
    app.switch_page(page)
    app.query_params.update(QUESTION | choices)
    return app.run()


def another() -> AppTest:
    """The app of another visitor."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def parameters(app: AppTest) -> dict[str, str]:
    return {name: "".join(value) for name, value in app.query_params.items()}


def warnings(app: AppTest) -> str:
    return " ".join(warning.value.replace("\\", "") for warning in app.warning)


def test_gene_and_set_go_into_the_link_and_come_out_of_it(app: AppTest) -> None:
    opened(app, GENES)
    assert parameters(app) == QUESTION
    app.session_state[genes_state.GENE] = EGFR
    app.session_state[genes_state.SET] = "HALLMARK_APOPTOSIS"
    app.run()
    linked = parameters(app)
    assert linked == QUESTION | {"gene": "EGFR", "set": "HALLMARK_APOPTOSIS"}
    other = opened(another(), GENES, **linked)
    assert not other.exception
    assert other.session_state[genes_state.GENE] == EGFR
    assert other.selectbox(key=genes_state.SET).value == "HALLMARK_APOPTOSIS"
    assert any("<h2 class='name'>EGFR</h2>" in element.proto.body for element in other.html)
    assert parameters(other) == linked
    assert not other.warning


def test_the_choice_on_pathways_goes_into_the_link_and_comes_out_of_it(
    app: AppTest, bundle: Bundle
) -> None:
    opened(app, PATHWAYS)
    assert parameters(app) == QUESTION  # nothing was chosen
    keys = {
        "fragment": state.PATHWAYS_FRAGMENT,
        "pathway": state.PATHWAYS_PATHWAY,
        "map_gene": state.PATHWAYS_GENE,
    }
    fragment = _another_fragment(app, bundle.library.find("imatinib").smiles)
    chosen = {"fragment": fragment, "pathway": "HALLMARK_APOPTOSIS", "map_gene": "EGFR"}
    for name, key in keys.items():
        app.session_state[key] = chosen[name]
    app.run()
    linked = parameters(app)
    assert linked == QUESTION | chosen
    other = opened(another(), PATHWAYS, **linked)
    assert not other.exception
    assert not other.warning
    assert {name: other.session_state[key] for name, key in keys.items()} == chosen
    assert parameters(other) == linked


def test_a_choice_of_pathways_waits_for_its_page_and_its_question(app: AppTest) -> None:
    app.query_params.update(QUESTION | {"pathway": "HALLMARK_APOPTOSIS"})
    app.run()
    assert parameters(app) == QUESTION  # Predict has no use for it
    app.session_state[state.QUESTION_COMPOUND] = "vemurafenib"
    app.run()
    assert "pathway" not in parameters(app)
    app.session_state[state.QUESTION_COMPOUND] = "imatinib"
    app.switch_page(PATHWAYS)
    app.run()
    assert app.session_state[state.PATHWAYS_PATHWAY] == "HALLMARK_APOPTOSIS"


def test_what_a_link_names_and_nobody_knows_is_said_and_the_rest_is_shown(app: AppTest) -> None:
    opened(app, GENES, gene="NOSUCH", set="NO_SET")
    assert not app.exception
    assert "The gene 'NOSUCH' in this link is no landmark gene" in warnings(app)
    assert "The gene set 'NO_SET' in this link is not known" in warnings(app)
    assert parameters(app) == QUESTION
    other = opened(another(), PATHWAYS, fragment="C1", pathway="NO_SET", map_gene="*x*")
    assert not other.exception
    for text in ("fragment 'C1'", "pathway 'NO_SET'", "gene '*x*'"):
        assert f"The {text} in this link is not here" in warnings(other)
    assert other.session_state[state.PATHWAYS_PATHWAY] != "NO_SET"
    assert parameters(other) == QUESTION


def test_a_page_links_to_its_own_choices_alone_and_clears_no_others(app: AppTest) -> None:
    opened(app, GENES, gene="EGFR")
    app.switch_page("pages/hypotheses.py").run()
    app.session_state["hypotheses_disease"] = "DOID:1793"
    app.run()
    assert parameters(app) == QUESTION | {"against": "pancreatic cancer"}
    app.switch_page(PREDICT).run()
    assert parameters(app) == QUESTION
    app.query_params.update({"compound": "vorinostat"})  # another link, opened on Predict
    app.run()
    assert app.session_state["hypotheses_disease"] == "DOID:1793"
    app.switch_page(GENES).run()
    assert parameters(app) == QUESTION | {"compound": "vorinostat", "gene": "EGFR"}


def test_the_disease_is_linked_on_predict_alone(app: AppTest) -> None:
    app.query_params.update(QUESTION | {"disease": "Skin Cancer"})
    app.run()
    assert parameters(app) == QUESTION | {"disease": "Skin Cancer"}
    app.switch_page(GENES).run()
    assert parameters(app) == QUESTION
    app.switch_page(PREDICT).run()
    assert parameters(app) == QUESTION | {"disease": "Skin Cancer"}


@pytest.mark.parametrize(
    ("name", "longest"),
    [("gene", 40), ("set", 200), ("fragment", 1000), ("pathway", 200), ("map_gene", 40)],
)
def test_an_overlong_choice_is_left_out(name: str, longest: int) -> None:
    fits = parse_qs(urlencode(QUESTION | {name: "x" * longest}))
    assert getattr(link.parse(fits), name) == "x" * longest
    found = link.parse(parse_qs(urlencode(QUESTION | {name: "x" * (longest + 1)})))
    assert getattr(found, name) == ""
    assert found.compound == "imatinib"
    assert f"The {name} in this link is longer than {longest}" in found.left_out


def _another_fragment(app: AppTest, smiles: str) -> str:
    """A fragment of the compound that is not the strongest."""
    strongest = app.session_state[state.PATHWAYS_FRAGMENT]
    fragments = brics_fragments(read_molecule(smiles))
    return next(f.smiles for f in fragments if f.smiles != strongest)
