"""Conditions to batches: features worked out once per compound, line and context."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pandas as pd
import torch

from badger_core.chem.fingerprint import fragment_bits, morgan_bits
from badger_core.chem.graph import molecular_graph
from badger_core.chem.molecule import Molecule
from badger_core.data import scratch
from badger_core.data.batch import Batch
from badger_core.data.conditions import Conditions
from badger_core.data.featurise import (
    CellFeatures,
    Context,
    context_names,
    context_vector,
    pad_fragments,
    pad_graphs,
)
from badger_core.data.knowledge import Knowledge

_AHEAD = 4  # batches made ready beside the model
_RELEASE_EVERY = 256  # batches after which the memory of values on the disk is given back


class Loader:
    """Batches of conditions, in a seeded random order or in the given one.

    Args:
        conditions: what to serve.
        molecules: ik14 to molecule, for every compound of the conditions.
        cells: features of lines.
        labels: ik14 to (P,) pathway label, only for compounds with known targets.
        sources: names of the sources a context may carry, in order.
        n_pathways: P.
        graphs: whether the network reads molecular graphs (`reads_graph`); else M = 0.
        knowledge: known mechanisms and targets; None for V = 0.
    """

    def __init__(
        self,
        conditions: Conditions,
        molecules: Mapping[str, Molecule],
        cells: CellFeatures,
        labels: Mapping[str, np.ndarray],
        sources: tuple[str, ...],
        n_pathways: int,
        graphs: bool = False,
        knowledge: Knowledge | None = None,
    ) -> None:
        table = conditions.table
        self._change = torch.from_numpy(conditions.change)
        self._values, self._on_disk = conditions.change, scratch.is_large(conditions.change)
        self._weight = torch.tensor(table["weight"].to_numpy(np.float32))
        self._is_gene_set = torch.tensor((table["kind"] == "gene_set").to_numpy())
        keys = sorted(set(table["ik14"]))
        number = {key: i for i, key in enumerate(keys)}
        compounds = [molecules[key] for key in keys]
        self._bits = [fragment_bits(compound) for compound in compounds]
        self._whole = np.stack([morgan_bits(compound.smiles) for compound in compounds])
        self._graphs = [molecular_graph(c) if graphs else None for c in compounds]
        empty = np.zeros(0, np.uint8)
        self._known = np.stack([empty if knowledge is None else knowledge.of(k) for k in keys])
        self._compound = table["ik14"].map(number).to_numpy()
        self._line, lines = pd.factorize(table["cell"])  # features once per line, not per row
        features = [cells.of_line(cell) for cell in lines]
        unknown = np.zeros(len(cells.references), np.float32)
        self._cell = torch.from_numpy(np.stack([unknown if r is None else r for r in features]))
        self._has_cell = torch.tensor([r is not None for r in features])
        contexts = [
            context_vector(Context(dose, time, source), sources)
            for dose, time, source in zip(
                table["dose_um"], table["time_h"], table["source"], strict=True
            )
        ]
        self._context = torch.from_numpy(np.stack(contexts))
        self._source_at = len(context_names(()))
        known = [labels.get(key) for key in keys]
        none = np.zeros(n_pathways, bool)
        self._pathways = torch.from_numpy(np.stack([none if k is None else k for k in known]))
        self._has_pathways = torch.tensor([k is not None for k in known])

    def __len__(self) -> int:
        return len(self._change)

    def shuffled(
        self, batch_size: int, generator: torch.Generator, source_dropout: float
    ) -> Iterator[Batch]:
        """One epoch in random order; a share of samples forgets its source.

        What is left for those samples is the average source: the context of a prediction.
        """
        order = torch.randperm(len(self), generator=generator)
        for rows, batch in self._ahead(order.split(batch_size)):
            forget = torch.rand(len(rows), generator=generator) < source_dropout
            batch.context[forget, self._source_at :] = 0
            yield batch

    def ordered(self, batch_size: int) -> Iterator[Batch]:
        """All conditions as they stand, at the reference context: how predictions are judged."""
        for _, batch in self._ahead(torch.arange(len(self)).split(batch_size)):
            yield batch._replace(context=torch.zeros_like(batch.context))

    def _ahead(self, parts: Sequence[torch.Tensor]) -> Iterator[tuple[torch.Tensor, Batch]]:
        """Batches of these rows; where values lie on the disk, another thread reads ahead."""
        if not self._on_disk:
            yield from ((rows, self._batch(rows)) for rows in parts)
            return
        with ThreadPoolExecutor(1) as pool:
            coming: deque[Future] = deque()
            for number, rows in enumerate(parts):
                if number % _RELEASE_EVERY == 0:
                    scratch.release(self._values)
                coming.append(pool.submit(lambda rows=rows: (rows, self._batch(rows))))
                if len(coming) > _AHEAD:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()

    def _batch(self, rows: torch.Tensor) -> Batch:
        compounds, lines = self._compound[rows.numpy()], self._line[rows.numpy()]
        fragments, is_fragment = pad_fragments([self._bits[i] for i in compounds])
        padded = pad_graphs([self._graphs[i] for i in compounds])
        return Batch(
            fragments=fragments,
            is_fragment=is_fragment,
            molecule=torch.from_numpy(self._whole[compounds].astype(np.float32)),
            knowledge=torch.from_numpy(self._known[compounds].astype(np.float32)),
            **padded._asdict(),
            cell=self._cell[lines],
            has_cell=self._has_cell[lines],
            context=self._context[rows].clone(),
            change=self._change[rows],
            is_gene_set=self._is_gene_set[rows],
            weight=self._weight[rows],
            pathways=self._pathways[compounds].float(),
            has_pathways=self._has_pathways[compounds],
        )
