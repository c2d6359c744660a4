"""`badger response genes`: the genes that drGT's attention gives for each drug, as a table."""

from pathlib import Path
from typing import Annotated

import typer

from badger_core.response.drug_genes import REFITS, make_drug_genes, write_drug_genes


def genes(
    refits: Annotated[int, typer.Option(help="Fits to permuted labels.", min=2)] = REFITS,
    out: Annotated[Path | None, typer.Option(help="Folder; data/response otherwise.")] = None,
) -> None:
    """Fit drGT to all of NCI-60 and to permuted labels, and write the genes of each drug."""
    table = make_drug_genes(lambda line: typer.echo(line, err=True), refits)
    path = write_drug_genes(table, out)
    typer.echo(f"Wrote {path}: {table['ik14'].nunique()} drugs, {len(table)} rows.")
