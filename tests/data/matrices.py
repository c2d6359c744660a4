"""Matrices to test files with, and what it means that two are the same."""

import string

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pandas.testing import assert_frame_equal

from badger_core.data.matrix import TEXT, Matrix

_LETTERS = string.ascii_letters + "µéβ_:.-+ (),;'\"%#|"
# A letter first: what looks like a number, or like a gap, is one in a file of text.
NAMES = st.text(_LETTERS + string.digits, min_size=1, max_size=12).map(lambda t: "x" + t.strip())
_WHOLE = st.integers(-(2**40), 2**40).filter(lambda n: n != -666)
_REAL = st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: x != -666)


@st.composite
def frames(draw: st.DrawFn, count: int) -> pd.DataFrame:
    """`count` ids with whole numbers, numbers and texts, some of them missing."""
    ids = draw(st.lists(NAMES, min_size=count, max_size=count, unique=True))
    index = pd.Index(ids, dtype="str", name="id")
    gaps = st.lists(st.booleans(), min_size=count, max_size=count)
    columns = {}
    for title in draw(st.lists(NAMES, max_size=4, unique=True)):
        kind = draw(st.sampled_from(["int", "Int64", "float", "text"]))
        missing = np.array(draw(gaps), dtype=bool)
        missing[0] = False  # a field that says nothing has no type in a file of text
        values = {"int": _WHOLE, "Int64": _WHOLE, "float": _REAL, "text": NAMES}[kind]
        found = draw(st.lists(values, min_size=count, max_size=count))
        if kind == "int":
            columns[title] = pd.Series(found, index, dtype=np.int64)
        elif kind == "float":
            columns[title] = pd.Series(found, index, dtype=np.float64).mask(missing)
        elif kind == "text":
            columns[title] = pd.Series(found, index, dtype=TEXT).mask(missing)
        else:
            missing[-1] = count > 1
            kept = missing.any()
            columns[title] = pd.Series(found, index, dtype="Int64" if kept else np.int64)
            columns[title] = columns[title].mask(missing) if kept else columns[title]
    return pd.DataFrame(columns, index=index)


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """A small matrix of any values, with gaps and infinities."""
    n_rows, n_columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    values = draw(arrays(np.float32, (n_rows, n_columns), elements=st.floats(width=32)))
    return Matrix(values, draw(frames(n_rows)), draw(frames(n_columns)))


def assert_same(one: Matrix, other: Matrix) -> None:
    """Values bit for bit, ids, fields in their order, types and gaps."""
    assert one.values.dtype == other.values.dtype == np.float32
    np.testing.assert_array_equal(one.values, other.values)
    assert_frame_equal(one.rows, other.rows, check_exact=True)
    assert_frame_equal(one.columns, other.columns, check_exact=True)


def example(n_rows: int = 5, n_columns: int = 4) -> Matrix:
    """A matrix with every kind of annotation."""
    values = np.random.default_rng(0).normal(size=(n_rows, n_columns)).astype(np.float32)
    values[0, 0] = np.nan
    rows = pd.DataFrame(
        {"pr_gene_symbol": [f"G{at}" for at in range(n_rows)], "pr_is_lm": 1},
        index=pd.Index([f"r{at}" for at in range(n_rows)], dtype="str", name="id"),
    )
    index = pd.Index([f"S:{at}" for at in range(n_columns)], dtype="str", name="id")
    columns = pd.DataFrame(
        {
            "pert_iname": pd.Series(["a b", *["10 µM"] * (n_columns - 1)], index, dtype=TEXT),
            "dose": pd.Series([np.nan, *[0.1] * (n_columns - 1)], index),
            "count": pd.Series([None, *[3] * (n_columns - 1)], index, dtype="Int64"),
            "time": pd.Series(24, index, dtype=np.int64),
            "note": pd.Series([None, *["ok"] * (n_columns - 1)], index, dtype=TEXT),
        }
    )
    return Matrix(values, rows, columns)
