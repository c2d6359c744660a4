"""Alignment targets: zero and unsigned where they should be; the published one is not."""

import numpy as np

from badger_core.perturbation.alignment import differences
from badger_core.perturbation.alignment_direct import direct_effects, shrink
from badger_core.perturbation.alignment_fold import Fold, fold_changes
from badger_core.perturbation.simulate import simulate

OWN = np.array([-1.6, -0.8, -1.0])
AT = np.array([0, 1, -1])


def chain(error: float) -> Fold:
    """a takes half of b and, through b alone, half of b's effect on gene 2; c acts on gene 3."""
    change = np.zeros((3, 8))
    change[0, :3] = -1.6, -0.4, 0.3
    change[1, 1:3] = -0.8, 0.6
    change[2, 3] = 0.7
    return Fold(change, np.full((3, 8), error))


def test_what_passes_through_another_target_is_not_direct() -> None:
    found = direct_effects(chain(0.03), AT, OWN)
    direct = found.chance * found.effect
    assert np.allclose(direct[[0, 1, 2], [1, 2, 3]], [-0.4, 0.6, 0.7], atol=0.05)
    assert found.chance[0, 2] < 0.2
    assert direct_effects(chain(0.03), AT, OWN, hops=False).chance[0, 2] > 0.9


def test_a_target_has_no_direct_effect_on_itself() -> None:
    found = direct_effects(chain(0.03), AT, OWN)
    assert (found.chance[[0, 1], [0, 1]] == 0).all()


def test_a_gene_that_was_never_seen_says_nothing() -> None:
    fold = chain(0.03)
    error = fold.error.copy()
    error[:, 7] = np.inf
    found = direct_effects(Fold(fold.change, error), AT, OWN)
    assert np.isfinite(found.chance).all()
    assert (found.effect[:, 7] == 0).all()


def test_shrinking_keeps_signs_and_takes_noise_to_zero() -> None:
    fold = Fold(np.array([[1.0, -1.0, 0.05, -0.05]]), np.full((1, 4), 0.1))
    found = shrink(fold)[0]
    assert found[0] > 0.9
    assert found[1] < -0.9
    assert np.abs(found[2:]).max() < 0.01


def test_fold_changes_of_pooled_counts_by_hand() -> None:
    """With ample counts of an unchanged background, the log of the ratio of shares."""
    world = simulate(0, n_genes=30, n_targets=2, cells=400, controls=400)
    found = fold_changes(world.screen, world.screen.targets())
    sure = found.error < 0.15
    apart = (found.change - world.total)[sure]
    assert sure.mean() > 0.5
    assert np.abs(apart).max() < 0.6
    assert np.abs(np.median(apart)) < 0.1


def test_fold_changes_are_mixed_as_the_replicates_of_the_target() -> None:
    """A replicate's own level is no effect of a target that is commoner in it."""
    world = simulate(3, n_genes=20, n_targets=1, cells=300, controls=600, effect=0.0).screen
    counts = world.counts.copy()
    first = world.replicate == "rep_1"
    counts[first, 0] += 12
    control = world.target == "non-targeting"
    kept = world._replace(counts=counts).take(control | first)
    assert abs(fold_changes(kept, kept.targets()).change[0, 0]) < 0.15


def test_null_world_has_z_of_size_one_and_no_edge() -> None:
    world = simulate(5, n_genes=40, n_targets=12, cells=80, controls=500, effect=0.0).screen
    fold = fold_changes(world, world.targets())
    assert 0.8 < (fold.change / fold.error).std() < 1.1
    at = np.array([list(world.genes).index(name) for name in world.targets()])
    found = direct_effects(fold, at, np.full(12, -0.7))
    assert (found.chance > 0.5).sum() <= 1


def test_published_target_follows_the_spread_of_genes_where_nothing_happened() -> None:
    """The flaw that is kept as an option: not zero under no effect, and without a sign."""
    world = simulate(5, n_genes=40, n_targets=12, cells=80, controls=500, effect=0.0).screen
    lost = world.target != "non-targeting"
    published = differences(world, 0)[lost]
    spread = np.log2(1 + world.counts[~lost]).std(0)
    assert published.min() >= 0
    assert np.corrcoef(published.mean(0), spread)[0, 1] > 0.9
    fold = fold_changes(world, world.targets())
    signed = np.abs(shrink(fold)).mean(0)
    assert signed.max() < 0.1 * published.mean(0).max()
