"""`badger compare`: several compounds in several lines, side by side."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cells.centring import AUTO
from badger_core.cli import options
from badger_core.cli.cells import lines_asked
from badger_core.cli.compounds import compound_asked
from badger_core.data.bundle import Bundle
from badger_core.disk import check_folder
from badger_core.explain.compare import Comparison, ask_all, contrast
from badger_core.explain.compare_measures import (
    leaning,
    leaning_words,
    overlap_table,
    shared_genes,
    wide_table,
)
from badger_core.explain.compare_pathways import attended_pathways, shared_sets
from badger_core.explain.compare_trust import trust_table
from badger_core.export.compare_gct import comparison_gct
from badger_core.export.tables import table_csv
from badger_core.files import write_together
from badger_core.pathways.enrichment_sets import choose_sets
from badger_core.predict.predictor import Predictor


def compare(
    compound: options.CompoundTexts,
    cell: options.CellTexts = None,
    expression: options.ExpressionBeside = None,
    sample: options.Samples = None,
    platform: options.Platform = AUTO,
    out: Annotated[Path | None, typer.Option(help="Folder for the tables.")] = None,
    top: Annotated[int, typer.Option(help="Genes at each end that are compared.")] = 50,
    own: Annotated[
        bool, typer.Option("--own", help="Compare the drug-specific part: less the line's mean.")
    ] = False,
    collection: Annotated[str, typer.Option(help="Gene sets to test for --out.")] = "hallmark",
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Rank every compound in every line and say how similar the rankings are."""
    if out is not None:
        check_folder(out)
    known = Bundle(bundle)
    compounds = [compound_asked(known.library, text) for text in compound]
    lines = lines_asked(known, cell or [], expression, sample or [], platform)
    predictor = Predictor(known, models)
    found = ask_all(predictor.rank, compounds, lines)
    trust = trust_table(found, known.signatures, known.genes)
    shown = contrast(found) if own else found
    overlaps = {way: overlap_table(shown, top, way) for way in ("up", "down")}
    if out is not None:
        tables = {
            "compare_scores": wide_table(shown),
            "compare_ranks": wide_table(shown, "rank"),
            "compare_trust": trust,
            "compare_attention": attended_pathways(
                found, predictor.ensemble, known.pathways.vocabulary
            ),
        }
        sets = choose_sets(known.pathways.table, known.genes.entrez, collection)
        for way, table in overlaps.items():
            tables[f"compare_overlap_{way}"] = table
            tables[f"compare_shared_{way}"] = shared_genes(shown, top, way)
            tables[f"compare_sets_{way}"] = shared_sets(shown, sets, top, way)
        files = {out / f"{name}.csv": table_csv(table) for name, table in tables.items()}
        files[out / "compare_scores.gct"] = comparison_gct(shown, trust)
        manifests = json.dumps(list(shown.manifests), indent=1, ensure_ascii=False)
        write_together({**files, out / "manifests.json": f"{manifests}\n"})
        typer.echo(f"Wrote {len(tables) + 2} files in {out}.", err=True)
    if as_json:
        record = {
            "rankings": _records(trust),
            "drug_specific_part": own,
            "leaning": {
                name: None if value != value else value
                for name, value in leaning(shown)._asdict().items()
            },
            "overlap": {way: _records(table) for way, table in overlaps.items()},
            "genes": _records(wide_table(shown)),
        }
        typer.echo(json.dumps(record, indent=1))
        return
    _print(shown, trust, overlaps)


def _print(shown: Comparison, trust: object, overlaps: dict) -> None:
    typer.echo(leaning_words(shown))
    typer.echo(f"\n{'ranking':<44} {'seen before':<26} confidence")
    for row in trust.itertuples():
        sure = "not known" if row.confidence != row.confidence else f"{100 * row.confidence:.0f}%"
        typer.echo(f"{row.pair:<44.44} {row.seen_before:<26} {sure}")
    for way, table in overlaps.items():
        if len(table):
            typer.echo(f"\nshared among the top {table['top'].iloc[0]} {way}")
        for row in table.itertuples():
            typer.echo(
                f"  {row.ranking:<36.36} {row.other:<36.36} {row.shared:>4} "
                f"(by luck {row.expected:.1f}, p {row.p:.1g})  Spearman {row.spearman:.2f}"
            )


def _records(table: object) -> list[dict]:
    return json.loads(table.to_json(orient="records", double_precision=10))
