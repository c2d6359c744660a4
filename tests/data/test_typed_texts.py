"""Texts become numbers only where each is written as one."""

import numpy as np
import pandas as pd
import pytest

from badger_core.data.typed_texts import typed


@pytest.mark.parametrize(
    ("texts", "dtype", "values"),
    [
        (["1", "-20", "0"], "int64", [1, -20, 0]),
        (["1", "-666", "na"], "Int64", [1, None, None]),
        (["1", "2.5", "NaN"], "float64", [1, 2.5, None]),
        (["1e-05", "1E+20", "inf"], "float64", [1e-5, 1e20, np.inf]),
        (["007", "1"], "text", ["007", "1"]),
        (["1E5", "2"], "text", ["1E5", "2"]),
        (["", "A03"], "text", [None, "A03"]),
        (["na", "-666"], "text", [None, None]),
        (["1", "24 h"], "text", ["1", "24 h"]),
        (["123456789012345678901"], "float64", [123456789012345678901.0]),
    ],
)
def test_types(texts: list[str], dtype: str, values: list) -> None:
    found = typed(texts, pd.RangeIndex(len(texts)))
    if dtype != "text":
        assert str(found.dtype) == dtype
    for one, expected in zip(found.tolist(), values, strict=True):
        assert pd.isna(one) if expected is None else one == expected
