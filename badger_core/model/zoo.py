"""Names of networks to their classes."""

from collections.abc import Callable

from torch import nn

from badger_core.errors import SettingError
from badger_core.model.badger import Badger

MODELS: dict[str, Callable[..., nn.Module]] = {"badger": Badger}


def network_named(name: str) -> Callable[..., nn.Module]:
    """The network class of this name.

    Raises:
        SettingError: listing the names there are.
    """
    if name not in MODELS:
        raise SettingError(f"There is no network '{name}'. Choose among {', '.join(MODELS)}.")
    return MODELS[name]
