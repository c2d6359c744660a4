"""Small result tables, made by hand, of the form that `badger benchmark` writes."""

from pathlib import Path

import pandas as pd

from badger_core.benchmark.tally import CLUSTERS, in_parts
from badger_core.export.benchmark_names import MEASURES, Measure

MODELS = ("line_mean", "compound_mean", "kernel_ridge", "deepce", "badger_kernel", "badger")
MEANS = {"line_mean": 0.12, "kernel_ridge": 0.14, "deepce": 0.10, "badger_kernel": 0.15}
BEST_IN_LINES = "compound_mean"
STRATA = {"all": 0.0, "active": 0.1}
GAINS = {"unseen-compound": 0.02, "unseen-line": 0.0, "unseen-pair": -0.02}
"""Split to what badger has more than kernel ridge; every interval is .01 to both sides."""


def write_tables(folder: Path, more: bool = True) -> Path:
    """Three splits, two strata, all shown metrics; DeepCE has three folds. With `more`, all tables.

    compound_mean repeats line_mean, but for unseen-line, where it is the best baseline by Spearman.
    """
    folder.mkdir(parents=True, exist_ok=True)
    results, differences, groups = [], [], []
    for split, gain in GAINS.items():
        means = {**MEANS, "compound_mean": 0.12, "badger": 0.14 + gain}
        for stratum, extra in STRATA.items():
            for measure in MEASURES:
                head = {"split": split, "stratum": stratum, **in_parts(measure.column)._asdict()}
                for model in MODELS:
                    mean = means[model] + extra
                    if (model, split, measure.label) == (
                        "compound_mean",
                        "unseen-line",
                        "Spearman",
                    ):
                        mean = 0.141 + extra
                    results.append(
                        {
                            **head,
                            "model": model,
                            "mean": round(mean, 5),
                            "sd": 0.01,
                            "ci_low": round(mean - 0.02, 5),
                            "ci_high": round(mean + 0.02, 5),
                            "n_signatures": 900,
                            "n_pairs": 300 if model == "deepce" else 500,
                            "folds": 3 if model == "deepce" else 5,
                        }
                    )
                best = BEST_IN_LINES if _in_lines(split, measure) else "kernel_ridge"
                for model, difference in (("badger", gain), ("badger_kernel", 0.01)):
                    differences.append(
                        {
                            **head,
                            "model": model,
                            "baseline": best,
                            "difference": difference,
                            "ci_low": round(difference - 0.01, 5),
                            "ci_high": round(difference + 0.01, 5),
                            "n_pairs": 500,
                        }
                    )
        groups += [
            {"split": split, "model": m, "name": name, "n_pairs": n, "spearman": means[m]}
            for m in MODELS
            for name, n in (("A375", 80), ("MCF7", 120))
        ]
    tables = {"results": results, "differences": differences, "replicates": _replicates()}
    if more:
        tables |= {
            "by_line": pd.DataFrame(groups).rename(columns={"name": "cell"}),
            "by_source": pd.DataFrame(groups).rename(columns={"name": "source"}),
            "faithfulness": _faithfulness(),
            "reliability": [
                {
                    "split": split,
                    "kind": "held-out",
                    "mean_confidence": confidence,
                    "mean_outcome": confidence - 0.02,
                    "n": 100,
                }
                for split in GAINS
                for confidence in (0.2, 0.3, 0.5)
            ],
            "calibration": [
                {
                    "split": "unseen-compound",
                    "quantity": "precision@50",
                    "ece": 0.021,
                    "rank_correlation": 0.45,
                    "ci_low": 0.4,
                    "ci_high": 0.5,
                    "n": 500,
                }
            ],
        }
    for name, rows in tables.items():
        pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    return folder


def known_splits() -> set[str]:
    """The splits that the tally gives."""
    return set(CLUSTERS)


def _in_lines(split: str, measure: Measure) -> bool:
    return (split, measure.column) == ("unseen-line", "spearman")


def _replicates() -> list[dict[str, object]]:
    """Replicates of one source agree by .16 (all) and .36 (active) in every metric."""
    return [
        {
            "sources": sources,
            "stratum": stratum,
            "metric": measure.column,
            "agreement": agreement,
            "low": agreement - 0.02,
            "high": agreement + 0.02,
            "n_pairs": 600,
        }
        for sources, more in (("any", 0.1), ("same", 0.0))
        for stratum, base in (("all", 0.16), ("active", 0.36))
        for agreement in [base + more]
        for measure in MEASURES[:5]
    ]


def _faithfulness() -> list[dict[str, object]]:
    rows = [
        ("deletion", "Spearman of attention share and change of order", -0.1, -0.14, -0.07, 0.0, 1),
        ("deletion", "Spearman of fragment's bits and change of order", 0.3, 0.2, 0.4, 0.0, 0.001),
        ("enrichment", "AUROC of mass on fragments, unseen", 0.6, 0.58, 0.62, 0.595, 0.01),
        (
            "sameness",
            "Spearman of mass on fragments between compounds",
            0.98,
            0.97,
            0.99,
            None,
            None,
        ),
    ]
    names = ("check", "measure", "value", "ci_low", "ci_high", "null", "p")
    return [
        {**dict(zip(names, row, strict=False)), "member": member, "n": 200}
        for row in rows
        for member in ("fold1", "all")
    ]
