"""A trained perturbation model as two files: weights (safetensors) and names and settings (JSON).

Never pickle. Loaded again it gives the same network bit for bit.
"""

from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load

from badger_core import checked, checksums
from badger_core.errors import PerturbationError
from badger_core.files import write_together
from badger_core.kept import sha256
from badger_core.model.checkpoint import tensor_bytes
from badger_core.perturbation.vae import PerturbationVae
from badger_core.perturbation.vae_model import ScreenModel
from badger_core.perturbation.vae_parts import World
from badger_core.perturbation.vae_settings import VaeSettings

FORMAT = 1
_DOOR = checked.Door(
    PerturbationError,
    checked.restored("data/perturbation", "train the model with 'badger perturbation train'"),
)


def save_model(path: Path, model: ScreenModel, about: dict) -> None:
    """Write `model_files` together.

    Raises:
        WriteError: where they cannot be written; older ones are as they were then.
    """
    files = model_files(path, model, about)
    write_together(files)
    checksums.renew(files)


def model_files(path: Path, model: ScreenModel, about: dict) -> dict[Path, bytes | str]:
    """`path`.safetensors and `path`.json, which holds the checksum of the other.

    Args:
        path: without ending.
        model: trained.
        about: what else to keep, such as metrics and the command; plain JSON.
    """
    vae = model.vae
    weights = tensor_bytes(dict(vae.state_dict()))
    card = {
        "format": FORMAT,
        "genes": vae.genes,
        "targets": vae.targets,
        "replicates": vae.replicates,
        "depth": vae.encoder.depth,
        "n_quantiles": vae.libraries.shape[1],
        "settings": asdict(vae.settings),
        "about": about,
        "weights": sha256(weights),
    }
    text = checked.card_text(card)
    return {path.with_suffix(".safetensors"): weights, path.with_suffix(".json"): text}


def load_model(path: Path) -> tuple[ScreenModel, dict]:
    """The model, and what was kept about it.

    Raises:
        PerturbationError: if a file is missing, damaged or does not fit the other.
    """
    file, weights = path.with_suffix(".json"), path.with_suffix(".safetensors")
    card = checked.card(file, _DOOR)
    if card.get("format") != FORMAT:
        raise _DOOR.refuse(file, f"has format {card.get('format')}, not {FORMAT}")
    expected = card.get("weights") or checksums.listed(weights)
    content = checked.content(weights, _DOOR, expected)
    try:
        vae = PerturbationVae(_empty_world(card), VaeSettings(**card["settings"]))
        vae.load_state_dict(load(content))
        about = dict(card["about"])
    except Exception as error:  # sizes and names of a wrong card break anything
        raise _DOOR.refuse(weights, "is damaged or does not fit the card beside it") from error
    return ScreenModel(vae.eval()), about


def _empty_world(card: dict) -> World:
    """A world of the card's names and sizes, to be filled with the weights."""
    n_genes, n_targets = len(card["genes"]), len(card["targets"])
    return World(
        tuple(card["genes"]),
        tuple(card["targets"]),
        tuple(card["replicates"]),
        torch.full((n_targets,), -1),
        torch.full((n_targets,), -1.0),
        *(torch.zeros(n_genes) for _ in range(4)),
        float(card["depth"]),
        torch.zeros(n_targets + 1, card["n_quantiles"]),
    )
