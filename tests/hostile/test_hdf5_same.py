"""The same numbers and names from every way to store them; bombs are stopped by their memory."""

import numpy as np
import pytest
from scipy.sparse import csc_matrix, csr_matrix

from badger_core.data import hdf5_check
from badger_core.data.expression_file import read_expression_file
from badger_core.data.hdf5_probe import DEEP, FOREIGN, LARGE
from badger_core.errors import ExpressionError
from badger_core.limits import Limits
from tests.data.cell_files import changed
from tests.hostile.hdf5_changes import attribute, old_categories, replaced
from tests.hostile.hdf5_files import (
    NAME,
    SAMPLES,
    SYMBOLS,
    TEXT,
    VALUES,
    deflate_bomb,
    expression_h5ad,
    text_bomb,
)

WHOLE = expression_h5ad()


def test_the_same_numbers_come_from_every_way_to_store_them():
    ways = [
        expression_h5ad(form(VALUES).astype(kind), **options)
        for form in (np.asarray, csr_matrix, csc_matrix)
        for kind in ("<f4", ">f8", "<f2")
        for options in ({}, {"compression": "gzip", "shuffle": True}, {"compression": "lzf"})
        if form is np.asarray or kind == "<f4"
    ]
    ways += [expression_h5ad(VALUES, chunks=(2, 3), maxshape=(None, None))]
    ways += [changed(WHOLE, old_categories)]
    ways += [changed(WHOLE, attribute("obs", "_index", np.bytes_("_index")))]
    for content in ways:
        found = read_unprobed(content)
        np.testing.assert_array_equal(found.values, VALUES.astype(np.float64))
        assert found.row_names["index"] == list(SAMPLES)
        assert found.row_names["cell"] == ["A375", "MCF7", ""]
        assert found.column_names["header"] == list(SYMBOLS)
    whole = read_unprobed(expression_h5ad((VALUES * 8).astype(np.int16)))
    np.testing.assert_array_equal(whole.values, VALUES * 8)
    truths = read_unprobed(expression_h5ad(VALUES > 1))
    np.testing.assert_array_equal(truths.values, VALUES > 1)


def test_one_sample_one_gene_and_names_of_any_kind_are_read():
    odd = ["caf\xe9".encode("latin-1"), b"x" * 5000, b"s3"]

    def rename(file):
        del file["obs/_index"]
        file["obs"].create_dataset("_index", data=np.array(odd, dtype="S5000"))
        file["obs"].create_dataset(b"title \xff", data=np.arange(3))

    found = read_unprobed(changed(WHOLE, rename))
    assert found.row_names["index"] == ["caf\xe9", "x" * 5000, "s3"]
    assert all(title.isprintable() for title in found.row_names)
    one = changed(WHOLE, lambda file: None)
    for size in ((1, 4), (3, 1)):
        one = changed(WHOLE, lambda file, size=size: _cut(file, size))
        assert read_unprobed(one).values.shape == size


def _cut(file, size):
    x = file["X"][: size[0], : size[1]]
    replaced("X", data=x)(file)
    for side, length in zip(("obs", "var"), size, strict=True):
        names = file[side]["_index"][:length]
        replaced(f"{side}/_index", data=names, dtype=TEXT)(file)
    if size[0] < 3:
        del file["obs/cell"], file["obs/batch"]


def test_what_is_not_finite_stays_so():
    x = VALUES.copy()
    x[0] = [np.nan, np.inf, -np.inf, 1e38]
    np.testing.assert_array_equal(read_unprobed(expression_h5ad(x)).values, x.astype(np.float64))


def read_unprobed(content):
    """Without the first look, which the other tests take."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("badger_core.data.expression_file_h5ad.check_hdf5", lambda *_: None)
        return read_expression_file(content, NAME)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: deflate_bomb(300), "cannot be unpacked within 64 MB of memory"),
        (lambda: text_bomb(4000), "cannot be unpacked within 64 MB of memory"),
    ],
    ids=["300 MB of zeros", "4,000 times one text"],
)
def test_a_bomb_is_refused_by_the_first_look_within_its_memory(content, words, monkeypatch):
    """Through the real process: its limit of memory is what stops the bomb, no size in the file."""
    monkeypatch.setattr(hdf5_check, "limits", lambda: Limits(hdf5_mb=64))
    made = content()
    assert len(made) < 2e6
    with pytest.raises(ExpressionError, match=words) as caught:
        read_expression_file(made, NAME)
    assert "BADGER_MAX_HDF5_MB" in str(caught.value)


def test_every_exit_status_of_the_first_look_has_its_words():
    said = {code: hdf5_check._reason(code, 64, 20) for code in (FOREIGN, LARGE, DEEP, -11, -24)}
    assert len(set(said.values())) == 5
    assert "ended with code -11" in said[-11]
