"""`badger predict`: one compound in one line, as the files that the page Predict offers."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cells.centring import AUTO
from badger_core.cli import options
from badger_core.cli.cells import line_asked
from badger_core.cli.compounds import compound_asked
from badger_core.data.bundle import Bundle
from badger_core.export.ranking_files import ONE_CLICK, write_ranking_as
from badger_core.export.tables import write_ranking
from badger_core.paths import benchmark_dir
from badger_core.predict.baselines import Baselines
from badger_core.predict.evidence import beside, gather
from badger_core.predict.predictor import Predictor


def predict(
    compound: options.CompoundText,
    cell: options.CellOrNone = None,
    expression: options.Expression = None,
    sample: options.Sample = None,
    platform: options.Platform = AUTO,
    out: Annotated[
        Path | None,
        typer.Option(
            help="File to write: .csv (with its manifest beside it), .xlsx, .rnk, .gmt, .gct, "
            ".json or .manifest.json."
        ),
    ] = None,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    top: Annotated[int, typer.Option(help="Genes to print in each direction.")] = 10,
    as_json: options.AsJson = False,
) -> None:
    """Rank the 978 landmark genes by predicted change."""
    predictor = Predictor(Bundle(bundle), models)
    known = predictor.bundle
    asked = compound_asked(known.library, compound)
    line = line_asked(known, cell, expression, sample, platform)
    answer = predictor.rank(asked, line)
    members = [(m.card.trained_compounds, m.card.trained_cells) for m in predictor.ensemble]
    found = gather(known, Baselines(known), members, benchmark_dir(), answer, asked, line)
    ranking = beside(answer, found, known.genes.entrez)
    if out is not None and out.suffix.lower() == ONE_CLICK[0].ending:
        write_ranking(ranking, out)
        typer.echo(f"Wrote {out} and {out.with_suffix('.json')}.", err=True)
    elif out is not None:
        write_ranking_as(ranking, out)
        typer.echo(f"Wrote {out}.", err=True)
    if as_json:
        genes = json.loads(ranking.table.to_json(orient="records"))  # JSON has no NaN
        typer.echo(json.dumps({"manifest": ranking.manifest, "genes": genes}, indent=1))
        return
    m = ranking.manifest
    typer.echo(f"{m['compound']['name']} in {line.display_name}: {m['familiarity']['badge']}")
    free = m["evidence"]["drug_free"]
    typer.echo(
        f"drug-free ranking of {free['of']}: Spearman {free['spearman']:.2f}; of the top 50, "
        f"{free['shared_top50_up']} up and {free['shared_top50_down']} down are what any drug moves"
    )
    if m["evidence"]["measured"]:
        there = m["evidence"]["measured"]
        limit = "" if there["bound"] is None else f", at most about {there['bound']:.2f}"
        typer.echo(
            f"measured in {there['signatures']} signatures: Spearman {there['spearman']:.2f}{limit}"
            f"; the drug-free ranking {there['spearman_of_drug_free']:.2f}"
        )
    for direction in ("up", "down"):
        typer.echo(f"\npredicted {direction}")
        for row in ranking.top(direction, top).itertuples():
            typer.echo(f"  {row.rank:>4}  {row.symbol:<12} {row.score:+.3f}  ± {row.spread:.3f}")
