"""Repeats are collapsed, sources scaled and pairs weighted, by hand and on real data."""

import numpy as np
import pandas as pd
import pytest

from badger_core import schema
from badger_core.data.conditions import (
    KEYS,
    STRENGTH_KEPT,
    Conditions,
    gene_set_conditions,
    normal_scores,
    numeric_conditions,
    pooled_conditions,
    training_conditions,
)
from badger_core.data.signatures import SignatureStore
from badger_core.errors import SettingError

MISSING = -32768


def store(rows: list[dict], packed: list[list[int]], unit: float = 0.5) -> SignatureStore:
    """Signatures with the columns of the schema, whatever is not given being plain."""
    plain = {"kind": "numeric", "cell": "A375", "ik14": "X", "source": "one", "identity": "given"}
    plain |= {"dose_um": 10.0, "time_h": 24.0, "up": [], "down": [], "row": -1}
    filled = [plain | {"row": i} | row for i, row in enumerate(rows)]
    table = pd.DataFrame(filled).reindex(columns=list(schema.SIGNATURE_COLUMNS))
    values = {"values": np.array(packed, np.int16), "unit": np.full(len(packed), unit)}
    return SignatureStore(table, lambda: values)


# Two sources; the rows of "two" are ten times as wide.
ROWS = [
    {},
    {},  # a replicate of the first
    {"dose_um": 1.0},  # the same pair at another dose
    {"ik14": "Y", "identity": "reconstructed"},
    {"ik14": "Z", "source": "two"},
]
PACKED = [[2, -2, 2, -2], [4, 0, 0, -4], [2, -2, 2, -2], [-2, 2, 2, -2], [20, -20, 20, -20]]


@pytest.fixture
def by_hand():
    return numeric_conditions(store(ROWS, PACKED))


def test_replicates_are_averaged_and_sources_brought_to_one_scale(by_hand):
    # The sd of (1,-1,1,-1) is 1, of (2,0,0,-2) is sqrt(2): the median of source "one" is 1,
    # that of source "two" is 10. The replicates' mean has strength sqrt(5) / 2, of which the power
    # STRENGTH_KEPT is left.
    table = by_hand.table.set_index(["ik14", "dose_um"])
    change = dict(zip(table.index, by_hand.change.tolist(), strict=True))
    kept = (5**0.5 / 2) ** (STRENGTH_KEPT - 1)
    assert change["X", 10.0] == pytest.approx([1.5 * kept, -0.5 * kept, 0.5 * kept, -1.5 * kept])
    assert change["X", 1.0] == [1, -1, 1, -1]
    assert change["Y", 10.0] == [-1, 1, 1, -1]
    assert change["Z", 10.0] == [1, -1, 1, -1]
    assert table["n_rows"].to_dict() == dict.fromkeys(change, 1) | {("X", 10.0): 2}


def test_weights_by_hand(by_hand):
    # X has two conditions in A375, one of them the mean of two rows; Y is of uncertain identity.
    table = by_hand.table.set_index(["ik14", "dose_um"])
    assert table["weight"].to_dict() == pytest.approx(
        {
            ("X", 10.0): 2**0.25 * 0.5**0.5,
            ("X", 1.0): 0.5**0.5,
            ("Y", 10.0): 0.5,
            ("Z", 10.0): 1.0,
        }
    )


def test_strength_is_the_root_mean_square_and_the_strong_third_is_active(by_hand):
    strength = by_hand.table["strength"].to_numpy()
    assert strength == pytest.approx(np.sqrt((by_hand.change**2).mean(axis=1)))
    active = by_hand.table.set_index(["ik14", "dose_um"])["active"]
    assert active.to_dict() == {
        ("X", 10.0): True, ("X", 1.0): False, ("Y", 10.0): False, ("Z", 10.0): True,
    }  # fmt: skip


def test_a_power_of_the_strength_is_left():
    """Four times as strong counts twice, if the power is one half."""
    assert 0 < STRENGTH_KEPT < 1
    rows = [{"ik14": key} for key in "ABC"]
    conditions = numeric_conditions(store(rows, [[2, -2], [2, -2], [8, -8]]))
    strong = 4**STRENGTH_KEPT
    assert conditions.table["strength"].tolist() == pytest.approx([1, 1, strong])
    assert conditions.change == pytest.approx(np.array([[1, -1], [1, -1], [strong, -strong]]))


def test_a_doubtful_replicate_makes_the_condition_doubtful():
    rows = [{}, {"identity": "reconstructed (weak)"}]
    conditions = numeric_conditions(store(rows, [[2, -2], [2, -2]]))
    assert conditions.table["identity"].tolist() == ["reconstructed (weak)"]
    assert conditions.table["weight"].tolist() == pytest.approx([0.5 * 2**0.25])


def test_sixteen_rows_weigh_twice_as_much_as_one():
    rows = [{"ik14": "A"}, *({"ik14": "B"} for _ in range(16))]
    conditions = numeric_conditions(store(rows, [[2, -2]] * 17))
    assert conditions.table["weight"].tolist() == pytest.approx([1, 2])


def test_an_unknown_time_is_a_condition_of_its_own():
    rows = [{"time_h": np.nan}, {"time_h": np.nan}, {"time_h": 6.0}]
    conditions = numeric_conditions(store(rows, [[2, -2]] * 3))
    assert sorted(conditions.table["n_rows"]) == [1, 2]


def test_a_missing_gene_counts_as_unchanged():
    conditions = numeric_conditions(store([{}], [[2, MISSING, -2, 0]]))
    assert conditions.change[0, 1] == 0
    assert conditions.change[0, 0] == -conditions.change[0, 2] > 0


def test_pooled_signatures_become_normal_scores_of_their_ranks():
    conditions = pooled_conditions(store([{"kind": "pooled", "cell": ""}], [[400, -6, 10]]))
    # Ranks 3, 1, 2 of 3 genes: the quantiles .75, .25 and .5 of the normal distribution.
    assert conditions.change[0] == pytest.approx([0.67449, -0.67449, 0], abs=1e-5)


def test_normal_scores_by_hand():
    # Three ranks: the quartiles of the normal; ties share the middle of their ranks.
    found = normal_scores(np.array([[400, -6, 10], [1, 1, 2]]))
    assert found[0].tolist() == pytest.approx([0.6745, -0.6745, 0], abs=1e-4)
    assert found[1].tolist() == pytest.approx([-0.3186, -0.3186, 0.6745], abs=1e-4)


def test_gene_sets_become_signs():
    rows = [
        {"kind": "gene_set", "up": [11, 13], "down": [10, 14, 15]},
        {"kind": "gene_set", "up": [11], "down": [10, 12, 13]},  # fewer than five genes
        {"kind": "gene_set", "up": [10, 11, 12], "down": [12, 13, 14]},  # 12 is in both lists
    ]
    conditions = gene_set_conditions(store(rows, [[0]]), np.arange(10, 16))
    assert conditions.change.tolist() == [[-1, 1, 0, 1, -1, -1], [1, 1, 0, -1, -1, 0]]


def test_take_keeps_rows_together(conditions):
    taken = conditions.take(np.array([7, 3]))
    assert taken.table["ik14"].tolist() == conditions.table["ik14"].iloc[[7, 3]].tolist()
    assert (taken.change == conditions.change[[7, 3]]).all()
    assert len(taken) == 2


def test_real_conditions_are_distinct_complete_and_on_one_scale(conditions):
    assert len(conditions) == 6_319
    assert not conditions.table.duplicated(KEYS).any()
    assert conditions.table["n_rows"].sum() == 10_014
    assert np.isfinite(conditions.change).all()
    once = conditions.table["n_rows"] == 1
    spread = pd.Series(conditions.change.std(axis=1))[once]
    medians = spread.groupby(conditions.table["source"]).median()
    assert medians.between(0.5, 2).all()


def test_a_much_repeated_pair_weighs_less_than_its_conditions(conditions):
    total = conditions.table.groupby(["cell", "ik14"])["weight"].agg(["sum", "size"])
    assert total["sum"].max() < total["size"].max() / 2
    alone = conditions.table.groupby(["cell", "ik14"])["source"].transform("size") == 1
    once = (conditions.table["n_rows"] == 1) & (conditions.table["identity"] == "given")
    assert (conditions.table["weight"][alone & once] == 1).all()


def pairs_by_hand(rows):
    """Conditions of (kind, cell, ik14, identity, weight, n_rows, change)."""
    table = pd.DataFrame(
        [row[:6] for row in rows], columns=["kind", "cell", "ik14", "identity", "weight", "n_rows"]
    )
    table = table.assign(dose_um=1.0, time_h=6.0, source="one", strength=1.0, active=True)
    return Conditions(table, np.array([row[6] for row in rows], np.float32))


def test_pairs_by_hand():
    pairs = pairs_by_hand(
        [
            ("numeric", "MCF7", "X", "given", 3.0, 2, [4.0, 0.0]),
            ("numeric", "A375", "X", "given", 1.0, 1, [9.0, 9.0]),
            ("numeric", "MCF7", "X", "reconstructed", 1.0, 5, [0.0, -4.0]),
            ("pooled", "", "X", "given", 2.0, 1, [1.0, 1.0]),
            ("numeric", "MCF7", "Y", "given", 0.5, 1, [2.0, 2.0]),
        ]
    ).by_pair()
    assert pairs.table[["kind", "cell", "ik14"]].to_numpy().tolist() == [
        ["numeric", "A375", "X"],
        ["numeric", "MCF7", "X"],
        ["numeric", "MCF7", "Y"],
        ["pooled", "", "X"],
    ]
    assert pairs.change.tolist() == [[9, 9], [3, -1], [2, 2], [1, 1]]  # (3 x 4 + 0) / 4, -4 / 4
    assert pairs.table["weight"].tolist() == [1, 4, 0.5, 2]
    assert pairs.table["n_rows"].tolist() == [1, 7, 1, 1]
    assert pairs.table["identity"].tolist() == ["given", "reconstructed", "given", "given"]


def test_pairs_stand_at_the_reference_context():
    pairs = pairs_by_hand([("numeric", "A375", "X", "given", 1.0, 1, [1.0, 2.0])]).by_pair()
    (row,) = pairs.table.itertuples()
    reference = (schema.REFERENCE_DOSE_UM, schema.REFERENCE_TIME_H, "")
    assert (row.dose_um, row.time_h, row.source) == reference


def test_pairs_of_the_bundle_keep_the_weight_and_the_weighted_sum(conditions):
    pairs = conditions.by_pair()
    keys = ["kind", "cell", "ik14"]
    assert len(pairs) == len(conditions.table.drop_duplicates(keys))
    assert not pairs.table.duplicated(keys).any()
    assert pairs.table["n_rows"].sum() == conditions.table["n_rows"].sum()
    assert pairs.table["weight"].sum() == pytest.approx(conditions.table["weight"].sum(), rel=1e-5)
    sums = [c.table["weight"].to_numpy(np.float64) @ c.change for c in (pairs, conditions)]
    assert sums[0] == pytest.approx(sums[1], rel=1e-4, abs=1e-2)
    some = pairs.take(np.arange(200))
    assert some.by_pair().change == pytest.approx(some.change, abs=1e-5)
    assert some.by_pair().table.equals(some.table)


def test_the_order_of_the_conditions_does_not_matter_for_pairs(conditions):
    some = conditions.take(np.arange(400))
    order = np.random.default_rng(88).permutation(400)
    one, other = some.by_pair(), some.take(order).by_pair()
    assert one.change == pytest.approx(other.change, abs=1e-5)
    assert one.table["ik14"].tolist() == other.table["ik14"].tolist()


def test_kinds_stand_one_after_the_other(bundle):
    conditions = training_conditions(bundle.signatures, bundle.genes.entrez, ("pooled", "gene_set"))
    kinds = conditions.table["kind"]
    assert kinds.drop_duplicates().tolist() == ["pooled", "gene_set"]
    assert (kinds == "pooled").sum() == 835
    assert np.isfinite(conditions.change).all()
    assert set(np.unique(conditions.change[kinds == "gene_set"])) == {-1, 0, 1}
    assert len(conditions.change) == len(conditions)


@pytest.mark.parametrize("kinds", [(), ("numeric", "nonsense"), ("",)])
def test_an_unknown_kind_is_refused(bundle, kinds):
    with pytest.raises(SettingError, match="Choose among numeric, pooled, gene_set"):
        training_conditions(bundle.signatures, bundle.genes.entrez, kinds)
