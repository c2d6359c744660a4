"""Arrays on the disk give what arrays in memory give."""

import numpy as np
import pytest
import torch

from badger_core.data import conditions as conditions_module
from badger_core.data import scratch
from badger_core.data.conditions import numeric_conditions
from badger_core.data.featurise import CellFeatures, reference_lines
from badger_core.data.loader import Loader
from badger_core.data.sealed import seal


@pytest.fixture
def on_disk(monkeypatch):
    """Everything is large, and blocks are small."""
    monkeypatch.setattr(scratch, "IN_MEMORY", 0)
    monkeypatch.setattr(scratch, "_AT_ONCE", 100)
    monkeypatch.setattr(conditions_module, "_AT_ONCE", 700)


def test_taken_joined_and_released_arrays_keep_their_values(on_disk):
    values = np.random.default_rng(0).normal(size=(301, 7)).astype(np.float32)
    rows = np.random.default_rng(1).permutation(301)
    mapped = scratch.taken(values, rows)
    assert isinstance(mapped, np.memmap)
    scratch.release(mapped)
    assert np.array_equal(mapped, values[rows])
    both = scratch.joined([mapped, values])
    assert np.array_equal(both, np.concatenate([values[rows], values]))
    assert scratch.joined([values]) is values


def test_conditions_do_not_depend_on_where_they_lie(bundle, conditions, on_disk):
    mapped = numeric_conditions(bundle.signatures)
    assert isinstance(mapped.change, np.memmap)
    assert mapped.table.equals(conditions.table)
    assert np.array_equal(mapped.change, conditions.change)
    assert np.array_equal(mapped.by_pair().change, conditions.by_pair().change)
    origin = {"split": "a", "fold": 1, "bundle": "b"}
    sealed = seal(mapped, np.arange(5), origin)[0]
    assert np.isnan(sealed.change[:5]).all()
    assert not np.isnan(mapped.change[:5]).any()


def test_batches_read_ahead_are_the_same(bundle, conditions, monkeypatch):
    some = conditions.take(np.arange(90))
    references = reference_lines(bundle.cells, frozenset())
    cells = CellFeatures(bundle.cells, references, frozenset())
    molecules = bundle.library.molecules(some.table["ik14"])
    sources = tuple(sorted(set(some.table["source"])))
    count = len(bundle.pathways.vocabulary)
    made = []
    for limit in (scratch.IN_MEMORY, 0):
        monkeypatch.setattr(scratch, "IN_MEMORY", limit)
        loader = Loader(some, molecules, cells, bundle.pathway_labels, sources, count)
        made.append([*loader.shuffled(16, torch.Generator().manual_seed(3), 0.5)])
    assert len(made[0]) == len(made[1]) == 6
    for here, there in zip(*made, strict=True):
        assert all(torch.equal(a, b) for a, b in zip(here, there, strict=True))
