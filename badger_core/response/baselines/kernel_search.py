"""The kernel machine as a contender: validation chooses its settings, one after the other."""

import json
from dataclasses import asdict, dataclass, replace

import numpy as np

from badger_core.response.baselines.choose import Chosen
from badger_core.response.baselines.inputs import everything, without_valid
from badger_core.response.baselines.kernel import Grid, KernelSettings, fit_kernel
from badger_core.response.baselines.masked import STEPS
from badger_core.response.contract import AUC, CLASS, Report, Train
from badger_core.response.judge import goodness
from badger_core.response.platt import Platt

SEARCH = {
    CLASS: {
        "penalty": (0.03, 0.1, 0.3, 1.0),
        "width": (0.1, 0.25, 0.5, 1.0, 2.0),
        "expression": (1.0, 3.0),
        "own_line": (0.0, 0.3, 1.0),
        "structure": (1.0, 3.0, 10.0),
        "power": (1.0, 1.5, 2.0),
        "own_drug": (0.0, 0.3),
    },
    AUC: {
        "power": (1.0, 2.0, 4.0),
        "structure": (1.0, 3.0),
        "penalty": (1.0, 3.0, 10.0),
        "width": (0.5, 1.0, 2.0),
        "own_line": (0.0, 1.0),
        "own_drug": (0.0, 1.0),
    },
}
"""Kind to setting to its choices; validation goes through them one setting after the other."""
START = {CLASS: KernelSettings(), AUC: KernelSettings(structure=1.0, penalty=3.0)}
ROUNDS = {CLASS: 2, AUC: 1}
"""How often it goes through them."""
ROUGH_STEPS = 120
"""Steps of the solver while settings are chosen."""


@dataclass(frozen=True)
class ProductKernel:
    """The kernel machine; its settings are chosen by validation, one after the other."""

    name: str = "product kernel"

    def recipe(self, kind: str) -> str:
        """All that decides what is learned from labels of a kind, as text."""
        return f"{self!r} {START[kind]} {SEARCH[kind]} {ROUNDS[kind]} {ROUGH_STEPS}"

    def fit(self, train: Train, seed: int, report: Report) -> Chosen:
        """Search without the validation pairs, then fit to all labels."""
        settings, inner = START[train.kind], np.full(train.labels.shape, np.nan)
        if train.valid.any():
            settings, inner = _search(train, settings, report)
        platt = None
        if train.kind == CLASS and train.valid.any():
            platt = Platt.fit(inner[train.valid], train.labels[train.valid])
            inner = platt.apply(inner)
        fitted = fit_kernel(everything(train), settings)._replace(platt=platt)
        return Chosen(fitted, json.dumps(asdict(settings)), inner)


def _search(
    train: Train, settings: KernelSettings, report: Report
) -> tuple[KernelSettings, np.ndarray]:
    """The best settings by validation and the predictions they were judged by."""
    grid = Grid.of(without_valid(train))
    best, inner = _tried(train, grid, settings)
    tried = {settings}
    for turn in range(ROUNDS[train.kind]):
        for name, choices in SEARCH[train.kind].items():
            for one in [replace(settings, **{name: choice}) for choice in choices]:
                if one not in tried:
                    tried.add(one)
                    score, found = _tried(train, grid, one)
                    if score > best:
                        settings, best, inner = one, score, found
            report(f"round {turn + 1} of {ROUNDS[train.kind]}, {name}: {best:.4f}")
    return settings, inner


def _tried(train: Train, grid: Grid, s: KernelSettings) -> tuple[float, np.ndarray]:
    found = grid.solved(s, ROUGH_STEPS if train.kind == AUC else STEPS)[2]
    return goodness(train.kind, train.labels, found, train.valid), found
