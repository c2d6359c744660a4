"""`badger test`: a named run on the rows it never saw, beside predictors without a network."""

import json
import math
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core.benchmark.judge import (
    fold_spread,
    joined,
    run_or_plain,
    score_fold,
    score_plain,
)
from badger_core.data.bundle import Bundle
from badger_core.data.splits import folds_between, split_named
from badger_core.evaluation.evaluate import summarise
from badger_core.paths import models_dir, runs_dir
from badger_core.training.fit import device_named


def evaluate(
    name: Annotated[str, typer.Argument(help="Named run, such as badger or knn.")],
    split: Annotated[str, typer.Option(help="What the test rows hold out.")] = "unseen-compound",
    start_fold: Annotated[int, typer.Option(help="First fold, from 1.")] = 1,
    end_fold: Annotated[int, typer.Option(help="Last fold, up to 5.")] = 5,
    models: Annotated[Path | None, typer.Option(help="Folder of the checkpoints.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Folder of the data bundle.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
) -> None:
    """Mean over line x compound pairs (sd over folds), all and active (strong third) conditions.

    The run's configuration is frozen under runs/test before its test labels are read.
    """
    settings = run_or_plain(name)
    split_named(split)
    where = device_named(device)
    folder = models or models_dir() / (name if split == "unseen-compound" else f"{name}-{split}")
    opened = Bundle(bundle)
    folds = []
    for fold in folds_between(start_fold, end_fold):
        typer.echo(f"testing fold {fold}", err=True)
        seal = runs_dir() / "test" / name / split / f"fold{fold}"
        if settings is None:
            folds.append(score_plain(opened, name, split, fold, seal))
        else:
            folds.append(score_fold(opened, name, split, fold, folder, seal, where))
    whole, spread = joined(folds), fold_spread(folds, summarise)
    tables = {n: summarise(s, whole.conditions) for n, s in whole.scores.items()}
    if as_json:
        content = {
            model: {
                stratum: {
                    metric: {
                        "mean": _number(value),
                        "sd": _number(spread[model].at[stratum, metric]),
                    }
                    for metric, value in row.items()
                }
                for stratum, row in table.iterrows()
            }
            for model, table in tables.items()
        }
        typer.echo(json.dumps({"split": split, "folds": len(folds), "models": content}, indent=1))
        return
    typer.echo(_readable(split, tables, spread))


def _number(value: float) -> float | None:
    """The value, or None where it is not defined: JSON has no NaN."""
    return None if math.isnan(value) else float(value)


def _readable(split: str, tables: dict[str, pd.DataFrame], spread: dict[str, pd.DataFrame]) -> str:
    """One block per stratum, one line per metric, one column per predictor."""
    first = next(iter(tables.values()))
    lines = [f"{split}; chance: spearman 0, corrected ndcg 0, precision@50 0.204"]
    for stratum, counts in first.iterrows():
        lines.append(
            f"\n{stratum}: {counts['n_conditions']:.0f} conditions of "
            f"{counts['n_pairs']:.0f} line x compound pairs"
        )
        lines.append(f"  {'':26}" + "".join(f"{name:>20}" for name in tables))
        for metric in first.columns.drop(["n_conditions", "n_pairs"]):
            values = [
                f"{t.at[stratum, metric]:.3f} ± {spread[n].at[stratum, metric]:.3f}"
                for n, t in tables.items()
            ]
            lines.append(f"  {metric:26}" + "".join(f"{v:>20}" for v in values))
    return "\n".join(lines)
