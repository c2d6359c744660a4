"""Scores of one set of predictions, one row per test condition."""

import numpy as np
import pandas as pd

from badger_core.data.conditions import Conditions
from badger_core.evaluation.centred import centred_spearman
from badger_core.evaluation.metrics import METRICS

REPORTED = tuple(name for name in METRICS if name != "rmse")  # sources differ in unit
CENTRED = "centred_spearman"


def score_rows(truth: Conditions, predicted: np.ndarray) -> pd.DataFrame:
    """Every reported metric of each test row, and the drug-specific score.

    Args:
        truth: S test rows.
        predicted: (S, G) predictions of one fold.
    """
    columns = {name: METRICS[name].function(truth.change, predicted) for name in REPORTED}
    table = truth.table
    time = table["time_h"].map("{:g}".format)  # an unknown time is a batch label too
    batch = table["source"] + "|" + table["cell"] + "|" + time
    columns[CENTRED] = centred_spearman(truth.change, predicted, batch, table["ik14"])
    return pd.DataFrame(columns).astype(np.float32)
