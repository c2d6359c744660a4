"""`badger data`: build the bundle and say what is in it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cli.data_convert import convert
from badger_core.cli.data_import import add_signatures, import_release
from badger_core.cli.data_perturbation import build_screen_tables
from badger_core.cli.data_response import build_tables
from badger_core.data.build.assemble import build_bundle
from badger_core.data.bundle import Bundle
from badger_core.data.raw import verify
from badger_core.paths import bundle_dir

app = typer.Typer(help="Build or inspect the data bundle.", no_args_is_help=True)
app.command()(convert)
app.command("import")(import_release)
app.command("add-signatures")(add_signatures)
app.command("build-response")(build_tables)
app.command("build-perturbation")(build_screen_tables)


@app.command()
def build(
    raw: Annotated[Path, typer.Option(help="Folder of the raw data (see data/README.md).")],
    out: Annotated[Path | None, typer.Option(help="Folder of the bundle.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the manifest as JSON.")] = False,
) -> None:
    """Derive the whole bundle from the raw data; the same input gives the same bytes."""
    manifest = build_bundle(raw, out or bundle_dir(), lambda step: typer.echo(step, err=True))
    _show(manifest, as_json)


@app.command()
def show(
    bundle: Annotated[Path | None, typer.Option(help="Folder of the bundle.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the manifest as JSON.")] = False,
) -> None:
    """Check the bundle's checksums and print its counts."""
    opened = Bundle(bundle)
    verify(opened.root, opened.manifest)
    _show(opened.manifest, as_json)


def _show(manifest: dict, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(manifest, indent=1, sort_keys=True))
        return
    for title in ("coverage", "rows", "dropped"):
        typer.echo(title)
        for name, count in manifest[title].items():
            typer.echo(f"  {count:>8,}  {name}")
