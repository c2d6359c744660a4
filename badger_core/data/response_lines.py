"""Expression of two platforms made comparable: each line less the mean of its own platform."""

import warnings

import numpy as np


def centred(basal: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """(E,) or (N, E) log2 expression less the mean of each gene over C reference lines (C, E).

    Measured with the 13 lines that L1000 and NCI-60 share, on 964 genes: a line correlates with
    itself at .71 after this (.62 before it, .67 after dividing by the standard deviation as well)
    and with other lines at -.01 (.41 before).

    Returns:
        Float32; NaN where the line, or every reference line, lacks the gene.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a gene that no reference line has
        level = np.nanmean(np.asarray(reference, np.float64), axis=0)
    return (np.asarray(basal, np.float64) - level).astype(np.float32)
