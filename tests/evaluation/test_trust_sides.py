"""What is learnt of the genes going up is not what is learnt of those going down."""

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.evaluation.trust import SURE, Trust

PAIRS, GENES = 30, 978


@pytest.fixture(scope="module")
def one_sided() -> Trust:
    """The genes predicted to rise do so; what is predicted to fall is chance. Some are missing."""
    rng = np.random.default_rng(1)
    truth = rng.normal(size=(PAIRS, GENES))
    predicted = np.where(truth > 0, truth, -np.abs(rng.normal(size=truth.shape)))
    truth[:, ::7] = np.nan
    signs = pd.DataFrame(
        {
            "strength": rng.random(PAIRS),
            "structure": np.linspace(0.0, 1.0, PAIRS),
            "line": np.ones(PAIRS),
        }
    )
    return Trust.fit(signs, rng.random(PAIRS), truth, predicted, np.arange(PAIRS) // 2)


def test_the_sides_have_tables_of_their_own(one_sided: Trust) -> None:
    score = np.linspace(1, -1, GENES)
    up, down = one_sided.of_genes(score, 0.5)
    assert up[:20].min() > 0.95
    assert down[-20:].max() < 0.95
    assert one_sided.up != one_sided.down


def test_the_bounds_of_the_domain_by_hand(one_sided: Trust) -> None:
    assert one_sided.quantiles["structure"] == pytest.approx((0.25, 0.05))
    assert one_sided.quantiles["line"] == (SURE, SURE)
    edge, outside = one_sided.quantiles["structure"]
    for structure, expected in (
        (edge, "inside"),
        (np.nextafter(edge, 0), "edge"),
        (outside, "edge"),
        (np.nextafter(outside, 0), "outside"),
    ):
        one = pd.DataFrame({"structure": [structure], "line": [SURE]})
        assert one_sided.domain(one) == {"structure": expected, "line": "inside"}


@pytest.mark.parametrize("gone", ["confidence", "up", "down", "quantiles", "n"])
def test_a_record_without_a_part_is_refused(one_sided: Trust, gone: str) -> None:
    record = one_sided.to_dict()
    assert Trust.from_dict(record) == one_sided
    del record[gone]
    with pytest.raises(SettingError, match="no record of trust"):
        Trust.from_dict(record)
