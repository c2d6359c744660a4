"""`badger compounds`: search the library, check structures of a file, find similar compounds."""

import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core.chem.batch import batch_table, check
from badger_core.chem.library import CompoundLibrary
from badger_core.chem.neighbours import pack_library
from badger_core.chem.search import CompoundSearch, Filters
from badger_core.chem.table_file import read_file
from badger_core.cli import options
from badger_core.data.bundle import Bundle
from badger_core.errors import MoleculeError
from badger_core.predict.ask import Asked, read_compound

app = typer.Typer(help="Find compounds, and check structures.", no_args_is_help=True)

Many = list[str] | None


@app.command()
def search(
    text: Annotated[
        str, typer.Argument(help="Name, Broad or DrugBank id, InChIKey, target or mechanism.")
    ] = "",
    moa: Annotated[Many, typer.Option(help="Mechanism; may be repeated.")] = None,
    target: Annotated[Many, typer.Option(help="Target symbol; may be repeated.")] = None,
    phase: Annotated[Many, typer.Option(help="Phase; may be repeated.")] = None,
    area: Annotated[Many, typer.Option(help="Disease area; may be repeated.")] = None,
    indication: Annotated[Many, typer.Option(help="Indication; may be repeated.")] = None,
    measured: Annotated[bool, typer.Option("--measured", help="Only measured ones.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All of LINCS, not the Hub.")] = False,
    top: Annotated[int, typer.Option(help="Rows to print.")] = 20,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Find compounds of the library by name and facets."""
    library = Bundle(bundle).library
    facets = {
        "moa": tuple(moa or ()),
        "targets": tuple(target or ()),
        "phase": tuple(phase or ()),
        "disease_area": tuple(area or ()),
        "indication": tuple(indication or ()),
    }
    found = CompoundSearch(library.table, library.names).find(
        text, Filters(facets, measured, not everything)
    )
    table = _known(library.table.iloc[found.rows])
    table.insert(1, "found_by", found.why)
    _say(table, top, as_json)


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="SDF, MOL, SMI, CSV or TSV.")],
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Check the structures of a file row by row; exit code 1 where none can be used."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise MoleculeError(f"'{file}' cannot be read: {error.strerror}.") from error
    entries = read_file(data, file.name)
    rows = check(entries.rows, Bundle(bundle).library)
    _say(batch_table(rows), len(rows), as_json)
    if entries.left_out:
        typer.echo(f"{entries.left_out} rows beyond the limit were left out.", err=True)
    if not any(row.molecule for row in rows):
        raise MoleculeError(f"'{file}' holds no structure that can be used.")


@app.command()
def similar(
    compound: options.CompoundArgument,
    top: Annotated[int, typer.Option(help="Rows to print.", min=1)] = 20,
    measured: Annotated[bool, typer.Option("--measured", help="Only measured ones.")] = False,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Find the library compounds most like one, by Tanimoto over Morgan bits."""
    library = Bundle(bundle).library
    asked = compound_asked(library, compound)
    table = library.table[library.table["ik14"] != asked.molecule.ik14]
    if measured:
        table = table[table["n_signatures"] > 0]
    near = pack_library(table["smiles"].tolist()).nearest(asked.molecule.smiles, top)
    known = _known(table.iloc[[neighbour.index for neighbour in near]])
    known.insert(1, "tanimoto", [round(neighbour.similarity, 4) for neighbour in near])
    _say(known, top, as_json)


def compound_asked(library: CompoundLibrary, text: str) -> Asked:
    """The compound that a command asks about; what to know of it goes to standard error.

    Raises:
        CompoundNotFoundError, MoleculeError: say what to do.
    """
    asked = read_compound(library, text)
    if asked.compound is not None and library.name_source(text):
        typer.echo(asked.molecule.notes[0], err=True)
    for warning in asked.molecule.warnings:
        typer.echo(f"Warning: {warning}", err=True)
    return asked


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    """What is printed of library rows; lists become texts."""
    table = rows[["name", "inchikey", "smiles", "phase", "indication", "n_signatures"]].copy()
    table.insert(4, "moa", rows["moa"].map(", ".join))
    table.insert(5, "targets", rows["targets"].map(", ".join))
    return table.reset_index(drop=True)


def _say(table: pd.DataFrame, top: int, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(json.loads(table.head(top).to_json(orient="records")), indent=1))
        return
    typer.echo(f"{len(table)} rows" + (f", the first {top}:" if len(table) > top else ":"))
    short = table.head(top).drop(columns=["inchikey", "indication"], errors="ignore")
    typer.echo(short.to_string(index=False, max_colwidth=44))
