"""`badger calibrate`: what the benchmark's held-out predictions teach about trusting new ones."""

import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core import checked, checksums
from badger_core.benchmark.held_out import held_out
from badger_core.benchmark.matrix import Plan, units_of
from badger_core.benchmark.tables import write_csv
from badger_core.benchmark.trust import learn
from badger_core.data.bundle import Bundle
from badger_core.data.splits import FOLDS, SPLITS
from badger_core.disk import check_folder
from badger_core.files import write_whole
from badger_core.paths import benchmark_dir, models_dir, runs_dir
from badger_core.predict.trust import FILE
from badger_core.training.fit import device_named


def calibrate(
    bundle: Annotated[Path | None, typer.Option(help="Folder of the data bundle.")] = None,
    model: Annotated[Path | None, typer.Option(help="Folder that gets trust.json.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the result tables.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Learn confidence, chances of genes and domain from the finished folds of badger."""
    check_folder(model or models_dir() / "badger")
    check_folder(out or benchmark_dir())
    opened = Bundle(bundle)
    units = units_of(list(SPLITS), ["badger"], list(range(1, FOLDS + 1)))
    root = runs_dir() / "benchmark" / opened.content_hash
    plan = Plan(root, units, False, device_named("cpu"))
    held = {}
    for split in SPLITS:
        typer.echo(f"predicting what {split} held out", err=True)
        held[split] = held_out(opened, plan, split)
    learnt = {split: learn(split, held) for split in SPLITS}
    record = {split: found.trust.to_dict() for split, found in learnt.items()}
    path = (model or models_dir() / "badger") / FILE
    write_whole(path, checked.card_text(record))
    checksums.renew([path])
    folder = out or benchmark_dir()
    calibration = pd.concat([found.calibration for found in learnt.values()])
    write_csv(folder / "calibration.csv", calibration)
    write_csv(folder / "reliability.csv", pd.concat([f.reliability for f in learnt.values()]))
    if as_json:
        typer.echo(json.dumps(json.loads(calibration.to_json(orient="records")), indent=1))
    else:
        typer.echo(calibration.to_string(index=False))
