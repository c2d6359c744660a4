"""`badger train`: fit a named run, fold by fold."""

from pathlib import Path
from typing import Annotated

import torch
import typer

from badger_core.benchmark.judge import run_or_plain
from badger_core.data.bundle import Bundle
from badger_core.data.splits import CHOOSING, folds_between, split_named
from badger_core.disk import check_folder
from badger_core.errors import SettingError
from badger_core.paths import models_dir, runs_dir
from badger_core.training.fit import device_named
from badger_core.training.run import train_fold
from badger_core.training.settings import changed


def train(
    name: Annotated[str, typer.Argument(help="Named run, such as badger or knn.")],
    split: Annotated[str, typer.Option(help="What the test rows hold out.")] = "unseen-compound",
    start_fold: Annotated[int, typer.Option(help="First fold; 0 is the choosing one.")] = 1,
    end_fold: Annotated[int, typer.Option(help="Last fold, up to 5.")] = 5,
    out: Annotated[Path | None, typer.Option(help="Folder of the checkpoints.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Folder of the data bundle.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    change: Annotated[
        list[str] | None, typer.Option("--set", help="Change a setting, such as hidden=64.")
    ] = None,
    threads: Annotated[int, typer.Option(help="Threads; 0 leaves it to torch.")] = 0,
    raw: Annotated[
        Path | None, typer.Option(help="Raw data, for the published gene vectors only.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="A few steps only, kept apart.")] = False,
) -> None:
    """Train; Ctrl-C keeps every finished epoch, and the same command goes on from there.

    Fold 0 stops by its choosing rows and serves to choose settings: its checkpoint is kept apart
    from the models. Folds 1 to 5 train for the number of epochs that the settings say. Predictors
    without a network, such as knn, need no training.
    """
    settings = run_or_plain(name)
    numbers = folds_between(start_fold, end_fold, CHOOSING)
    if settings is None:
        split_named(split)
        if change:
            raise SettingError(f"{name} has no settings to change: leave out --set.")
        typer.echo(f"Nothing to train: {name} is worked out in closed form by badger test {name}.")
        return
    settings = changed(settings, change or [])
    if threads:
        torch.set_num_threads(threads)
    label = "-".join([name, *sorted(change or [])])
    state = runs_dir() / ("debug" if debug else "train") / label / split
    shipped = models_dir() / (name if split == "unseen-compound" else f"{name}-{split}")
    check_folder(out or state)
    opened = Bundle(bundle)
    folders = []
    for fold in numbers:
        apart = debug or change or fold == CHOOSING
        folders.append(out or (state / "checkpoints" if apart else shipped))
        train_fold(
            opened,
            settings.debug() if debug else settings,
            split,
            fold,
            folders[-1],
            state,
            device_named(device),
            _command(name, split, fold, threads, change or []),
            lambda line, fold=fold: typer.echo(f"[{name} fold {fold}] {line}", err=True),
            debug,
            raw,
        )
    typer.echo(f"Checkpoints are in {' and '.join(map(str, dict.fromkeys(folders)))}.")


def _command(name: str, split: str, fold: int, threads: int, change: list[str]) -> str:
    """The command that makes this checkpoint anywhere, without paths of this machine."""
    sets = "".join(f" --set {c}" for c in change)
    count = f" --threads {threads}" if threads else ""
    return f"badger train {name} --split {split} --start-fold {fold} --end-fold {fold}{count}{sets}"
