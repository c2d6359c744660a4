"""`badger screen`: a library in some lines as one Parquet file, to be stopped and gone on with."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cells.centring import AUTO
from badger_core.cli import options
from badger_core.cli.cells import lines_asked
from badger_core.cli.progress import duration, stop_asked, teller
from badger_core.data.bundle import Bundle
from badger_core.errors import SettingError
from badger_core.export.tables import table_csv
from badger_core.files import write_whole
from badger_core.paths import runs_dir
from badger_core.predict.predictor import Predictor
from badger_core.repurpose.library_file import HUB, ScreenLibrary, file_library, hub_library
from badger_core.repurpose.screen import Screened, screen
from badger_core.repurpose.screen_plan import CHUNK, Plan

ENGINES = ("local", "dask")
_ROWS_TOLD, _BAD_ROWS_SHOWN = 1000, 10


def screen_library(
    out: Annotated[Path, typer.Option(help="Parquet file to write.")],
    library: options.Library = HUB,
    cells: options.CellLists = None,
    expression: options.ExpressionBeside = None,
    sample: options.Samples = None,
    platform: options.Platform = AUTO,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    chunk: Annotated[int, typer.Option(help="Compounds that are kept together.")] = CHUNK,
    jobs: Annotated[int, typer.Option(help="Local processes, of one thread each.")] = 1,
    engine: Annotated[str, typer.Option(help="'local' or 'dask'.")] = ENGINES[0],
    scheduler: Annotated[
        str | None, typer.Option(help="Address of the Dask scheduler, such as tcp://host:8786.")
    ] = None,
    limit: options.Limit = None,
    work: Annotated[
        Path | None, typer.Option(help="Folder of the finished chunks; runs/screen otherwise.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Predict every structure of a library in every line; run it again to go on after a stop.

    Rows of an own library that cannot be used are listed on standard error and in a table beside
    the result. Exits with 130 where it was stopped: finished chunks are kept.
    """
    if engine not in ENGINES or (engine == "dask") != (scheduler is not None):
        raise SettingError("Give '--engine dask' together with '--scheduler ADDRESS', or neither.")
    predictor = Predictor(Bundle(bundle), models)
    known = predictor.bundle
    chosen = hub_library(known.library) if library == HUB else _own(Path(library), known)
    lines = tuple(lines_asked(known, options.divided(cells), expression, sample or [], platform))
    plan = Plan(predictor, chosen.limited(limit), lines, chunk)
    side = _report_left_out(chosen, out)
    folder = work or runs_dir() / "screen"
    with stop_asked() as asked:
        done = screen(plan, out, folder, jobs, scheduler, teller(), asked)
    if not done.complete:
        p = done.progress
        typer.echo(
            f"Stopped after {p.chunks} of {p.of_chunks} chunks, which are kept in {done.folder}. "
            "Run the same command again to go on from there.",
            err=True,
        )
        raise typer.Exit(asked.code)
    figures = _figures(plan, done, chosen, side)
    typer.echo(json.dumps(figures, indent=1) if as_json else _sentence(figures))


def _own(path: Path, bundle: Bundle) -> ScreenLibrary:
    def tell(rows: int) -> None:
        if rows % _ROWS_TOLD == 0:
            typer.echo(f"{rows} structures read", err=True)

    return file_library(path, bundle.library, tell)


def _report_left_out(library: ScreenLibrary, out: Path) -> Path | None:
    """Says which rows are not screened and lists them beside the result; None for none."""
    rows = library.left_out
    if rows.empty:
        return None
    side = out.with_name(out.stem + ".left-out.csv")
    write_whole(side, table_csv(rows))
    bad = rows[rows["verdict"] == "not read"]
    for row in bad.head(_BAD_ROWS_SHOWN).itertuples():
        typer.echo(f"row {row.row} {row.name}: {row.remark}", err=True)
    if len(bad) > _BAD_ROWS_SHOWN:
        typer.echo(f"... and {len(bad) - _BAD_ROWS_SHOWN} more", err=True)
    typer.echo(
        f"{len(bad)} rows cannot be used and {len(rows) - len(bad)} are duplicates; see {side}.",
        err=True,
    )
    return side


def _figures(plan: Plan, done: Screened, library: ScreenLibrary, side: Path | None) -> dict:
    p, verdicts = done.progress, library.left_out["verdict"]
    return {
        "out": str(done.out),
        "rows": p.of_pairs,
        "compounds": len(plan.library.candidates),
        "lines": [line.name for line in plan.seen_lines],
        "not_read": int((verdicts == "not read").sum()),
        "duplicates": int((verdicts == "duplicate").sum()),
        "left_out_table": None if side is None else str(side),
        "chunks": p.of_chunks,
        "chunks_reused": done.reused,
        "chunk_folder": str(done.folder),
        "seconds": round(p.seconds, 2),
        "ms_per_pair": round(1000 * p.seconds / p.of_pairs, 3) if not done.reused else None,
        "model": plan.predictor.model_hash,
        "bundle": plan.predictor.bundle.content_hash,
        "key": plan.key,
    }


def _sentence(figures: dict) -> str:
    return (
        f"{figures['rows']} rows ({figures['compounds']} compounds in {len(figures['lines'])} "
        f"lines) are in {figures['out']}; {duration(figures['seconds'])}, "
        f"{figures['chunks_reused']} of {figures['chunks']} chunks were there already."
    )
