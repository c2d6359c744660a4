"""`badger data build-response`: the tables of drug sensitivity, from the raw data."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.data.build.response import build_response
from badger_core.data.bundle import Bundle
from badger_core.paths import response_dir


def build_tables(
    raw: Annotated[Path, typer.Option(help="Folder of the raw data (see data/README.md).")],
    out: Annotated[Path | None, typer.Option(help="Folder of the tables.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the manifest as JSON.")] = False,
) -> None:
    """Derive the tables of drug sensitivity; the same input gives the same bytes."""
    manifest = build_response(
        raw, out or response_dir(), Bundle(), lambda step: typer.echo(step, err=True)
    )
    if as_json:
        typer.echo(json.dumps(manifest, indent=1, sort_keys=True))
        return
    for name, count in manifest["counts"].items():
        typer.echo(f"  {count:>8,}  {name}")
    for what, which in manifest["left out"].items():
        typer.echo(f"  {len(which):>8,}  {what}: {', '.join(which)}")
