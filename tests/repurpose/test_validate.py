"""The validation of reversal on scores whose answer is known."""

import numpy as np
import pytest

from badger_core.ranks import average_ranks
from badger_core.repurpose.connectivity import METHODS
from badger_core.repurpose.indications import DM, HUB, NEW, NOT, SYM
from badger_core.repurpose.validate import by_disease, redrawn, summarised
from badger_core.repurpose.validate_cases import INDICATED, LIBRARY, Cases, cases, class_weights
from badger_core.repurpose.validate_checks import (
    against_not,
    one_per_class,
    right_disease,
    subset,
)
from badger_core.repurpose.validate_rankers import (
    POPULARITY,
    PRIMARY,
    PROMISCUITY,
    Ranker,
    rankers,
    specificity,
)
from badger_core.repurpose.validate_report import validation
from badger_core.repurpose.validate_scores import (
    CONSENSUS,
    KINDS,
    MEASURED,
    Scores,
    measured_changes,
)

SIZE = 60


@pytest.fixture(scope="module")
def known() -> Cases:
    """Three diseases with six DM drugs each, apart; two SYM and one NOT drug of the first."""
    words = np.full((3, SIZE), NEW, object)
    for at in range(3):
        words[at, 6 * at : 6 * at + 6] = DM
    words[0, 20:22], words[0, 22] = SYM, NOT
    words[0, 23] = HUB
    keys = np.array([f"drug{at:02d}" for at in range(SIZE)])
    everything = np.ones(SIZE, bool)
    return Cases(
        keys,
        ("DOID:1", "DOID:2", "DOID:3"),
        ("first", "second", "third"),
        words.astype(str),
        np.zeros((3, SIZE), int),
        {INDICATED: np.arange(SIZE) < 40, LIBRARY: everything},
        np.zeros(SIZE),
        np.zeros(SIZE, int),
        keys,
        keys,
    )


@pytest.fixture(scope="module")
def planted(known: Cases) -> Ranker:
    """Finds the drugs of each disease, and them only."""
    noise = np.random.default_rng(0).uniform(0, 1, known.known.shape)
    return Ranker(PRIMARY, "ours", "planted", noise + 2.0 * (known.known == DM))


@pytest.fixture(scope="module")
def general(planted: Ranker, known: Cases) -> Ranker:
    """Finds the drugs of all three diseases under any of them."""
    any_of = (known.known == DM).any(axis=0)
    noise = np.random.default_rng(1).uniform(0, 1, SIZE)
    return Ranker("general", "plain", "planted", np.stack([noise + 2.0 * any_of] * 3))


def test_sides_leave_out_what_either_source_links_to_the_disease(known: Cases) -> None:
    positive, negative = known.sides(0, "DM", known.background[INDICATED])
    assert positive.tolist() == list(range(6))
    assert negative.tolist() == [*range(6, 20), *range(24, 40)]
    assert known.sides(0, "SYM", known.background[INDICATED])[0].tolist() == [20, 21]


def test_planted_drugs_are_found_and_the_others_are_not(known, planted, general) -> None:
    table = by_disease([planted, general], known, "DM", INDICATED, known.background[INDICATED])
    ours = table[table["ranker"] == PRIMARY]
    assert ours["auroc"].tolist() == [1.0] * 3
    assert ours["n_known"].tolist() == [6] * 3
    # of 36 with 6 known, two places are the top 5 %: a third of the known in 1/18 of all
    assert ours["ef5"].iloc[0] == pytest.approx((2 / 6) / (2 / 36))
    summary = summarised(table, [planted, general]).set_index("ranker")
    lead = 1 - table.loc[table["ranker"] == "general", "auroc"].mean()
    assert summary.loc["general", "lead"] == pytest.approx(lead)
    assert summary.loc[PRIMARY, "lead"] == 0
    drawn = redrawn([planted, general], known).set_index("ranker")
    assert drawn.loc[PRIMARY, "auroc_low"] == 1.0
    assert drawn.loc["general", "lead_low"] > 0


def test_only_what_is_specific_passes_the_test_of_the_right_disease(
    known, planted, general
) -> None:
    right = right_disease(planted, known)
    assert right.right == 1.0
    assert right.table["place"].tolist() == [1, 1, 1]
    # one deal in six is the right one
    assert right.p == pytest.approx(1 / 6, abs=0.02)
    few = right_disease(planted, known, among=[0, 2])
    assert few.table["disease"].tolist() == ["first", "third"]
    assert few.p == pytest.approx(1 / 2, abs=0.02)
    wrong = right_disease(general, known)
    assert wrong.right == pytest.approx(wrong.others)
    assert wrong.p == 1.0


def test_specificity_takes_away_what_a_drug_has_in_all_diseases(planted) -> None:
    scores = planted.scores + 5.0 * np.linspace(0, 1, SIZE)
    specific, mean = specificity(scores)
    assert abs(np.corrcoef(specific[0], mean[0])[0, 1]) < 0.6
    z = (scores - scores.mean(axis=1, keepdims=True)) / scores.std(axis=1, keepdims=True)
    assert specific[1] == pytest.approx(z[1] - (z[0] + z[2]) / 2)


def test_against_not_counts_pairs_by_hand(known, planted) -> None:
    found = against_not(planted, known)
    assert (found["n_dm"], found["n_not"], found["n_pairs"]) == (18, 1, 6)
    assert found["within"]["value"] == 1.0


def test_a_class_counts_once(known, planted) -> None:
    assert class_weights(np.array(["a", "b", "a"])).tolist() == [0.5, 1.0, 0.5]
    alone = one_per_class(planted, known, known.moa, "mechanism")
    assert (alone["n_diseases"], alone["auroc"]) == (3, 1.0)
    few = np.where(np.arange(SIZE) < 3, "same", known.moa)
    assert one_per_class(planted, known, few, "mechanism")["n_diseases"] == 2


def test_a_subset_is_the_same_for_all_rankers(known, planted, general) -> None:
    scores = general.scores.copy()
    scores[:, :2] = np.nan
    rows = subset([planted, general._replace(scores=scores)], known, np.ones(SIZE, bool), "some")
    assert [row["n_diseases"] for row in rows] == [2, 2]  # the first disease has four left


def test_the_cases_of_the_bundle(bundle) -> None:
    listed = bundle.diseases.indications
    hub = set(bundle.library.hub["ik14"])
    keys = sorted(set(listed["ik14"]) & hub)
    found = cases(bundle, keys)
    assert found.known.shape == (49, len(keys))
    at = found.diseases.index("hypertension")
    dm = listed[(listed["doid"] == found.doids[at]) & (listed["category"] == "DM")]
    assert set(found.keys[found.known[at] == DM]) == set(dm["ik14"]) & hub
    one = found.keys.tolist().index(dm["ik14"].iloc[0])
    rows = listed[(listed["ik14"] == dm["ik14"].iloc[0]) & (listed["category"] != "NOT")]
    assert found.others[at, one] == rows["doid"].nunique() - 1


def test_measured_signatures_are_means_of_normal_scores(bundle) -> None:
    keys, changes = measured_changes(bundle, CONSENSUS)
    assert list(keys) == sorted(set(keys))
    table = bundle.signatures.table
    table = table[table["kind"] == "pooled"]
    own = table[table["ik14"] == keys[5]]
    if len(own) == 1:
        values = bundle.signatures.values(own["row"].to_numpy(int))
        assert np.array_equal(average_ranks(values)[0], average_ranks(changes[5:6])[0])


def test_the_whole_of_it_on_planted_reversal(bundle) -> None:
    """Known drugs reverse their disease, and nothing else does: it is found and said."""
    hub = set(bundle.library.hub["ik14"])
    keys = np.array(sorted(set(bundle.diseases.indications["ik14"]) & hub))
    known = cases(bundle, keys)
    random = np.random.default_rng(2)
    shape = (*known.known.shape, 2)
    planted = random.normal(0, 0.1, shape) - 1.0 * (known.known == DM)[:, :, None]
    scores = Scores(
        keys,
        ("A375", "MCF7"),
        dict.fromkeys(METHODS, planted),
        {(kind, method): random.normal(size=shape[:2]) for kind in KINDS for method in METHODS},
        np.ones(len(keys)),
        np.arange(len(keys)) % 2 == 0,
        {},
    )
    ranked = {each.name: each for each in rankers(bundle, scores, known, 1)}
    assert ranked[PRIMARY].scores == pytest.approx(-planted.mean(axis=2))
    assert {PROMISCUITY, POPULARITY, f"measured mean {next(iter(METHODS))}"} <= set(ranked)
    found = validation(bundle, scores, {"predictions": "planted"})
    assert found.record["primary"]["auroc"] > 0.99
    assert found.record["primary"]["n_diseases"] == 30
    assert found.record["right_disease"][PRIMARY]["p"] < 0.001
    assert "well" in found.record["sentence"]
    assert " it shows that" in found.record["sentence"]
    random_measured = found.record["right_disease"][f"measured mean {next(iter(METHODS))}"]
    assert random_measured["p"] > 0.001
    assert MEASURED in KINDS
