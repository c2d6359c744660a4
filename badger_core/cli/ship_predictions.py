"""`badger ship-predictions`: the library in some lines as the small files that the app carries."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cli import options
from badger_core.cli.progress import STOPPED, stop_asked, teller
from badger_core.data.bundle import Bundle
from badger_core.errors import SettingError
from badger_core.paths import predictions_dir, runs_dir
from badger_core.predict.ask import read_cell
from badger_core.predict.predictor import Predictor
from badger_core.repurpose.library_file import hub_library
from badger_core.repurpose.screen import screen
from badger_core.repurpose.screen_plan import Plan
from badger_core.repurpose.ship import ship

LINES = "A375,A549,HA1E,HEPG2,HT29,MCF7,PC3,PHH,THP1,YAPC"
"""Well measured lines with basal expression, one per tissue: skin, lung, kidney (immortalised),
liver, colon, breast, prostate, liver (primary), blood and pancreas."""
CHECKED = "A375,YAPC"


def ship_predictions(
    cells: Annotated[str, typer.Option(help="Cell lines, divided by commas.")] = LINES,
    check: Annotated[
        str, typer.Option(help="Lines in which the cost of storing is measured; '' for none.")
    ] = CHECKED,
    out: Annotated[Path | None, typer.Option(help="Folder; data/predictions otherwise.")] = None,
    work: Annotated[
        Path | None, typer.Option(help="Folder of the finished chunks; runs/screen otherwise.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Local processes, of one thread each.")] = 1,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Screen the Hub in some lines and pack the result; run it again to go on after a stop.

    To be run after every change of the models, of trust.json or of the bundle: the app refuses
    files of others, and screens instead.
    """
    predictor = Predictor(Bundle(bundle), models)
    known = predictor.bundle
    named = [read_cell(known.cells, name) for name in cells.split(",") if name.strip()]
    checked = [read_cell(known.cells, name).name for name in check.split(",") if name.strip()]
    plan = Plan(predictor, hub_library(known.library), tuple(named))
    unknown = sorted(set(checked) - {line.name for line in named})
    if unknown:
        raise SettingError(f"{unknown[0]} is to be checked and is not shipped. Add it to --cells.")
    folder = work or runs_dir() / "screen"
    screened = folder / f"{plan.key}.parquet"
    with stop_asked() as asked:
        done = screen(plan, screened, folder, jobs, None, teller(), asked)
    if not done.complete:
        typer.echo(
            f"Stopped after {done.progress.chunks} of {done.progress.of_chunks} chunks, which are "
            f"kept in {done.folder}. Run the same command again to go on from there.",
            err=True,
        )
        raise typer.Exit(STOPPED)
    to = out or predictions_dir()
    manifest = ship(plan, screened, to, checked, lambda text: typer.echo(text, err=True))
    if as_json:
        typer.echo(json.dumps(manifest, indent=1))
        return
    typer.echo(
        f"{manifest['compounds']} compounds in {len(manifest['lines'])} lines are in {to}: "
        f"{manifest['bytes'] / 1e6:.1f} MB."
    )
