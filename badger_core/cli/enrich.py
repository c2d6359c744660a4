"""`badger enrich`: gene sets at the ends of a predicted ranking, and pathway footprints."""

import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core.data.bundle import Bundle
from badger_core.export.tables import table_csv
from badger_core.files import write_whole
from badger_core.pathways.enrichment import PRERANK, enrich
from badger_core.pathways.enrichment_sets import choose_sets
from badger_core.pathways.footprints import activities
from badger_core.predict.predictor import Predictor

_SHOWN = 10
_CAUTION = (
    "p is about this one predicted ranking, its genes dealt at random; the background is the 978 "
    "landmark genes."
)


def enrich_ranking(
    compound: Annotated[str, typer.Option(help="Name, synonym, id, SMILES or InChI.")],
    cell: Annotated[str, typer.Option(help="Cell line by any name or id.")],
    method: Annotated[
        str, typer.Option(help="prerank (GSEA of the whole ranking) or ora (its two ends).")
    ] = PRERANK,
    collection: Annotated[
        str, typer.Option(help="hallmark, reactome, wikipathways, pid or all.")
    ] = "hallmark",
    top: Annotated[int, typer.Option(help="Genes from each end (ora).")] = 100,
    progeny: Annotated[bool, typer.Option("--progeny", help="Pathway footprints as well.")] = False,
    permutations: Annotated[
        int, typer.Option(help="Random sets per size (prerank); of the ranks (progeny).")
    ] = 1000,
    seed: Annotated[int, typer.Option(help="Of all random draws.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="CSV to write; footprints go beside it, as NAME_progeny.")
    ] = None,
    models: Annotated[Path | None, typer.Option(help="Folder of the checkpoints.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Folder of the data bundle.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print manifest and tables.")] = False,
) -> None:
    """Which gene sets gather at the ends of a predicted ranking."""
    opened = Bundle(bundle)
    sets = choose_sets(opened.pathways.table, opened.genes.entrez, collection)
    ranking = Predictor(opened, models).ask(compound, cell)
    tables = {"sets": enrich(ranking.table, sets, method, top, permutations, seed)}
    if progeny:
        tables["progeny"] = activities(ranking.table, opened.progeny, permutations, seed)
    if out is not None:
        _write(tables, out)
    if as_json:
        asked = {"method": method, "collection": collection, "seed": seed}
        asked |= {"top": top} if method != PRERANK else {"permutations": permutations}
        # JSON has no NaN
        found = {
            name: json.loads(table.to_json(orient="records")) for name, table in tables.items()
        }
        typer.echo(
            json.dumps({"manifest": ranking.manifest, "enrichment": asked, **found}, indent=1)
        )
        return
    m = ranking.manifest
    typer.echo(f"{m['compound']['name']} in {m['cell']['name']}: {len(sets)} sets of {collection}")
    for name, table in tables.items():
        _show(table, "set" if name == "sets" else "pathway")
    typer.echo(f"\n{_CAUTION}")


def _write(tables: dict[str, pd.DataFrame], out: Path) -> None:
    paths = {"sets": out, "progeny": out.with_stem(f"{out.stem}_progeny")}
    for name, table in tables.items():
        write_whole(paths[name], table_csv(table))
        typer.echo(f"Wrote {paths[name]}.", err=True)


def _show(table: pd.DataFrame, what: str) -> None:
    """The first rows: name, direction, strength, FDR and genes."""
    strength = next(name for name in ("nes", "ratio", "activity") if name in table)
    named = "name" if "name" in table else "pathway"
    typer.echo(f"\n  {strength:>8}  {'FDR':>8}  {what}")
    for row in table.head(_SHOWN if what == "set" else len(table)).to_dict("records"):
        if pd.isna(row[strength]):
            typer.echo(f"  {'-':>8}  {'-':>8}  {row[named]}: not scored")
            continue
        typer.echo(
            f"  {row[strength]:>+8.2f}  {row['fdr']:>8.2g}  {row[named]}, {row['direction']}: "
            f"{', '.join(row['genes'].split(', ')[:6])}"
        )
