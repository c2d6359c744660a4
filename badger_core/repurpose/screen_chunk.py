"""One chunk of a screen: every compound in every line by all members, as a Parquet file's bytes.

Fragments and fingerprints are worked out once for all lines and members. A chunk depends on nothing
but its task and the folder of the models, so that any process of a like machine gives the same.
"""

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import torch

from badger_core.data.batch import Batch
from badger_core.data.featurise import prediction_batch
from badger_core.model.checkpoint import Card
from badger_core.model.zoo import reads_graph
from badger_core.predict.answer import answer
from badger_core.repurpose.chunks import COMPRESSION
from badger_core.repurpose.screen_models import Models, models_of
from badger_core.repurpose.screen_plan import ScreenLine, Task
from badger_core.repurpose.screen_rows import rows_of

_one_at_a_time = threading.Lock()


class Predicted(NamedTuple):
    """B compounds in one line."""

    score: np.ndarray  # (B, G) mean predicted change over the members
    spread: np.ndarray  # (B, G) its standard deviation over them
    signs: pd.DataFrame | None  # (B, signs) mean over them; None where the networks have none


def chunk_bytes(folder: str, task: Task) -> bytes:
    """The rows of one chunk as Parquet, compounds in order, the lines of each together.

    Args:
        folder: of the models.
        task: what to predict.

    Raises:
        CheckpointError: the folder holds other models than the task asks for.
    """
    models = models_of(folder, task.models)
    with one_thread():
        found = predict(models, task)
    tables = [
        rows_of(task.candidates, line.name, *predicted, badges, models.trust)
        for line, predicted, badges in zip(task.lines, found, task.badges, strict=True)
    ]
    size, lines = len(task.candidates), len(task.lines)
    order = np.arange(size * lines).reshape(lines, size).T.ravel()
    sink = io.BytesIO()
    pq.write_table(pa.concat_tables(tables).take(order), sink, compression=COMPRESSION)
    return sink.getvalue()


def predict(models: Models, task: Task) -> list[Predicted]:
    """L predictions of B compounds, one for each line of the task."""
    answers = [[] for _ in task.lines]
    first: Batch | None = None
    for at, (network, card) in enumerate(models.members):
        first = first or _batch(task, card)
        known = torch.from_numpy(terms_matrix(card.terms, task.terms))
        own = first._replace(
            knowledge=known, context=torch.zeros(len(task.candidates), card.n_context)
        )
        for number, line in enumerate(task.lines):
            with torch.inference_mode():
                answers[number].append(answer(network, _in_line(own, line, at)))
    return [_mean(found) for found in answers]


def terms_matrix(vocabulary: Sequence[str], terms: Sequence[Sequence[str]]) -> np.ndarray:
    """(B, V) float32, 1 where a compound has a term of the vocabulary."""
    place = {term: column for column, term in enumerate(vocabulary)}
    known = np.zeros((len(terms), len(vocabulary)), np.float32)
    for row, own in enumerate(terms):
        known[row, [place[term] for term in own if term in place]] = 1
    return known


@contextmanager
def one_thread() -> Iterator[None]:
    """Torch on one thread, one chunk at a time in a process: what makes sums reproducible."""
    with _one_at_a_time:
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            yield
        finally:
            torch.set_num_threads(threads)


def _batch(task: Task, card: Card) -> Batch:
    molecules = [candidate.molecule for candidate in task.candidates]
    none = [None] * len(molecules)
    graphs = reads_graph(card.network)
    return prediction_batch(molecules, none, len(card.references), card.n_context, graphs)


def _in_line(batch: Batch, line: ScreenLine, member: int) -> Batch:
    size = len(batch.molecule)
    cell = torch.tensor(line.features[member]).repeat(size, 1)  # (B, C)
    return batch._replace(cell=cell, has_cell=torch.ones(size, dtype=torch.bool))


def _mean(answers: list) -> Predicted:
    """Over the members, in their order."""
    change = np.stack([answer.change for answer in answers])  # (M, B, G)
    score, spread = change.mean(axis=0), change.std(axis=0)
    signs = [answer.signs for answer in answers if answer.signs is not None]
    if not signs:
        return Predicted(score, spread, None)
    mean = np.mean([table.to_numpy() for table in signs], axis=0)
    return Predicted(score, spread, pd.DataFrame(mean, columns=signs[0].columns))
