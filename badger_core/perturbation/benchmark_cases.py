"""Questions of the benchmark, each answered on one seed: real cells, worlds of known truth."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from badger_core.data.perturbation import CONTROL, CellScreen, string_edges
from badger_core.perturbation.baselines import (
    correlation,
    from_neighbours,
    global_mean,
    pseudobulk_t,
    shrunken_mean,
    train_mean,
)
from badger_core.perturbation.benchmark_network import called_rows, mock_rows, null_rows, spread
from badger_core.perturbation.benchmark_scores import (
    LEAD,
    OURS,
    Report,
    Row,
    edge_rows,
    effect_rows,
    likelihood_rows,
)
from badger_core.perturbation.effects import ate, cell_t
from badger_core.perturbation.features import target_features
from badger_core.perturbation.likelihood_baseline import fit_mean_profile, mean_profile_likelihood
from badger_core.perturbation.shipped import good_cells, trained
from badger_core.perturbation.simulate import simulate
from badger_core.perturbation.splits import by_cell, by_target
from badger_core.perturbation.total_effects import direct_effects, not_itself
from badger_core.perturbation.vae_model import ScreenModel
from badger_core.perturbation.vae_settings import VaeSettings

PUBLISHED, UNALIGNED = f"{OURS}, published alignment", f"{OURS}, not aligned"
TOTALS = f"{OURS}, along all paths"
MEAN, SHRUNKEN = "train mean", "train mean, shrunken"
GLOBAL, NEIGHBOURS = "mean of all targets", "STRING neighbours"
T_SEEN, T_ALL = "|t|", "|t|, test cells too"
PARTICLES, FOLDS = 100, 5
NULL = 1000
"""Added to the seed of a world without effects, so that it is not the world of the same seed."""


def cells_case(seed: int, settings: VaeSettings, root: Path, report: Report) -> list[Row]:
    """Real cells that were not read: their effects and how likely they are."""
    screen = good_cells()
    split = by_cell(screen, seed)
    model = trained(screen, replace(settings, seed=seed), root / "real", "cpu", report).model
    train, test = screen.take(split.train), screen.take(split.test)
    predicted = {OURS: model.effects(train).effect, **_means(screen, split.train)}
    judged = not_itself(screen.targets(), screen.genes)
    likelihood = {
        OURS: model.log_likelihood(test, PARTICLES),
        MEAN: mean_profile_likelihood(fit_mean_profile(train), test),
    }
    return [
        *_effects(predicted, ate(screen, split.test), judged),
        *likelihood_rows(likelihood, OURS, MEAN),
    ]


def targets_case(seed: int, settings: VaeSettings, root: Path, report: Report) -> list[Row]:
    """Real targets that were never knocked out in training; the network has no rows for them."""
    del settings, root, report
    screen = good_cells()
    names = screen.targets()
    features = target_features(names, string_edges()).values
    measured = ate(screen)
    predicted = {name: np.zeros_like(measured) for name in (NEIGHBOURS, GLOBAL)}
    for split in by_target(screen, FOLDS, seed):
        asked = np.isin(names, np.unique(screen.target[split.test & (screen.target != CONTROL)]))
        known = ate(screen, split.train)[~asked]
        predicted[NEIGHBOURS][asked] = from_neighbours(known, features[~asked], features[asked])
        predicted[GLOBAL][asked] = known.mean(axis=0)
    return effect_rows(predicted, measured, not_itself(names, screen.genes), GLOBAL)


def world_case(seed: int, settings: VaeSettings, root: Path, report: Report) -> list[Row]:
    """A simulated screen: edges against the graph that made it, effects of unread cells."""
    world = simulate(seed)
    screen = world.screen
    split = by_cell(screen, seed)
    judged = not_itself(screen.targets(), screen.genes)
    seen = split.train | split.valid
    kinds = {OURS: settings.alignment, PUBLISHED: "published", UNALIGNED: "none"}
    models = _models(kinds, screen, seed, settings, root / f"world_{seed}", report)
    networks = {name: one.network() for name, one in models.items()}
    direct = direct_effects(screen, seen)
    measured = cell_t(screen, seen)
    scores = {
        OURS: networks[OURS].direct.to_numpy(),
        TOTALS: networks[OURS].total.to_numpy(),
        UNALIGNED: networks[UNALIGNED].direct.to_numpy(),
        PUBLISHED: networks[PUBLISHED].chance.to_numpy(),
        "inversion of totals": direct.strength,
        T_SEEN: measured.t,
        T_ALL: cell_t(screen).t,
        "pseudobulk |t|": np.nan_to_num(pseudobulk_t(screen, seen)),
        "|effect|": measured.effect,
        "correlation": correlation(screen, seen),
        "spread of the gene": _spread(screen, seen, len(judged)),
    }
    truth = {"direct": world.direct != 0, "reach": world.reach}
    predicted = {OURS: models[OURS].effects(screen.take(split.train)).effect}
    predicted |= _means(screen, split.train)
    return [
        *edge_rows(scores, truth, judged),
        *_effects(predicted, ate(screen, split.test), judged),
        *called_rows(world, split, networks[OURS], OURS),
    ]


def null_case(seed: int, settings: VaeSettings, root: Path, report: Report) -> list[Row]:
    """A world in which no knockdown does anything: what is drawn, and what it follows."""
    screen = simulate(NULL + seed, effect=0.0).screen
    kinds = {OURS: settings.alignment, PUBLISHED: "published"}
    models = _models(kinds, screen, seed, settings, root / f"null_{seed}", report)
    networks = {name: one.network() for name, one in models.items()}
    return null_rows(screen, networks)


def mock_case(seed: int, settings: VaeSettings, root: Path, report: Report) -> list[Row]:
    """Real control cells called targets: what the test of edges finds among them."""
    del settings, root, report
    return mock_rows(good_cells(), seed)


def _models(
    kinds: dict[str, str],
    screen: CellScreen,
    seed: int,
    settings: VaeSettings,
    root: Path,
    report: Report,
) -> dict[str, ScreenModel]:
    """One training for each alignment, of the same cells and seed."""
    found = {}
    for name, kind in kinds.items():
        one = replace(settings, seed=seed, alignment=kind)
        found[name] = trained(screen, one, root, "cpu", report).model
    return found


def _means(screen: CellScreen, train: np.ndarray) -> dict[str, np.ndarray]:
    """What needs no model: (T, G) effects of the training cells, as they are and smoothed."""
    return {
        MEAN: train_mean(screen, train),
        SHRUNKEN: shrunken_mean(screen, train),
        GLOBAL: global_mean(screen, train),
    }


def _effects(
    predicted: dict[str, np.ndarray], measured: np.ndarray, judged: np.ndarray
) -> list[Row]:
    """All contenders against the train mean, and the model against the shrunken one."""
    pair = {name: predicted[name] for name in (OURS, SHRUNKEN)}
    beside = effect_rows(pair, measured, judged, SHRUNKEN)
    leads = [one for one in beside if one["metric"].endswith(LEAD)]
    over = [{**one, "metric": f"{one['metric']} over the shrunken mean"} for one in leads]
    return effect_rows(predicted, measured, judged, MEAN) + over


def _spread(screen: CellScreen, mask: np.ndarray, n_targets: int) -> np.ndarray:
    """(T, G) the same for all targets: standard deviation of a gene's level in control cells."""
    return np.tile(spread(screen.take(mask)), (n_targets, 1))
