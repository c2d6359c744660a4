"""What a network is worth where the truth is known, and what it draws where there is nothing.

T targets, G genes.
"""

import numpy as np
from scipy.stats import spearmanr

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.perturbation.benchmark_scores import Row, row
from badger_core.perturbation.edges import edge_evidence
from badger_core.perturbation.edges_table import FDR
from badger_core.perturbation.effects import cell_t, depth_of, lognorm
from badger_core.perturbation.recovery import omission_rate
from badger_core.perturbation.simulate import Simulated
from badger_core.perturbation.splits import Split
from badger_core.perturbation.stability import HELD
from badger_core.perturbation.total_effects import not_itself, places
from badger_core.perturbation.vae_model import Learned

RESPONDS = 0.05
"""p of a t over unread cells below which a gene is said to respond (as published)."""
DEALT = 50
"""Deals of labels for each target, in simulated worlds."""
GROUPS, IN_GROUP = 8, 120
"""Groups of real control cells that are called targets, and cells of each."""


def spread(screen: CellScreen) -> np.ndarray:
    """(G,) standard deviation of the log level over control cells."""
    control = screen.target == CONTROL
    return lognorm(screen.counts[control], depth_of(screen)).std(axis=0)


def called_rows(world: Simulated, split: Split, network: Learned, ours: str) -> list[Row]:
    """Edges that pass the tests: how many are true, and what the network leaves out.

    Stability is left out: each world is trained on once.
    """
    screen = world.screen
    targets = screen.targets()
    judged, at = not_itself(targets, screen.genes), places(targets, screen.genes)
    evidence = edge_evidence(screen, split.train | split.valid, DEALT)
    drawn = (np.nan_to_num(evidence.fdr, nan=1.0) <= FDR) & (network.chance.to_numpy() > HELD)
    responds = cell_t(screen, split.test).p < RESPONDS
    rng = np.random.default_rng(0)
    places_of = np.argwhere(judged)
    random = np.zeros_like(drawn)
    random[tuple(rng.permutation(places_of)[: drawn.sum()].T)] = True
    true = world.direct != 0
    networks = {
        ours: drawn,
        "as many edges at random": random,
        "true network": true,
        "empty network": np.zeros_like(drawn),
    }
    signs = np.sign(network.direct.to_numpy()) == -np.sign(world.direct)
    count = max(int(drawn.sum()), 1)
    return [
        row(ours, "edges drawn", drawn.sum()),
        row("true network", "edges drawn", true[judged].sum()),
        row(ours, "drawn and direct", (drawn & true).sum() / count),
        row(ours, "drawn and on a path", (drawn & world.reach).sum() / count),
        row(ours, "true edges drawn", (drawn & true).sum() / true[judged].sum()),
        row(ours, "sign right", signs[drawn & true].mean() if (drawn & true).any() else np.nan),
        *(
            row(name, "omission rate", omission_rate(edges, responds, judged, at))
            for name, edges in networks.items()
        ),
    ]


def null_rows(screen: CellScreen, networks: dict[str, Learned]) -> list[Row]:
    """Where nothing has an effect: edges, and whether a gene's score follows its spread."""
    judged = not_itself(screen.targets(), screen.genes)
    evidence = edge_evidence(screen, None, DEALT)
    wide = spread(screen)
    passed = np.nan_to_num(evidence.fdr, nan=1.0) <= FDR
    found = [row("test alone", "edges", passed.sum())]
    for name, network in networks.items():
        chance = network.chance.to_numpy()
        held = (chance > HELD) & judged
        mean = (chance * judged).sum(axis=0) / judged.sum(axis=0)
        found += [
            row(name, "edges without a test", held.sum()),
            row(name, "edges", (held & passed).sum()),
            row(name, "score follows spread", _rank_correlation(mean, wide)),
            row(name, "mean score", chance[judged].mean()),
        ]
    by_gene = np.nan_to_num(evidence.p, nan=1.0)
    found.append(row("test alone", "p below .01", (by_gene[judged] < 0.01).mean()))
    small = -np.log(by_gene).mean(axis=0)
    found.append(row("test alone", "score follows spread", _rank_correlation(small, wide)))
    return found


def mock_rows(screen: CellScreen, seed: int) -> list[Row]:
    """Real control cells, some of them called targets: nothing differs, and all is as it is."""
    control = screen.take(screen.target == CONTROL)
    in_group = min(IN_GROUP, len(control.target) // (2 * GROUPS))
    cells = np.random.default_rng(seed).permutation(len(control.target))[: GROUPS * in_group]
    target = control.target.astype(object)
    target[cells] = np.repeat([f"mock {number}" for number in range(GROUPS)], in_group)
    mock = control._replace(target=target.astype(str))
    evidence = edge_evidence(mock, None, DEALT, seed)
    p = evidence.p[np.isfinite(evidence.p)]
    return [
        row("test alone", "edges", (evidence.fdr <= FDR).sum()),
        row("test alone", "p below .05", (p < 0.05).mean()),
        row("test alone", "p below .01", (p < 0.01).mean()),
    ]


def _rank_correlation(one: np.ndarray, two: np.ndarray) -> float:
    if np.ptp(one) == 0 or np.ptp(two) == 0:
        return float("nan")
    return float(spearmanr(one, two)[0])
