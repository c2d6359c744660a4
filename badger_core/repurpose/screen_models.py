"""What a worker of a screen holds of a folder of models: networks, cards and what gives trust."""

import threading
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from torch import nn

from badger_core.errors import CheckpointError
from badger_core.evaluation.trust import Trust
from badger_core.model.checkpoint import Card, load
from badger_core.predict.trust import load_trust
from badger_core.repurpose.model_files import models_hash

_loading = threading.Lock()


class Models(NamedTuple):
    """Members by file name, as `predict.member.load_members` orders them, without a bundle."""

    members: tuple[tuple[nn.Module, Card], ...]
    trust: dict[str, Trust] | None


def models_of(folder: str, expected: str) -> Models:
    """The models of a folder, read once in a process.

    Args:
        folder: where they are, on the machine that this runs on.
        expected: `models_hash` of the models that were asked for.

    Raises:
        CheckpointError: there are other models, or none.
    """
    with _loading:
        return _read(folder, expected)


@lru_cache(maxsize=1)
def _read(folder: str, expected: str) -> Models:
    found = models_hash(Path(folder))
    if found != expected:
        raise CheckpointError(
            f"The models in '{folder}' are not those that were asked for ({found}, not "
            f"{expected}). Give every worker the same version of the program and of the models."
        )
    files = sorted(Path(folder).glob("*.safetensors"))
    return Models(tuple(load(file) for file in files), load_trust(Path(folder)))
