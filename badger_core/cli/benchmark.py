"""`badger benchmark`: every model on every split, and the result tables."""

import json
from pathlib import Path
from typing import Annotated

import torch
import typer

from badger_core.benchmark.contenders import GROUPS
from badger_core.benchmark.matrix import Plan, run, scores, units_of
from badger_core.benchmark.tables import write_tables
from badger_core.data.bundle import Bundle
from badger_core.data.splits import FOLDS, SPLITS
from badger_core.disk import check_folder
from badger_core.paths import benchmark_dir, runs_dir
from badger_core.training.fit import device_named

QUICK_GROUPS = ("plain", "badger", "mlp")


def benchmark(
    splits: Annotated[str, typer.Option(help="Splits, joined by commas.")] = ",".join(SPLITS),
    models: Annotated[str, typer.Option(help="Groups, joined by commas.")] = ",".join(GROUPS),
    start_fold: Annotated[int, typer.Option(help="First fold, from 1.")] = 1,
    end_fold: Annotated[int, typer.Option(help="Last fold, up to 5.")] = FOLDS,
    quick: Annotated[
        bool, typer.Option("--quick", help="One fold, few steps: the form, not the figures.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Folder of the result tables.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Folder of the data bundle.")] = None,
    raw: Annotated[Path | None, typer.Option(help="Raw data, for published gene vectors.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    threads: Annotated[int, typer.Option(help="Threads; 0 leaves it to torch.")] = 1,
    tables: Annotated[bool, typer.Option(help="Write the result tables at the end.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Run what is not done yet and write the tables; Ctrl-C loses at most one epoch.

    A unit (split, group of models, fold) that is finished is not done again, so several processes
    may each take some folds or models, and a last one without work writes the tables.
    """
    if threads:
        torch.set_num_threads(threads)
    if out is not None:
        check_folder(out)
    opened = Bundle(bundle)
    name = "benchmark-quick" if quick else "benchmark"
    if quick:
        units = units_of(["unseen-compound"], QUICK_GROUPS, [1])
    else:
        folds = range(start_fold, end_fold + 1)
        units = units_of(splits.split(","), models.split(","), list(folds))
    root = runs_dir() / name / opened.content_hash
    plan = Plan(root, units, quick, device_named(device), raw)
    run(opened, plan, lambda line: typer.echo(line, err=True))
    if not tables:
        return
    folder = out or (runs_dir() / name / "tables" if quick else benchmark_dir())
    found = write_tables(opened, scores(plan), folder)
    if as_json:
        typer.echo(json.dumps(json.loads(found.to_json(orient="records")), indent=1))
    else:
        typer.echo(f"The tables are in {folder}.")
