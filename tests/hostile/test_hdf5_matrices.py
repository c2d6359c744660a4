"""Sparse matrices, single cells and GCTX files that are wrong in one known way: it is said."""

import numpy as np
import pytest
from scipy.sparse import csc_matrix, csr_matrix

from tests.data.cell_files import COUNTS, TARGETS, cells_h5ad, changed
from tests.data.matrices import example
from tests.hostile.hdf5_changes import added, attribute, gone, part, replaced, sized
from tests.hostile.hdf5_files import READERS, VALUES, expression_h5ad, gctx
from tests.hostile.hdf5_forks import fates

COMPOUND = np.zeros((3, 4), dtype=[("a", "f4"), ("b", "f4")])
SPARSE = {
    "places beyond": part("indices", lambda old: old + 10**6),
    "one place beyond": part("indices", lambda old: np.append(old[:-1], 10**6)),
    "places below": part("indices", lambda old: old - 10**6),
    "starts that fall": part("indptr", lambda old: np.sort(old)[::-1]),
    "starts beyond": part("indptr", lambda old: np.append(old[:-1].astype(np.int64), 2**40)),
    "starts below": part("indptr", lambda old: np.append([-4], old[1:])),
    "places of decimals": part("indices", lambda old: old.astype(float)),
    "fewer starts": part("indptr", lambda old: old[::2]),
    "fewer numbers": part("data", lambda old: old[1:]),
    "starts without end": replaced("X/indptr", shape=(10**9,), dtype="i8", chunks=(10**6,)),
    "numbers without end": replaced("X/data", shape=(10**12,), dtype="f4", chunks=(10**6,)),
    "numbers of texts": part("data", lambda old: np.full(old.shape, b"1")),
    "another shape": attribute("X", "shape", (2, 2)),
    "a shape without end": attribute("X", "shape", (2**40, 2**40)),
    "no starts": gone("X/indptr"),
}


@pytest.mark.parametrize("kind", ["h5ad of expression", "h5ad matrix", "h5ad of cells"])
@pytest.mark.parametrize("form", [csr_matrix, csc_matrix], ids=["csr", "csc"])
def test_a_sparse_x_that_points_outside_itself_is_refused(kind, form):
    """Scipy would write outside of its memory."""
    read, named = READERS[kind]
    whole = cells_h5ad(form(COUNTS)) if kind == "h5ad of cells" else expression_h5ad(form(VALUES))
    contents = [whole, *(changed(whole, change) for change in SPARSE.values())]
    said = dict(zip(["whole", *SPARSE], fates(kind, read, contents, named), strict=True))
    assert [case for case, text in said.items() if text == "read"] == ["whole"]


CELLS = len(TARGETS)
WRONG_CELLS = {
    "counts beyond any cell": (cells_h5ad(COUNTS * 1e9), "more than a cell has", "(UMI)"),
    "a gene with a long name twice": (
        cells_h5ad(genes=("A\x07" * 500, "A\x07" * 500, "B", "C")),
        "1 genes twice",
        "var_names_make_unique",
    ),
    "controls of no readable name": (
        cells_h5ad(target=["\x1b[31mX" * 90] * CELLS),
        "no control cells",
    ),
    "no cells": (
        changed(cells_h5ad(), replaced("X", data=COUNTS[:0])),
        "no cells or no genes",
    ),
    "text": (b"cell,STAT1\nc1,3\n", "no h5ad file", "adata.write_h5ad"),
    "empty": (b"", "no h5ad file"),
}


@pytest.mark.parametrize("case", WRONG_CELLS)
def test_cells_that_are_wrong_say_how(case):
    content, *words = WRONG_CELLS[case]
    read, named = READERS["h5ad of cells"]
    [said] = fates("h5ad of cells", read, [content], named)
    assert not [word for word in words if word not in said], said


WRONG_GCTX = {
    "10^12 numbers in 10 kB": (sized(10**6, 10**6, "S20"), "not written to their end"),
    "names without end": (sized(10**4, 10**4, "S1000000"), "cannot be unpacked within"),
    "a matrix of texts": (
        replaced("0/DATA/0/matrix", data=np.full((4, 5), b"1")),
        "no table of numbers",
        "write it again",
    ),
    "a matrix of truths": (replaced("0/DATA/0/matrix", data=np.ones((4, 5), bool)), "no table"),
    "a matrix turned round": (
        replaced("0/DATA/0/matrix", data=np.ones((5, 4))),
        "names 5 rows and 4 columns, but its matrix has 4 and 5",
    ),
    "a matrix of three axes": (replaced("0/DATA/0/matrix", data=np.ones((4, 5, 1))), "no table"),
    "a field of another length": (
        added("0/META/COL/more", data=np.zeros(9)),
        "a field 'more' of 9 entries where 4 are due",
    ),
    "a field of compound values": (
        added("0/META/COL/more", data=COMPOUND[:1].ravel()),
        "a field 'more' that holds neither numbers nor texts",
    ),
    "a folder among the fields": (
        lambda file: file["0/META/ROW"].create_group("more"),
        "a folder 'more' among the fields",
    ),
    "ids that are complex": (replaced("0/META/ROW/id", data=np.ones(5) * 1j), "neither texts"),
    "no ids": (gone("0/META/COL/id"), "no GCTX file: it lacks"),
}


@pytest.mark.parametrize("case", WRONG_GCTX)
def test_a_gctx_that_is_wrong_says_how(case):
    change, *words = WRONG_GCTX[case]
    read, named = READERS["GCTX"]
    [said] = fates("GCTX", read, [changed(gctx(), change)], named)
    assert not [word for word in words if word not in said], said


@pytest.mark.parametrize("kind", ["h5ad matrix", "GCTX"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"gene,s1\nTP53,1\n", "no HDF5 file, so neither GCTX nor h5ad. Give"),
        (b"\x1f\x8b" + bytes(90), "Unpack it first"),
        (b"\x89HDF\r\n\x1a\n", "damaged, cut off"),
        (b"\x89HDF\r\n\x1a\n" + bytes(5000), "damaged, cut off"),
    ],
    ids=["empty", "text", "gzip", "signature", "zeros"],
)
def test_files_that_are_none_are_told_apart(kind, content, words):
    read, named = READERS[kind]
    [said] = fates(kind, read, [content], named)
    assert words in said


def test_gctx_of_one_row_or_column_is_read():
    for shape in ((1, 4), (5, 1), (1, 1)):
        content = gctx(matrix=example(*shape))
        assert fates("GCTX", READERS["GCTX"][0], [content], READERS["GCTX"][1]) == ["read"]
