"""Compounds, lines and contexts to the numbers of a Batch, alike in training and prediction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.cells.similarity import (
    centre_of,
    centre_of_ranks,
    centred_on,
    ranks_centred_on,
    similarity,
)
from badger_core.chem.fingerprint import fragment_bits, morgan_bits
from badger_core.chem.graph import (
    ATOM_FEATURES,
    BOND_FEATURES,
    MOST_NEIGHBOURS,
    Graph,
    molecular_graph,
)
from badger_core.chem.molecule import Molecule
from badger_core.data.batch import Batch
from badger_core.schema import REFERENCE_DOSE_UM, REFERENCE_TIME_H


@dataclass(frozen=True)
class Context:
    """How a signature was measured; `source` '' stands for no particular source."""

    dose_um: float = REFERENCE_DOSE_UM
    time_h: float = REFERENCE_TIME_H
    source: str = ""


class CellFeatures:
    """(C,) likeness of any line to the reference lines (centred rank correlation)."""

    def __init__(
        self, catalogue: CellCatalogue, references: Sequence[str], held_out: frozenset[str]
    ) -> None:
        self.references = tuple(references)
        self._catalogue = catalogue
        rows = catalogue.expression_rows
        free = ~rows["cell"].isin(held_out)
        self._centre = {
            platform: centre_of_ranks(
                catalogue.unit_ranks[(free & (rows["platform"] == platform)).to_numpy()]
            )
            for platform in sorted(set(rows["platform"]))
        }
        of_platform = np.array([catalogue.platform(name) for name in self.references])
        ranks = catalogue.basal_ranks(self.references)
        self._reference = np.zeros(ranks.shape)
        for platform in sorted(set(of_platform)):
            rows = of_platform == platform
            self._reference[rows] = ranks_centred_on(ranks[rows], self._centre[platform])
        self._known: dict[str, np.ndarray | None] = {}

    def of_line(self, cell: str) -> np.ndarray | None:
        """(C,) features of a catalogued line, None where it has no basal expression."""
        if cell not in self._known:
            line = self._catalogue.line(cell) if cell else None
            known = line is not None and line.basal is not None
            self._known[cell] = self.of(line) if known else None
        return self._known[cell]

    def of(self, line: CellLine) -> np.ndarray:
        """(C,) features of a line with basal expression, centred against its own platform."""
        own = line.reference is None
        centre = self._centre[line.platform] if own else centre_of(line.reference)
        placed = centred_on(line.basal[None], centre)
        return similarity(placed, self._reference)[0].astype(np.float32)


def reference_lines(catalogue: CellCatalogue, held_out: frozenset[str]) -> tuple[str, ...]:
    """All lines with basal expression on the largest platform, less the held-out ones, sorted."""
    rows = catalogue.expression_rows
    largest = rows["platform"].value_counts().idxmax()
    own = set(rows.loc[rows["platform"] == largest, "cell"])
    return tuple(sorted(own - held_out))


def context_names(sources: Sequence[str]) -> tuple[str, ...]:
    """Names of the K context numbers, in order."""
    return ("log10 dose / 10 uM", "log2 time / 24 h", "time unknown", *sources)


def context_vector(context: Context, sources: Sequence[str]) -> np.ndarray:
    """(K,) numbers; all zero at the reference context. An unknown source counts as none."""
    dose = context.dose_um if context.dose_um > 0 else REFERENCE_DOSE_UM
    timed = context.time_h > 0
    time = np.log2(context.time_h / REFERENCE_TIME_H) if timed else 0.0
    one_hot = [float(context.source == source) for source in sources]
    return np.array([np.log10(dose / REFERENCE_DOSE_UM), time, not timed, *one_hot], np.float32)


def pad_fragments(bits: Sequence[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor]:
    """(B, F, A) float bits and (B, F) mask, F the largest number of fragments among B compounds.

    Args:
        bits: for each compound its (own number, A) fragment bits.
    """
    longest = max(len(b) for b in bits)
    fragments = torch.zeros(len(bits), longest, bits[0].shape[1])
    is_fragment = torch.zeros(len(bits), longest, dtype=torch.bool)
    for i, b in enumerate(bits):
        fragments[i, : len(b)] = torch.from_numpy(b.astype(np.float32))
        is_fragment[i, : len(b)] = True
    return fragments, is_fragment


class PaddedGraphs(NamedTuple):
    """B graphs padded to the largest; the fields are those of a Batch."""

    atoms: torch.Tensor  # (B, M, T)
    is_atom: torch.Tensor  # (B, M)
    neighbours: torch.Tensor  # (B, M, 6)
    bonds: torch.Tensor  # (B, M, 6, 6)


def pad_graphs(graphs: Sequence[Graph | None]) -> PaddedGraphs:
    """B graphs padded to M atoms, the most among them; None stands for no atoms at all."""
    size, most = len(graphs), max((len(g.atoms) for g in graphs if g is not None), default=0)
    atoms = np.zeros((size, most, ATOM_FEATURES), np.float32)
    is_atom = np.zeros((size, most), bool)
    neighbours = np.full((size, most, MOST_NEIGHBOURS), -1, np.int64)
    bonds = np.zeros((size, most, MOST_NEIGHBOURS, BOND_FEATURES), np.float32)
    for i, graph in enumerate(graphs):
        if graph is not None:
            own = len(graph.atoms)
            atoms[i, :own], neighbours[i, :own], bonds[i, :own] = graph
            is_atom[i, :own] = True
    return PaddedGraphs(*(torch.from_numpy(a) for a in (atoms, is_atom, neighbours, bonds)))


def prediction_batch(
    molecules: Sequence[Molecule],
    cells: Sequence[np.ndarray | None],
    n_references: int,
    n_context: int,
    graphs: bool = False,
    knowledge: np.ndarray | None = None,
) -> Batch:
    """A batch without targets at the reference context (all context numbers zero).

    Args:
        molecules: B compounds.
        cells: B vectors (C,), or None for a line whose basal expression is unknown.
        n_references: C.
        n_context: K.
        graphs: whether the network reads molecular graphs (`reads_graph`); else M = 0.
        knowledge: (B, V) known mechanisms and targets; None for V = 0.
    """
    fragments, is_fragment = pad_fragments([fragment_bits(molecule) for molecule in molecules])
    whole = np.stack([morgan_bits(molecule.smiles) for molecule in molecules])
    padded = pad_graphs([molecular_graph(m) if graphs else None for m in molecules])
    empty = np.zeros(n_references, np.float32)
    size = len(molecules)
    return Batch(
        fragments=fragments,
        is_fragment=is_fragment,
        molecule=torch.from_numpy(whole.astype(np.float32)),
        knowledge=torch.zeros(size, 0) if knowledge is None else torch.tensor(knowledge).float(),
        **padded._asdict(),
        cell=torch.from_numpy(np.stack([empty if c is None else c for c in cells])),
        has_cell=torch.tensor([c is not None for c in cells]),
        context=torch.zeros(size, n_context),
        change=torch.zeros(0, 0),
        is_gene_set=torch.zeros(0, dtype=torch.bool),
        weight=torch.zeros(0),
        pathways=torch.zeros(0, 0),
        has_pathways=torch.zeros(0, dtype=torch.bool),
    )
