"""The benchmark: scores by hand, units that are asked once, tables that hold what was asked."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import PerturbationError
from badger_core.perturbation import benchmark, benchmark_cases, shipped
from badger_core.perturbation.benchmark import Unit, file_of, results, run, summary, units_of
from badger_core.perturbation.benchmark_network import null_rows
from badger_core.perturbation.benchmark_real import interferon_genes
from badger_core.perturbation.benchmark_scores import (
    edge_rows,
    effect_rows,
    likelihood_rows,
    pearson,
    top_pairs,
)
from badger_core.perturbation.simulate import simulate
from badger_core.perturbation.vae_model import Learned
from badger_core.perturbation.vae_settings import VaeSettings

QUICK = VaeSettings(latent=3, hidden=12, epochs=1, batch_size=256)


def value(rows: list[dict], contender: str, metric: str) -> float:
    found = [r for r in rows if r["contender"] == contender and r["metric"] == metric]
    assert len(found) == 1
    return found[0]["value"]


def test_effect_scores_by_hand() -> None:
    rng = np.random.default_rng(0)
    measured, judged = rng.normal(size=(4, 30)), np.ones((4, 30), bool)
    judged[0, 0] = False
    near = measured + rng.normal(0, 0.5, measured.shape)
    rows = effect_rows({"near": near, "same": measured}, measured, judged, "same")
    expected = np.corrcoef(near[judged], measured[judged])[0, 1]
    assert value(rows, "near", "pearson") == pytest.approx(expected)
    assert value(rows, "near", "pearson, lead") == pytest.approx(expected - 1)
    top = top_pairs(measured, judged)
    assert top.sum(1).tolist() == [20] * 4
    assert not top[0, 0]
    assert np.abs(measured[1][top[1]]).min() >= np.abs(measured[1][~top[1]]).max()
    lead = next(r for r in rows if r["metric"] == "pearson, lead")
    assert lead["low"] <= lead["value"] <= lead["high"] < 0


def test_a_target_without_unread_cells_is_left_out() -> None:
    measured = np.array([[1.0, 2.0, 3.0], [np.nan] * 3])
    rows = effect_rows({"a": np.ones((2, 3)) * [1, 2, 4]}, measured, np.ones((2, 3), bool), "a")
    assert value(rows, "a", "pearson") == pytest.approx(pearson(measured[0], np.array([1, 2, 4])))


def test_likelihood_lead_is_paired_over_cells() -> None:
    base = np.array([-100.0, -50.0, -200.0])
    rows = likelihood_rows({"a": base + 1, "b": base}, "a", "b")
    assert value(rows, "a", "log-likelihood per cell, lead") == 1
    assert rows[-1]["low"] == rows[-1]["high"] == 1


def test_chance_is_the_share_of_true_pairs() -> None:
    truth = np.array([[True, False, False, False]])
    rows = edge_rows({"a": np.array([[4.0, 3, 2, 1]])}, {"direct": truth}, np.ones((1, 4), bool))
    assert value(rows, "a", "AUPRC direct") == 1
    assert value(rows, "chance", "AUPRC direct") == 0.25


def test_a_score_that_follows_the_spread_is_told() -> None:
    screen = simulate(7, 20, 4, 40, 200, effect=0.0).screen
    from badger_core.perturbation.benchmark_network import spread

    wide = np.tile(spread(screen), (4, 1))
    frame = pd.DataFrame(wide / wide.max(), screen.targets(), screen.genes)
    rows = null_rows(screen, {"bad": Learned(frame, frame, frame)})
    assert value(rows, "bad", "score follows spread") > 0.9
    assert value(rows, "bad", "edges without a test") > 0
    assert value(rows, "bad", "edges") <= 1


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated worlds of few cells, in place of the large ones."""
    small = lambda seed, effect=1.0: simulate(seed, 14, 6, 50, 200, effect)  # noqa: E731
    monkeypatch.setattr(benchmark_cases, "simulate", small)


@pytest.mark.usefixtures("small_world")
def test_units_are_done_once_and_the_tables_hold_them(tmp_path: Path) -> None:
    units = [Unit("simulated networks", 1), Unit("no effect", 1)]
    said: list[str] = []
    run(units, tmp_path, QUICK, said.append)
    found = results(units, tmp_path, QUICK)
    assert not found.duplicated(["question", "seed", "contender", "metric"]).any()
    omitted = found[found["metric"] == "omission rate"].set_index("contender")["value"]
    assert omitted["true network"] < omitted["empty network"]
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "units").iterdir()}
    run(units, tmp_path, QUICK, said.append)
    assert said[-1] == "2 of 2 units were done before"
    assert kept == {path: path.stat().st_mtime_ns for path in (tmp_path / "units").iterdir()}
    assert set(summary(found)["seeds"]) == {1}


def test_other_settings_are_other_units(tmp_path: Path) -> None:
    unit = Unit("no effect", 0)
    assert file_of(unit, tmp_path, QUICK) != file_of(unit, tmp_path, VaeSettings())
    assert file_of(unit, tmp_path, QUICK) != file_of(Unit("no effect", 1), tmp_path, QUICK)


def test_unknown_question_and_no_result_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PerturbationError, match="Choose among"):
        units_of(["weather"])
    with pytest.raises(PerturbationError, match="badger perturbation test"):
        results(units_of(), tmp_path, QUICK)


def test_interferon_genes_are_found_by_entrez(screen, bundle) -> None:
    found = screen.genes[interferon_genes(bundle.pathways.table, screen.genes)]
    assert {"STAT1", "JAK2", "PSMB9"} <= set(found.tolist())
    assert 10 <= len(found) <= 40


def test_real_questions_on_a_part_of_the_screen(small_screen, tmp_path, monkeypatch) -> None:
    """All that is asked of the real cells, and what ships, on 900 of them."""
    for module in (benchmark, benchmark_cases, shipped):
        monkeypatch.setattr(module, "good_cells", lambda: small_screen)
    from badger_core.perturbation import benchmark_real

    monkeypatch.setattr(benchmark_real, "good_cells", lambda: small_screen)
    monkeypatch.setattr(benchmark_real, "DEALT", 10)
    monkeypatch.setattr(benchmark_cases, "FOLDS", 2)
    monkeypatch.setattr(benchmark_cases, "PARTICLES", 5)
    benchmark._cells.cache_clear()
    units = units_of(
        ["unread cells", "real network", "unseen targets", "no effect, real cells"], [0]
    )
    run(units, tmp_path, QUICK, lambda _: None)
    found = results(units, tmp_path, QUICK)
    metrics = set(found["metric"])
    mock = found[found["question"] == "no effect, real cells"].set_index("metric")["value"]
    assert mock["edges"] <= 1
    assert {"log-likelihood per cell, lead", "pearson, lead", "axis, p", "STRING, p"} <= metrics
    table = shipped.ship(tmp_path, tmp_path / "states" / "real", [QUICK], deals=10)
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    assert shipped.shipped_edges()["gene"].tolist() == table["gene"].tolist()
    assert shipped.shipped_model().genes == tuple(small_screen.genes)
    benchmark._cells.cache_clear()


def test_missing_edges_name_the_command(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    with pytest.raises(PerturbationError, match="badger perturbation train"):
        shipped.shipped_edges()
