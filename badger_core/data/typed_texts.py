"""Texts of an annotation field to whole numbers, numbers or texts, so that writing gives them back.

A text format says no types. A field is numbers only if each of its texts is written as a number
would be: '007' and '1E5' stay texts. Whole numbers with gaps become Int64.
"""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.data.matrix import TEXT

GAPS = frozenset(("", "na", "NA", "N/A", "nan", "NaN", "-666", "-666.0", "-666.000000"))
"""How the programs of CMap, Morpheus, pandas and R write a missing value."""
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_NUMBER = re.compile(r"-?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][-+]\d+)?|-?inf")


def typed(texts: Sequence[str], index: pd.Index) -> pd.Series:
    """The field as int64, Int64, float64 or text; gaps are missing."""
    kept = [None if text in GAPS else text for text in texts]
    known = [text for text in kept if text is not None]
    if known and all(map(_WHOLE.fullmatch, known)):
        if len(known) == len(kept):
            return pd.Series(list(map(int, known)), index, dtype=np.int64)
        numbers = [None if text is None else int(text) for text in kept]
        return pd.Series(pd.array(numbers, dtype="Int64"), index)
    if known and all(map(_NUMBER.fullmatch, known)):
        return pd.Series([np.nan if t is None else float(t) for t in kept], index, dtype=np.float64)
    return pd.Series(kept, index, dtype=TEXT)
