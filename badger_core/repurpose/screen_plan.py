"""A screen laid out: numbered chunks of compounds, the lines they are predicted in, and its key."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from badger_core import __version__
from badger_core.cells.catalogue import CellLine
from badger_core.data.knowledge import terms_of
from badger_core.errors import SettingError
from badger_core.predict.familiarity import BADGES
from badger_core.predict.predictor import Predictor
from badger_core.repurpose.library_file import Candidate, ScreenLibrary
from badger_core.repurpose.model_files import models_hash

FORMAT = 1
CHUNK = 64
"""Compounds in a chunk: work is lost and a stop waits for one chunk at most."""


class ScreenLine(NamedTuple):
    """A line as the members of the ensemble see it."""

    name: str
    features: tuple[np.ndarray, ...]  # (C,) float32 for each member


class Task(NamedTuple):
    """One chunk: all that a worker needs beside the models, so that no worker reads the bundle."""

    number: int  # from 1
    models: str  # `models_hash`
    candidates: tuple[Candidate, ...]  # B
    terms: tuple[tuple[str, ...], ...]  # mechanisms and targets of each
    lines: tuple[ScreenLine, ...]  # L
    badges: tuple[tuple[str, ...], ...]  # familiarity of each, by line


@dataclass(frozen=True, eq=False)
class Plan:
    """A library in lines by the models of a predictor, `chunk` compounds at a time.

    Raises:
        SettingError: no compound, no line, or a chunk below 1.
    """

    predictor: Predictor
    library: ScreenLibrary
    lines: tuple[CellLine, ...]
    chunk: int = CHUNK

    def __post_init__(self) -> None:
        if not self.library.candidates:
            raise SettingError("The library is empty. Give a file with at least one structure.")
        if not self.lines:
            raise SettingError("No line was given. Name at least one cell line.")
        if self.chunk < 1:
            raise SettingError(f"A chunk of {self.chunk} compounds is none. Give 1 or more.")

    @property
    def n_chunks(self) -> int:
        """How many chunks there are."""
        return -(-len(self.library.candidates) // self.chunk)

    @property
    def n_pairs(self) -> int:
        """Compounds times lines."""
        return len(self.library.candidates) * len(self.seen_lines)

    def pairs_of(self, number: int) -> int:
        """Pairs of one chunk; the last may be smaller."""
        left = len(self.library.candidates) - (number - 1) * self.chunk
        return min(left, self.chunk) * len(self.seen_lines)

    @cached_property
    def seen_lines(self) -> tuple[ScreenLine, ...]:
        """The lines by name, each once."""
        by_name = {line.name: line for line in self.lines}
        members = self.predictor.ensemble
        return tuple(
            ScreenLine(name, tuple(member.cells.of(by_name[name]) for member in members))
            for name in sorted(by_name)
        )

    @cached_property
    def models(self) -> str:
        """Hash over every file of the models."""
        return models_hash(self.predictor.folder)

    @cached_property
    def manifest(self) -> dict:
        """What the result was made from; alike for alike screens, so it has no date."""
        genes = self.predictor.bundle.genes
        return {
            "format": FORMAT,
            "app_version": __version__,
            "model": {"name": "badger", "hash": self.predictor.model_hash},
            "bundle": self.predictor.bundle.content_hash,
            "key": self.key,
            "compounds": len(self.library.candidates),
            "lines": [line.name for line in self.seen_lines],
            "chunk": self.chunk,
            "score": "mean predicted change over the ensemble, int16, in thousandths; "
            "1000 = the typical standard deviation of a signature",
            "entrez": [int(e) for e in genes.entrez],
            "symbols": list(genes.symbols),
        }

    @cached_property
    def key(self) -> str:
        """First 16 digits of a hash over all that the result depends on."""
        bundle = self.predictor.bundle.content_hash
        parts = (FORMAT, __version__, self.models, bundle, self.chunk, self.library.candidates)
        digest = hashlib.sha256(json.dumps(parts).encode())
        for line in self.seen_lines:
            digest.update(line.name.encode())
            for features in line.features:
                digest.update(features.tobytes())
        return digest.hexdigest()[:16]

    def tasks(self, numbers: Sequence[int]) -> Iterator[Task]:
        """The chunks of these numbers (from 1), each made when it is asked for."""
        library = self.predictor.bundle.library
        for number in numbers:
            start = (number - 1) * self.chunk
            rows = self.library.candidates[start : start + self.chunk]
            known = [library.by_structure(row.ik14) for row in rows]
            terms = tuple(() if c is None else terms_of(c) for c in known)
            badges = tuple(
                tuple(self._badge(row.ik14, line.name) for row in rows) for line in self.seen_lines
            )
            yield Task(number, self.models, rows, terms, self.seen_lines, badges)

    def _badge(self, ik14: str, line: str) -> str:
        compounds, lines, pairs = self._trained
        seen = ik14 in compounds, line in lines
        return BADGES[(*seen, all(seen) and (ik14, line) in pairs)]

    @cached_property
    def _trained(self) -> tuple[frozenset, frozenset, frozenset]:
        """Compounds and lines of any member's training, and the measured pairs of these lines."""
        cards = [member.card for member in self.predictor.ensemble]
        table = self.predictor.bundle.signatures.table
        names = [line.name for line in self.seen_lines]
        table = table[(table["kind"] == "numeric") & table["cell"].isin(names)]
        return (
            frozenset().union(*(card.trained_compounds for card in cards)),
            frozenset().union(*(card.trained_cells for card in cards)),
            frozenset(zip(table["ik14"], table["cell"], strict=True)),
        )
