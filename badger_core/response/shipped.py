"""Reads and writes the shipped weights: arrays in one file, settings and checks in another."""

import io
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from badger_core import checked, checksums
from badger_core.data.response import Screen, profiles
from badger_core.errors import ResponseError
from badger_core.files import write_together
from badger_core.paths import response_dir
from badger_core.response.baselines.kernel import KernelSettings
from badger_core.response.confidence import Bins
from badger_core.response.heads import Head
from badger_core.response.machine import Machine
from badger_core.response.platt import Platt
from badger_core.response.screens import screen_on

ARRAYS, RECORD = "predictor.npz", "predictor.json"
VERSION = 1
_REMEDY = checked.restored("data/response", "run 'badger response train'")
_DOOR = checked.Door(ResponseError, _REMEDY)


class Shipped(NamedTuple):
    """Everything that the predictor needs.

    Attributes:
        machines: (screen, panel) to machine.
        ccle: catalogue name of a line to its (1000,) profile of CCLE.
        landmarks: likewise to its (978,) landmarks, less the mean of its platform.
        manifest: how the weights were made and what their intervals hold.
    """

    machines: dict[tuple[str, str], Machine]
    ccle: dict[str, np.ndarray]
    landmarks: dict[str, np.ndarray]
    manifest: dict


def read_shipped(root: Path | None, panels: Mapping[str, tuple[str, ...]]) -> Shipped:
    """The machines of these panels.

    Raises:
        ResponseError: if a file is missing, damaged, or of other tables than those at hand.
    """
    folder = root or response_dir()
    record = checked.card(folder / RECORD, _DOOR)
    if record.get("version") != VERSION:
        raise _DOOR.refuse(folder / RECORD, "is of another version")
    expected = record.get("arrays") or checksums.listed(folder / ARRAYS)
    arrays = checked.arrays(folder / ARRAYS, _DOOR, expected)
    screens = [
        screen_on(name, panel, root) for name, of_screen in panels.items() for panel in of_screen
    ]
    try:
        machines = {(one.name, one.panel): _machine(one, record, arrays) for one in screens}
        manifest = dict(record["manifest"])
    except ResponseError:
        raise
    except Exception as error:  # what does not fit breaks anything
        raise _DOOR.refuse(folder / ARRAYS, "does not fit the record beside it") from error
    ccle, landmarks = (_by_cell(panel, root) for panel in ("ccle1000", "landmark"))
    return Shipped(machines, ccle, landmarks, manifest)


def _by_cell(panel: str, root: Path | None) -> dict[str, np.ndarray]:
    known = profiles(panel, root)
    cells = known.table["cell"].to_numpy(object)
    return {cell: row for cell, row in zip(cells, known.values, strict=True) if cell}


def write_shipped(
    folder: Path, machines: Mapping[tuple[str, str], Machine], manifest: dict
) -> None:
    """Both files, each whole or not at all."""
    arrays: dict[str, np.ndarray] = {}
    record: dict = {"version": VERSION, "manifest": manifest, "machines": {}}
    for (name, panel), machine in machines.items():
        at = f"{name}_{panel}"
        heads = {}
        for split, head in machine.heads.items():
            arrays[f"{at}_{split}_weights"] = head.weights.astype(np.float32)
            for what, values in head.bins.arrays().items():
                arrays[f"{at}_{split}_{what}"] = values.astype(np.float32)
            platt = None if head.platt is None else list(head.platt)
            heads[split] = {
                "settings": asdict(head.settings),
                "offset": head.offset,
                "platt": platt,
            }
        for what, values in (("held_out", machine.held_out), ("means", machine.means)):
            if values is not None:
                arrays[f"{at}_{what}"] = values.astype(np.float16)
        record["machines"][at] = {"heads": heads, "signature": signature(machine.screen)}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    record["arrays"] = sha256(buffer.getvalue()).hexdigest()
    files: dict[Path, bytes | str] = {
        folder / ARRAYS: buffer.getvalue(),
        folder / RECORD: checked.card_text(record),
    }
    write_together(files)
    checksums.renew(files)


def signature(screen: Screen) -> str:
    """Hash of what weights are bound to: drugs and lines in their order, bits and expression."""
    found = sha256()
    for keys in (screen.about_drugs["drug"], screen.drugs.keys, screen.lines.keys):
        found.update("|".join(map(str, keys)).encode())
    for values in (screen.drugs.bits, screen.lines.expression):
        found.update(np.ascontiguousarray(values).tobytes())
    return found.hexdigest()[:16]


def _machine(screen: Screen, record: dict, arrays: Mapping[str, np.ndarray]) -> Machine:
    at = f"{screen.name}_{screen.panel}"
    own = record["machines"][at]
    if own["signature"] != signature(screen):
        raise ResponseError(f"The weights of {at} belong to other tables. {_REMEDY}")
    heads = {}
    for split, head in own["heads"].items():
        bins = (arrays[f"{at}_{split}_{name}"].astype(np.float64) for name in Bins._fields[1:])
        heads[split] = Head(
            KernelSettings(**head["settings"]),
            head["offset"],
            arrays[f"{at}_{split}_weights"],
            None if head["platt"] is None else Platt(*head["platt"]),
            Bins(screen.kind, *bins),
        )
    held_out, means = (arrays.get(f"{at}_{name}") for name in ("held_out", "means"))
    return Machine(
        screen,
        heads,
        None if held_out is None else held_out.astype(np.float64),
        None if means is None else means.astype(np.float64),
    )
