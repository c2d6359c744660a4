"""Fits what is shipped: settings by validation, errors on held-out folds, weights on all labels."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from badger_core.data.response import Screen
from badger_core.response.baselines.inputs import Standard, everything, tanimoto, without_valid
from badger_core.response.baselines.kernel import Grid, KernelFit, KernelSettings, fit_kernel
from badger_core.response.baselines.kernel_search import ROUGH_STEPS, START
from badger_core.response.confidence import Bins, calibration_error
from badger_core.response.contenders import KERNEL
from badger_core.response.contract import CLASS, Report, Train
from badger_core.response.heads import QUESTIONS, Head
from badger_core.response.judge import goodness
from badger_core.response.machine import Machine
from badger_core.response.platt import Platt
from badger_core.response.shipped import write_shipped
from badger_core.response.splits import FOLDS, Fold
from badger_core.response.units import Unit, folds_at, lesson_of, opened, read

SPLITS_OF = {
    ("nci60", "nci60"): ("random", "unseen-drug"),
    ("nci60", "landmark"): ("unseen-line", "unseen-both"),
    ("ctrp", "ccle1000"): tuple(QUESTIONS.values()),
    ("ctrp", "landmark"): tuple(QUESTIONS.values()),
}
"""Machine to the questions that it is asked."""


class HeldOut(NamedTuple):
    """Held-out pairs of all folds; all (N,).

    Attributes:
        raw: prediction on the scale of the labels, not calibrated.
        likeness: to the nearest drug of training, or line where lines alone are held out.
        cluster: group of the held-out drug or line.
    """

    raw: np.ndarray
    truth: np.ndarray
    likeness: np.ndarray
    cluster: np.ndarray
    fold: np.ndarray
    drug: np.ndarray
    line: np.ndarray


def units_needed() -> list[Unit]:
    """Units of the benchmark whose settings are candidates."""
    return [
        Unit(*machine, split, fold, KERNEL)
        for machine, splits in SPLITS_OF.items()
        for split in splits
        for fold in range(1, FOLDS + 1)
    ]


def ship(root: Path, folder: Path, report: Report) -> dict:
    """Fit every machine and write the weights to `folder`; returns the manifest.

    Args:
        root: of the finished units, see `units_needed`.
        folder: of the shipped tables.
        report: takes progress.
    """
    machines, manifest = {}, {}
    for (name, panel), splits in SPLITS_OF.items():
        heads, held_out = {}, None
        one = opened(name, panel)
        for split in splits:
            head, out, about = _head(name, panel, split, root)
            report(f"{name} {panel} {split}: {json.dumps(about)}")
            heads[split], manifest[f"{name}_{panel}_{split}"] = head, about
            if split == "random":
                held_out = np.full(one.labels.shape, np.nan)
                value = out.raw if head.platt is None else head.platt.apply(out.raw)
                held_out[out.drug, out.line] = value
        machine = Machine(one, heads, held_out)
        machine.means = machine.line_means(one.lines.keys.tolist())
        machines[name, panel] = machine
    write_shipped(folder, machines, manifest)
    return manifest


def _head(name: str, panel: str, split: str, root: Path) -> tuple[Head, HeldOut, dict]:
    one, folds = opened(name, panel), folds_at(name, panel, split)
    lessons = [lesson_of(one, fold) for fold in folds]
    settings, score = _chosen(name, panel, split, root, lessons)
    out = held_out_pairs(one.labels, one.lines.groups, folds, lessons, settings)
    platt = Platt.fit(out.raw, out.truth) if one.kind == CLASS else None
    value = out.raw if platt is None else platt.apply(out.raw)
    bins = Bins.fit(one.kind, out.likeness, value, out.truth, out.cluster)
    whole = Train(one.kind, one.drugs, one.lines, one.labels, np.zeros(one.labels.shape, bool))
    fit = fit_kernel(whole, settings)
    about = {
        "settings": str(settings),
        "validation": round(score, 4),
        "n": len(value),
        **checked(one.kind, out),
    }
    return Head(settings, fit.offset, _spread(fit, one), platt, bins), out, about


def held_out_pairs(
    labels: np.ndarray,
    line_groups: np.ndarray,
    folds: Sequence[Fold],
    lessons: Sequence[Train],
    settings: KernelSettings,
) -> HeldOut:
    """Predictions of every test pair by a fit to the rest of its fold."""
    parts = []
    for fold, lesson in zip(folds, lessons, strict=True):
        train = everything(lesson)
        grid = Grid.of(train)
        raw = grid.solved(settings)[2]
        drug, line = np.nonzero(fold.test)
        if fold.split == "unseen-line":
            likeness = line_likeness(train)[line]
        elif fold.split == "random":
            likeness = np.ones(len(drug))
        else:
            likeness = tanimoto(lesson.drugs.bits, lesson.drugs.bits[grid.rows]).max(axis=1)[drug]
        cluster = line_groups[line] if "drug" not in fold.split else lesson.drugs.groups[drug]
        parts.append(
            (raw[fold.test], labels[fold.test], likeness, cluster,
             np.full(len(drug), fold.number), drug, line)
        )  # fmt: skip
    return HeldOut(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def checked(kind: str, out: HeldOut) -> dict[str, float]:
    """Coverage or calibration where each fold is judged by bins (and curve) of the others."""
    covered, chance = np.zeros(len(out.raw), bool), np.zeros(len(out.raw))
    width = np.zeros(len(out.raw))
    for number in np.unique(out.fold):
        here, rest = out.fold == number, out.fold != number
        if kind == CLASS:
            chance[here] = Platt.fit(out.raw[rest], out.truth[rest]).apply(out.raw[here])
            continue
        columns = (out.likeness, out.raw, out.truth, out.cluster)
        bins = Bins.fit(kind, *(column[rest] for column in columns))
        low, high, _ = bins.at(out.likeness[here], out.raw[here])
        covered[here] = (low <= out.truth[here]) & (out.truth[here] <= high)
        width[here] = high - low
    if kind == CLASS:
        error = calibration_error(chance, out.truth)
        return {"calibration_error": round(error, 4)}
    return {"coverage": round(float(covered.mean()), 4), "width": round(float(width.mean()), 3)}


def line_likeness(train: Train) -> np.ndarray:
    """(L,) correlation of each line's standardised expression with its nearest training line."""
    known = np.isfinite(train.labels).any(axis=0)
    z = Standard.of(train.lines.expression[known]).apply(train.lines.expression)
    return np.corrcoef(z)[:, known].max(axis=1)


def _chosen(
    name: str, panel: str, split: str, root: Path, lessons: Sequence[Train]
) -> tuple[KernelSettings, float]:
    """Of the settings that the folds chose, those with the best mean over all validation sets."""
    candidates = []
    for number in range(1, FOLDS + 1):
        found = read(Unit(name, panel, split, number, KERNEL), root)
        if found is not None:
            candidates.append(KernelSettings(**json.loads(found.setting)))
    grids = [Grid.of(without_valid(lesson)) for lesson in lessons]
    best = None
    for settings in dict.fromkeys(candidates):
        score = np.mean(
            [
                goodness(
                    lesson.kind, lesson.labels, grid.solved(settings, ROUGH_STEPS)[2], lesson.valid
                )
                for grid, lesson in zip(grids, lessons, strict=True)
            ]
        )
        if best is None or score > best[1]:
            best = settings, float(score)
    return best or (START[lessons[0].kind], float("nan"))


def _spread(fit: KernelFit, one: Screen) -> np.ndarray:
    """(D, L) weights on all drugs and lines of the screen, 0 for those without a label."""
    known = np.isfinite(one.labels)
    weights = np.zeros(one.labels.shape, np.float32)
    weights[np.ix_(known.any(axis=1), known.any(axis=0))] = fit.weights
    return weights
