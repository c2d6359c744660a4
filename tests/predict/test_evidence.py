"""What stands beside a ranking: of a measured and of an unmeasured pair."""

import json

import numpy as np
import pytest

from badger_core.data.bundle import Bundle
from badger_core.paths import benchmark_dir
from badger_core.predict.ask import read_cell, read_compound
from badger_core.predict.baselines import Baselines
from badger_core.predict.evidence import MEASURED, Evidence, beside, gather
from badger_core.predict.predictor import Predictor
from badger_core.predict.ranking import Ranking

MEMBERS = [({"GPXBXXGIAQBQNI"}, {"A375"}), ({"GPXBXXGIAQBQNI"}, {"MCF7"})]


@pytest.fixture(scope="module")
def baselines(bundle: Bundle) -> Baselines:
    return Baselines(bundle)


def ask(
    predictor: Predictor, baselines: Baselines, compound: str, cell: str
) -> tuple[Ranking, Evidence]:
    bundle = predictor.bundle
    asked, line = read_compound(bundle.library, compound), read_cell(bundle.cells, cell)
    answer = predictor.rank(asked, line)
    return answer, gather(bundle, baselines, MEMBERS, benchmark_dir(), answer, asked, line)


def test_a_measured_pair(predictor: Predictor, baselines: Baselines) -> None:
    answer, found = ask(predictor, baselines, "vemurafenib", "A375")
    assert found.trained == 1
    assert found.baseline_agreement < found.agreement <= found.ceiling.bound
    shown = beside(answer, found, predictor.bundle.genes.entrez)
    assert shown.table.drop(columns=MEASURED).equals(answer.table)
    place = dict(zip(predictor.bundle.genes.entrez, found.measured.ranks, strict=True))
    expected = [place[entrez] for entrez in answer.table["entrez"]]
    np.testing.assert_allclose(shown.table[MEASURED], expected, atol=0.0051)
    record = json.loads(json.dumps(shown.manifest))["evidence"]
    assert record["measured"]["signatures"] == found.measured.n_signatures


def test_a_pair_that_was_not_measured(predictor: Predictor, baselines: Baselines) -> None:
    answer, found = ask(predictor, baselines, "imatinib", "MCF7")
    assert found.measured is found.ceiling is found.recovery is None
    assert np.isnan(found.agreement)
    shown = beside(answer, found, predictor.bundle.genes.entrez)
    assert shown.table.equals(answer.table)
    assert shown.manifest["evidence"]["measured"] is None
    assert shown.manifest["evidence"]["drug_free"]["compounds"] > 100


def test_a_ranking_without_trust_is_taken(predictor: Predictor, baselines: Baselines) -> None:
    bundle = predictor.bundle
    asked, line = read_compound(bundle.library, "imatinib"), read_cell(bundle.cells, "MCF7")
    answer = predictor.rank(asked, line)
    plain = Ranking(answer.table, answer.manifest | {"trust": None})
    folder = bundle.root  # holds none of the benchmark's tables
    found = gather(bundle, baselines, MEMBERS, folder, plain, asked, line)
    assert found.counted is None
    assert found.typical == (None, None)
