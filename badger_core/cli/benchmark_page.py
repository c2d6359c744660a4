"""`badger benchmark-page`: docs/BENCHMARK.md and its pictures, from the result tables."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.errors import SettingError
from badger_core.export.benchmark_findings import findings
from badger_core.export.benchmark_names import STRATA
from badger_core.export.benchmark_page import TEXTS, page
from badger_core.export.benchmark_pictures import Picture, pictures
from badger_core.export.benchmark_summary import as_records, summary_lines
from badger_core.export.benchmark_tables import read_tables
from badger_core.files import write_whole
from badger_core.paths import ROOT, benchmark_dir
from badger_core.plots.benchmark_curves import curves
from badger_core.plots.benchmark_dots import dots, groups

DOCS = ROOT / "docs"


def benchmark_page(
    tables: Annotated[Path | None, typer.Option(help="Folder of the result tables.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Markdown to write; pictures go to the folder beside it.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(help="Folder of method.md, tried.md and gaps.md.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Write the benchmark page; the same tables and texts give the same files, byte for byte."""
    target = out or DOCS / "BENCHMARK.md"
    folder = target.parent / target.stem.lower()
    if target.suffix != ".md":
        raise SettingError(f"'{target}' is no Markdown file. Give a name that ends with .md.")
    read = read_tables(tables or benchmark_dir())
    found = findings(read)
    drawn = pictures(read, found)
    for picture in drawn:
        write_whole(folder / picture.file, _draw(picture))
    written = page(read, found, drawn, _texts(texts or DOCS / "benchmark"), folder.name)
    write_whole(target, written)
    typer.echo(f"Wrote {target} and {len(drawn)} pictures in {folder}.", err=as_json)
    if as_json:
        typer.echo(json.dumps(as_records(summary_lines(found, list(STRATA))), indent=1))


def _draw(picture: Picture) -> str:
    if picture.kind == "dots":
        return dots(picture.title, picture.table, picture.guides)
    return {"groups": groups, "curves": curves}[picture.kind](picture.title, picture.table)


def _texts(folder: Path) -> dict[str, str]:
    """The texts that are there."""
    files = {name: folder / f"{name}.md" for name in TEXTS}
    return {n: file.read_text(encoding="utf-8") for n, file in files.items() if file.exists()}
