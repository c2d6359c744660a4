"""`badger report`: everything about one prediction as one HTML file, and as a ZIP of all tables."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cells.centring import AUTO
from badger_core.cli import options
from badger_core.cli.cells import line_asked
from badger_core.cli.compounds import compound_asked
from badger_core.data.bundle import Bundle
from badger_core.disk import check_place
from badger_core.errors import SettingError
from badger_core.explain.compare import ask_all
from badger_core.explain.dossier import gather
from badger_core.export.bundle_zip import report_zip
from badger_core.export.report import SECTIONS, parts_for, report_html
from badger_core.files import write_together
from badger_core.plots.report import drawings
from badger_core.predict.ask import read_cell
from badger_core.predict.baselines import Baselines
from badger_core.predict.predictor import Predictor

_MANY = "Beside them, for the comparison; give several."


def report(
    compound: options.CompoundText,
    cell: options.CellOrNone = None,
    expression: options.Expression = None,
    sample: options.Sample = None,
    platform: options.Platform = AUTO,
    out: Annotated[Path | None, typer.Option(help="HTML to write.")] = None,
    zip_file: Annotated[
        Path | None, typer.Option("--zip", help="ZIP to write: report, tables and figures.")
    ] = None,
    sections: Annotated[str, typer.Option(help="Sections, joined by commas.")] = ",".join(SECTIONS),
    with_compound: Annotated[list[str] | None, typer.Option(help=f"Compounds. {_MANY}")] = None,
    with_cell: Annotated[list[str] | None, typer.Option(help=f"Lines. {_MANY}")] = None,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Write the report that the page Report gives for the same question."""
    if out is None and zip_file is None:
        raise SettingError("Nothing to write. Give --out report.html, --zip report.zip, or both.")
    chosen = [name.strip() for name in sections.split(",") if name.strip()]
    parts = parts_for(chosen)
    check_place(out, zip_file)
    known = Bundle(bundle)
    asked = compound_asked(known.library, compound)
    line = line_asked(known, cell, expression, sample, platform)
    others = [compound_asked(known.library, text) for text in with_compound or []]
    places = [read_cell(known.cells, text) for text in with_cell or []]
    predictor = Predictor(known, models)
    comparison = None
    if "compare" in chosen and (others or places):
        comparison = ask_all(predictor.rank, [asked, *others], [line, *places])
    dossier = gather(
        predictor, Baselines(known), predictor.rank(asked, line), asked, line, comparison, parts,
        lambda doing: typer.echo(f"{doing} ...", err=True),
    )  # fmt: skip
    drawn = drawings(dossier)
    page = report_html(dossier, drawn, chosen)
    files: dict[Path, str | bytes] = {}
    if out is not None:
        files[out] = page
    if zip_file is not None:
        files[zip_file] = report_zip(dossier, drawn, page)
    write_together(files)
    written = [str(path) for path in files]
    if as_json:
        typer.echo(json.dumps({"written": written, "manifest": dossier.ranking.manifest}, indent=1))
    else:
        typer.echo(f"Wrote {' and '.join(written)}.", err=True)
