"""A small simulated screen and a model that has learned it for a few seconds, for the tests."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from badger_core.perturbation.simulate import Simulated, simulate
from badger_core.perturbation.splits import Split, by_cell
from badger_core.perturbation.train import Trained, train_vae
from badger_core.perturbation.vae_settings import VaeSettings

QUICK = VaeSettings(latent=3, hidden=12, epochs=3, batch_size=128)


@cache
def small_world() -> Simulated:
    """14 genes, 6 targets of 60 cells, 240 control cells."""
    return simulate(1, n_genes=14, n_targets=6, cells=60, controls=240)


def small_split() -> Split:
    """Of its cells."""
    return by_cell(small_world().screen, 0)


@cache
def learned() -> Trained:
    """Trained long enough to know the strongest effects."""
    with TemporaryDirectory() as folder:
        settings = VaeSettings(latent=3, hidden=12, epochs=40, batch_size=64)
        return train_vae(small_world().screen, small_split(), settings, Path(folder), "cpu")
