"""Which columns of a user's cells hold target, guide and replicate, and how controls are called."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.perturbation import CONTROL
from badger_core.errors import PerturbationError
from badger_core.naming import shown

_TARGETS = (
    "target",
    "targetgene",
    "genetarget",
    "perturbation",
    "perturbedgene",
    "gene",
    "condition",
)
_GUIDES = ("guide", "grna", "sgrna", "guideid", "grnaid", "sgrnaid", "guideidentity")
_REPLICATES = ("replicate", "biorep", "rep", "batch", "gemgroup", "donor", "sample", "lane")
_TOP, _ALL = ("grnaumitop", "guideumitop"), ("grnaumitotal", "guideumitotal")
_CONTROLS = frozenset(
    {"nontargeting", "nontarget", "nt", "ntc", "ntctrl", "control", "ctrl", "neg", "negctrl"}
    | {"negativecontrol", "safetargeting", "scramble", "scrambled", "unperturbed"}
)
_NOBODY = frozenset(("", "nan", "na", "none", "unassigned", "unknown", "doublet", "multiplet"))
_JOINED = re.compile(r"\s*[+,;|]\s*")
_GUIDE_END = re.compile(r"(?:[_.-](?i:sg(?:rna)?|g)[_.-]?\d+|(?<=[A-Z0-9])s?g\d+|[_.]\d+)$")
_SHOWN = 8


class Assigned(NamedTuple):
    """What each of N cells carries; `target` is '' for cells that cannot be used.

    Attributes:
        target: (N,) text, CONTROL for control cells.
        guide: (N,) text.
        replicate: (N,) text, 'all' where no column tells.
        guide_umi: (N, 2) int32, 0 where it is not known.
        notes: sentences on what was read and what was left out.
    """

    target: np.ndarray
    guide: np.ndarray
    replicate: np.ndarray
    guide_umi: np.ndarray
    notes: tuple[str, ...]


def assigned(obs: pd.DataFrame, name: str, target: str | None, control: str | None) -> Assigned:
    """Read the columns of cells.

    Args:
        obs: (N, .) table of cells.
        name: of the file, for messages.
        target: title of the column of targets; found by its title if None.
        control: what control cells are called in it, beside the usual names.

    Raises:
        PerturbationError: if no column tells the target or no value the control.
    """
    titles = {_folded(title): title for title in reversed(list(obs))}
    guide = next((titles[t] for t in _GUIDES if t in titles), None)
    column = _target_column(obs, titles, guide, name, target)
    texts = [_text(value) for value in obs[column]]
    from_guides = column == guide and target is None
    targets = _targets(texts, name, str(column), control, from_guides)
    batch = next((titles[t] for t in _REPLICATES if t in titles and titles[t] != column), None)
    nobody, several = (targets == mark for mark in ("", "+"))
    notes = [f"Targets are read from the column '{column}'."]
    if batch is None:
        notes.append("No column names replicates: all cells are taken as one.")
    if nobody.any():
        notes.append(f"{nobody.sum():,} cells without a target are left out.")
    if several.any():
        notes.append(f"{several.sum():,} cells with several targets are left out.")
    return Assigned(
        np.where(several, "", targets),
        np.array(texts if guide is None else [_text(value) for value in obs[guide]]),
        np.array(["all"] * len(obs) if batch is None else [_text(v) for v in obs[batch]]),
        np.stack([_umi(obs, titles, names) for names in (_TOP, _ALL)], axis=1),
        tuple(notes),
    )


def _target_column(
    obs: pd.DataFrame, titles: dict[str, str], guide: str | None, name: str, target: str | None
) -> str:
    if target is not None and target in obs:
        return target
    there = ", ".join(f"'{shown(str(title), 40)}'" for title in list(obs)[:_SHOWN]) or "none"
    if target is not None:
        raise PerturbationError(
            f"'{name}' has no column '{target}' of cells (obs). It has {there}. Choose one of them."
        )
    column = next((titles[t] for t in _TARGETS if t in titles), guide)
    if column is None:
        raise PerturbationError(
            f"'{name}' does not say which gene was knocked out in which cell: its cells (obs) have "
            f"the columns {there}. Add a column 'target' with the symbol of the gene, and "
            f"'{CONTROL}' for control cells."
        )
    return column


def _targets(
    texts: Sequence[str], name: str, column: str, control: str | None, from_guides: bool
) -> np.ndarray:
    """(N,) symbols, CONTROL, '' for none and '+' for several."""
    found = {}
    for text in dict.fromkeys(texts):
        parts = []
        for part in _JOINED.split(text):
            if part == control or _is_control(part):
                continue
            parts.append(_GUIDE_END.sub("", part) if from_guides else part)
        if text.casefold() in _NOBODY:
            found[text] = ""
        else:
            found[text] = (parts[0] if len(set(parts)) == 1 else "+") if parts else CONTROL
    if CONTROL not in found.values() or (control is not None and control not in found):
        some = ", ".join(f"'{shown(text, 40)}'" for text in sorted(found)[:_SHOWN])
        called = "a known name of controls" if control is None else f"'{control}'"
        raise PerturbationError(
            f"'{name}' has no control cells: no value of the column '{shown(column, 40)}' is "
            f"{called}. It has "
            f"{some}. Say what control cells are called, or write '{CONTROL}'; effects are "
            "differences to control."
        )
    return np.array([found[text] for text in texts])


def _is_control(text: str) -> bool:
    return _folded(_GUIDE_END.sub("", text)).rstrip("0123456789") in _CONTROLS


def _umi(obs: pd.DataFrame, titles: dict[str, str], names: tuple[str, ...]) -> np.ndarray:
    column = next((titles[t] for t in names if t in titles), None)
    if column is None:
        return np.zeros(len(obs), np.int32)
    numbers = pd.to_numeric(obs[column], errors="coerce").fillna(0).to_numpy(np.float64)
    return np.clip(numbers, 0, np.iinfo(np.int32).max).astype(np.int32)


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value).strip()


def _folded(title: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(title).casefold())
