"""`badger data build-perturbation`: the tables of genetic perturbation, from the raw data."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.data.build.perturbation import build_perturbation
from badger_core.paths import perturbation_dir


def build_screen_tables(
    raw: Annotated[Path, typer.Option(help="Folder of the raw data (see data/README.md).")],
    out: Annotated[Path | None, typer.Option(help="Folder of the tables.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the manifest as JSON.")] = False,
) -> None:
    """Derive the tables of genetic perturbation; the same input gives the same bytes."""
    manifest = build_perturbation(raw, out or perturbation_dir())
    if as_json:
        typer.echo(json.dumps(manifest, indent=1, sort_keys=True))
        return
    for name, count in (manifest["counts"] | manifest["rows"]).items():
        typer.echo(f"  {count:>8,}  {name.replace('_', ' ')}")
