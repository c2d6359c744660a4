"""Reads wanted rows and columns of a stored matrix slice by slice into memory that is there."""

import h5py
import numpy as np

from badger_core.data.gctx_spans import spans

_SLICE, _PIECE = 32 * 1024**2, 2 * 1024**2
"""Bytes that are read at a time: straight to the result, or to pick rows out within the cache."""
_WORTH = 64 * 1024
"""Bytes between two wanted places that are cheaper read than jumped over."""
_MOST_ROW_SPANS = 16


def fill(
    result: np.ndarray, matrix: h5py.Dataset, at_row: np.ndarray, at_column: np.ndarray
) -> None:
    """Write the wanted values to `result` (c, r), whose rows are the columns of the file.

    Args:
        result: (c, r) float32.
        matrix: (C, R) as it is stored.
        at_row: (r,) wanted genes.
        at_column: (c,) wanted signatures.
    """
    width, item = max(matrix.shape[1], 1), matrix.dtype.itemsize
    grain = matrix.chunks if matrix.compression else (1, 1)
    across = spans(at_row, grain[1], _WORTH // item, width)
    if len(across) > _MOST_ROW_SPANS:
        across = spans(at_row, width, width, width)
    offsets = np.cumsum([0, *(span.high - span.low for span in across)])
    places = np.empty(len(at_row), np.int64)
    for span, offset in zip(across, offsets[:-1], strict=True):
        places[span.where] = offset + np.arange(span.high - span.low)[span.pick]
    in_order = np.array_equal(places, np.arange(offsets[-1]))
    most = max((_SLICE if in_order else _PIECE) // (width * item), grain[0])
    buffer = np.empty((min(most, matrix.shape[0]), offsets[-1]), np.float32)
    for along in spans(at_column, grain[0], _WORTH // (width * item), most):
        straight = in_order and isinstance(along.pick, slice) and isinstance(along.where, slice)
        piece = result[along.where] if straight else buffer[: along.high - along.low]
        for span, offset in zip(across, offsets[:-1], strict=True):
            source = np.s_[along.low : along.high, span.low : span.high]
            matrix.read_direct(piece, source, np.s_[:, offset : offset + span.high - span.low])
        if not straight:
            wanted = along.pick
            if in_order and isinstance(along.where, slice) and not isinstance(wanted, slice):
                np.take(piece, wanted, axis=0, out=result[along.where], mode="clip")
                continue
            piece = piece[wanted]
            if in_order:
                result[along.where] = piece
            elif isinstance(along.where, slice):
                np.take(piece, places, axis=1, out=result[along.where], mode="clip")
            else:
                result[along.where] = piece.take(places, axis=1)
