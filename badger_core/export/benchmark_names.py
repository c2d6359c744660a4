"""What the benchmark's splits, models and metrics are called, and in which order they are shown."""

from typing import NamedTuple


class Measure(NamedTuple):
    """A metric that is shown: its column among the scores, its name, what a random order gets."""

    column: str
    label: str
    chance: float


MEASURES = (
    Measure("spearman", "Spearman", 0.0),
    Measure("ndcg_corrected_up_100", "NDCG@100 up", 0.0),
    Measure("ndcg_corrected_down_100", "NDCG@100 down", 0.0),
    Measure("precision_up_50", "precision@50 up", 200 / 978),
    Measure("precision_down_50", "precision@50 down", 200 / 978),
    Measure("centred_spearman", "drug-specific Spearman", 0.0),
)
"""NDCG is the chance-corrected one throughout."""
STRATA = {"all": "all", "active": "active third"}
MAIN = "badger"
OURS = {
    "badger": "badger (hybrid)",
    "badger_cascade": "its cascade alone",
    "badger_kernel": "its kernel part alone",
}
BASELINES = {
    "line_mean": "line mean, drug-free",
    "compound_mean": "compound's mean in other lines",
    "moa_mean": "mean of the mechanism",
    "knn": "nearest 5 pairs",
    "kernel_ridge": "kernel ridge",
    "kernel_ridge_rank": "kernel ridge on ranks",
    "kernel_ridge_strength": "kernel ridge, full strength",
    "mlp": "MLP",
    "deepce": "DeepCE",
    "ciger": "CIGER",
    "badger_light": "BADGER light",
    "global_mean": "mean of all lines",
}
REPEATS = {"compound_mean": "line_mean"}
"""Shown only where it differs from the other: a new compound has no mean in other lines."""
UNLISTED = ("global_mean",)
"""Shown only where it is the best."""
HELD_OUT = {
    "unseen-compound": "Test compounds were never trained on, in any line, salt form or source.",
    "unseen-scaffold": "The same, and no training compound shares the ring scaffold of a test one.",
    "unseen-line": "Test lines were never trained on; the compounds may have been, in other lines.",
    "unseen-line (panel)": (
        "The part of unseen-line that one source measured: three drugs in 65 lines, less those "
        "with 20 compounds or more."
    ),
    "unseen-line (20+ compounds)": (
        "The part of unseen-line in which 20 compounds or more were measured."
    ),
    "unseen-pair": "Neither the compound nor the line of a test pair was trained on.",
}
"""Split to what is held out, in the order of the page."""
DRAWN = {
    "unseen-compound": "compounds",
    "unseen-scaffold": "compounds",
    "unseen-line": "lines",
    "unseen-line (panel)": "lines",
    "unseen-line (20+ compounds)": "lines",
    "unseen-pair": "compounds and lines",
}
"""Split to what the bootstrap of its intervals draws."""
FOLDS = 5
SECTIONS_OF = ("unseen-line (panel)", "unseen-line (20+ compounds)")
"""Parts of another split, which breakdowns do not repeat."""


def measure_named(metric: str, direction: str, k: str) -> str:
    """The column of a score from its parts: ndcg_corrected, up, 100 to ndcg_corrected_up_100."""
    sided = metric if direction == "both" else f"{metric}_{direction}"
    return f"{sided}_{k}" if k else sided


def model_name(model: str) -> str:
    """How a model is called on pages."""
    return (OURS | BASELINES).get(model, model)
