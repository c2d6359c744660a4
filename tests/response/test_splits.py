"""Folds hold whole structures and origins out, follow from keys and seed alone, and never leak."""

import numpy as np
import pytest

from badger_core.errors import SplitError
from badger_core.response import splits
from badger_core.response.splits import SPLITS, check, drug_units, folds, line_units

MASKS = ("train", "valid", "test", "aside")


@pytest.fixture(params=SPLITS)
def split(request):
    return request.param


def units_of(screen, mask, axis):
    units = drug_units(screen) if axis == "drug" else line_units(screen)
    return set(units[mask.any(axis=1 if axis == "drug" else 0)])


def by_key(screen, fold):
    """Mask to the set of (drug, line) keys it holds."""
    drug, line = screen.about_drugs["drug"].to_numpy(), screen.lines.keys
    return {m: {(drug[d], line[k]) for d, k in np.argwhere(getattr(fold, m))} for m in MASKS}


def test_every_label_has_one_side_in_each_fold(nci60, split):
    labelled = np.isfinite(nci60.labels)
    for fold in folds(nci60, split):
        together = sum(getattr(fold, mask).astype(int) for mask in MASKS)
        assert together.max() == 1
        if split == "unseen-both":  # rows with just one of a held-out drug and line are left out
            assert not (together > labelled).any()
        else:
            np.testing.assert_array_equal(together == 1, labelled)
            assert not fold.aside.any()


def test_the_tests_of_the_folds_do_not_overlap_and_cover_what_they_can(nci60, split):
    tested = sum(fold.test.astype(int) for fold in folds(nci60, split))
    assert tested.max() == 1
    if split != "unseen-both":
        np.testing.assert_array_equal(tested == 1, np.isfinite(nci60.labels))


@pytest.mark.parametrize("axis", ["drug", "line"])
def test_a_test_structure_or_origin_is_unseen_where_the_split_says_so(nci60, axis):
    for split, held in SPLITS.items():
        for fold in folds(nci60, split):
            learnt = units_of(nci60, fold.train | fold.valid | fold.aside, axis)
            shared = units_of(nci60, fold.test, axis) & learnt
            assert (axis in held) == (not shared)
            valid = units_of(nci60, fold.valid, axis) & units_of(nci60, fold.train, axis)
            assert (axis in held) == (not valid)


def test_in_the_random_split_twins_do_not_share_a_line_over_two_sides(nci60):
    structure = drug_units(nci60)
    for fold in folds(nci60, "random"):
        sides = [
            {(structure[d], k) for d, k in np.argwhere(mask)}
            for mask in (fold.train | fold.valid, fold.test)
        ]
        assert sides[0]
        assert not sides[0] & sides[1]


def test_folds_are_of_about_one_size(nci60, ctrp_landmark):
    for screen in (nci60, ctrp_landmark):
        for split in ("random", "unseen-drug", "unseen-line"):
            sizes = [int(fold.test.sum()) for fold in folds(screen, split)]
            assert max(sizes) < 1.05 * min(sizes)
            for fold in folds(screen, split):
                assert 0.15 < fold.valid.sum() / (fold.valid | fold.train).sum() < 0.25


def test_the_order_of_drugs_and_lines_changes_nothing(nci60, split):
    rng = np.random.default_rng(3)
    other = nci60.take(rng.permutation(976), rng.permutation(59))
    ours, theirs = folds(nci60, split), folds(other, split)
    for one, two in zip(ours, theirs, strict=True):
        assert by_key(nci60, one) == by_key(other, two)


def test_a_seed_gives_the_same_folds_and_another_seed_others(tiny_nci60, split):
    first, again, other = (folds(tiny_nci60, split, seed=seed) for seed in (1, 1, 2))
    for one, two in zip(first, again, strict=True):
        assert all(np.array_equal(getattr(one, m), getattr(two, m)) for m in MASKS)
    assert any((a.test != b.test).any() for a, b in zip(first, other, strict=True))


def test_every_fold_is_checked(tiny_nci60, monkeypatch):
    seen = []
    monkeypatch.setattr(splits, "check", lambda screen, fold: seen.append(fold.number))
    folds(tiny_nci60, "random", n=3)
    assert seen == [1, 2, 3]


def test_as_many_parts_as_units_with_labels_are_dealt():
    units, sizes = np.array(["a", "b", "b", "c"]), np.array([3, 1, 1, 0])
    assert sorted(splits._dealt(units, sizes, 0, 2, "drugs")) == [-1, 0, 1, 1]
    with pytest.raises(SplitError, match="2 drugs with labels are too few for 3 parts"):
        splits._dealt(units, sizes, 0, 3, "drugs")
    one = np.array([1.0, 1.0])
    assert sorted(splits._dealt(np.array(["a", "b"]), one, 0, 2, "drugs")) == [0, 1]


def test_the_number_of_folds_is_as_asked(tiny_nci60):
    assert [fold.number for fold in folds(tiny_nci60, "unseen-line", n=2)] == [1, 2]
    assert [fold.number for fold in folds(tiny_nci60, "unseen-line", n=3)] == [1, 2, 3]


def test_what_stands_aside_has_a_drug_or_a_line_of_validation_but_not_both(tiny_nci60):
    for fold in folds(tiny_nci60, "unseen-both"):
        drug = fold.valid.any(axis=1)[:, None] & np.ones_like(fold.valid)
        line = fold.valid.any(axis=0)[None, :] & np.ones_like(fold.valid)
        assert not (fold.train & (drug | line)).any()
        assert (drug | line)[fold.aside].mean() > 0.9  # the rest: kin without a label of their own
        assert not (fold.aside & drug & line).any()


def test_a_leak_is_refused(nci60):
    fold = folds(nci60, "unseen-drug")[0]
    d, k = np.argwhere(fold.test & (fold.test.sum(axis=1) > 1)[:, None])[0]
    moved = fold.test.copy()
    moved[d, k] = False
    train = fold.train.copy()
    train[d, k] = True
    with pytest.raises(SplitError, match="leaks: the structure of drug"):
        check(nci60, fold._replace(test=moved, train=train))
    with pytest.raises(SplitError, match="a pair is on two sides"):
        check(nci60, fold._replace(train=train))


def test_a_twin_over_train_and_test_is_refused(nci60):
    pair = np.flatnonzero(nci60.about_drugs["name"] == "Thioguanine")
    labelled = np.isfinite(nci60.labels)
    train, test = np.zeros_like(labelled), np.zeros_like(labelled)
    train[pair[0]], test[pair[1]] = labelled[pair[0]], labelled[pair[1]]
    fold = folds(nci60, "unseen-drug")[0]
    rest = labelled.copy()
    rest[pair] = False
    with pytest.raises(SplitError, match="structure of drug '752'"):
        check(nci60, fold._replace(train=train, valid=rest, test=test))


def test_a_donor_over_train_and_test_is_refused(nci60):
    labelled = np.isfinite(nci60.labels)
    at = {line: row for row, line in enumerate(nci60.lines.keys)}
    fold = folds(nci60, "unseen-line")[0]
    masks = {name: np.zeros_like(labelled) for name in ("train", "valid", "test")}
    for name, line in (("train", "M14"), ("test", "MDA_N"), ("valid", "MCF7")):
        masks[name][:, at[line]] = labelled[:, at[line]]
    with pytest.raises(SplitError, match="origin of line 'M14'"):
        check(nci60, fold._replace(**masks))


def test_a_twin_in_one_line_over_two_sides_is_refused_in_the_random_split(nci60):
    units, labelled = drug_units(nci60), np.isfinite(nci60.labels)
    pair = next(
        (rows[0], rows[1], int(np.flatnonzero(labelled[rows[0]] & labelled[rows[1]])[0]))
        for rows in (np.flatnonzero(units == unit) for unit in sorted(set(units)))
        if len(rows) > 1 and (labelled[rows[0]] & labelled[rows[1]]).any()
    )
    fold = folds(nci60, "random")[0]
    masks = {name: getattr(fold, name).copy() for name in ("train", "valid", "test")}
    for mask in masks.values():
        mask[list(pair[:2]), pair[2]] = False
    masks["train"][pair[0], pair[2]] = masks["test"][pair[1], pair[2]] = True
    with pytest.raises(SplitError, match=r"leaks: the structure of drug .* in line"):
        check(nci60, fold._replace(**masks))


def test_pairs_that_were_never_measured_and_empty_sides_are_refused(nci60):
    fold = folds(nci60, "random")[0]
    with pytest.raises(SplitError, match="never measured"):
        check(nci60, fold._replace(test=~np.isfinite(nci60.labels)))
    with pytest.raises(SplitError, match="no valid pairs"):
        check(nci60, fold._replace(valid=np.zeros_like(fold.valid)))


@pytest.mark.parametrize(
    ("split", "n", "said"),
    [
        ("unseen-cell", 5, "no split 'unseen-cell'. Choose among random, unseen-drug"),
        ("random", 1, "at least two"),
        ("unseen-line", 21, "too few for 21 parts"),
    ],
)
def test_a_split_that_cannot_be_is_refused(tiny_nci60, split, n, said):
    with pytest.raises(SplitError, match=said):
        folds(tiny_nci60, split, n=n)
