"""A trained network as two files: weights (safetensors) and everything it speaks of (JSON).

Never pickle. The JSON carries genes, pathways and reference lines by name and in order, so a model
is only ever used on the things it was trained on.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load as load_tensors
from safetensors.torch import save
from torch import nn

from badger_core import checked, checksums
from badger_core.errors import CheckpointError
from badger_core.files import write_together
from badger_core.kept import sha256
from badger_core.model.contract import World
from badger_core.model.expert import ExpertData
from badger_core.model.zoo import network_named

FORMAT = 2
_DOOR = checked.Door(
    CheckpointError, checked.restored("data/models", "train it again with 'badger train'")
)
WEIGHTS = "weights"
"""Key of the checksum of the weights in the JSON."""


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
    """Write `path`.safetensors and `path`.json together; the JSON holds the checksum of the other.

    Raises:
        WriteError: where they cannot be written; older ones are as they were then.
    """
    weights = tensor_bytes(dict(model.state_dict()))
    content = asdict(card) | {WEIGHTS: sha256(weights)}
    files: dict[Path, bytes | str] = {
        path.with_suffix(".safetensors"): weights,
        path.with_suffix(".json"): checked.card_text(content),
    }
    write_together(files)
    checksums.renew(files)


def tensor_bytes(tensors: dict[str, torch.Tensor]) -> bytes:
    """Tensors as the bytes of a safetensors file."""
    return save({n: t.detach().cpu().contiguous() for n, t in tensors.items()})


def load_card(path: Path) -> Card:
    """The card beside `path`.

    Raises:
        CheckpointError: if it is missing, damaged or of another format.
    """
    return _read(path)[0]


def _read(path: Path) -> tuple[Card, str]:
    """The card, and the checksum of the weights; '' where an earlier version did not tell it."""
    file = path.with_suffix(".json")
    content = checked.card(file, _DOOR)
    weights = content.pop(WEIGHTS, "") or checksums.listed(path.with_suffix(".safetensors"))
    try:
        card = Card(**{k: tuple(v) if isinstance(v, list) else v for k, v in content.items()})
    except TypeError as error:
        raise _DOOR.refuse(file, "is no card of a model") from error
    if card.format != FORMAT:
        raise _DOOR.refuse(file, f"has format {card.format}, not {FORMAT}")
    return card, weights


def load(path: Path) -> tuple[nn.Module, Card]:
    """The network, ready to predict, and its card.

    Raises:
        CheckpointError: if a file is missing, damaged or does not fit the other.
    """
    card, expected = _read(path)
    file = path.with_suffix(".safetensors")
    content = checked.content(file, _DOOR, expected)
    try:
        weights = load_tensors(content)
    except Exception as error:  # no tensors at all: whatever the library raises for that
        raise _DOOR.refuse(file, "is damaged or holds no tensors") from error
    try:
        model = network_named(card.network)(_world_of(card), **card.settings)
        model.load_state_dict(weights)
        if card.expert and list(card.expert["term_weight"]) != [len(card.terms)]:
            raise KeyError("terms")
    except Exception as error:  # sizes and names of a wrong card break anything
        raise _DOOR.refuse(file, "does not fit the card beside it") from error
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
