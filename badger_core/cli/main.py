"""The program `badger`: its commands, and the one place where errors become exit codes."""

import logging
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer

from badger_core import __version__
from badger_core.cli import app as studio
from badger_core.cli import (
    bench,
    benchmark,
    benchmark_page,
    calibrate,
    cells,
    compare,
    compounds,
    data,
    doctor,
    enrich,
    evaluate,
    explain,
    faithfulness,
    perturbation,
    predict,
    report,
    repurpose,
    response,
    screen,
    ship_predictions,
    train,
)
from badger_core.disk import system_refusal
from badger_core.errors import BadgerError

_STOPPED = (128 + signal.SIGINT, 128 + signal.SIGTERM)
"""Exit codes of what was stopped; the first is what Typer makes of Ctrl-C."""

app = typer.Typer(
    name="badger",
    help="Ranks the 978 L1000 landmark genes by a compound's predicted effect on a cell line.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(data.app, name="data")
app.add_typer(cells.app, name="cells")
app.add_typer(bench.app, name="bench")
app.add_typer(compounds.app, name="compounds")
app.add_typer(response.app, name="response")
app.add_typer(perturbation.app, name="perturbation")
app.command("app", context_settings=studio.PASS_ON)(studio.start_app)
app.command("doctor")(doctor.doctor)
app.command("train")(train.train)
app.command("test")(evaluate.evaluate)
app.command("benchmark")(benchmark.benchmark)
app.command("benchmark-page")(benchmark_page.benchmark_page)
app.command("calibrate")(calibrate.calibrate)
app.command("faithfulness")(faithfulness.faithfulness)
app.command("explain")(explain.explain)
app.command("predict")(predict.predict)
app.command("compare")(compare.compare)
app.command("report")(report.report)
app.command("repurpose")(repurpose.repurpose)
app.command("screen")(screen.screen_library)
app.command("ship-predictions")(ship_predictions.ship_predictions)
app.command("enrich")(enrich.enrich_ranking)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; a known error is one sentence on standard error and exit code 1."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        with _ended_by_sigterm():
            app(args=list(arguments) if arguments is not None else None)
    except BadgerError as error:
        typer.echo(f"badger: {error}", err=True)
        sys.exit(1)
    except OSError as error:  # the disk below standard output, for one
        typer.echo(f"badger: {system_refusal(error)}", err=True)
        sys.exit(1)
    except SystemExit as end:
        if end.code in _STOPPED:
            typer.echo("badger: stopped. What was finished is kept.", err=True)
        raise


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends the program as Ctrl-C does: files under way are removed, workers ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, _: object) -> None:
    raise SystemExit(128 + number)
