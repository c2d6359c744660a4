"""The trial of many visitors judges rightly: a wrong, a crossed and a missing answer are found."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from badger_core.genes.panel import GenePanel
from badger_core.plots.gene_bars import gene_bars_html
from badger_core.predict.ranking import Ranking, rank_genes
from scripts.load import figures, shown
from scripts.load.judge import CROSSED, RIGHT, WRONG, Answered, _key, _strongest, verdict_on
from scripts.load.questions import Question, Questions
from scripts.load.server import Sample
from scripts.load.wire import Wire

ASPIRIN, OTHER = Question("aspirin", "A375"), Question("ethanol", "PC3")


@pytest.fixture(scope="module")
def panel() -> GenePanel:
    genes = range(1, 61)
    return GenePanel(pd.DataFrame({"entrez": genes, "symbol": [f"G{at}" for at in genes]}))


def ranking(panel: GenePanel, seed: int) -> Ranking:
    members = np.random.default_rng(seed).normal(size=(3, len(panel.entrez))).astype(np.float32)
    return Ranking(rank_genes(panel, members), {})


def put(wire: Wire, place: int, **content: str) -> None:
    """An element as the server sends it."""
    message = ForwardMsg()
    message.metadata.delta_path.extend((0, place))
    element = message.delta.new_element
    if "html" in content:
        element.html.body = content["html"]
    elif "error" in content:
        element.alert.body, element.alert.format = content["error"], Alert.ERROR
    wire._take(message)


def page(of: Ranking, question: Question, about: str = "") -> Wire:
    """The page Predict, as far as it is read."""
    wire = Wire("", 1)
    title = f"{question.compound} in {question.cell}{about}"
    count = "<span class='count'>60 genes ranked</span>"
    put(wire, 0, html=f"<h2 class='result'>{title}: {count}</h2>")
    put(wire, 1, html=gene_bars_html(of.table, 20))
    message = ForwardMsg()
    message.metadata.delta_path.extend((0, 2))
    table = message.delta.new_element.dataframe
    table.alt = "Top 25 up"
    table.arrow_data.data = convert_pandas_df_to_arrow_bytes(of.top("up", 25))
    wire._take(message)
    return wire


def verdict(wire: Wire, asked: Question, truths: dict[Question, Ranking]) -> str:
    owner = {_key(_strongest(truth)): question for question, truth in truths.items()}
    found = shown.answer(wire)
    assert found is not None
    return verdict_on(Answered(asked, found), truths[asked], owner)


def test_right_wrong_and_crossed_answers_are_told_apart(panel) -> None:
    truths = {ASPIRIN: ranking(panel, 1), OTHER: ranking(panel, 2)}
    own = truths[ASPIRIN]
    assert verdict(page(own, ASPIRIN), ASPIRIN, truths) == RIGHT
    assert verdict(page(own, ASPIRIN, " (Skin Cancer)"), ASPIRIN, truths) == RIGHT
    assert verdict(page(truths[OTHER], ASPIRIN), ASPIRIN, truths) == CROSSED
    assert verdict(page(truths[OTHER], OTHER), ASPIRIN, truths) == CROSSED
    assert verdict(page(own, OTHER), ASPIRIN, truths) == CROSSED
    assert verdict(page(ranking(panel, 3), ASPIRIN), ASPIRIN, truths) == WRONG
    table = own.table.copy()
    table.loc[0, "score"] += 1e-5
    assert verdict(page(Ranking(table, {}), ASPIRIN), ASPIRIN, truths) == WRONG


def test_a_figure_of_another_answer_beside_the_right_table_is_found(panel) -> None:
    truths = {ASPIRIN: ranking(panel, 1), OTHER: ranking(panel, 2)}
    wire = page(truths[ASPIRIN], ASPIRIN)
    put(wire, 1, html=gene_bars_html(truths[OTHER].table, 20))
    assert verdict(wire, ASPIRIN, truths) != RIGHT


def test_a_page_without_ranking_is_no_answer_and_errors_are_read() -> None:
    wire = Wire("", 1)
    put(wire, 0, html="<h1 class='title'>Which genes does a compound move?</h1>")
    put(wire, 1, error="Something went wrong")
    assert shown.answer(wire) is None
    assert shown.headings(wire) == ["Which genes does a compound move?"]
    assert shown.errors(wire) == ["Something went wrong"]


def test_a_new_run_forgets_the_page_and_a_repeated_message_comes_by_its_name(panel) -> None:
    wire = page(ranking(panel, 1), ASPIRIN)
    kept = ForwardMsg(hash="h")
    kept.metadata.cacheable = True
    kept.metadata.delta_path.extend((0, 7))
    kept.delta.new_element.html.body = "large"
    wire._take(kept)
    new = ForwardMsg()
    new.new_session.page_script_hash = "page"
    wire._take(new)
    assert wire.shown == {}
    again = ForwardMsg(ref_hash="h")
    again.metadata.delta_path.extend((0, 9))
    wire._take(again)
    assert wire.shown[(0, 9)].html.body == "large"


def test_no_pair_is_asked_twice_nor_a_name_that_means_another_entry() -> None:
    class Library:
        hub = pd.DataFrame({"name": ["a", "a-1", "b", "c"]})

        @staticmethod
        def find(name: str) -> SimpleNamespace:
            return SimpleNamespace(name=name.removesuffix("-1"))

    class Cells:
        usable = pd.DataFrame({"display_name": ["x", "y"]})

    class Bundle:
        library, cells = Library, Cells

    questions = Questions(Bundle, 0)
    asked = {questions.next() for _ in range(6)}
    assert len(asked) == 6
    assert {one.compound for one in asked} == {"a", "b", "c"}


def test_the_slope_of_the_memory_is_that_of_the_line() -> None:
    samples = [
        Sample(float(at), 500 + 3 * at / 60, at / 2, at * 2, "crowd") for at in range(400)
    ] + [Sample(500.0, 300, 200, 800, "after")]
    found = figures.memory(samples, "crowd", "after")
    assert found["mb_per_minute"]["slope"] == pytest.approx(3)
    assert found["mb_per_1000_predictions"]["slope"] == pytest.approx(3 / 60 / 2 * 1000)
    assert found["after_all_left_mb"] == 300
    assert found["mb_per_minute"]["low"] == pytest.approx(3)
    assert figures.processor(samples, "crowd")["busy_processors"] == pytest.approx(0.5)
