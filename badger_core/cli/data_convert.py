"""`badger data convert`: a matrix file as one of another kind."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from badger_core.data.hdf5_check import check_hdf5
from badger_core.data.matrix_file import kind_of
from badger_core.errors import MatrixFileError
from badger_core.export.matrix_files import convert as convert_file

_STEPS = 1000


class GctVersion(StrEnum):
    """Versions of GCT."""

    NEW = "1.3"
    OLD = "1.2"


class Compression(StrEnum):
    """Of the values of a GCTX file."""

    GZIP = "gzip"
    LZF = "lzf"


def convert(
    source: Annotated[Path, typer.Argument(help="A GCTX, GCT, h5ad, CSV or TSV file.")],
    target: Annotated[Path, typer.Argument(help="The file to write; its ending says the kind.")],
    gct: Annotated[GctVersion, typer.Option(help="Version of a GCT file.")] = GctVersion.NEW,
    compression: Annotated[
        Compression | None, typer.Option(help="Of the values of a GCTX file.")
    ] = None,
) -> None:
    """Write a matrix with its annotation in another format; GCTX to GCTX of any size, in slices."""
    if kind_of(source) == ".gctx" and source.is_file():
        check_hdf5(source, source.name, MatrixFileError)
    with typer.progressbar(length=_STEPS, label="columns", file=sys.stderr) as bar:
        rows, columns = convert_file(
            source,
            target,
            gct.value,
            compression.value if compression else None,
            lambda done, total: bar.update(_STEPS * done // max(total, 1) - bar.pos),
        )
    typer.echo(f"{rows:,} rows x {columns:,} columns: {target}")
