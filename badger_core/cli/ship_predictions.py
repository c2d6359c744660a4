"""`badger ship-predictions`: the library in some lines as the small files that the app carries."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cli import options
from badger_core.cli.counting import Counting
from badger_core.cli.progress import stop_asked, teller
from badger_core.data.bundle import Bundle
from badger_core.disk import check_folder
from badger_core.errors import SettingError
from badger_core.paths import models_dir, predictions_dir, runs_dir
from badger_core.predict.ask import read_cell
from badger_core.predict.predictor import Predictor
from badger_core.repurpose.library_file import hub_library
from badger_core.repurpose.screen import screen
from badger_core.repurpose.screen_plan import Plan
from badger_core.repurpose.ship import ship
from badger_core.repurpose.ship_scores import ship_scores

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
    only_scores: Annotated[
        bool,
        typer.Option("--only-scores", help="Reversal scores alone, of the predictions in --out."),
    ] = False,
    jobs: Annotated[int, typer.Option(help="Local processes, of one thread each.")] = 1,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Screen the Hub in some lines and pack the result; run it again to go on after a stop.

    Beside the predictions stand their reversal scores against every disease of the catalogue.
    To be run after every change of the models, of trust.json or of the bundle: the app refuses
    files of others, and screens instead.
    """
    to = out or predictions_dir()
    check_folder(to)
    if only_scores:
        _tell(_scored(to, Bundle(bundle), models or models_dir() / "badger"), to, as_json)
        return
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
        raise typer.Exit(asked.code)
    ship(plan, screened, to, checked, lambda text: typer.echo(text, err=True))
    _tell(_scored(to, known, predictor.folder), to, as_json)


def _scored(folder: Path, bundle: Bundle, models: Path) -> dict:
    counting = Counting()
    return ship_scores(
        folder, bundle, models, lambda *at: counting.tell("reversal scores, diseases x lines", *at)
    )


def _tell(manifest: dict, to: Path, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(manifest, indent=1))
        return
    scores = manifest["reversal"]
    typer.echo(
        f"{manifest['compounds']} compounds in {len(manifest['lines'])} lines are in {to}: "
        f"{manifest['bytes'] / 1e6:.1f} MB, and their reversal scores against "
        f"{scores['diseases']} diseases: {scores['bytes'] / 1e6:.1f} MB."
    )
