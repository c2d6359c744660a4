"""`badger data import` and `badger data add-signatures`: a release or own measurements in."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cli.progress import duration, stop_asked
from badger_core.data.imports.assemble import Request, import_bundle
from badger_core.data.imports.choose import Tables
from badger_core.data.imports.options import Options
from badger_core.data.imports.values import Progress
from badger_core.errors import StoppedError
from badger_core.paths import bundle_dir

_TELL_EVERY_S = 5
Out = Annotated[Path, typer.Option(help="Folder of the new bundle.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the manifest as JSON.")]
Source = Annotated[str, typer.Option(help="Name of the source; the release's, if not given.")]
MinLandmarks = Annotated[
    int, typer.Option(help="Landmark genes that the file, and each signature, must have.")
]


def import_release(
    gctx: Annotated[Path, typer.Option(help="File of the values: .gctx, .gct, .csv or .tsv.")],
    out: Out,
    siginfo: Annotated[
        Path | None,
        typer.Option(help="Table of signatures (siginfo, sig_info; inst_info for levels 3 and 4)."),
    ] = None,
    metrics: Annotated[
        Path | None, typer.Option(help="Table of quality where it stands apart (sig_metrics).")
    ] = None,
    pertinfo: Annotated[
        Path | None, typer.Option(help="Table of compounds (compoundinfo, pert_info).")
    ] = None,
    cellinfo: Annotated[Path | None, typer.Option(help="Table of cell lines.")] = None,
    geneinfo: Annotated[Path | None, typer.Option(help="Table of genes.")] = None,
    basal: Annotated[
        Path | None,
        typer.Option(help="Expression, genes x lines, of lines that the catalogue has none of."),
    ] = None,
    level: Annotated[int, typer.Option(help="5, 4 or 3.")] = 5,
    pert_type: Annotated[
        list[str] | None, typer.Option(help="Perturbation type; trt_cp if not given.")
    ] = None,
    qc: Annotated[bool, typer.Option(help="Leave out what failed qc_pass.")] = True,
    min_tas: Annotated[float, typer.Option(help="Least TAS, 0 to 1.")] = 0.0,
    gold: Annotated[bool, typer.Option("--gold", help="Only is_gold or is_hiq.")] = False,
    min_replicates: Annotated[int, typer.Option(help="Least number of replicates.")] = 1,
    best_of_plate: Annotated[
        bool, typer.Option(help="Of the same condition on one plate keep the most active one.")
    ] = True,
    min_landmarks: MinLandmarks = 970,
    onto: Annotated[
        Path | None, typer.Option(help="Bundle whose signatures are kept beside the new ones.")
    ] = None,
    tables_of: Annotated[
        Path | None,
        typer.Option(help="Bundle whose genes, lines, compounds and diseases are taken."),
    ] = None,
    source: Source = "",
    licence: Annotated[str, typer.Option(help="Of the data.")] = "LINCS L1000, public",
    as_json: AsJson = False,
) -> None:
    """Make a bundle of a public L1000 release; train, benchmark and app run on it by --bundle.

    Ctrl-C keeps what was written, and the same command goes on from there.
    """
    options = Options(
        level,
        tuple(pert_type or ["trt_cp"]),
        qc,
        min_tas,
        gold,
        min_replicates,
        best_of_plate,
        min_landmarks,
    )
    given = Tables(siginfo, metrics, pertinfo, cellinfo, geneinfo, basal)
    base = onto or tables_of
    _run(Request(gctx, given, options, base, onto is not None, source, licence), out, as_json)


def add_signatures(
    file: Annotated[Path, typer.Option(help="Values: .gctx, .gct, or a table genes x signatures.")],
    out: Out,
    table: Annotated[
        Path | None,
        typer.Option(
            help="One row per signature: id, cell, compound or smiles, dose_um, time_h. Not needed "
            "where the file itself says it."
        ),
    ] = None,
    bundle: Annotated[
        Path | None, typer.Option(help="Bundle to add to; the shipped one if not given.")
    ] = None,
    source: Source = "own",
    licence: Annotated[str, typer.Option(help="Of the data.")] = "own data, not for passing on",
    min_landmarks: MinLandmarks = 500,
    as_json: AsJson = False,
) -> None:
    """Add own measured signatures; the app then shows them beside predictions of the same pair."""
    options = Options(best_of_plate=False, min_landmarks=min_landmarks)
    request = Request(file, Tables(table), options, bundle or bundle_dir(), True, source, licence)
    _run(request, out, as_json)


def _run(request: Request, out: Path, as_json: bool) -> None:
    with stop_asked() as stop:
        try:
            manifest = import_bundle(request, out, _step, _teller(), stop)
        except StoppedError as stopped:
            typer.echo(f"badger: {stopped}", err=True)
            raise typer.Exit(stop.code) from stopped
    if as_json:
        typer.echo(json.dumps(manifest, indent=1, sort_keys=True))
        return
    account = manifest["import"]
    typer.echo(f"{account['signatures']:,} signatures in {out}.")
    for name in ("compounds by way", "compounds without structure", "compounds new to the library"):
        typer.echo(f"  {name}: {account[name]}")
    for name in ("lines new to the catalogue", "lines with new expression"):
        typer.echo(f"  {name}: {len(account[name])}")
    typer.echo("Left out:")
    for reason, count in manifest["dropped"].items():
        if reason.startswith("signature: "):
            typer.echo(f"  {count:>10,}  {reason.removeprefix('signature: ')}")
    typer.echo(f"Use it with --bundle {out} or BADGER_BUNDLE={out}.")


def _step(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _teller() -> Callable[[Progress], None]:
    """In place on a terminal, else a line now and then."""
    last = time.monotonic()

    def tell(at: Progress) -> None:
        nonlocal last
        end, on_screen = at.done == at.total, sys.stderr.isatty()
        if not (end or on_screen) and time.monotonic() - last < _TELL_EVERY_S:
            return
        last = time.monotonic()
        left = "" if at.seconds_left is None else f", {duration(at.seconds_left)} left"
        text = f"{at.done:,} of {at.total:,} signatures{left}"
        typer.echo(f"\r{text:<60}" if on_screen else text, err=True, nl=end or not on_screen)

    return tell
