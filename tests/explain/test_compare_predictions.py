"""Comparisons of real predictions: trust, pathways, and agreement with a single explanation."""

import numpy as np
import pytest

from badger_core.data.bundle import Bundle
from badger_core.explain.compare import Comparison, ask_all, contrast
from badger_core.explain.compare_pathways import attended_pathways, shared_sets
from badger_core.explain.compare_trust import trust_table
from badger_core.explain.prediction import explain_prediction
from badger_core.pathways.enrichment import ORA, enrich
from badger_core.pathways.enrichment_sets import choose_sets
from badger_core.predict.ask import read_cell, read_compound
from badger_core.predict.measured import agreement, measured_pair
from badger_core.predict.predictor import Predictor


@pytest.fixture(scope="module")
def compared(bundle: Bundle, predictor: Predictor) -> Comparison:
    compounds = [read_compound(bundle.library, name) for name in ("vemurafenib", "selumetinib")]
    lines = [read_cell(bundle.cells, name) for name in ("A375", "SKMEL28")]
    return ask_all(predictor.rank, compounds, lines)


def test_scores_are_those_of_the_predictor(compared: Comparison, predictor: Predictor) -> None:
    table = predictor.ask("selumetinib", "A375").table
    row = compared.ranking(compared.labels.index("selumetinib · A375"))
    assert row["entrez"].tolist() == table["entrez"].tolist()
    assert row["score"].tolist() == table["score"].tolist()


def test_trust_says_what_the_manifests_say(compared: Comparison, bundle: Bundle) -> None:
    table = trust_table(compared, bundle.signatures, bundle.genes)
    manifest = compared.manifests[0]
    first = table.iloc[0]
    assert first["seen_before"] == manifest["familiarity"]["badge"]
    assert first["confidence"] == manifest["trust"]["confidence"]
    found = measured_pair(bundle.signatures, compared.pairs["ik14"][0], "A375")
    expected = agreement(found, compared.ranking(0), bundle.genes.entrez)
    assert first["measured_spearman"] == pytest.approx(expected, abs=1e-4)
    unmeasured = table["measured_signatures"] == 0
    assert table.loc[unmeasured, "measured_spearman"].isna().all()


def test_trust_of_a_contrast_keeps_its_rows(compared: Comparison, bundle: Bundle) -> None:
    whole = trust_table(compared, bundle.signatures, bundle.genes)
    own = trust_table(contrast(compared), bundle.signatures, bundle.genes)
    columns = ["pair", "seen_before", "confidence"]
    assert own[columns].equals(whole[columns])


def test_attention_is_that_of_a_single_explanation(
    compared: Comparison, bundle: Bundle, predictor: Predictor
) -> None:
    table = attended_pathways(compared, predictor.ensemble, bundle.pathways.vocabulary)
    asked, line = compared.questions[3]
    one = explain_prediction(predictor.ensemble, asked.molecule, line, bundle)
    shown = table.set_index("pathway")[compared.labels[3]].reindex(one.pathways["pathway"])
    assert shown.to_numpy() == pytest.approx(one.through.mean(axis=0), abs=2e-6)
    assert np.all(np.diff(table["mean"]) <= 0)


def test_shared_sets_are_those_of_each_ranking(compared: Comparison, bundle: Bundle) -> None:
    sets = choose_sets(bundle.pathways.table, bundle.genes.entrez, "hallmark")
    table = shared_sets(compared, sets, 100, "down").set_index("pathway")
    found = enrich(compared.ranking(1), sets, ORA, 100)
    found = found[found["direction"] == "down"].set_index("pathway")
    label = compared.labels[1]
    assert table[label].reindex(found.index).to_numpy() == pytest.approx(
        found["ratio"].to_numpy(), abs=1e-3
    )
    assert table["n_rankings"].is_monotonic_decreasing
