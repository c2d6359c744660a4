"""`badger perturbation match`: which gains of a gene a compound resembles or opposes."""

import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core.cells.centring import AUTO
from badger_core.cli import options
from badger_core.cli.cells import lines_asked
from badger_core.cli.compounds import compound_asked
from badger_core.cli.progress import stop_asked, teller
from badger_core.data.bundle import Bundle
from badger_core.errors import SettingError, StoppedError
from badger_core.export.perturbation_files import match_provenance
from badger_core.export.tables import figures, table_csv
from badger_core.export.workbook import tables_xlsx
from badger_core.files import write_whole
from badger_core.paths import benchmark_dir, models_dir, predictions_dir, runs_dir

_ENDINGS = (".csv", ".xlsx", ".json")


def match(
    compound: Annotated[
        str | None, typer.Option(help="Compound: name, id, SMILES or InChI.")
    ] = None,
    cells: options.CellLists = None,
    expression: options.Expression = None,
    sample: options.Sample = None,
    platform: options.Platform = AUTO,
    top: Annotated[int, typer.Option(help="Rows to print.", min=1)] = 15,
    out: Annotated[Path | None, typer.Option(help="File: .csv, .xlsx or .json.")] = None,
    validate: Annotated[
        bool,
        typer.Option(
            "--validate",
            help="Test it on drugs with a known target; writes overexpression_recovery.csv.",
        ),
    ] = False,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Match a compound's predicted ranking to 399 over-expressed genes.

    The null is the library in the same lines; in lines that do not come with the program it is
    predicted first, which takes a minute or two each and is kept.
    """
    if out is not None and out.suffix.lower() not in _ENDINGS:
        raise SettingError(f"'{out}' has no known ending. Give {', '.join(_ENDINGS)}.")
    known, folder = Bundle(bundle), models or models_dir() / "badger"
    if validate:
        _validate(known, folder, out, as_json)
        return
    names = options.divided(cells)
    if compound is None or not (names or expression):
        raise SettingError(
            "Give --compound and --cells (--compound vorinostat --cells A375), or --validate."
        )
    from badger_core.predict.predictor import Predictor
    from badger_core.repurpose.library_file import hub_library
    from badger_core.repurpose.overexpression import read_gains
    from badger_core.repurpose.overexpression_match import match_table
    from badger_core.repurpose.overexpression_null import library_null
    from badger_core.repurpose.predictions import library_predictions

    gains = read_gains(known.genes)
    asked = compound_asked(known.library, compound)
    lines = lines_asked(known, names, expression, [sample] if sample else [], platform)
    predictor = Predictor(known, folder)
    try:
        with stop_asked() as stop:
            library = library_predictions(
                known,
                predictor,
                lines,
                runs_dir() / "screen",
                teller(),
                stop,
                library=hub_library(known.library),
            )
    except StoppedError as stopped:
        typer.echo(str(stopped), err=True)
        raise typer.Exit(stop.code) from stopped
    by_name = {line.name: line for line in lines}
    own = [by_name[name] for name in library.lines]
    change = predictor.members([asked.molecule] * len(own), own).mean(axis=0)
    null = library_null(library, gains)
    table = match_table(change, asked.molecule.ik14, null)
    shown = [line.display_name for line in own]
    about = match_provenance(asked.name, asked.molecule.ik14, shown, len(null.ik14))
    about |= {"bundle": known.content_hash, "model": predictor.model_hash}
    if out is not None:
        _write(out, table, about)
    typer.echo(figures(table, about) if as_json else _words(table, asked.name, shown, top))


def _words(table: pd.DataFrame, name: str, lines: list[str], top: int) -> str:
    from badger_core.repurpose.overexpression_match import match_words
    from badger_core.repurpose.overexpression_words import read_recovery, recovery_words

    rows = table.head(top)[["rank", "match", "z", "score", "p", "fdr", "landmarks"]]
    said = [
        f"{name} in {', '.join(lines)}: {match_words(table)}",
        rows.to_string(index=False, float_format=lambda x: f"{x:.3g}"),
        recovery_words(read_recovery(benchmark_dir())),
    ]
    return "\n".join(text for text in said if text)


def _validate(known: Bundle, models: Path, out: Path | None, as_json: bool) -> None:
    """The test on known drugs over all shipped lines."""
    from badger_core.benchmark.tables import write_csv
    from badger_core.repurpose.overexpression import read_gains
    from badger_core.repurpose.overexpression_null import library_null
    from badger_core.repurpose.overexpression_recovery import Drugs, recoveries
    from badger_core.repurpose.overexpression_words import FILE, recovery_words
    from badger_core.repurpose.predictions import library_predictions
    from badger_core.repurpose.shipped import read_shipped

    shipped = read_shipped(predictions_dir(), known, models)
    if not shipped.lines:
        reason = shipped.refused or "No predictions come with these models."
        raise SettingError(f"{reason} Run 'badger ship-predictions' first.")
    target = out or benchmark_dir() / FILE
    if target.suffix.lower() != ".csv":
        raise SettingError(f"The test is a table: give a name that ends with .csv, not '{out}'.")
    gains = read_gains(known.genes)
    lines = [known.cells.line(name) for name in shipped.lines]
    null = library_null(library_predictions(known, None, lines, runs_dir() / "screen"), gains)
    table = recoveries(known, Drugs(null.ik14, null.z, null.lines), gains)
    write_csv(target, table)
    rows = json.loads(table.to_json(orient="records"))
    shown = table.to_string(index=False, float_format=lambda x: f"{x:.3g}")
    words = f"{shown}\n{recovery_words(table)}\nWritten to {target}."
    typer.echo(json.dumps(rows, indent=1) if as_json else words)


def _write(out: Path, table: pd.DataFrame, about: dict) -> None:
    ending = out.suffix.lower()
    if ending == ".csv":
        write_whole(out, table_csv(table))
    elif ending == ".xlsx":
        write_whole(out, tables_xlsx({"matches": table}, about))
    else:
        write_whole(out, figures(table, about) + "\n")
    typer.echo(f"Wrote {out}.", err=True)
