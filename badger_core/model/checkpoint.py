"""A trained network as two files: weights (safetensors) and everything it speaks of (JSON).

Never pickle. The JSON carries genes, pathways and reference lines by name and in order, so a model
is only ever used on the things it was trained on.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import nn

from badger_core.errors import CheckpointError, SettingError
from badger_core.files import write_whole
from badger_core.model.contract import World
from badger_core.model.expert import ExpertData
from badger_core.model.zoo import network_named

FORMAT = 2


@dataclass(frozen=True)
class Card:
    """What a checkpoint's JSON holds.

    Attributes:
        network: name in the zoo.
        settings: keyword arguments of the network.
        genes: (G,) Entrez ids in order.
        pathways: (P,) pathway identifiers in order.
        references: (C,) reference lines in order.
        sources: names of the sources in the context, in order.
        n_bits, n_context, n_vector, n_lines: A, K, V and L.
        terms: mechanisms and targets that the kernel part knows, in order; empty without one.
        taught_compounds: ik14 of the library compounds that the kernel part labelled, sorted.
        expert: shapes of the kernel part's arrays; empty without one.
        split, fold: which rows were held out.
        held_out_cells: lines that neither trained nor helped to centre expression.
        trained_compounds: ik14 of the compounds trained on, sorted.
        trained_cells: lines trained on, sorted.
        bundle: content hash of the data bundle.
        training: settings of the run.
        metrics: validation score and epoch.
        command: the command line that made it.
    """

    network: str
    settings: dict
    genes: tuple[int, ...]
    pathways: tuple[str, ...]
    references: tuple[str, ...]
    sources: tuple[str, ...]
    n_bits: int
    n_context: int
    n_vector: int
    n_lines: int
    split: str
    fold: int
    held_out_cells: tuple[str, ...]
    trained_compounds: tuple[str, ...]
    trained_cells: tuple[str, ...]
    bundle: str
    training: dict
    metrics: dict
    command: str
    terms: tuple[str, ...] = ()
    taught_compounds: tuple[str, ...] = ()
    expert: dict = field(default_factory=dict)
    format: int = FORMAT


def save_checkpoint(path: Path, model: nn.Module, card: Card) -> None:
    """Write `path`.safetensors and `path`.json, each whole or not at all."""
    save_tensors(path.with_suffix(".safetensors"), dict(model.state_dict()))
    text = json.dumps(asdict(card), indent=1, sort_keys=True) + "\n"
    write_whole(path.with_suffix(".json"), text)


def save_tensors(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """Tensors to one safetensors file, whole or not at all."""
    write_whole(path, save({n: t.detach().cpu().contiguous() for n, t in tensors.items()}))


def load_card(path: Path) -> Card:
    """The card beside `path`.

    Raises:
        CheckpointError: if it is missing, damaged or of another format.
    """
    file = path.with_suffix(".json")
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        card = Card(**{k: tuple(v) if isinstance(v, list) else v for k, v in content.items()})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CheckpointError(_remedy(file, "cannot be read")) from error
    if card.format != FORMAT:
        raise CheckpointError(_remedy(file, f"has format {card.format}, not {FORMAT}"))
    return card


def load(path: Path) -> tuple[nn.Module, Card]:
    """The network, ready to predict, and its card.

    Raises:
        CheckpointError: if a file is missing, damaged or does not fit the other.
    """
    card = load_card(path)
    file = path.with_suffix(".safetensors")
    try:
        weights = load_file(file)
    except (OSError, SafetensorError) as error:
        raise CheckpointError(_remedy(file, "cannot be read")) from error
    try:
        model = network_named(card.network)(_world_of(card), **card.settings)
        model.load_state_dict(weights)
        if card.expert and list(card.expert["term_weight"]) != [len(card.terms)]:
            raise KeyError("terms")
    except (RuntimeError, TypeError, KeyError, AttributeError, SettingError) as error:
        raise CheckpointError(_remedy(file, "does not fit the card beside it")) from error
    return model.eval(), card


def _world_of(card: Card) -> World:
    """A world of the card's sizes, to be filled with the weights."""
    genes = len(card.genes)
    return World(
        n_bits=card.n_bits,
        n_references=len(card.references),
        n_context=card.n_context,
        n_pathways=len(card.pathways),
        gene_vectors=np.zeros((genes, card.n_vector), np.float32),
        mean_change=np.zeros(genes, np.float32),
        line_at=np.zeros(card.n_lines, np.int64),
        line_means=np.zeros((card.n_lines, genes), np.float32),
        expert=ExpertData.empty(card.expert) if card.expert else None,
    )


def _remedy(file: Path, what: str) -> str:
    return f"The model file '{file}' {what}. Restore it from the repository, or train it again."
