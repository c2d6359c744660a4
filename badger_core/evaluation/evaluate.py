"""Predictions against held-out measurements: scores per condition, then per line and compound."""

import numpy as np
import pandas as pd

from badger_core.evaluation.correlation import spearman
from badger_core.evaluation.ranking import chance_corrected_ndcg, ndcg_at_k, precision_at_k

K_NDCG, K_PRECISION = 100, 50


def score_conditions(truth: np.ndarray, predicted: np.ndarray) -> pd.DataFrame:
    """One row per condition: the main metrics, each in both directions where it has one.

    Args:
        truth: (S, G) measured change.
        predicted: (S, G) predicted change; only its order counts.
    """
    columns: dict[str, np.ndarray] = {"spearman": spearman(truth, predicted)}
    for direction in ("up", "down"):
        columns[f"ndcg@{K_NDCG} {direction}"] = ndcg_at_k(truth, predicted, K_NDCG, direction)
        columns[f"corrected ndcg@{K_NDCG} {direction}"] = chance_corrected_ndcg(
            truth, predicted, K_NDCG, direction
        )
        columns[f"precision@{K_PRECISION} {direction}"] = precision_at_k(
            truth, predicted, K_PRECISION, direction
        )
    return pd.DataFrame(columns)


def per_pair(scores: pd.DataFrame, conditions: pd.DataFrame) -> pd.DataFrame:
    """Mean score of each line x compound pair, so that a much repeated control counts once."""
    keys = [conditions["cell"].to_numpy(), conditions["ik14"].to_numpy()]
    return scores.groupby(keys).mean()


def summarise(scores: pd.DataFrame, conditions: pd.DataFrame) -> pd.DataFrame:
    """Rows 'all' and 'active' (strong third of each source): mean over pairs, and the counts."""
    rows = {}
    for stratum, keep in (
        ("all", np.ones(len(scores), bool)),
        ("active", conditions["active"].to_numpy(bool)),
    ):
        pairs = per_pair(scores[keep], conditions[keep])
        rows[stratum] = pairs.mean().to_dict() | {
            "n_conditions": int(keep.sum()),
            "n_pairs": len(pairs),
        }
    return pd.DataFrame(rows).T


def selection_score(scores: pd.DataFrame, conditions: pd.DataFrame) -> float:
    """What early stopping maximises: mean of chance-corrected NDCG up and down, over pairs."""
    columns = [f"corrected ndcg@{K_NDCG} {direction}" for direction in ("up", "down")]
    return float(per_pair(scores[columns], conditions).to_numpy().mean())
