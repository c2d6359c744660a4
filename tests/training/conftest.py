"""Eight real conditions as a run of their own, what a run needs, and poison for its test labels."""

from dataclasses import asdict, dataclass, replace

import numpy as np
import pytest
import torch

from badger_core.data.conditions import Conditions
from badger_core.data.loader import Loader
from badger_core.evaluation.plain import weighted_mean
from badger_core.model.contract import World
from badger_core.model.zoo import network_named
from badger_core.training import prepare as prepare_module
from badger_core.training.expression import ExpressionTask, Validation
from badger_core.training.fit import fit
from badger_core.training.run import train_fold
from badger_core.training.settings import TrainSettings
from tests.conftest import LINES

N_GENES = 200
QUICK = TrainSettings(epochs=3, batch_size=4, learning_rate=0.01)
QUICK = replace(QUICK, model=replace(QUICK.model, hidden=8, kernel_share=0.0))


@dataclass(frozen=True, eq=False)
class Run:
    """Eight conditions that train and validate at once."""

    conditions: Conditions
    loader: Loader
    validation: Validation | None
    world: World

    def fit(self, settings, folder, report=lambda line: None, **more):
        return fit(
            lambda: network_named(settings.network)(self.world, **asdict(settings.model)),
            ExpressionTask(self.loader, self.validation, settings),
            settings,
            folder,
            "eight",
            torch.device("cpu"),
            report,
            **more,
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
    molecules = bundle.library.molecules(chosen.table["ik14"])
    n_pathways = len(bundle.pathways.vocabulary)
    labels = bundle.pathway_labels
    loader = Loader(chosen, molecules, five_lines, labels, ("one",), n_pathways, graphs=True)
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


@pytest.fixture
def without(eight):
    """The same run without a validation, as of a tested fold."""
    return replace(eight, validation=None)


def same(one, other):
    """Whether two networks have the same weights, bit for bit."""
    ours, theirs = one.state_dict(), other.state_dict()
    return ours.keys() == theirs.keys() and all(torch.equal(ours[k], theirs[k]) for k in ours)


def train_few_steps(
    bundle, folder, split="unseen-compound", number=1, report=lambda line: None, **changes
):
    """Folder with one checkpoint of a run of a few steps."""
    settings = replace(TrainSettings().debug(), kinds=("numeric",), **changes)
    out, device = folder / "models", torch.device("cpu")
    arguments = (split, number, out, folder / "state", device, "by a test", report, True)
    train_fold(bundle, settings, *arguments)
    return out


def poison(monkeypatch, bundle, split):
    """Garbage for the labels of whatever does not train, before anything is sealed."""
    whole = prepare_module._conditions(bundle, ("numeric",))
    hidden = np.setdiff1d(np.arange(len(whole)), split.train)
    change = whole.change.copy()
    change[hidden] = change[hidden][:, ::-1] * 100 + 7
    strength, active = whole.table["strength"].copy(), whole.table["active"].copy()
    strength.iloc[hidden] = 1e6
    active.iloc[hidden] = ~active.iloc[hidden]
    poisoned = Conditions(whole.table.assign(strength=strength, active=active), change)
    monkeypatch.setattr(prepare_module, "_conditions", lambda *_: poisoned)


def whole_of(fold):
    """The conditions of a fold before anything was sealed."""
    return prepare_module._conditions(fold.bundle, ("numeric",))
