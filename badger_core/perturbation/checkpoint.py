"""A trained perturbation model as two files: weights (safetensors) and names and settings (JSON).

Never pickle. Loaded again it gives the same network bit for bit.
"""

import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from badger_core.errors import PerturbationError, SettingError
from badger_core.files import write_whole
from badger_core.model.checkpoint import save_tensors
from badger_core.perturbation.vae import PerturbationVae
from badger_core.perturbation.vae_model import ScreenModel
from badger_core.perturbation.vae_parts import World
from badger_core.perturbation.vae_settings import VaeSettings

FORMAT = 1


def save_model(path: Path, model: ScreenModel, about: dict) -> None:
    """Write `path`.safetensors and `path`.json, each whole or not at all.

    Args:
        path: without ending; its folder exists.
        model: trained.
        about: what else to keep, such as metrics and the command; plain JSON.
    """
    vae = model.vae
    card = {
        "format": FORMAT,
        "genes": vae.genes,
        "targets": vae.targets,
        "replicates": vae.replicates,
        "depth": vae.encoder.depth,
        "n_quantiles": vae.libraries.shape[1],
        "settings": asdict(vae.settings),
        "about": about,
    }
    save_tensors(path.with_suffix(".safetensors"), dict(vae.state_dict()))
    write_whole(path.with_suffix(".json"), json.dumps(card, indent=1, sort_keys=True) + "\n")


def load_model(path: Path) -> tuple[ScreenModel, dict]:
    """The model, and what was kept about it.

    Raises:
        PerturbationError: if a file is missing, damaged or does not fit the other.
    """
    try:
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if card["format"] != FORMAT:
            raise ValueError(f"format {card['format']}, not {FORMAT}")
        vae = PerturbationVae(_empty_world(card), VaeSettings(**card["settings"]))
        vae.load_state_dict(load_file(path.with_suffix(".safetensors")))
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        RuntimeError,
        SafetensorError,
        SettingError,
    ) as error:
        raise PerturbationError(
            f"The model '{path}' cannot be used ({type(error).__name__}). Restore its two files "
            "from the repository, or train it with 'badger perturbation train'."
        ) from error
    return ScreenModel(vae.eval()), card["about"]


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
