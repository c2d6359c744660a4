"""What held-out predictions teach: confidence, chances of genes, domain, and the record of it."""

import json

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.evaluation.ranking import precision_at_k
from badger_core.evaluation.trust import TOP, Trust

PAIRS, GENES = 400, 978


@pytest.fixture(scope="module")
def held_out():
    """Predictions whose strength says how much of the truth they hold."""
    chance = np.random.default_rng(0)
    skill = chance.random(PAIRS)
    truth = chance.normal(size=(PAIRS, GENES))
    noise = chance.normal(size=(PAIRS, GENES))
    predicted = skill[:, None] * truth + (1 - skill[:, None]) * noise
    signs = pd.DataFrame(
        {
            "strength": skill,
            "agreement": chance.random(PAIRS),
            "structure": np.linspace(0.1, 0.9, PAIRS),
            "line": np.ones(PAIRS),
            "known": np.ones(PAIRS),
        }
    )
    outcome = np.mean([precision_at_k(truth, predicted, TOP, d) for d in ("up", "down")], axis=0)
    return signs, outcome, truth, predicted, np.arange(PAIRS) // 2


@pytest.fixture(scope="module")
def trust(held_out):
    return Trust.fit(*held_out)


def test_a_stronger_prediction_is_trusted_more(trust, held_out):
    signs = held_out[0]
    order = signs["strength"].argsort()
    confidence = trust.confidence.predict(signs)
    assert confidence[order[-20:]].mean() > 0.9
    assert confidence[order[:20]].mean() < 0.4


def test_chances_fall_from_the_head_and_lie_above_luck_there(trust):
    score = np.linspace(1, -1, GENES)
    up, down = trust.of_genes(score, 0.9)
    assert (np.diff(up) <= 1e-12).all()
    assert (np.diff(down) >= -1e-12).all()
    assert up[0] > 0.6
    assert up[-1] < 0.1


def test_a_sure_prediction_gives_its_first_gene_a_better_chance(trust):
    score = np.linspace(1, -1, GENES)
    assert trust.of_genes(score, 0.95)[0][0] > trust.of_genes(score, 0.3)[0][0] + 0.2


@pytest.mark.parametrize(
    ("structure", "expected"), [(0.8, "inside"), (0.25, "edge"), (0.11, "outside")]
)
def test_the_domain_goes_by_the_quantiles_of_what_was_held_out(trust, structure, expected):
    one = pd.DataFrame({"structure": [structure], "line": [1.0]})
    assert trust.domain(one) == {"structure": expected, "line": "inside"}


def test_what_is_unknown_is_outside_and_rounding_is_not(trust):
    one = pd.DataFrame({"structure": [0.8], "line": [np.nan]})
    assert trust.domain(one)["line"] == "outside"
    one["line"] = 0.9999
    assert trust.domain(one)["line"] == "inside"


def test_the_record_survives_json(trust, held_out):
    again = Trust.from_dict(json.loads(json.dumps(trust.to_dict())))
    assert again == trust
    assert again.n == PAIRS


def test_another_record_is_refused():
    with pytest.raises(SettingError, match="no record"):
        Trust.from_dict({"confidence": 3})
