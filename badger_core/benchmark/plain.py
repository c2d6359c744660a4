"""The contenders without a network, all from one fold's training pairs."""

import numpy as np

from badger_core.data.conditions import STRENGTH_KEPT, Conditions, normal_scores
from badger_core.data.knowledge import MECHANISM, TARGET, terms_of
from badger_core.data.likeness import compound_likeness, line_cosine, positions
from badger_core.evaluation.plain import drug_free_mean, kernel_ridge, nearest_mean, weighted_mean
from badger_core.model.expert import LINE_POWER, pair_likeness
from badger_core.training.fold import Fold

KINDS = ("numeric", "pooled")
"""Kinds of signatures that the plain predictors learn from."""
RIDGE = 20.0
"""Chosen, like the power of the line's likeness, on the choosing folds."""
NAMES = (
    "global_mean",
    "line_mean",
    "compound_mean",
    "moa_mean",
    "knn",
    "kernel_ridge",
    "kernel_ridge_rank",
    "kernel_ridge_strength",
)


def plain_predictions(fold: Fold) -> dict[str, np.ndarray]:
    """(S, G) for the fold's test rows by each of NAMES; their labels are not read.

    - global_mean, line_mean: what compounds do on average, in all lines or in the line.
    - compound_mean: the compound in other lines, where it was measured; else line_mean.
    - moa_mean: compounds that share a mechanism, else a target, in any line; else line_mean.
    - knn: the five most alike pairs (compound likeness x line likeness).
    - kernel_ridge: on structure, mechanisms, targets and lines, with as much of the strength kept
      as badger learns from; `_rank` on normal scores of the ranks, `_strength` with all of it.
    """
    train = fold.conditions.take(fold.split.train)
    train = train.take(np.flatnonzero((train.table["kind"] != "gene_set").to_numpy())).by_pair()
    test = fold.conditions.table.iloc[fold.split.test]
    numeric = train.take(np.flatnonzero((train.table["kind"] == "numeric").to_numpy()))
    by_line = drug_free_mean(numeric.change, numeric.table, test["cell"])
    overall = weighted_mean(numeric.change, numeric.table["weight"].to_numpy())
    out = {"global_mean": np.tile(overall, (len(test), 1)), "line_mean": by_line}
    out["compound_mean"] = _mean_of_alike(
        numeric, test["ik14"].to_numpy(), by_line, lambda key: [{key}]
    )
    relatives = _relatives(fold, set(numeric.table["ik14"]))
    out["moa_mean"] = _mean_of_alike(train, test["ik14"].to_numpy(), by_line, relatives)

    compounds = sorted(set(train.table["ik14"]) | set(test["ik14"]))
    lines = sorted(set(train.table["cell"]) | set(test["cell"]))
    drug_of = compound_likeness(fold.bundle.library, compounds)
    line_of = line_cosine(fold.cells, lines) ** LINE_POWER

    def place(table: object) -> tuple[np.ndarray, np.ndarray]:
        return positions(table["ik14"], compounds), positions(table["cell"], lines)

    (ours_c, ours_l), (c, li) = place(test), place(train.table)
    drug, line = drug_of[np.ix_(ours_c, c)], line_of[np.ix_(ours_l, li)]
    is_numeric = (train.table["kind"] == "numeric").to_numpy()
    out["knn"] = nearest_mean((drug * (0.1 + line))[:, is_numeric], train.change[is_numeric])
    kernel = pair_likeness(drug_of[np.ix_(c, c)], line_of[np.ix_(li, li)])
    cross = pair_likeness(drug, line)
    strength = np.sqrt((train.change**2).mean(axis=1, keepdims=True)).clip(1e-6)
    targets = {
        "kernel_ridge": train.change,
        "kernel_ridge_rank": normal_scores(train.change),
        "kernel_ridge_strength": train.change * strength ** (1 / STRENGTH_KEPT - 1),
    }
    together = np.concatenate(list(targets.values()), axis=1)  # one solution for all three
    weight = train.table["weight"].to_numpy(np.float64)
    solved = kernel_ridge(kernel, cross, together, weight, RIDGE)
    parts = np.split(solved, len(targets), axis=1)
    return out | dict(zip(targets, parts, strict=True))


def _mean_of_alike(
    train: Conditions, keys: np.ndarray, otherwise: np.ndarray, alike: object
) -> np.ndarray:
    """(S, G) weighted mean of the training rows of the first group of compounds that has any."""
    rows_of = train.table.groupby("ik14").indices
    weight = train.table["weight"].to_numpy()
    out = otherwise.copy()
    cache: dict[str, np.ndarray | None] = {}
    for i, key in enumerate(keys):
        if key not in cache:
            cache[key] = None
            for group in alike(key):
                rows = [rows_of[other] for other in sorted(group) if other in rows_of]
                if rows:
                    rows = np.concatenate(rows)
                    cache[key] = weighted_mean(train.change[rows], weight[rows])
                    break
        if cache[key] is not None:
            out[i] = cache[key]
    return out


def _relatives(fold: Fold, trained: set[str]) -> object:
    """A function from ik14 to the trained compounds that share a mechanism, then a target."""
    library = fold.bundle.library
    holders: dict[str, set[str]] = {}
    for key in trained:
        for term in terms_of(library.by_structure(key)):
            holders.setdefault(term, set()).add(key)

    def groups(key: str) -> list[set[str]]:
        terms = terms_of(library.by_structure(key))
        return [
            set().union(*(holders.get(t, set()) for t in terms if t.startswith(kind))) - {key}
            for kind in (MECHANISM, TARGET)
        ]

    return groups
