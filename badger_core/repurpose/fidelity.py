"""How much of predictions survives being stored: values, strongest genes and order of reversal."""

from collections.abc import Sequence

import numpy as np

from badger_core.diseases.signature import DiseaseSignature
from badger_core.ranks import average_ranks
from badger_core.repurpose.changes import as_changes
from badger_core.repurpose.connectivity import COSINE, WTCS, connectivity

TOP = 50
ENOUGH = 48


def fidelity(
    exact: np.ndarray, stored: np.ndarray, signatures: Sequence[DiseaseSignature]
) -> dict[str, float | dict[str, float]]:
    """Compare stored predictions of a library with unrounded ones.

    Args:
        exact: (S, G) predicted changes.
        stored: (S, G) the same, read back.
        signatures: diseases against which both are ordered.

    Returns:
        rms and largest error; mean and least share of the TOP genes each way that are the same;
        by measure of reversal, over the diseases: the least Spearman correlation of the scores
        over the library, the least and the mean number of the TOP strongest reversals (50, or all
        compounds) that are the same, and in how many diseases fewer than 48 are.
    """
    error = stored - exact
    genes = np.concatenate([_shared(side * exact, side * stored) for side in (1, -1)]) / TOP
    found = {
        "rms_error": round(float(np.sqrt(np.mean(np.square(error, dtype=np.float64)))), 6),
        "largest_error": round(float(np.abs(error).max()), 6),
        "top_genes_mean": round(float(genes.mean()), 5),
        "top_genes_least": round(float(genes.min()), 5),
    }
    ours, theirs = as_changes(stored), as_changes(exact)
    for method in (WTCS, COSINE):
        pairs = [
            (connectivity(theirs, signature, method), connectivity(ours, signature, method))
            for signature in signatures
        ]
        order = [np.corrcoef(*map(average_ranks, pair))[0, 1] for pair in pairs]
        kept = [_shared(-first[None], -second[None])[0] for first, second in pairs]
        found[method] = {
            "spearman_least": round(float(min(order)), 5),
            "top_compounds_least": int(min(kept)),
            "top_compounds_mean": round(float(np.mean(kept)), 2),
            "diseases_below_48": sum(int(each) < ENOUGH for each in kept),
        }
    return found


def _shared(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """(S,) how many of the TOP highest places of each row of two (S, K) tables are the same."""
    masks = []
    for values in (first, second):
        places = np.argsort(-values, axis=1, kind="stable")[:, :TOP]
        mask = np.zeros(values.shape, bool)
        np.put_along_axis(mask, places, True, axis=1)
        masks.append(mask)
    return (masks[0] & masks[1]).sum(axis=1)
