"""`badger predict`: one compound in one line, as a CSV with its manifest."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.data.bundle import Bundle
from badger_core.export.tables import write_ranking
from badger_core.predict.predictor import Predictor


def predict(
    compound: Annotated[str, typer.Option(help="Name, synonym, id, SMILES or InChI.")],
    cell: Annotated[str, typer.Option(help="Cell line by any name or id.")],
    out: Annotated[
        Path | None, typer.Option(help="CSV to write; a manifest (.json) goes beside it.")
    ] = None,
    models: Annotated[Path | None, typer.Option(help="Folder of the checkpoints.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Folder of the data bundle.")] = None,
    top: Annotated[int, typer.Option(help="Genes to print in each direction.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print manifest and genes.")] = False,
) -> None:
    """Rank the 978 landmark genes by predicted change."""
    ranking = Predictor(Bundle(bundle), models).ask(compound, cell)
    if out is not None:
        write_ranking(ranking, out)
        typer.echo(f"Wrote {out} and {out.with_suffix('.json')}.", err=True)
    if as_json:
        genes = json.loads(ranking.table.to_json(orient="records"))  # JSON has no NaN
        typer.echo(json.dumps({"manifest": ranking.manifest, "genes": genes}, indent=1))
        return
    m = ranking.manifest
    typer.echo(f"{m['compound']['name']} in {m['cell']['name']}: {m['familiarity']['badge']}")
    for direction in ("up", "down"):
        typer.echo(f"\npredicted {direction}")
        for row in ranking.top(direction, top).itertuples():
            typer.echo(f"  {row.rank:>4}  {row.symbol:<12} {row.score:+.3f}  ± {row.spread:.3f}")
