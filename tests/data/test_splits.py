"""Groups never meet across the sides of a split, and a split or registry that leaks is refused."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from badger_core.data.splits import (
    ALWAYS_TRAINS,
    CHOOSING,
    FOLDS,
    SPLITS,
    check,
    folds_between,
    make_split,
    registered,
    scaffolds,
)
from badger_core.errors import SplitError
from badger_core.schema import SPLIT_COLUMNS

NUMBERS = range(CHOOSING, FOLDS + 1)
EVERY = [(name, fold) for name in SPLITS for fold in NUMBERS]
ONE_COLUMN = [name for name, columns in SPLITS.items() if len(columns) == 1]


@pytest.fixture(scope="module")
def registry(bundle):
    return bundle.splits


@pytest.fixture(scope="module")
def table(bundle):
    """All signatures of all kinds and sources: what shares a compound must stay together."""
    return bundle.signatures.table


@pytest.fixture(scope="module")
def splits(registry, table):
    return {key: make_split(registry, table, *key) for key in EVERY}


@pytest.fixture(scope="module")
def testable(table):
    return (table["kind"] == "numeric") & (table["identity"] == "given")


@pytest.fixture(scope="module")
def scaffold(registry):
    return scaffolds(registry, "unseen-scaffold")


@pytest.mark.parametrize("key", EVERY)
def test_no_row_or_group_stands_on_two_sides(splits, table, key):
    split = splits[key]
    assert len(split.train) > 0
    assert len(split.test) > 0
    assert not set(split.train) & set(split.test)
    for column in SPLITS[key[0]]:
        train, test = (set(table[column].iloc[s]) for s in (split.train, split.test))
        assert not train & split.held_out[column]
        assert test <= split.held_out[column]


@pytest.mark.parametrize("fold", NUMBERS)
def test_no_scaffold_stands_on_two_sides(splits, table, scaffold, fold):
    """Whatever the kind of its rows, a relative of a test compound does not train."""
    split = splits["unseen-scaffold", fold]
    of_row = table["ik14"].map(scaffold)
    train, test = (set(of_row.iloc[s].dropna()) for s in (split.train, split.test))
    assert len(test) > 80
    assert not train & test


@pytest.mark.parametrize("key", EVERY)
def test_only_numeric_rows_of_known_identity_are_tested(splits, testable, key):
    assert testable.iloc[splits[key].test].all()


@pytest.mark.parametrize("name", ONE_COLUMN)
def test_every_row_of_known_identity_is_tested_or_chosen_by_exactly_once(splits, testable, name):
    rows = np.concatenate([splits[name, fold].test for fold in NUMBERS])
    assert sorted(rows) == np.flatnonzero(testable).tolist()


@pytest.mark.parametrize("name", ONE_COLUMN)
def test_all_but_the_groups_held_out_train(splits, table, name):
    (column,) = SPLITS[name]
    for fold in NUMBERS:
        split = splits[name, fold]
        rest = ~table[column].isin(split.held_out[column])
        assert split.train.tolist() == np.flatnonzero(rest).tolist()


def test_in_an_unseen_pair_both_are_new_and_half_new_rows_are_left_out(splits, table):
    for fold in NUMBERS:
        pair, compound, line = (
            splits[name, fold] for name in ("unseen-pair", "unseen-compound", "unseen-line")
        )
        assert set(pair.test) == set(compound.test) & set(line.test)
        assert set(pair.train) == set(compound.train) & set(line.train)
        assert pair.held_out == compound.held_out | line.held_out
        assert len(np.setdiff1d(compound.test, [*pair.train, *pair.test])) > 0


def test_reconstructed_compounds_train(splits, table):
    for fold in NUMBERS:
        train = table.iloc[splits["unseen-compound", fold].train]
        assert (train["identity"] != "given").sum() > 900


def test_there_are_enough_conditions_to_choose_and_test_by(registry, conditions):
    for name, fold in EVERY:
        split = make_split(registry, conditions.table, name, fold)
        assert len(split.test) >= (80 if name == "unseen-pair" else 500), (name, fold)
        assert len(split.train) >= 4000, (name, fold)


@pytest.mark.parametrize("name", list(SPLITS))
def test_the_order_of_the_rows_does_not_matter(splits, registry, table, name):
    shuffled = table.sample(frac=1, random_state=88).reset_index(drop=True)
    split = make_split(registry.sample(frac=1, random_state=88), shuffled, name, 2)
    for ours, theirs in ((split.train, splits[name, 2].train), (split.test, splits[name, 2].test)):
        assert set(shuffled["signature"].iloc[ours]) == set(table["signature"].iloc[theirs])


def test_the_folds_are_those_of_the_registry_whatever_rows_there_are(splits, registry, table):
    """A fold does not change with the rows at hand: most of them may be missing."""
    few = table[table["source"] != "iLINCS_L5"].reset_index(drop=True)
    split = make_split(registry, few, "unseen-compound", 3)
    whole = splits["unseen-compound", 3]
    assert split.held_out == whole.held_out
    assert set(few["signature"].iloc[split.test]) < set(table["signature"].iloc[whole.test])


def test_pooled_rows_have_no_line_and_do_not_count_as_a_leak(splits, table):
    train = table.iloc[splits["unseen-line", 1].train]
    assert (train["cell"] == "").any()


def by_hand(rows):
    return pd.DataFrame(rows, columns=["cell", "ik14", "kind", "identity"])


HAND = by_hand(
    [
        ("A375", "X", "numeric", "given"),
        ("MCF7", "X", "numeric", "given"),
        ("A375", "Y", "numeric", "given"),
        ("A375", "Z", "numeric", "reconstructed"),
        ("", "X", "pooled", "given"),
        ("MCF7", "Y", "numeric", "reconstructed"),
    ]
)
HAND_REGISTRY = pd.DataFrame(
    [
        ("unseen-compound", "ik14", "X", 1, "", ""),
        ("unseen-compound", "ik14", "Y", 0, "", ""),
        ("unseen-compound", "ik14", "Z", ALWAYS_TRAINS, "", ""),
        ("unseen-scaffold", "ik14", "X", 1, "", "c1ccccc1"),
        ("unseen-scaffold", "ik14", "Y", 0, "", "c1ccncc1"),
        ("unseen-scaffold", "ik14", "Z", 1, "", "c1ccccc1"),
    ],
    columns=list(SPLIT_COLUMNS),
)


@pytest.mark.parametrize(
    ("name", "fold", "train", "test"),
    [
        ("unseen-compound", 1, [2, 3, 5], [0, 1]),
        ("unseen-compound", 0, [0, 1, 3, 4], [2]),  # row 5 is of uncertain identity: left out
        ("unseen-scaffold", 1, [2, 5], [0, 1]),  # Z shares X's ring
    ],
)
def test_a_split_by_hand(name, fold, train, test):
    split = make_split(HAND_REGISTRY, HAND, name, fold)
    assert split.train.tolist() == train
    assert split.test.tolist() == test


def test_a_test_row_slipped_into_training_is_refused(splits, table):
    split = splits["unseen-compound", 1]
    leaking = replace(split, train=np.append(split.train, split.test[0]))
    compound = table["ik14"].iloc[split.test[0]]
    with pytest.raises(SplitError, match=f"leaks: ik14 '{compound}' is in train and in test"):
        check(leaking, table, {})


def test_another_row_of_a_tested_line_is_refused(splits, table):
    split = splits["unseen-line", 3]
    tested = table["cell"].isin(set(table["cell"].iloc[split.test]))
    untested = np.setdiff1d(np.flatnonzero(tested), split.test)[0]  # of uncertain identity
    line = table["cell"].iloc[untested]
    leaking = replace(split, train=np.append(split.train, untested))
    with pytest.raises(SplitError, match=f"cell '{line}' is in train and in test"):
        check(leaking, table, {})


def test_a_registry_that_parts_a_scaffold_is_refused():
    parted = HAND_REGISTRY.assign(
        fold=HAND_REGISTRY["fold"].where(HAND_REGISTRY["group"] != "Z", 5)
    )
    with pytest.raises(SplitError, match="leaks: scaffold 'c1ccccc1' is in train and in test"):
        make_split(parted, HAND, "unseen-scaffold", 1)


@pytest.mark.parametrize("side", ["train", "test"])
def test_an_empty_side_is_refused(splits, table, side):
    with pytest.raises(SplitError, match=f"has no {side} rows"):
        check(replace(splits["unseen-line", 1], **{side: np.array([], int)}), table, {})


def test_a_group_in_two_folds_is_refused():
    twice = pd.concat([HAND_REGISTRY, HAND_REGISTRY.iloc[[0]].assign(fold=2)])
    with pytest.raises(SplitError, match="'X' is registered twice in unseen-compound"):
        make_split(twice, HAND, "unseen-compound", 1)


def test_a_group_that_is_not_registered_is_refused():
    with pytest.raises(SplitError, match="ik14 'Y' is in no fold of unseen-compound"):
        make_split(HAND_REGISTRY.drop(index=1), HAND, "unseen-compound", 1)


def test_a_split_that_there_is_not_is_in_no_registry():
    with pytest.raises(SplitError, match="unseen-planet"):
        registered(HAND_REGISTRY, "unseen-planet")


def test_a_registry_by_an_unknown_column_is_refused():
    strange = HAND_REGISTRY.assign(column="brd")
    with pytest.raises(SplitError, match="unseen-compound is registered by 'brd'"):
        registered(strange, "unseen-compound")


def test_a_registry_of_other_columns_is_refused():
    with pytest.raises(SplitError, match="has the columns split, column, group, fold"):
        registered(HAND_REGISTRY.drop(columns="stratum"), "unseen-compound")


@pytest.mark.parametrize("fold", [-2, 6])
def test_a_registry_with_a_fold_that_does_not_exist_is_refused(fold):
    with pytest.raises(SplitError, match=f"registered with fold {fold}"):
        registered(HAND_REGISTRY.assign(fold=fold), "unseen-compound")


def test_an_unknown_split_is_refused(registry, table):
    with pytest.raises(SplitError, match=f"Choose among {', '.join(SPLITS)}"):
        make_split(registry, table, "random", 1)


@pytest.mark.parametrize("fold", [6, -1])
def test_a_fold_that_does_not_exist_is_refused(registry, table, fold):
    with pytest.raises(SplitError, match="Choose 1 to 5, or 0, the choosing fold"):
        make_split(registry, table, "unseen-line", fold)


def test_folds_between_by_hand():
    assert list(folds_between(1, 5)) == [1, 2, 3, 4, 5]
    assert list(folds_between(3, 3)) == [3]
    assert list(folds_between(0, 1, CHOOSING)) == [0, 1]


@pytest.mark.parametrize(("first", "last"), [(0, 5), (1, 6), (3, 2)])
def test_folds_that_do_not_exist_are_refused(first, last):
    with pytest.raises(SplitError, match=f"no folds {first} to {last}.*never tested"):
        folds_between(first, last)
    with pytest.raises(SplitError, match=r"no folds -1 to 2\. Give a first and a last one from 0"):
        folds_between(-1, 2, CHOOSING)
