"""Training data of the graph model: one node per structure and line that has a label.

D drugs, L lines, E genes.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from badger_core.data.response import Drugs, Lines
from badger_core.response.contract import CLASS, Train
from badger_core.response.drgt_fitted import FittedDrgt
from badger_core.response.drgt_pairs import Pairs, pairs_of, unique_rows
from badger_core.response.drgt_settings import DrgtSettings
from badger_core.response.drgt_task import DrgtTask
from badger_core.response.drgt_world import World, make_world
from badger_core.response.graph_nodes import Reference
from badger_core.response.network import DrgtNetwork, Sizes


@dataclass(frozen=True, eq=False)
class Lesson:
    """Training data as the loop takes it, and as the fitted model remembers it."""

    task: DrgtTask
    kind: str
    reference: Reference
    drugs: Drugs
    lines: Lines
    known: Pairs
    level: tuple[float, float]
    targets: Mapping[str, tuple[int, ...]]
    hash: str

    def fitted(self, network: DrgtNetwork) -> FittedDrgt:
        """The model that asks this network."""
        return FittedDrgt(
            self.kind,
            network,
            self.task.settings,
            self.reference,
            self.drugs,
            self.lines,
            self.known,
            self.level,
            self.targets,
            self.task.world.layout.genes,
        )


def prepare(
    train: Train,
    settings: DrgtSettings,
    targets: Mapping[str, tuple[int, ...]],
    symbols: tuple[str, ...],
) -> Lesson:
    """One node per structure and line that has a label; scale and likeness without validation."""
    known = np.isfinite(train.labels)
    drug_rows = np.flatnonzero(known.any(axis=1))
    line_rows = np.flatnonzero(known.any(axis=0))
    first, place = unique_rows(train.drugs.keys[drug_rows])
    drugs, lines = train.drugs.take(drug_rows[first]), train.lines.take(line_rows)
    labels = train.labels[np.ix_(drug_rows, line_rows)].astype(np.float64)
    valid = train.valid[np.ix_(drug_rows, line_rows)]
    shared = np.zeros((len(first), len(line_rows)), bool)
    np.logical_or.at(shared, place, valid)
    valid = shared[place]  # a pair that one twin chooses by is not learned from the other
    learned = pairs_of(labels, ~valid, place)
    chosen = pairs_of(labels, valid, place)
    level = (0.0, 1.0)
    if train.kind != CLASS:
        level = (float(learned.value.mean()), float(learned.value.std().clamp(min=1e-6)))
        labels = (labels - level[0]) / level[1]
        learned, chosen = (pairs_of(labels, rows, place) for rows in (~valid, valid))
    gives = (
        np.bincount(learned.drug.numpy(), minlength=len(drugs.keys)) > 0,
        np.bincount(learned.line.numpy(), minlength=len(lines.keys)) > 0,
    )
    reference = Reference.of(drugs.take(gives[0]), lines.take(gives[1]), settings.axes)
    symbols = symbols or tuple(map(str, range(lines.expression.shape[1])))
    world = make_world(train.kind, drugs, lines, gives, reference, targets, symbols, settings)
    task = DrgtTask(world, learned, chosen, settings)
    everything = pairs_of(labels, np.ones_like(valid), place)
    return Lesson(
        task,
        train.kind,
        reference,
        drugs,
        lines,
        everything,
        level,
        targets,
        _hash(train, targets),
    )


def whole(train: Train) -> Train:
    """The training of a last fit: nothing chosen by, nothing put aside."""
    labels = train.labels
    if train.aside is not None:
        labels = np.where(np.isfinite(labels), labels, train.aside)
    return train._replace(labels=labels, valid=np.zeros_like(train.valid), aside=None)


def sizes_of(world: World, settings: DrgtSettings) -> Sizes:
    """What the network of these nodes is built with."""
    names = (
        "hidden",
        "heads",
        "dropout",
        "attention_dropout",
        "head_dropout",
        "votes",
        "feature_dropout",
    )
    chosen = {name: asdict(settings)[name] for name in names}
    widths = (part.shape[1] for part in (world.drugs, world.lines, world.genes))
    of_kind = (0.0, 8.0) if world.kind == CLASS else (1.0, 1.5)  # chosen on validation pairs
    return Sizes(*widths, **chosen, drug_effect=of_kind[0], vote=of_kind[1])


def _hash(train: Train, targets: Mapping[str, tuple[int, ...]]) -> str:
    parts = (train.labels, train.valid, train.drugs.bits, train.lines.expression)
    digest = hashlib.sha256(repr(sorted(targets.items())).encode())
    for part in parts:
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()[:16]
