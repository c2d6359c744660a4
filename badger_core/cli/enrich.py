"""`badger enrich`: gene sets at the ends of a predicted ranking, and pathway footprints."""

import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core.cells.centring import AUTO
from badger_core.cli import options
from badger_core.cli.cells import line_asked
from badger_core.cli.compounds import compound_asked
from badger_core.data.bundle import Bundle
from badger_core.export.tables import table_csv
from badger_core.files import write_together
from badger_core.pathways.enrichment import PRERANK, enrich
from badger_core.pathways.enrichment_beside import (
    beside,
    p_words,
    strength_of,
    whatever_words,
)
from badger_core.pathways.enrichment_sets import choose_sets
from badger_core.pathways.footprints import activities
from badger_core.predict.baselines import Baselines
from badger_core.predict.drug_specific import drug_free_table, drug_specific, specific_words
from badger_core.predict.predictor import Predictor

_SHOWN = 10
_CAUTION = (
    "p is about this one predicted ranking beside shuffled genes; the background is the 978 "
    "landmark genes."
)


def enrich_ranking(
    compound: options.CompoundText,
    cell: options.CellOrNone = None,
    expression: options.Expression = None,
    sample: options.Sample = None,
    platform: options.Platform = AUTO,
    method: Annotated[
        str, typer.Option(help="prerank (GSEA of the whole ranking) or ora (its two ends).")
    ] = PRERANK,
    collection: Annotated[
        str, typer.Option(help="hallmark, reactome, wikipathways, pid or all.")
    ] = "hallmark",
    top: Annotated[int, typer.Option(help="Genes from each end (ora).")] = 100,
    specific: Annotated[
        bool,
        typer.Option("--drug-specific", help="Without the fitted drug-free ranking of the line."),
    ] = False,
    progeny: Annotated[bool, typer.Option("--progeny", help="Pathway footprints as well.")] = False,
    permutations: Annotated[
        int, typer.Option(help="Random sets per size (prerank); of the ranks (progeny).")
    ] = 1000,
    seed: Annotated[int, typer.Option(help="Of all random draws.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="CSV to write; footprints go beside it, as NAME_progeny.")
    ] = None,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Which gene sets gather at the ends of a predicted ranking."""
    opened = Bundle(bundle)
    sets = choose_sets(opened.pathways.table, opened.genes.entrez, collection)
    asked = compound_asked(opened.library, compound)
    line = line_asked(opened, cell, expression, sample, platform)
    ranking = Predictor(opened, models).rank(asked, line)
    free = Baselines(opened).of(line, asked.molecule.ik14)
    free_table = drug_free_table(ranking.table, free.scores, opened.genes.entrez)
    part = drug_specific(ranking.table, free_table) if specific else None
    asked_of = ranking.table if part is None else part.table
    both = [
        enrich(table, sets, method, top, permutations, seed) for table in (asked_of, free_table)
    ]
    tables = {"sets": beside(*both)}
    if progeny:
        both = [
            activities(table, opened.progeny, permutations, seed)
            for table in (asked_of, free_table)
        ]
        tables["progeny"] = beside(*both)
    if out is not None:
        _write(tables, out)
    if as_json:
        how = {"method": method, "collection": collection, "seed": seed}
        how |= {"top": top} if method != PRERANK else {"permutations": permutations}
        if part is not None:
            how |= {"drug_specific": {"slope": part.slope, "variance_left": part.left}}
        # JSON has no NaN
        found = {
            name: json.loads(table.to_json(orient="records")) for name, table in tables.items()
        }
        typer.echo(json.dumps({"manifest": ranking.manifest, "enrichment": how, **found}, indent=1))
        return
    m = ranking.manifest
    typer.echo(f"{m['compound']['name']} in {m['cell']['name']}: {len(sets)} sets of {collection}")
    if part is not None:
        typer.echo(specific_words(part))
    for name, table in tables.items():
        _show(table, "set" if name == "sets" else "pathway")
    typer.echo(f"\n{_CAUTION}")


def _write(tables: dict[str, pd.DataFrame], out: Path) -> None:
    paths = {"sets": out, "progeny": out.with_stem(f"{out.stem}_progeny")}
    write_together({paths[name]: table_csv(table) for name, table in tables.items()})
    for name in tables:
        typer.echo(f"Wrote {paths[name]}.", err=True)


def _show(table: pd.DataFrame, what: str) -> None:
    """The first rows: name, direction, strength, the drug-free one, FDR and genes."""
    strength = strength_of(table)
    named = "name" if "name" in table else "pathway"
    typer.echo(f"\n  {strength:>8}  {'drug-free':>9}  {'FDR':>8}  {what}")
    for row in table.head(_SHOWN if what == "set" else len(table)).to_dict("records"):
        if pd.isna(row[strength]):
            typer.echo(f"  {'-':>8}  {'-':>9}  {'-':>8}  {row[named]}: not scored")
            continue
        typer.echo(
            f"  {row[strength]:>+8.2f}  {row[f'drug_free_{strength}']:>+9.2f}  "
            f"{p_words(row['fdr']):>8}  {row[named]}, {row['direction']}: "
            f"{', '.join(row['genes'].split(', ')[:6])}"
        )
    scored = table[table[strength].notna()]
    typer.echo(f"  {whatever_words(scored, 'sets' if what == 'set' else 'scored pathways')}")
