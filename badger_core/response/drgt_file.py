"""A trained graph model as two files: tensors (safetensors) and everything with a name (JSON).

Never pickle. Names stand in the JSON in the order of the tensors' rows.
"""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from badger_core.data.response import Drugs, Lines
from badger_core.errors import ResponseError
from badger_core.files import write_whole
from badger_core.model.checkpoint import save_tensors
from badger_core.response.drgt_fitted import FittedDrgt
from badger_core.response.drgt_pairs import Pairs
from badger_core.response.drgt_settings import DrgtSettings
from badger_core.response.graph_nodes import Reference
from badger_core.response.network import DrgtNetwork, Sizes

FORMAT = 1
_PAIRS = tuple(f"pairs.{name}" for name in Pairs._fields)


def save_drgt(path: Path, fitted: FittedDrgt) -> None:
    """Write `path`.safetensors and `path`.json, each whole or not at all."""
    reference = fitted.reference
    tensors = {f"network.{name}": value for name, value in fitted.network.state_dict().items()}
    arrays = {
        "drugs.bits": np.packbits(fitted.drugs.bits, axis=1),
        "drugs.groups": fitted.drugs.groups,
        "lines.expression": fitted.lines.expression,
        "lines.groups": fitted.lines.groups,
        "reference.mean": reference.mean,
        "reference.sd": reference.sd,
        "reference.axes": reference.axes,
    }
    tensors |= {name: torch.from_numpy(np.ascontiguousarray(a)) for name, a in arrays.items()}
    tensors |= dict(zip(_PAIRS, fitted.pairs, strict=True))
    save_tensors(path.with_suffix(".safetensors"), tensors)
    card = {
        "format": FORMAT,
        "kind": fitted.kind,
        "sizes": fitted.network.sizes._asdict(),
        "settings": asdict(fitted.settings),
        "level": fitted.level,
        "n_bits": fitted.drugs.bits.shape[1],
        "drugs": {name: list(getattr(fitted.drugs, name)) for name in ("keys", "names", "smiles")},
        "lines": list(fitted.lines.keys),
        "reference_drugs": list(reference.drug_keys),
        "reference_lines": list(reference.line_keys),
        "targets": {key: list(genes) for key, genes in fitted.targets.items()},
        "symbols": list(fitted.symbols),
    }
    write_whole(path.with_suffix(".json"), json.dumps(card, sort_keys=True) + "\n")


def load_drgt(path: Path) -> FittedDrgt:
    """The model, ready to predict.

    Raises:
        ResponseError: if a file is missing, damaged or does not fit the other.
    """
    try:
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        tensors = load_file(path.with_suffix(".safetensors"))
        if card["format"] != FORMAT:
            raise ValueError(card["format"])
        return _fitted(card, tensors)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise ResponseError(
            f"The graph model '{path}' is missing or damaged, or its two files do not fit. Restore "
            "them from the repository, or train anew: badger response train."
        ) from error


def _fitted(card: dict, tensors: dict[str, Tensor]) -> FittedDrgt:
    network = DrgtNetwork(Sizes(**card["sizes"]))
    start = "network."
    network.load_state_dict(
        {name.removeprefix(start): t for name, t in tensors.items() if name.startswith(start)}
    )
    array = {name: t.numpy() for name, t in tensors.items() if not name.startswith(start)}
    bits = np.unpackbits(array["drugs.bits"], axis=1, count=card["n_bits"])
    texts = (_texts(card["drugs"][name]) for name in ("keys", "names", "smiles"))
    drugs = Drugs(*texts, bits, array["drugs.groups"])
    lines = Lines(_texts(card["lines"]), array["lines.expression"], array["lines.groups"])
    if len(drugs.keys) != len(bits) or len(lines.keys) != len(lines.expression):
        raise ValueError("names and rows differ in number")
    keys = (_texts(card["reference_drugs"]), _texts(card["reference_lines"]))
    scale = (array[f"reference.{name}"] for name in ("mean", "sd", "axes"))
    return FittedDrgt(
        card["kind"],
        network.eval(),
        DrgtSettings(**card["settings"]),
        Reference(*keys, *scale),
        drugs,
        lines,
        Pairs(*(tensors[name] for name in _PAIRS)),
        tuple(card["level"]),
        {key: tuple(genes) for key, genes in card["targets"].items()},
        tuple(card["symbols"]),
    )


def _texts(values: list[str]) -> np.ndarray:
    return np.array(values, object)
