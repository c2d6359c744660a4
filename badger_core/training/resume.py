"""The state of an unfinished run on disk: weights, optimiser, random numbers and history.

Tensors go to safetensors, the rest to JSON, which holds the checksums of both.
"""

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor, nn

from badger_core import checked
from badger_core.errors import CheckpointError
from badger_core.files import write_together
from badger_core.model.checkpoint import tensor_bytes

_DOOR = checked.Door(CheckpointError, "Training begins anew.")


@dataclass
class Progress:
    """Where a run stands after `epoch` finished epochs."""

    fingerprint: str
    epoch: int = 0
    best_epoch: int = 0
    best_score: float = float("-inf")
    seconds: float = 0.0
    history: list[dict[str, float]] = field(default_factory=list)
    best: dict[str, Tensor] = field(default_factory=dict)


def store(
    folder: Path,
    progress: Progress,
    model: nn.Module,
    optimiser: torch.optim.Optimizer,
    generator: torch.Generator,
    mean: nn.Module | None = None,
) -> None:
    """Write everything needed to go on from here; `mean` keeps an average of the weights."""
    tensors = {f"model.{k}": v for k, v in model.state_dict().items()}
    tensors |= {f"best.{k}": v for k, v in progress.best.items()}
    if mean is not None:
        tensors |= {f"mean.{k}": v for k, v in mean.state_dict().items()}
    for index, state in optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser.{index}.{k}": v for k, v in state.items()}
    tensors["random.order"] = generator.get_state()
    tensors["random.dropout"] = torch.get_rng_state()
    state = tensor_bytes(tensors)
    content = {k: v for k, v in asdict(progress).items() if k != "best"}
    content["state"] = hashlib.sha256(state).hexdigest()
    write_together(
        {
            folder / f"state{progress.epoch}.safetensors": state,
            folder / "progress.json": checked.card_text(content),
        }
    )
    for old in folder.glob("state*.safetensors"):
        if old.name != f"state{progress.epoch}.safetensors":
            old.unlink()


def restore(
    folder: Path,
    fingerprint: str,
    model: nn.Module,
    optimiser: torch.optim.Optimizer,
    generator: torch.Generator,
    mean: nn.Module | None = None,
) -> Progress:
    """Put a stored run back into model, optimiser, generator and mean; else a fresh start.

    A state of other settings or data (another fingerprint), or a damaged one, is not used.
    """
    try:
        content = checked.card(folder / "progress.json", _DOOR)
        if content["fingerprint"] != fingerprint:
            return Progress(fingerprint)
        weights = folder / f"state{content['epoch']}.safetensors"
        tensors = load(checked.content(weights, _DOOR, content.pop("state")))
    except (CheckpointError, KeyError, TypeError, SafetensorError):
        return Progress(fingerprint)
    model.load_state_dict(_part(tensors, "model."))
    if mean is not None:
        mean.load_state_dict(_part(tensors, "mean."))
    state: dict[int, dict[str, Tensor]] = {}
    for name, tensor in _part(tensors, "optimiser.").items():
        index, key = name.split(".", 1)
        state.setdefault(int(index), {})[key] = tensor
    optimiser.load_state_dict(
        {"state": state, "param_groups": optimiser.state_dict()["param_groups"]}
    )
    generator.set_state(tensors["random.order"])
    torch.set_rng_state(tensors["random.dropout"])
    return Progress(**content, best=_part(tensors, "best."))


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
