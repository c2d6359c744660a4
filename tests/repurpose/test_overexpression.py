"""Matching drugs to gains of a gene: by hand, by a second implementation, and planted truths."""

import numpy as np
import pandas as pd
import pytest

from badger_core.data.perturbation import overexpressions
from badger_core.diseases.signature import DiseaseSignature
from badger_core.diseases.signature_report import SignatureReport
from badger_core.errors import SettingError
from badger_core.repurpose.connectivity import COSINE, connectivity
from badger_core.repurpose.hypotheses import Hypotheses
from badger_core.repurpose.overexpression import Gains, likeness, read_gains
from badger_core.repurpose.overexpression_column import beside, told_or_why
from badger_core.repurpose.overexpression_match import best_matches, match_table, match_words
from badger_core.repurpose.overexpression_null import LibraryNull, chance, library_null
from badger_core.repurpose.overexpression_recovery import (
    ACTIVATOR,
    INHIBITOR,
    MEASURED,
    PREDICTED,
    Drugs,
    action,
    recovery,
)
from badger_core.repurpose.overexpression_words import acts_fact, recovery_words
from badger_core.repurpose.predictions import SCREENED, Predictions, library_predictions

S, M, G = 1200, 30, 150


@pytest.fixture(scope="module")
def gains() -> Gains:
    random = np.random.default_rng(0)
    values = random.normal(size=(M, G)) * (random.random((M, G)) < 0.15)
    entrez = np.arange(1, M + 1)
    symbol = [f"GENE{number}" for number in entrez]
    table = pd.DataFrame({"entrez": entrez, "symbol": symbol, "landmarks": (values != 0).sum(1)})
    return Gains(table, values)


def predictions(changes: np.ndarray, lines: tuple[str, ...] = ("A", "B")) -> Predictions:
    keys = [f"K{at:05d}" for at in range(changes.shape[1])]
    shape = changes.shape[:2]
    zeros, words = np.zeros(shape, np.float32), np.full(shape, "")
    return Predictions(
        pd.DataFrame({"ik14": keys, "name": keys}), lines, changes.astype(np.float32),
        zeros, zeros, words, words, words, (SCREENED,) * len(lines),
    )  # fmt: skip


@pytest.fixture(scope="module")
def changes(gains: Gains) -> np.ndarray:
    """A library of correlated genes with a shared part; drug 0 is like gene 3, 1 against 7."""
    random = np.random.default_rng(1)
    factors = random.normal(size=(5, G))
    shared = random.normal(size=(2, 1, G))
    drugs = random.normal(size=(2, S, 5)) @ factors + random.normal(size=(2, S, G))
    drugs[:, 0] += 6 * gains.values[3]
    drugs[:, 1] -= 6 * gains.values[7]
    return shared + drugs


@pytest.fixture(scope="module")
def null(changes: np.ndarray, gains: Gains) -> LibraryNull:
    return library_null(predictions(changes), gains)


def test_cosines_by_hand() -> None:
    two = Gains(pd.DataFrame({"entrez": [1, 2]}), np.array([[3.0, 4.0, 0.0], [0.0, 0.0, 1.0]]))
    found = likeness(np.array([[3.0, 4.0, 0.0], [-3.0, -4.0, 0.0], [0.0, 0.0, 0.0]]), two)
    np.testing.assert_allclose(found[:2], [[1, 0], [-1, 0]])
    assert np.isnan(found[2]).all()
    with pytest.raises(SettingError, match="same panel"):
        likeness(np.zeros((1, 4)), two)


def test_one_product_says_what_connectivity_says_one_by_one(gains: Gains) -> None:
    drugs = np.random.default_rng(2).normal(size=(7, G))
    drugs[2, 5:40] = np.nan
    found = likeness(drugs, gains)
    for at in (0, 4, 29):
        signature = DiseaseSignature("x", gains.values[at], (), (), "", report(), listed=True)
        np.testing.assert_allclose(found[:, at], connectivity(drugs, signature, COSINE))


def report() -> SignatureReport:
    return SignatureReport("f", "table", "z", 1, 1, 1, "Entrez ids")


def test_the_shipped_gains_leave_out_a_genes_own_transcript(bundle) -> None:
    found = read_gains(bundle.genes)
    assert len(found.table) == 399
    assert found.table["landmarks"].min() == 9
    rows = overexpressions()
    own = rows[(rows["gene"] == rows["perturbagen"]) & rows["landmark"]]
    place = {entrez: at for at, entrez in enumerate(found.table["entrez"])}
    both = [e for e in own["gene"] if e in place]
    assert len(both) == 34
    assert all(found.values[place[e], bundle.genes.index[int(e)]] == 0 for e in both)
    first = int(found.table["entrez"].iat[0])
    one = rows[(rows["perturbagen"] == first) & rows["landmark"] & (rows["gene"] != first)]
    at = [bundle.genes.index[int(gene)] for gene in one["gene"]]
    np.testing.assert_allclose(found.values[0][at], one["z"], rtol=1e-6)
    assert (found.values[0] != 0).sum() == len(one)


def test_planted_matches_are_found_and_have_the_right_direction(
    changes: np.ndarray, null: LibraryNull
) -> None:
    like = match_table(changes[:, 0], "K00000", null)
    against = match_table(changes[:, 1], "K00001", null)
    assert like["match"].iat[0] == "acts like gain of GENE4"
    assert against["match"].iat[0] == "acts against gain of GENE8"
    assert like["fdr"].iat[0] < 0.05
    assert like["p"].iat[0] == pytest.approx(1 / S)
    assert like["z"].iat[0] > 4 > -4 > against["z"].iat[0]
    assert like["percentile"].max() == like["percentile"].iat[0]
    assert "acts like gain of GENE4" in match_words(like)


def test_the_opposite_drug_has_the_opposite_scores(changes: np.ndarray, null: LibraryNull) -> None:
    mean = changes.mean(axis=1)
    own = match_table(changes[:, 40], "new", null).set_index("symbol")
    turned = match_table(2 * mean - changes[:, 40], "new", null).set_index("symbol")
    np.testing.assert_allclose(turned["score"].reindex(own.index), -own["score"], atol=1e-6)


def test_p_of_the_library_itself_is_its_ranks(null: LibraryNull) -> None:
    """Exchangeable compounds: each p of a gene comes up once, so no more are small than by luck."""
    p = chance(null.z.astype(float), null.ik14, null)
    for gene in (0, 11):
        np.testing.assert_allclose(np.sort(p[:, gene]), np.arange(1, S + 1) / S, atol=2e-3)


def test_a_drug_is_not_set_against_itself(changes: np.ndarray, null: LibraryNull) -> None:
    inside = match_table(changes[:, 0], "K00000", null).set_index("symbol")["p"]
    outside = match_table(changes[:, 0], "other", null).set_index("symbol")["p"]
    assert inside["GENE4"] == pytest.approx(1 / S)
    assert outside["GENE4"] == pytest.approx(2 / (S + 1))


def test_the_column_says_what_the_table_says(changes: np.ndarray, null: LibraryNull) -> None:
    keys = null.ik14
    column = best_matches(changes, keys, null)
    assert column["acts"].iat[0] == "acts like gain of GENE4"
    assert column["acts"].iat[1] == "acts against gain of GENE8"
    for at in (0, 1, 2, 77, 500):
        first = match_table(changes[:, at], keys[at], null).iloc[0]
        sure = first["fdr"] < 0.05
        assert column["acts"].iat[at] == (first["match"] if sure else "")
        if sure:
            assert column["acts_fdr"].iat[at] == pytest.approx(first["fdr"], abs=1e-9)
    assert (column["acts"] != "").mean() < 0.05
    some = best_matches(changes[:, [5, 0]], keys[[5, 0]], null)
    assert some["acts"].tolist() == column["acts"].iloc[[5, 0]].tolist()


def test_a_drug_without_effect_matches_nothing(changes: np.ndarray, null: LibraryNull) -> None:
    table = match_table(changes.mean(axis=1), "mean", null)
    assert not (table["fdr"] < 0.05).any()
    assert "no gene matches beyond chance" in match_words(table)


def test_inhibitors_that_oppose_their_targets_are_noticed() -> None:
    random = np.random.default_rng(3)
    z = random.normal(size=(200, M))
    keys = np.array([f"K{at}" for at in range(200)])
    gene = random.integers(0, M, 200)
    kind = np.where(np.arange(200) < 150, INHIBITOR, ACTIVATOR)
    pairs = pd.DataFrame({"ik14": keys, "gene": gene, "action": kind})
    none = recovery(Drugs(keys, z, ("A",)), pairs, PREDICTED, 400)
    assert none["action"].tolist() == [INHIBITOR, ACTIVATOR]
    assert none["p"].min() > 0.01
    np.testing.assert_allclose(none["chance"], 50, atol=3)
    planted = z.copy()
    planted[np.arange(200), gene] += np.where(kind == INHIBITOR, -1.5, 1.5)
    found = recovery(Drugs(keys, planted, ("A",)), pairs, PREDICTED, 400).set_index("action")
    assert found.loc[INHIBITOR, "percentile"] < 25 < 75 < found.loc[ACTIVATOR, "percentile"]
    assert (found["p"] < 0.01).all()
    assert found.loc[INHIBITOR, "lowest_tenth"] > 0.3


def test_mechanisms_that_say_both_count_as_neither() -> None:
    assert action(["EGFR inhibitor", "dopamine receptor antagonist"]) == INHIBITOR
    assert action(["estrogen receptor agonist"]) == ACTIVATOR
    assert action(["serotonin receptor agonist", "calcium channel blocker"]) == ""
    assert action(["antibiotic"]) == action(None) == ""


@pytest.mark.parametrize(
    ("predicted", "measured", "said"),
    [(0.001, 0.3, "Measured signatures do not show it"), (0.4, 0.3, "Neither shows it")],
)
def test_the_words_follow_the_figures(predicted: float, measured: float, said: str) -> None:
    rows = [
        (PREDICTED, INHIBITOR, 40.0, 48.0, predicted, 10, 12),
        (MEASURED, INHIBITOR, 49.0, 50.0, measured, 5, 6),
    ]
    columns = ["source", "action", "percentile", "chance", "p", "drugs", "pairs"]
    words = recovery_words(pd.DataFrame(rows, columns=columns))
    assert said in words
    assert "targets of 10 inhibitors stand at percentile 40" in words
    assert recovery_words(None) == ""


def test_without_the_table_the_list_stays_as_it_is(bundle, measured, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    lines = [bundle.cells.line(name) for name in measured.lines]
    told, why = told_or_why(bundle, measured, lines)
    assert told is None
    assert "build-perturbation" in why
    none = pd.DataFrame()
    found = Hypotheses(pd.DataFrame({"ik14": ["K"]}), none, none, none, none, {})
    assert beside(found, None) is found


def test_a_short_list_is_held_to_the_shipped_library(bundle, measured, tmp_path) -> None:
    lines = [bundle.cells.line("A375")]
    library = library_predictions(bundle, None, lines, tmp_path)
    some = library._replace(
        compounds=library.compounds.iloc[:40].reset_index(drop=True),
        changes=library.changes[:, :40],
    )
    told, why = told_or_why(bundle, some, lines)
    assert why == ""
    every, _ = told_or_why(bundle, library, lines)
    pd.testing.assert_frame_equal(told, every.head(40), rtol=1e-4)
    assert 0 < (every["acts"] != "").sum() < 0.1 * len(every)
    other = [bundle.cells.line("HT115")]
    told, why = told_or_why(bundle, some._replace(lines=("HT115",)), other)
    assert told is None
    assert "too short to tell" in why


def test_the_card_says_it_or_nothing() -> None:
    row = {"acts": "acts like gain of HSF1", "acts_fdr": 0.01}
    assert acts_fact(row) == [("Acts", "like gain of HSF1, FDR 0.010")]
    assert acts_fact({"acts": ""}) == acts_fact({}) == []
