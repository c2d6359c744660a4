"""Names of networks to their classes."""

from collections.abc import Callable

from torch import nn

from badger_core.errors import SettingError
from badger_core.model.badger import Badger
from badger_core.model.baselines.ciger import Ciger
from badger_core.model.baselines.deepce import Deepce
from badger_core.model.baselines.light import BadgerLight
from badger_core.model.baselines.mlp import Mlp

MODELS: dict[str, Callable[..., nn.Module]] = {
    "badger": Badger,
    "badger_light": BadgerLight,
    "mlp": Mlp,
    "deepce": Deepce,
    "ciger": Ciger,
}


def network_named(name: str) -> Callable[..., nn.Module]:
    """The network class of this name.

    Raises:
        SettingError: listing the names there are.
    """
    if name not in MODELS:
        raise SettingError(f"There is no network '{name}'. Choose among {', '.join(MODELS)}.")
    return MODELS[name]


def reads_graph(name: str) -> bool:
    """Whether batches for this network must hold molecular graphs.

    Raises:
        SettingError: for a name that does not exist.
    """
    return getattr(network_named(name), "reads_graph", False)
