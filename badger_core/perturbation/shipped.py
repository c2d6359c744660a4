"""What ships of the perturbation model: weights of one training, and the edges that several found.

Made by `badger perturbation train`. The weights are of seed 0: they never saw the test cells of
`splits.by_cell(good_cells(), 0)`, so that predictions can be shown beside those. Edges are tested
on all good cells, and their stability is over SEEDS.
"""

import io
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from badger_core import checked, checksums, paths
from badger_core.data.perturbation import CellScreen, shipped_screen
from badger_core.errors import PerturbationError
from badger_core.files import write_together
from badger_core.perturbation.checkpoint import load_model, model_files
from badger_core.perturbation.edges import DEALS, edge_evidence
from badger_core.perturbation.edges_table import FDR, STABLE, edges_table
from badger_core.perturbation.quality import assess
from badger_core.perturbation.splits import by_cell
from badger_core.perturbation.stability import stability
from badger_core.perturbation.train import Trained, train_vae
from badger_core.perturbation.vae_model import ScreenModel
from badger_core.perturbation.vae_settings import VaeSettings

SEEDS = (0, 1, 2, 3, 4)
"""Of trainings: of the first weights, the order of cells and the cells that were dealt."""
MODEL, EDGES = "model", "edges.parquet"
_DOOR = checked.Door(
    PerturbationError,
    checked.restored("data/perturbation", "make it with 'badger perturbation train'"),
)

Report = Callable[[str], None]


@lru_cache(maxsize=1)
def good_cells() -> CellScreen:
    """The shipped screen without the cells that quality control rejects.

    Raises:
        PerturbationError: if its tables are missing.
    """
    screen = shipped_screen()
    return screen.take(assess(screen).keep)


def trained(
    screen: CellScreen, settings: VaeSettings, root: Path, device: str, report: Report
) -> Trained:
    """Train on the split of the settings' seed; a finished training is only read again.

    Args:
        screen: good cells.
        settings: of the run.
        root: folder of states, one below it for each seed.
        device: auto, cpu or cuda.
        report: called with a sentence after every epoch.
    """
    state = root / f"seed_{settings.seed}_{settings.alignment}"
    return train_vae(screen, by_cell(screen, settings.seed), settings, state, device, report)


def ship(
    folder: Path,
    root: Path,
    settings: Sequence[VaeSettings],
    device: str = "cpu",
    deals: int = DEALS,
    report: Report = lambda _: None,
) -> pd.DataFrame:
    """Train with all settings, test the edges, write weights of the first and the table of edges.

    Args:
        folder: to write to.
        root: folder of the states of unfinished trainings.
        settings: one for each training.
        device: auto, cpu or cuda.
        deals: of labels, for each target.
        report: called with sentences on the way.

    Returns:
        The table of edges (`edges_table.COLUMNS`).
    """
    screen = good_cells()
    found = []
    for number, one in enumerate(settings, 1):
        tell = _numbered(report, f"training {number} of {len(settings)}: ")
        found.append(trained(screen, one, root, device, tell))
    evidence = edge_evidence(screen, deals=deals, seed=settings[0].seed, report=report)
    networks = [one.model.network() for one in found]
    table = edges_table(screen, evidence, stability(networks))
    about = {
        "cells": len(screen.target),
        "epochs": found[0].progress.epoch,
        "best_epoch": found[0].progress.best_epoch,
        "seeds": [one.seed for one in settings],
        "seconds": [round(sum(row["seconds"] for row in one.progress.history)) for one in found],
        "edges_drawn": int(table["drawn"].sum()),
        "fdr": FDR,
        "stable": STABLE,
        "deals": deals,
    }
    digits = dict.fromkeys(table.select_dtypes("float"), 6)
    small = table.round(digits).astype({name: "float32" for name in digits if name != "p"})
    buffer = io.BytesIO()
    small.to_parquet(buffer, index=False, compression="zstd")
    edges: dict[Path, bytes | str] = {folder / EDGES: buffer.getvalue()}
    files = edges | model_files(folder / MODEL, found[0].model, about)
    write_together(files)
    checksums.renew(files)
    return table


def shipped_model() -> ScreenModel:
    """The shipped weights.

    Raises:
        PerturbationError: if they are missing or damaged.
    """
    return load_model(paths.perturbation_dir() / MODEL)[0]


def shipped_about() -> dict:
    """What is kept about the shipped trainings: cells, epochs, seeds, seconds, edges drawn.

    Raises:
        PerturbationError: if the weights are missing or damaged.
    """
    return load_model(paths.perturbation_dir() / MODEL)[1]


def shipped_edges() -> pd.DataFrame:
    """The shipped table of edges, drawn ones first; columns `edges_table.COLUMNS`.

    Raises:
        PerturbationError: if it is missing or damaged.
    """
    path = paths.perturbation_dir() / EDGES
    return checked.table(path, _DOOR, checksums.listed(path))


def _numbered(report: Report, before: str) -> Report:
    return lambda line: report(before + line)
