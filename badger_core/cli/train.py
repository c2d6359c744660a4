"""`badger train`: fit a named run, fold by fold."""

from pathlib import Path
from typing import Annotated

import torch
import typer

from badger_core.data.bundle import Bundle
from badger_core.data.splits import folds_between
from badger_core.paths import models_dir, runs_dir
from badger_core.training.fit import device_named
from badger_core.training.run import train_fold
from badger_core.training.settings import changed, run_named


def train(
    name: Annotated[str, typer.Argument(help="Named run, such as badger.")],
    split: Annotated[str, typer.Option(help="What the test rows hold out.")] = "unseen-compound",
    start_fold: Annotated[int, typer.Option(help="First fold, from 1.")] = 1,
    end_fold: Annotated[int, typer.Option(help="Last fold, up to 5.")] = 5,
    out: Annotated[Path | None, typer.Option(help="Folder of the checkpoints.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Folder of the data bundle.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    change: Annotated[
        list[str] | None, typer.Option("--set", help="Change a setting, such as hidden=64.")
    ] = None,
    threads: Annotated[int, typer.Option(help="Threads; 0 leaves it to torch.")] = 0,
    debug: Annotated[bool, typer.Option("--debug", help="A few steps only, kept apart.")] = False,
) -> None:
    """Train; Ctrl-C keeps every finished epoch, and the same command goes on from there."""
    settings = changed(run_named(name), change or [])
    if threads:
        torch.set_num_threads(threads)
    label = "-".join([name, *sorted(change or [])])
    state = runs_dir() / ("debug" if debug else "train") / label / split
    shipped = models_dir() / (name if split == "unseen-compound" else f"{name}-{split}")
    where = state / "checkpoints" if debug or change else shipped
    opened = Bundle(bundle)
    for fold in folds_between(start_fold, end_fold):
        train_fold(
            opened,
            settings.debug() if debug else settings,
            split,
            fold,
            out or where,
            state,
            device_named(device),
            _command(name, split, fold, threads, change or []),
            lambda line, fold=fold: typer.echo(f"[{name} fold {fold}] {line}", err=True),
            debug,
        )
    typer.echo(f"Checkpoints are in {out or where}.")


def _command(name: str, split: str, fold: int, threads: int, change: list[str]) -> str:
    """The command that makes this checkpoint anywhere, without paths of this machine."""
    sets = "".join(f" --set {c}" for c in change)
    count = f" --threads {threads}" if threads else ""
    return f"badger train {name} --split {split} --start-fold {fold} --end-fold {fold}{count}{sets}"
