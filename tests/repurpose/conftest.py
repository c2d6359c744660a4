"""A small library with predictions: measured consensus signatures in two lines, real genes."""

import numpy as np
import pandas as pd
import pytest

from badger_core.diseases.signature import catalogue_signature
from badger_core.repurpose.predictions import SCREENED, Predictions

LINES = ("A375", "MCF7")


@pytest.fixture(scope="session")
def measured(bundle) -> Predictions:
    """The Hub compounds measured in both lines, each as the mean of its signatures there."""
    table = bundle.signatures.table
    table = table[(table["kind"] == "numeric") & table["cell"].isin(LINES)]
    hub = bundle.library.hub.set_index("ik14")["name"]
    table = table[table["ik14"].isin(hub.index)]
    keys = sorted(set.intersection(*(set(t["ik14"]) for _, t in table.groupby("cell"))))
    changes = np.stack(
        [[_mean(bundle, table, line, key) for key in keys] for line in LINES]
    ).astype(np.float32)
    shape = changes.shape[:2]
    return Predictions(
        pd.DataFrame({"ik14": keys, "name": hub[keys].tolist()}),
        LINES,
        changes,
        np.full(shape, 0.5, np.float32),
        np.zeros(shape, np.float32),
        np.full(shape, "measured pair"),
        np.full(shape, "inside"),
        np.full(shape, "inside"),
        (SCREENED, SCREENED),
    )


@pytest.fixture(scope="session")
def melanoma(bundle):
    """The signature of melanoma."""
    return catalogue_signature(bundle.diseases, "melanoma", bundle.genes)


def _mean(bundle, table, line, key):
    rows = table.loc[(table["cell"] == line) & (table["ik14"] == key), "row"].to_numpy()
    return np.nan_to_num(bundle.signatures.values(rows)).mean(axis=0)
