"""What every kind of expression file is read to: numbers with the texts beside and above them."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class ExpressionTable:
    """Numbers as they lie in the file; which side holds the genes is not decided here.

    Attributes:
        form: the kind of file in words, such as 'CSV' or 'GCT 1.3'.
        details: how it was read, in words, such as 'decimal commas'.
        values: (R, K) numbers; NaN where the file has none.
        row_names: title of a column of texts to its R texts; the first column comes first.
        column_names: title of a row of texts to its K texts; the header comes first.
        warnings: sentences on what may be wrong with the content.
    """

    form: str
    details: tuple[str, ...]
    values: np.ndarray
    row_names: dict[str, list[str]]
    column_names: dict[str, list[str]]
    warnings: tuple[str, ...] = ()
