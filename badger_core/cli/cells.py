"""`badger cells`: search lines, compare one or an own expression file with them, a template."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core.cells.catalogue import CellLine
from badger_core.cells.centring import AUTO
from badger_core.cells.mapping_report import MappingReport
from badger_core.cells.neighbours import place_lines, similar_lines
from badger_core.cells.search import search_lines
from badger_core.cells.template import EXAMPLE, template
from badger_core.cli import options
from badger_core.data.bundle import Bundle
from badger_core.data.expression_file_lines import choose_sample, lines_of_file
from badger_core.errors import SettingError
from badger_core.export.tables import table_csv
from badger_core.files import write_whole
from badger_core.predict.ask import read_cell

app = typer.Typer(help="Search cell lines, or find those similar to one.", no_args_is_help=True)


@app.command()
def similar(
    name: Annotated[str | None, typer.Argument(help="Cell line by any name or id.")] = None,
    cell: options.CellOrNone = None,
    expression: options.Expression = None,
    sample: options.Sample = None,
    platform: options.Platform = AUTO,
    top: Annotated[int, typer.Option(min=1, help="Lines to print.")] = 10,
    out: Annotated[Path | None, typer.Option(help="CSV to write, with all lines.")] = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """The reference lines most like a line or an own sample."""
    data = Bundle(bundle)
    if name and cell:
        raise typer.BadParameter("give the line once: as NAME or as --cell")
    line, report = _line_and_report(data, name or cell, expression, sample, platform)
    if report is not None:
        typer.echo("\n".join(report.sentences()), err=True)
    table = similar_lines(place_lines(data.cells), line)
    if out is not None:
        write_whole(out, table_csv(table))
        typer.echo(f"Wrote {out}.", err=True)
    if as_json:
        about = {"name": line.name, "label": line.display_name, "centred_on": line.platform}
        mapping = None if report is None else report.record()
        lines = _records(table.head(top))
        typer.echo(json.dumps({"line": about, "mapping": mapping, "similar": lines}, indent=1))
        return
    typer.echo(f"Lines similar to {line.display_name}, centred on {line.platform}")
    for row in table.head(top).itertuples():
        depends = f"  ({row.dependent})" if row.dependent else ""
        typer.echo(
            f"  {row.rank:>3}  {row.display_name:<12} {row.likeness:+.3f}  "
            f"{row.disease or 'disease not recorded'}{depends}"
        )


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="A part of any name or id.")],
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Cell lines by a part of any of their names or ids; no hit ends with code 1."""
    found = search_lines(Bundle(bundle).cells, text)
    if as_json:
        typer.echo(json.dumps(_records(found), indent=1))
    for row in () if as_json else found.itertuples():
        usable = row.basal_platform or "no expression"
        typer.echo(f"{row.cell:<14} {row.disease:<28} {row.n_compounds:>4} compounds  {usable}")
    if found.empty:
        raise typer.Exit(1)


@app.command("template")
def write_template(
    out: Annotated[Path, typer.Option(help="CSV to write.")],
    line: Annotated[str, typer.Option(help="The example: a line by any name.")] = EXAMPLE,
    bundle: options.BundleFolder = None,
) -> None:
    """Write the template of an expression file."""
    data = Bundle(bundle)
    table = template(data.genes, data.cells, read_cell(data.cells, line).name)
    write_whole(out, table_csv(table))
    typer.echo(f"Wrote {out}.", err=True)


def line_asked(
    bundle: Bundle, cell: str | None, expression: Path | None, sample: str | None, platform: str
) -> CellLine:
    """The line that a command asks about: a name, or a sample of an own file.

    Raises:
        CellNotFoundError, ExpressionError: say what to do.
        typer.BadParameter: unless one of name and file is given.
    """
    return _line_and_report(bundle, cell, expression, sample, platform)[0]


def lines_asked(
    bundle: Bundle,
    names: Sequence[str],
    expression: Path | None,
    samples: Sequence[str],
    platform: str,
) -> list[CellLine]:
    """The lines that a command asks about: named ones, then samples of an own file.

    Raises:
        CellNotFoundError, ExpressionError: say what to do.
        SettingError: where neither names nor a file were given.
    """
    lines = [read_cell(bundle.cells, name) for name in names]
    if expression is not None:
        upload = lines_of_file(expression, bundle, platform=platform)
        chosen = [choose_sample(upload, sample) for sample in samples]
        lines += chosen if samples else upload.lines
    elif samples:
        raise SettingError("--sample names a sample of a file: give the file by --expression.")
    if not lines:
        raise SettingError("No line was given. Name some, or give a file by --expression.")
    return lines


def _line_and_report(
    bundle: Bundle, cell: str | None, expression: Path | None, sample: str | None, platform: str
) -> tuple[CellLine, MappingReport | None]:
    if (cell is None) == (expression is None):
        raise typer.BadParameter("give either --cell or --expression")
    if expression is None:
        return read_cell(bundle.cells, cell), None
    upload = lines_of_file(expression, bundle, platform=platform)
    return choose_sample(upload, sample), upload.report


def _records(table: pd.DataFrame) -> list[dict]:
    return json.loads(table.to_json(orient="records"))
