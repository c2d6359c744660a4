"""The column 'predicted sensitive' of a list, by hand."""

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import ResponseError
from badger_core.repurpose import sensitive as room
from badger_core.repurpose.hypotheses import Hypotheses
from badger_core.repurpose.library_file import Candidate
from badger_core.repurpose.sensitive import COLUMNS, beside, sensitive
from badger_core.repurpose.sensitive_words import sensitivity_fact

CANDIDATES = [Candidate(f"K{i}", f"drug{i}", "C" * (i + 1), "") for i in range(6)]


class Model:
    """AUC falls with the length of the SMILES; the first compound is like nothing tested."""

    def pairs(self, smiles: list[str], line: object) -> pd.DataFrame:
        auc = 15.0 - np.array([len(text) for text in smiles])
        like = np.where(np.arange(len(smiles)) == 0, 0.34, 0.35)
        return pd.DataFrame({"predicted": auc, "drug_specific": auc - 13, "likeness": like})


@pytest.fixture
def told(bundle) -> pd.DataFrame:
    lines = [bundle.cells.find(name) for name in ("A375", "MCF7")]
    return sensitive(Model(), CANDIDATES, lines, bundle.cells)


def test_the_most_killing_fifth_is_called_sensitive(told: pd.DataFrame) -> None:
    assert told["sensitive"].tolist() == ["unknown", "no", "no", "no", "no", "yes"]
    np.testing.assert_allclose(told["sensitive_percentile"][1:], [0, 25, 50, 75, 100])
    assert told["sensitive_auc"].tolist()[1:] == [13, 12, 11, 10, 9]
    assert np.isnan(told["sensitive_percentile"][0])


def test_without_a_line_that_has_expression_nothing_is_known(bundle) -> None:
    told = sensitive(Model(), CANDIDATES, [], bundle.cells)
    assert set(told["sensitive"]) == {"unknown"}


def listed() -> Hypotheses:
    """A list in another order, with a row without a drug."""
    table = pd.DataFrame({"rank": [1, 2, None], "ik14": ["K5", "K0", ""], "name": list("abc")})
    none = pd.DataFrame()
    return Hypotheses(table, none, none, none, none, {"lines": ["A375"]})


def test_rows_meet_by_structure_and_the_manifest_explains(told: pd.DataFrame) -> None:
    found = beside(listed(), told)
    assert found.table["sensitive"].tolist() == ["yes", "unknown", ""]
    assert found.table["rank"].tolist()[:2] == [1, 2]
    assert all(name in found.manifest["sensitive"] for name in COLUMNS)
    again = beside(found, told)
    pd.testing.assert_frame_equal(again.table, found.table)


def test_without_the_predictor_the_list_stays_as_it_is(monkeypatch, bundle) -> None:
    from badger_core.response.predictor import Sensitivity

    def missing() -> None:
        raise ResponseError("There are no tables.")

    monkeypatch.setattr(Sensitivity, "load", missing)
    told, why = room.told_or_why(CANDIDATES, [], bundle.cells)
    assert told is None
    assert why == "There are no tables."
    assert "sensitive" not in beside(listed(), told).table


def test_a_card_says_it_in_words(told: pd.DataFrame) -> None:
    rows = [row for _, row in told.iterrows()]
    assert sensitivity_fact(rows[5]) == [
        ("Kills the lines", "yes: more than 100% of the compounds do (predicted AUC 9.0)")
    ]
    assert "unlike every tested drug" in sensitivity_fact(rows[0])[0][1]
    assert sensitivity_fact(pd.Series({"name": "x"})) == []
