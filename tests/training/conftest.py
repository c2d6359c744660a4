"""Eight real conditions as a run of their own, and what a run needs."""

from dataclasses import asdict, dataclass, replace

import numpy as np
import pytest
import torch

from badger_core.data.conditions import Conditions
from badger_core.data.loader import Loader
from badger_core.evaluation.plain import weighted_mean
from badger_core.model.badger import Badger
from badger_core.model.contract import World
from badger_core.training.fit import Validation, fit
from badger_core.training.prepare import molecules_of
from badger_core.training.settings import TrainSettings
from tests.conftest import LINES

N_GENES = 200
QUICK = TrainSettings(epochs=3, batch_size=4, learning_rate=0.01)
QUICK = replace(QUICK, model=replace(QUICK.model, hidden=8))


@dataclass(frozen=True, eq=False)
class Run:
    """Eight conditions that train and validate at once."""

    conditions: Conditions
    loader: Loader
    validation: Validation
    world: World

    def fit(self, settings, folder, report=lambda line: None):
        return fit(
            lambda: Badger(self.world, **asdict(settings.model)),
            self.loader,
            self.validation,
            settings,
            folder,
            "eight",
            torch.device("cpu"),
            report,
        )


@pytest.fixture(scope="session")
def eight(bundle, conditions, five_lines):
    """Strong conditions of eight compounds in five lines, all at 10 uM and 24 h, on 200 genes."""
    table = conditions.table
    usual = (table["dose_um"] == 10) & (table["time_h"] == 24) & (table["identity"] == "given")
    rows = table[usual & table["active"] & (table["strength"] < 2.5) & table["cell"].isin(LINES)]
    rows = rows.sort_values("strength", ascending=False).drop_duplicates("ik14")
    chosen = conditions.take(rows.groupby("cell").head(2).index[:8].to_numpy())
    chosen = Conditions(chosen.table.assign(weight=1.0), chosen.change[:, :N_GENES])
    molecules = molecules_of(bundle, chosen.table["ik14"])
    n_pathways = len(bundle.pathways.vocabulary)
    loader = Loader(chosen, molecules, five_lines, bundle.pathway_labels, ("one",), n_pathways)
    mean = weighted_mean(chosen.change, np.ones(8))
    world = World(
        n_bits=1024,
        n_references=len(LINES),
        n_context=4,
        n_pathways=n_pathways,
        gene_vectors=bundle.gene_vectors[:N_GENES],
        mean_change=mean,
        line_at=np.arange(len(LINES)),
        line_means=np.stack([mean] * len(LINES)),
    )
    return Run(chosen, loader, Validation(loader, chosen.table, chosen.change), world)
