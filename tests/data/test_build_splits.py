"""The registered folds are what the seed deals, alike in size and stratum, and part no unit."""

import pandas as pd
import pytest

from badger_core.data.build.splits import (
    SAME_LINE,
    deal,
    fold_counts,
    line_strata,
    split_table,
)
from badger_core.data.conditions import KEYS
from badger_core.data.splits import ALWAYS_TRAINS, CHOOSING, FOLDS, SPLITS
from badger_core.schema import SPLIT_COLUMNS

DEALT = set(range(CHOOSING, FOLDS + 1))


@pytest.fixture(scope="module")
def testable(bundle):
    """One row per testable condition."""
    table = bundle.signatures.table
    table = table[(table["kind"] == "numeric") & (table["identity"] == "given")]
    return table.drop_duplicates(KEYS)


def of(bundle, split, column):
    table = bundle.splits
    return table[(table["split"] == split) & (table["column"] == column)].set_index("group")


def test_the_registry_of_the_bundle_is_what_the_seed_deals(bundle):
    dealt = split_table(bundle.signatures.table, bundle.library.table)
    pd.testing.assert_frame_equal(dealt, bundle.splits)
    assert tuple(dealt.columns) == SPLIT_COLUMNS
    assert bundle.manifest["folds"] == fold_counts(dealt)


def test_the_order_of_the_signatures_does_not_matter(bundle):
    shuffled = bundle.signatures.table.sample(frac=1, random_state=88)
    pd.testing.assert_frame_equal(split_table(shuffled, bundle.library.table), bundle.splits)


@pytest.mark.parametrize("split", list(SPLITS))
def test_every_compound_and_line_with_a_signature_is_registered_once(bundle, split):
    table = bundle.splits[bundle.splits["split"] == split]
    assert set(table["column"]) == set(SPLITS[split])
    for column in SPLITS[split]:
        groups = table.loc[table["column"] == column, "group"]
        assert groups.is_unique
        assert set(groups) == set(bundle.signatures.table[column]) - {""}


@pytest.mark.parametrize("split", list(SPLITS))
def test_what_can_be_tested_is_dealt(bundle, testable, split):
    for column in SPLITS[split]:
        folds = of(bundle, split, column)["fold"]
        assert set(folds[sorted(set(testable[column]))]) == DEALT
        left = folds[folds == ALWAYS_TRAINS].index
        assert not set(left) & set(testable[column])


def test_a_pair_has_the_folds_of_its_compound_and_its_line(bundle):
    for split, column in (("unseen-compound", "ik14"), ("unseen-line", "cell")):
        assert of(bundle, "unseen-pair", column)["fold"].equals(of(bundle, split, column)["fold"])


def test_a_scaffold_is_in_one_fold_and_a_compound_without_ring_is_a_group_of_its_own(bundle):
    table = of(bundle, "unseen-scaffold", "ik14")
    rings = table[table["scaffold"] != ""]
    assert (rings.groupby("scaffold")["fold"].nunique() == 1).all()
    without = table[(table["scaffold"] == "") & (table["fold"] != ALWAYS_TRAINS)]
    assert len(without) == 16
    assert without["fold"].nunique() > 1
    benzene = table[table["scaffold"] == "c1ccccc1"]
    assert len(benzene) > 43  # those that cannot be tested as well


def test_folds_are_alike_in_conditions(bundle, testable):
    for split in ("unseen-compound", "unseen-scaffold"):
        size = testable["ik14"].map(of(bundle, split, "ik14")["fold"]).value_counts()
        assert size.max() < 1.2 * size.min()


def test_the_strata_of_lines_are_those_of_the_readme_of_the_raw_data(bundle, testable):
    """40 lines have 20 compounds or more; of the 65 lines with three drugs, 18 are among them."""
    numeric = bundle.signatures.table[bundle.signatures.table["kind"] == "numeric"]
    panel = set(numeric.loc[numeric["source"] == "l1ktools_modz272", "cell"])
    stratum = line_strata(bundle.signatures.table)
    counts = pd.Series(stratum)[sorted(set(numeric["cell"]))].value_counts()
    assert len(panel) == 65
    assert counts.to_dict() == {"panel": 47, "rich": 40, "other": 24}
    assert sum(stratum[line] == "rich" for line in panel) == 18


def test_a_line_of_twenty_compounds_is_rich():
    rows = [("A", f"{c:02}") for c in range(20)] + [("B", f"{c:02}") for c in range(19)]
    table = pd.DataFrame(rows, columns=["cell", "ik14"]).assign(kind="numeric", source="x")
    assert line_strata(table) == {"A": "rich", "B": "other"}


def test_each_fold_has_its_share_of_each_stratum(bundle, testable):
    table = of(bundle, "unseen-line", "cell")
    shares = table[table["fold"] != ALWAYS_TRAINS].groupby(["stratum", "fold"]).size().unstack()
    assert shares.loc["panel"].between(7, 9).all()
    assert shares.loc["other"].between(4, 5).all()
    many = testable.groupby("cell")["ik14"].nunique()
    assert table.loc[many.index[many >= 20], "fold"].value_counts().between(2, 4).all()


def test_names_of_one_line_stay_together(bundle):
    folds = of(bundle, "unseen-line", "cell")["fold"]
    for name, line in SAME_LINE.items():
        assert folds[name] == folds[line] != ALWAYS_TRAINS


def test_dealing_by_hand():
    # Roots 10, 3, 2, 1, 1, 1, 1: the first six units open a fold each, the last joins a least load.
    size = {"a": 100, "b": 9, "c": 4, "d": 1, "e": 1, "f": 1, "g": 1}
    folds = deal(size)
    assert [folds[u] for u in "abc"] == [0, 1, 2]
    assert sorted(folds[u] for u in "defg") == [3, 3, 4, 5]
    assert deal(dict(reversed(size.items()))) == folds


def test_one_large_unit_does_not_empty_its_fold():
    size = {"large": 10_000} | {f"u{i}": 100 for i in range(59)}
    folds = pd.Series(deal(size)).value_counts()
    assert folds[CHOOSING] >= 1
    assert folds.drop(CHOOSING).max() - folds.drop(CHOOSING).min() <= 1
