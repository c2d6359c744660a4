"""h5ad files of expression that are wrong in one known way: it is said, with what to do."""

import h5py
import numpy as np
import pytest

from tests.data.cell_files import changed
from tests.hostile.hdf5_changes import (
    added,
    attribute,
    frame_as_table,
    gone,
    huge,
    linked,
    nested,
    replaced,
    unwritten,
    virtual,
)
from tests.hostile.hdf5_files import READERS, TEXT, VALUES, expression_h5ad
from tests.hostile.hdf5_forks import fates

WHOLE = expression_h5ad()
COMPOUND = np.zeros((3, 4), dtype=[("a", "f4"), ("b", "f4")])
WRONG = {
    "no index": (attribute("obs", "_index", "missing"), "no index in obs", "write_h5ad"),
    "index that is a number": (attribute("var", "_index", 3), "no index in var", "write_h5ad"),
    "index of numbers in two axes": (
        replaced("obs/_index", data=np.zeros((3, 2))),
        "no index of texts in obs",
    ),
    "X of texts": (replaced("X", data=np.full((3, 4), b"1.5")), "no plain numbers", "write_h5ad"),
    "X of long texts": (
        replaced("X", data=np.full((3, 4), "1", dtype=object), dtype=TEXT),
        "no plain numbers",
    ),
    "X of complex numbers": (replaced("X", data=VALUES * 1j), "complex", "no plain numbers"),
    "X of compound values": (replaced("X", data=COMPOUND), "no plain numbers"),
    "X of references": (replaced("X", shape=(3, 4), dtype=h5py.ref_dtype), "no plain numbers"),
    "X of opaque values": (
        replaced("X", data=np.zeros((3, 4), "V8")),
        "no plain numbers",
    ),
    "X without numbers": (replaced("X", data=h5py.Empty("f4")), "damaged", "write_h5ad"),
    "X of one axis": (replaced("X", data=VALUES[0]), "another shape (4)", "3 x 4"),
    "X turned round": (replaced("X", data=VALUES.T), "another shape (4 x 3)", "3 x 4"),
    "X with a row more": (replaced("X", data=np.zeros((4, 4))), "another shape (4 x 4)"),
    "X never written": (replaced("X", shape=(3, 4), dtype="f4"), "not written to their end"),
    "X written in part": (unwritten, "12 numbers in X that were not written"),
    "X a folder": (lambda file: (gone("X")(file), file.create_group("X")), "neither as a table"),
    "a column too long": (added("obs/more", data=np.zeros(9)), "9 entries in obs/more", "3 are"),
    "codes outside": (
        replaced("obs/cell/codes", data=np.array([0, 7, 1])),
        "codes in obs/cell that stand for none of its 2 categories",
    ),
    "codes of another length": (replaced("obs/cell/codes", data=[0, 1]), "2 entries in obs/cell"),
    "obs as a table": (frame_as_table, "before version 0.7"),
    "a link in a circle": (linked("X", h5py.SoftLink("/X")), "damaged or no h5ad", "write_h5ad"),
    "a link to nothing": (linked("obs", h5py.SoftLink("/nothing")), "damaged or no h5ad"),
    "a link to another file": (
        linked("X", h5py.ExternalLink("/etc/passwd", "/x")),
        "takes data from other files",
        "one file that holds everything",
    ),
    "data of other files": (virtual, "takes data from other files"),
    "deep groups": (nested, "groups within groups more than 20 deep", "Save only the matrix"),
    "10^12 numbers in 10 kB": (huge, "1,000,000 samples of 1,000,000 genes", "too many to read"),
    "without var": (gone("var"), "without X, obs and var", "GCT or CSV"),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_h5ad_of_expression_that_is_wrong_says_how(case):
    change, *words = WRONG[case]
    read, named = READERS["h5ad of expression"]
    [said] = fates("h5ad of expression", read, [changed(WHOLE, change)], named)
    assert not [word for word in words if word not in said], said
