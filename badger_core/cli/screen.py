"""`badger screen`: a library in some lines as one Parquet file, to be stopped and gone on with."""

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cells.catalogue import CellLine
from badger_core.cells.centring import AUTO
from badger_core.data.bundle import Bundle
from badger_core.data.expression_file_lines import choose_sample, lines_of_file
from badger_core.errors import SettingError
from badger_core.export.tables import table_csv
from badger_core.files import write_whole
from badger_core.paths import runs_dir
from badger_core.predict.ask import read_cell
from badger_core.predict.predictor import Predictor
from badger_core.repurpose.library_file import HUB, ScreenLibrary, file_library, hub_library
from badger_core.repurpose.screen import Progress, Screened, screen
from badger_core.repurpose.screen_plan import CHUNK, Plan

ENGINES = ("local", "dask")
_STOPPED, _TELL_EVERY_S = 130, 5
_ROWS_TOLD, _BAD_ROWS_SHOWN = 1000, 10
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def screen_library(
    out: Annotated[Path, typer.Option(help="Parquet file to write.")],
    library: Annotated[
        str, typer.Option(help="'hub', or an SDF, SMI, CSV or TSV file of structures.")
    ] = HUB,
    cells: Annotated[
        list[str] | None, typer.Option(help="Cell lines, divided by commas; may be repeated.")
    ] = None,
    expression: Annotated[
        Path | None, typer.Option(help="Own expression (CSV, TSV, XLSX, GCT, h5ad).")
    ] = None,
    sample: Annotated[
        list[str] | None, typer.Option(help="Samples of that file; all if not given.")
    ] = None,
    platform: Annotated[
        str, typer.Option(help="What the file is centred on: auto, own, l1000 or nci60.")
    ] = AUTO,
    models: Annotated[Path | None, typer.Option(help="Folder of the checkpoints.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Folder of the data bundle.")] = None,
    chunk: Annotated[int, typer.Option(help="Compounds that are kept together.")] = CHUNK,
    jobs: Annotated[int, typer.Option(help="Local processes, of one thread each.")] = 1,
    engine: Annotated[str, typer.Option(help="'local' or 'dask'.")] = ENGINES[0],
    scheduler: Annotated[
        str | None, typer.Option(help="Address of the Dask scheduler, such as tcp://host:8786.")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="Only the first compounds.", min=1)] = None,
    work: Annotated[
        Path | None, typer.Option(help="Folder of the finished chunks; runs/screen otherwise.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
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
    lines = _lines(known, cells or [], expression, sample or [], platform)
    plan = Plan(predictor, chosen.limited(limit), lines, chunk)
    side = _report_left_out(chosen, out)
    folder = work or runs_dir() / "screen"
    with _stop_asked() as asked:
        done = screen(plan, out, folder, jobs, scheduler, _teller(), asked)
    if not done.complete:
        p = done.progress
        typer.echo(
            f"Stopped after {p.chunks} of {p.of_chunks} chunks, which are kept in {done.folder}. "
            "Run the same command again to go on from there.",
            err=True,
        )
        raise typer.Exit(_STOPPED)
    figures = _figures(plan, done, chosen, side)
    typer.echo(json.dumps(figures, indent=1) if as_json else _sentence(figures))


def _own(path: Path, bundle: Bundle) -> ScreenLibrary:
    def tell(rows: int) -> None:
        if rows % _ROWS_TOLD == 0:
            typer.echo(f"{rows} structures read", err=True)

    return file_library(path, bundle.library, tell)


def _lines(
    bundle: Bundle, cells: list[str], expression: Path | None, samples: list[str], platform: str
) -> tuple[CellLine, ...]:
    """Named lines and samples of a file, as they were given."""
    names = [name for text in cells for name in text.split(",") if name.strip()]
    lines = [read_cell(bundle.cells, name) for name in names]
    if expression is not None:
        upload = lines_of_file(expression, bundle, platform=platform)
        chosen = [choose_sample(upload, sample) for sample in samples]
        lines += chosen if samples else upload.lines
    if not lines:
        raise SettingError("No line was given. Name some by --cells A375,MCF7 or --expression.")
    return tuple(lines)


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


@contextmanager
def _stop_asked() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C came; a second one ends the program at once."""
    came: list[int] = []

    def stop(number: int, _: object) -> None:
        came.append(number)
        signal.signal(number, signal.default_int_handler)
        typer.echo("\nStopping once the chunk under way is done.", err=True)

    before = {number: signal.signal(number, stop) for number in _STOP_SIGNALS}
    try:
        yield lambda: bool(came)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _teller() -> Callable[[Progress], None]:
    """Progress on standard error: in place on a terminal, else a line now and then."""
    last = -float(_TELL_EVERY_S)

    def tell(p: Progress) -> None:
        nonlocal last
        end, on_screen = p.chunks == p.of_chunks, sys.stderr.isatty()
        if not (end or on_screen or time.monotonic() - last > _TELL_EVERY_S):
            return
        last = time.monotonic()
        left = "" if p.seconds_left is None else f", {_duration(p.seconds_left)} left"
        text = f"{p.pairs} of {p.of_pairs} pairs, chunk {p.chunks} of {p.of_chunks}{left}"
        typer.echo(f"\r{text:<70}" if on_screen else text, err=True, nl=end or not on_screen)

    return tell


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


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
        f"lines) are in {figures['out']}; {_duration(figures['seconds'])}, "
        f"{figures['chunks_reused']} of {figures['chunks']} chunks were there already."
    )
