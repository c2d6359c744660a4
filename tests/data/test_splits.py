"""Groups never meet across the sides of a split, and a split that leaks is refused."""

from dataclasses import replace

import numpy as np
import pytest

from badger_core.data.splits import (
    FOLDS,
    SPLITS,
    check,
    fold_of_groups,
    folds_between,
    make_split,
)
from badger_core.errors import SplitError

EVERY = [(name, fold) for name in SPLITS for fold in range(1, FOLDS + 1)]


@pytest.fixture(scope="module")
def table(bundle):
    """All signatures of all kinds and sources: what shares a compound must stay together."""
    return bundle.signatures.table


@pytest.fixture(scope="module")
def splits(table):
    return {key: make_split(table, *key) for key in EVERY}


@pytest.fixture(scope="module")
def testable(table):
    return (table["kind"] == "numeric") & (table["identity"] == "given")


def sides(split):
    return {"train": split.train, "valid": split.valid, "test": split.test}


@pytest.mark.parametrize("key", EVERY)
def test_no_row_stands_on_two_sides(splits, key):
    rows = np.concatenate(list(sides(splits[key]).values()))
    assert len(rows) == len(set(rows.tolist()))
    assert min(len(side) for side in sides(splits[key]).values()) > 0


@pytest.mark.parametrize("key", EVERY)
def test_no_group_stands_on_two_sides(splits, table, key):
    split = splits[key]
    for column in SPLITS[key[0]]:
        train, valid, test = (set(table[column].iloc[s]) for s in sides(split).values())
        assert not train & valid
        assert not train & test
        assert not valid & test
        assert not train & split.held_out[column]
        assert valid | test <= split.held_out[column]


@pytest.mark.parametrize("key", EVERY)
def test_only_numeric_rows_of_known_identity_are_tested(splits, testable, key):
    split = splits[key]
    assert testable.iloc[split.test].all()
    assert testable.iloc[split.valid].all()


@pytest.mark.parametrize("name", ["unseen-compound", "unseen-line"])
def test_the_folds_test_every_group_exactly_once(splits, table, testable, name):
    (column,) = SPLITS[name]
    tested = [
        group
        for fold in range(1, FOLDS + 1)
        for group in sorted(set(table[column].iloc[splits[name, fold].test]))
    ]
    assert sorted(tested) == sorted(set(table.loc[testable, column]))


def test_every_row_of_known_identity_is_tested_exactly_once(splits, testable):
    for name in ("unseen-compound", "unseen-line"):
        rows = np.concatenate([splits[name, fold].test for fold in range(1, FOLDS + 1)])
        assert sorted(rows) == np.flatnonzero(testable).tolist()


def test_in_an_unseen_pair_neither_compound_nor_line_is_trained_on(splits, table):
    for fold in range(1, FOLDS + 1):
        split = splits["unseen-pair", fold]
        train, test = table.iloc[split.train], table.iloc[split.test]
        assert not set(train["ik14"]) & set(test["ik14"])
        assert not set(train["cell"]) & set(test["cell"])
        # The other split's test rows that share just one of the two are left out of everything.
        used = np.concatenate(list(sides(split).values()))
        one_only = splits["unseen-compound", fold].test
        left_out = np.setdiff1d(one_only, used)
        assert len(left_out) > 0
        assert not np.isin(one_only, split.train).any()


def test_reconstructed_compounds_train(splits, table):
    for fold in range(1, FOLDS + 1):
        train = table.iloc[splits["unseen-compound", fold].train]
        assert (train["identity"] != "given").sum() > 900


def test_there_are_enough_conditions_to_stop_by(conditions):
    for key in EVERY:
        split = make_split(conditions.table, *key)
        assert len(split.valid) >= 20, key
        assert len(split.test) >= 100, key
        assert len(split.train) >= 2500, key


@pytest.mark.parametrize("name", list(SPLITS))
def test_the_order_of_the_rows_does_not_matter(splits, table, name):
    shuffled = table.sample(frac=1, random_state=88)
    split = make_split(shuffled.reset_index(drop=True), name, 2)
    for side, rows in sides(splits[name, 2]).items():
        ours = set(shuffled["signature"].iloc[sides(split)[side]])
        assert ours == set(table["signature"].iloc[rows])


def test_folds_hold_alike_many_groups_and_rows(splits):
    sizes = [len(splits["unseen-compound", fold].test) for fold in range(1, FOLDS + 1)]
    assert max(sizes) < 2 * min(sizes)


def test_the_fold_of_a_group_ignores_rows_without_one(table):
    folds = fold_of_groups(table, "cell")
    assert "" not in folds
    assert set(folds.values()) == set(range(1, FOLDS + 1))


def test_a_test_row_slipped_into_training_is_refused(splits, table):
    split = splits["unseen-compound", 1]
    leaking = replace(split, train=np.append(split.train, split.test[0]))
    compound = table["ik14"].iloc[split.test[0]]
    with pytest.raises(SplitError, match=f"leaks: ik14 '{compound}' is in train and in test"):
        check(leaking, table)


def test_another_row_of_a_tested_line_is_refused(splits, table):
    split = splits["unseen-line", 3]
    line = table["cell"].iloc[split.valid[0]]
    others = np.setdiff1d(np.flatnonzero(table["cell"] == line), split.valid)
    assert len(others) > 0
    leaking = replace(split, train=np.append(split.train, others[0]))
    with pytest.raises(SplitError, match=f"cell '{line}' is in train and in validation"):
        check(leaking, table)


def test_a_validation_group_in_the_test_is_refused(splits, table):
    split = splits["unseen-pair", 2]
    leaking = replace(split, test=np.append(split.test, split.valid[0]))
    with pytest.raises(SplitError, match="is in validation and in test"):
        check(leaking, table)


@pytest.mark.parametrize("side", ["train", "valid", "test"])
def test_an_empty_side_is_refused(splits, table, side):
    with pytest.raises(SplitError, match="has no"):
        check(replace(splits["unseen-line", 1], **{side: np.array([], int)}), table)


def test_pooled_rows_have_no_line_and_do_not_count_as_a_leak(splits, table):
    train = table.iloc[splits["unseen-line", 1].train]
    assert (train["cell"] == "").any()


def test_an_unknown_split_is_refused(table):
    with pytest.raises(SplitError, match="Choose among unseen-compound, unseen-line, unseen-pair"):
        make_split(table, "random", 1)


@pytest.mark.parametrize("fold", [0, 6, -1])
def test_a_fold_that_does_not_exist_is_refused(table, fold):
    with pytest.raises(SplitError, match="Choose 1 to 5"):
        make_split(table, "unseen-line", fold)


def test_folds_between_by_hand():
    assert list(folds_between(1, 5)) == [1, 2, 3, 4, 5]
    assert list(folds_between(3, 3)) == [3]


@pytest.mark.parametrize(("first", "last"), [(0, 5), (1, 6), (3, 2)])
def test_folds_that_do_not_exist_are_refused(first, last):
    with pytest.raises(SplitError, match=f"no folds {first} to {last}"):
        folds_between(first, last)
