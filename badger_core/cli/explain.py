"""`badger explain`: what one prediction attends to, and how far that may be believed."""

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
from badger_core.explain.prediction import explain_prediction
from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_quoted import quoted
from badger_core.explain.prediction_routes import route_rows, routes
from badger_core.explain.prediction_tables import (
    agreement_table,
    fragment_map,
    fragment_table,
    gene_map,
    pathway_table,
)
from badger_core.explain.prediction_words import (
    agreement_words,
    deletion_words,
    part_words,
    pathway_check_words,
    reading,
    supervision_words,
)
from badger_core.export.tables import table_csv
from badger_core.files import write_together, write_whole
from badger_core.predict.predictor import Predictor


def explain(
    compound: options.CompoundText,
    cell: options.CellOrNone = None,
    expression: options.Expression = None,
    sample: options.Sample = None,
    platform: options.Platform = AUTO,
    gene: Annotated[str, typer.Option(help="Landmark gene whose routes to show, by symbol.")] = "",
    top: Annotated[int, typer.Option(min=1, help="Pathways and routes to print.")] = 10,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for all tables, or a CSV: of the gene's routes, or of pathways."),
    ] = None,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Show which fragments and pathways the attention of a prediction rests on, and test it."""
    data = Bundle(bundle)
    predictor = Predictor(data, models)
    asked = compound_asked(data.library, compound)
    line = line_asked(data, cell, expression, sample, platform)
    found = explain_prediction(predictor.ensemble, asked.molecule, line, data)
    tables = _tables(found, gene)
    about = {
        "compound": asked.name,
        "smiles": asked.molecule.smiles,
        "cell": line.name,
        "model": predictor.model_hash,
        "bundle": data.content_hash,
        "members": list(found.members),
        "parts": dict(found.parts),
        "words": _words(found),
    }
    if out is not None:
        _write(out, tables, about)
    if as_json:
        shown = {n: t for n, t in tables.items() if not n.startswith("map_")}
        shown["pathways"] = shown["pathways"].head(top)
        if gene:
            shown["routes"] = shown["routes"].head(top)
        rows = {name: json.loads(table.to_json(orient="records")) for name, table in shown.items()}
        typer.echo(json.dumps({**about, **rows}, indent=1, ensure_ascii=False))
        return
    typer.echo(f"{asked.name} in {line.display_name}\n\n" + "\n".join(about["words"].values()))
    typer.echo(_readable(tables, top, gene))


def _words(found: Explanation) -> dict[str, str]:
    measured = quoted()
    return {
        "reading": reading(found),
        "part": part_words(found),
        "supervision": supervision_words(found),
        "pathways": pathway_check_words(measured),
        "deletion": deletion_words(found, measured),
        "agreement": agreement_words(found, measured),
    }


def _tables(found: Explanation, gene: str) -> dict[str, pd.DataFrame]:
    """Every table by the name of its file; the routes only where a gene is asked for."""
    pathways, genes = range(len(found.pathways)), range(len(found.genes))
    tables = {
        "fragments": fragment_table(found),
        "pathways": pathway_table(found),
        "agreement": agreement_table(found),
        "map_fragments_of_pathways": fragment_map(found, pathways),
        "map_pathways_of_genes": gene_map(found, pathways, genes),
    }
    if gene:
        tables["routes"] = route_rows(found, routes(found, [found.gene(gene)], len(pathways)))
    return tables


def _write(out: Path, tables: dict[str, pd.DataFrame], about: dict) -> None:
    if out.suffix.lower() == ".csv":
        write_whole(out, table_csv(tables.get("routes", tables["pathways"])))
        typer.echo(f"Wrote {out}.", err=True)
        return
    text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
    files = {out / f"{name}.csv": table_csv(table) for name, table in tables.items()}
    write_together({**files, out / "manifest.json": text})
    typer.echo(f"Wrote {len(tables)} tables and manifest.json into {out}.", err=True)


def _readable(tables: dict[str, pd.DataFrame], top: int, gene: str) -> str:
    lines = ["", "fragment   attention %     deleting it, 1 - Spearman"]
    for row in tables["fragments"].itertuples():
        effect = "not testable" if pd.isna(row.order) else f"{row.order:.4f} ± {row.order_sd:.4f}"
        share = f"{100 * row.attention:5.1f} ± {100 * row.attention_sd:4.1f}"
        lines.append(f"  {row.fragment:<6} {share:>14}     {effect:<18} {row.smiles}")
    lines += ["", "on compound %   x even use   pathway"]
    for row in tables["pathways"].head(top).itertuples():
        even = row.use * (len(tables["pathways"]) + 1)
        mark = f"{row.mark}: {row.targets}" if row.targets else row.mark
        lines.append(f"  {100 * row.mass:10.1f} {even:13.2f}    {row.name} ({mark})")
    if gene:
        lines += ["", f"share %   strongest routes to {gene.upper()}"]
        for row in tables["routes"].head(top).itertuples():
            lines.append(f"  {100 * row.share:7.3f}   {row.fragment} -> {row.pathway}")
    return "\n".join(lines)
