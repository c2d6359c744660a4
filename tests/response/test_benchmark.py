"""Units of the benchmark: kept, taken up again, judged by hand, and blind to test labels."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import ResponseError
from badger_core.evaluation.sensitivity import sensitivity_scores
from badger_core.response import benchmark, judged, units
from badger_core.response.contenders import BASELINES, ENSEMBLE, FEWER_FOLDS, GRAPH, NAMES
from badger_core.response.judged import cases, judge
from badger_core.response.splits import SPLITS, folds
from badger_core.response.tables import SHIPPED, differences, results
from badger_core.response.units import Unit, do, file_of, lesson_of, read

QUICK = ("line mean", "Tanimoto neighbours", SHIPPED)


def quiet(_: str) -> None:
    """A report that nobody reads."""


@pytest.fixture
def tiny(tiny_nci60, monkeypatch):
    """The benchmark on a small piece of NCI-60."""
    cut = {split: tuple(folds(tiny_nci60, split)) for split in ("random", "unseen-line")}
    for module in (units, judged):
        monkeypatch.setattr(module, "opened", lambda name, panel: tiny_nci60)
        monkeypatch.setattr(module, "folds_at", lambda name, panel, split: cut[split])
    monkeypatch.setattr(units, "digest", lambda name, panel: "tiny")
    return tiny_nci60


def unit(model: str = "line mean", fold: int = 1, split: str = "random") -> Unit:
    """A unit on the small screen."""
    return Unit("nci60", "nci60", split, fold, model)


def test_a_finished_unit_is_not_done_again(tiny, tmp_path, monkeypatch) -> None:
    todo = [unit(fold=number) for number in (1, 2)]
    told: list[str] = []
    benchmark.run(todo, tmp_path, 1, told.append)
    assert all(read(one, tmp_path) is not None for one in todo)
    assert "2 of 2 units" in told[-1]
    monkeypatch.setattr(units, "contender", None)  # nothing may be fitted any more
    monkeypatch.setattr(benchmark, "file_of", lambda one, root: next(root.rglob("*.npz")))
    benchmark.run(todo, tmp_path, 1, told.append)
    assert told[-1] == "2 of 2 units were done before"


def test_an_interrupted_unit_leaves_nothing(tiny, tmp_path, monkeypatch) -> None:
    class Broken:
        def fit(self, *_: object) -> None:
            raise KeyboardInterrupt

    place = file_of(unit(), tmp_path)
    monkeypatch.setattr(units, "file_of", lambda one, root: place)
    monkeypatch.setattr(units, "contender", lambda name: Broken())
    with pytest.raises(KeyboardInterrupt):
        benchmark.run([unit()], tmp_path, 1, quiet)
    assert not list(tmp_path.rglob("*.npz*"))


def test_other_settings_or_data_are_another_file(tiny, tmp_path, monkeypatch) -> None:
    names = {file_of(unit(name), tmp_path) for name in (*BASELINES, SHIPPED)}
    names |= {file_of(unit(fold=2), tmp_path), file_of(unit(split="unseen-line"), tmp_path)}
    monkeypatch.setattr(units, "digest", lambda name, panel: "other")
    names.add(file_of(unit(), tmp_path))
    assert len(names) == len(BASELINES) + 4


def test_the_lesson_holds_no_test_label(tiny) -> None:
    for fold in folds(tiny, "unseen-line"):
        lesson = lesson_of(tiny, fold)
        assert np.isnan(lesson.labels[fold.test]).all()
        assert np.isfinite(lesson.labels[fold.train | fold.valid]).all()
        assert lesson.aside is None


def test_poisoned_test_labels_change_no_prediction(tiny, tmp_path, monkeypatch) -> None:
    fold = folds(tiny, "random")[0]
    poisoned = replace(tiny, labels=np.where(fold.test, 1 - tiny.labels, tiny.labels))
    for model in QUICK:
        do(unit(model), tmp_path / "clean", quiet)
        with monkeypatch.context() as patch:
            patch.setattr(units, "opened", lambda name, panel: poisoned)
            do(unit(model), tmp_path / "poisoned", quiet)
        clean, other = (read(unit(model), tmp_path / name) for name in ("clean", "poisoned"))
        np.testing.assert_array_equal(clean.predicted, other.predicted)
        np.testing.assert_array_equal(clean.inner, other.inner)


def test_tables_are_those_of_the_predictions(tiny, tmp_path) -> None:
    todo = [unit(model, fold) for model in QUICK for fold in (1, 2, 3, 4, 5)]
    todo = [one for one in todo if one.model != "line mean" or one.fold < 3]
    benchmark.run(todo, tmp_path, 1, quiet)
    found = [judge(case, tmp_path, quiet) for case in cases(todo, tmp_path)]
    table = results(found)
    one = table[(table["model"] == "line mean") & (table["metric"] == "auroc")].iloc[0]
    assert one["n_folds"] == 2
    tests = [fold.test for fold in folds(tiny, "random")[:2]]
    said = [read(unit(fold=i), tmp_path).predicted for i in (1, 2)]
    by_hand = [
        sensitivity_scores("class", tiny.labels[t], p, *np.nonzero(t))["auroc"]
        for t, p in zip(tests, said, strict=True)
    ]
    assert one["fold_mean"] == pytest.approx(np.mean(by_hand), abs=1e-6)
    assert one["low"] <= one["value"] <= one["high"]
    gap = differences(found, tmp_path, quiet).set_index(["model", "metric"])
    neighbours = ("Tanimoto neighbours", "auroc")
    wide = table.set_index(["model", "metric"])["value"]
    assert gap.loc[neighbours, "value"] == pytest.approx(wide[SHIPPED, "auroc"] - wide[neighbours])
    assert gap.loc[("line mean", "auroc"), "n_folds"] == 2
    assert bool(gap.loc[neighbours, "baseline"])


def test_scores_are_read_again(tiny, tmp_path) -> None:
    benchmark.run([unit()], tmp_path, 1, quiet)
    (case,) = cases([unit()], tmp_path)
    told: list[str] = []
    first = judge(case, tmp_path, told.append)
    second = judge(case, tmp_path, told.append)
    assert len(told) == 1
    assert first.values == pytest.approx(second.values, nan_ok=True)


def test_units_asked_for() -> None:
    every = benchmark.units_of()
    assert len(set(every)) == len(every)
    assert every[-1].model == ENSEMBLE
    folds_run = pd.DataFrame(every).groupby(["screen", "split", "model"])["fold"].agg(set)
    for (screen, model), number in FEWER_FOLDS.items():
        assert len(folds_run[screen, "random", model]) == number
    for screen in ("nci60", "ctrp"):
        assert folds_run[screen, "random", ENSEMBLE] == folds_run[screen, "random", GRAPH]
    outside = [one for one in every if one.screen == "nci60" and one.panel == "landmark"]
    assert {one.model for one in outside} == {SHIPPED}
    assert {one.split for one in outside} == {"unseen-line", "unseen-both"}


def test_the_graph_model_is_not_tested_where_it_was_chosen() -> None:
    chosen_on = {(one.split, one.fold) for one in benchmark.units_of(models=[GRAPH, ENSEMBLE])}
    assert not chosen_on & {(split, 1) for split in SPLITS}
    assert ("unseen-line", 2) not in chosen_on
    assert ("unseen-line", 3) in chosen_on
    assert ("random", 1) in {(one.split, one.fold) for one in benchmark.units_of(models=[SHIPPED])}


@pytest.mark.parametrize("wrong", [{"models": ["x"]}, {"splits": ["x"]}, {"screens": ["x"]}])
def test_a_wrong_name_lists_the_right_ones(wrong: dict) -> None:
    with pytest.raises(ResponseError, match="Choose among"):
        benchmark.units_of(**wrong)


def test_names_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)
