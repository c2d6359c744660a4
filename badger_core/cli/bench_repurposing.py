"""`badger bench repurposing`: does reversal find known drugs? Tables and docs/REPURPOSING.md."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
import typer

from badger_core.cli import options
from badger_core.data.bundle import Bundle
from badger_core.errors import SettingError
from badger_core.export.repurposing_page import TEXTS, page
from badger_core.export.repurposing_pictures import pictures
from badger_core.export.repurposing_tables import read_repurposing
from badger_core.files import write_together, write_whole
from badger_core.paths import ROOT, benchmark_dir, models_dir, predictions_dir
from badger_core.plots.repurposing_dots import areas
from badger_core.repurpose.line_predictions import LinePredictions, of_screen
from badger_core.repurpose.ready_scores import ReadyScores, stored_scores
from badger_core.repurpose.screen_file import read_manifest, read_screen
from badger_core.repurpose.shipped import FILE, MANIFEST, read_shipped
from badger_core.repurpose.validate_file import read_scores, write_scores
from badger_core.repurpose.validate_report import FILES, RECORD, validation
from badger_core.repurpose.validate_scores import Scores, gather

PAGE = ROOT / "docs" / "REPURPOSING.md"


def bench_repurposing(
    out: Annotated[Path | None, typer.Option(help="Folder of the result tables.")] = None,
    page_file: Annotated[
        Path | None,
        typer.Option("--page", help="Markdown to write; pictures go to the folder beside it."),
    ] = None,
    screen: Annotated[
        Path | None,
        typer.Option(help="Finished screen in place of the shipped predictions."),
    ] = None,
    cells: Annotated[str, typer.Option(help="Lines of that screen, divided by commas.")] = "",
    scores_file: Annotated[
        Path | None,
        typer.Option(
            "--scores", help="Keeps the reversal scores (100 MB); read if it is there already."
        ),
    ] = None,
    only_page: Annotated[
        bool, typer.Option("--only-page", help="Write the page again from the tables.")
    ] = False,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Rank known drugs by reversal, against baselines; some minutes, on the bundle alone.

    The tables go to data/benchmark/repurposing*, the page to docs/REPURPOSING.md.
    """
    folder, target = out or benchmark_dir(), page_file or PAGE
    if target.suffix != ".md":
        raise SettingError(f"'{target}' is no Markdown file. Give a name that ends with .md.")
    if not only_page:
        opened = Bundle(bundle)
        if screen is not None:
            lines, source = _screened(screen, [name for name in cells.split(",") if name.strip()])
        else:
            lines, source = _shipped(opened, models or models_dir() / "badger")
        source |= {"bundle": opened.content_hash}
        scores = _scores(opened, lines, source, scores_file, screen is None)
        found = validation(opened, scores, source)
        record = json.dumps(_rounded(found.record), indent=1, sort_keys=True)
        files = {folder / FILES[name]: _csv(table) for name, table in found.tables.items()}
        write_together({**files, folder / RECORD: record + "\n"})
    written = _write_page(folder, target)
    if as_json:
        typer.echo((folder / RECORD).read_text(encoding="utf-8").rstrip())
    else:
        typer.echo(f"{written}\nThe tables are in {folder}, the page is {target}.")


def _scores(
    bundle: Bundle,
    lines: Iterator[tuple[str, LinePredictions]],
    source: dict,
    path: Path | None,
    shipped: bool,
) -> Scores:
    if path is not None and path.exists():
        return read_scores(path, source)

    def ready(name: str, ik14: np.ndarray) -> ReadyScores | None:
        return stored_scores(bundle, [name], ik14, predictions_dir()) if shipped else None

    scores = gather(bundle, lines, lambda text: typer.echo(text, err=True), ready)
    if path is not None:
        write_scores(path, scores, source)
    return scores


def _write_page(folder: Path, target: Path) -> str:
    """Write the page and its pictures; the result in a sentence."""
    tables, beside = read_repurposing(folder), target.parent / target.stem.lower()
    for picture in pictures(tables):
        drawn = areas(picture.title, picture.table, picture.key)
        write_whole(beside / picture.file, drawn)
    texts = {}
    for name in TEXTS:
        path = PAGE.parent / "repurposing" / f"{name}.md"
        texts[name] = path.read_text(encoding="utf-8") if path.exists() else ""
    write_whole(target, page(tables, texts, beside.name))
    return tables.record["sentence"]


def _shipped(bundle: Bundle, models: Path) -> tuple[Iterator[tuple[str, LinePredictions]], dict]:
    folder = predictions_dir()
    found = read_shipped(folder, bundle, models)
    if not found.lines:
        reason = found.refused or f"There are no shipped predictions in '{folder}'."
        raise SettingError(f"{reason} Run 'badger ship-predictions' first.")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    source = {
        "predictions": FILE,
        "sha256": manifest["sha256"],
        "model": manifest["model"]["weights"],
    }
    return ((name, found.file.line(name)) for name in found.lines), source


def _screened(path: Path, cells: list[str]) -> tuple[Iterator[tuple[str, LinePredictions]], dict]:
    manifest = read_manifest(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    source = {"predictions": path.name, "sha256": digest, "model": manifest["model"]["hash"]}
    names = cells or manifest["lines"]
    return ((name, of_screen(read_screen(path, [name]))) for name in names), source


def _csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False, float_format="%.6g", lineterminator="\n")


def _rounded(value: object) -> object:
    """Numbers of numpy and long floats as JSON can hold them; what is missing becomes null."""
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return None if value != value else round(value, 6)
    return value
