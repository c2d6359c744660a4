"""`badger repurpose`: a disease, or an own signature, to a list of hypotheses with controls."""

import json
import logging
from pathlib import Path
from typing import Annotated

import typer

from badger_core.cells.centring import AUTO
from badger_core.cells.neighbours import place_lines
from badger_core.cli import options
from badger_core.cli.counting import Counting
from badger_core.cli.progress import stop_asked, teller
from badger_core.cli.repurpose_question import lines_of, question
from badger_core.cli.repurpose_words import words
from badger_core.data.bundle import Bundle
from badger_core.disk import check_place
from badger_core.errors import SettingError, StoppedError
from badger_core.export.hypotheses import figures, listed, sheets
from badger_core.export.hypotheses_report import ALIKE, hypotheses_html, supporting_gmt
from badger_core.export.tables import table_csv
from badger_core.export.workbook import tables_xlsx
from badger_core.files import write_together, write_whole
from badger_core.paths import models_dir, runs_dir
from badger_core.predict.predictor import Predictor
from badger_core.repurpose import overexpression_column
from badger_core.repurpose.aggregate import MEAN, SUMMARIES
from badger_core.repurpose.connectivity import METHODS, WTCS
from badger_core.repurpose.controls import drug_specific
from badger_core.repurpose.disease_alike import diseases_alike, transfer
from badger_core.repurpose.disease_lines import lines_alike
from badger_core.repurpose.hypotheses import HypothesisSettings, hypotheses
from badger_core.repurpose.library_file import HUB, file_library, hub_library
from badger_core.repurpose.model_files import models_hash
from badger_core.repurpose.nulls import PERMUTATIONS
from badger_core.repurpose.predictions import library_predictions
from badger_core.repurpose.promiscuity_kept import kept_promiscuity
from badger_core.repurpose.ready_scores import ready_for
from badger_core.repurpose.sensitive import beside, told_or_why

_ENDINGS = (".csv", ".xlsx", ".html", ".gmt")
_log = logging.getLogger(__name__)


def repurpose(
    disease: Annotated[str | None, typer.Option(help="Name or DOID, of the 49 known.")] = None,
    signature: Annotated[
        list[Path] | None,
        typer.Option(help="Own signature: a table, RNK or GCT, or lists up and down (GMT, GRP)."),
    ] = None,
    column: Annotated[str | None, typer.Option(help="Which column of the table.")] = None,
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook.")] = None,
    of_disease: Annotated[
        str | None, typer.Option(help="Whose known drugs to mark, for an own signature.")
    ] = None,
    cells: options.CellLists = None,
    expression: options.ExpressionBeside = None,
    sample: options.Samples = None,
    platform: options.Platform = AUTO,
    library: options.Library = HUB,
    method: Annotated[str, typer.Option(help=f"One of {', '.join(METHODS)}.")] = WTCS,
    summary: Annotated[
        str, typer.Option(help=f"Over several lines: {', '.join(SUMMARIES)}.")
    ] = MEAN,
    specific: Annotated[
        bool, typer.Option("--drug-specific", help="Without what every compound does in a line.")
    ] = False,
    permutations: Annotated[int, typer.Option(help="Of the genes; 0 for no p.")] = PERMUTATIONS,
    seed: Annotated[int, typer.Option(help="Of the permutations.")] = 0,
    top: Annotated[int, typer.Option(help="Length of the list.")] = 50,
    out: Annotated[
        Path | None,
        typer.Option(help="CSV (its JSON goes beside it), XLSX, HTML or GMT."),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Local processes of a screen.")] = 1,
    limit: options.Limit = None,
    work: Annotated[
        Path | None, typer.Option(help="Folder of screens; runs/screen otherwise.")
    ] = None,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Rank a library by how far it is predicted to reverse a disease; weak evidence, with controls.

    Negative controls and one row without a drug stand in the list. Lines that do not come with the
    program are screened first, which takes minutes each and is kept.
    """
    if method not in METHODS or summary not in SUMMARIES or permutations < 0 or top < 1:
        raise SettingError(
            f"Give --method {', '.join(METHODS)}; --summary {', '.join(SUMMARIES)}; 0 or more "
            "--permutations; and 1 or more for --top."
        )
    if out is not None and out.suffix.lower() not in _ENDINGS:
        raise SettingError(f"'{out}' has no known ending. Give {' or '.join(_ENDINGS)}.")
    check_place(out)
    known = Bundle(bundle)
    asked, of = question(known, disease, signature or [], column, sheet, of_disease)
    chosen = hub_library(known.library) if library == HUB else file_library(
        Path(library), known.library
    )  # fmt: skip
    if len(chosen.left_out):
        _log.info("%d rows of %s are left out.", len(chosen.left_out), chosen.source)
    lines, why = lines_of(known, of, cells or [], expression, sample or [], platform, models)
    folder = work or runs_dir() / "screen"
    counting = Counting()
    predictor = None if models is None else Predictor(known, models)
    try:
        with stop_asked() as stop:
            predicted = library_predictions(
                known, predictor, lines, folder, teller(), stop, jobs, chosen.limited(limit)
            )
    except StoppedError as stopped:
        typer.echo(str(stopped), err=True)
        raise typer.Exit(stop.code) from stopped
    part = drug_specific(predicted) if specific else predicted
    ready = ready_for(known, predicted, method, specific)
    shared = kept_promiscuity(
        known,
        part,
        method,
        summary,
        folder,
        lambda *at: counting.tell("diseases x lines", *at),
        ready,
    )
    settings = HypothesisSettings(method, summary, permutations, seed, top, specific)
    found = hypotheses(known, predicted, asked, settings, of, shared, counting.tell, ready)
    told, missing = told_or_why(chosen.limited(limit).candidates, lines, known.cells)
    found = beside(found, told)
    if told is None:
        _log.info("Without the column 'sensitive': %s", missing)
    acts, missing = overexpression_column.told_or_why(known, predicted, lines, models)
    found = overexpression_column.beside(found, acts)
    if acts is None:
        _log.info("Without the column 'acts': %s", missing)
    found.manifest["models"] = models_hash(models or models_dir() / "badger")
    found.manifest["lines_chosen"] = why
    near = diseases_alike(asked, known.diseases, known.genes.entrez, seed=seed)
    table = found.table[found.table["rank"].notna()]
    others = {
        "diseases alike": near,
        "transfer": transfer(near, table, known.diseases),
        "lines alike": lines_alike(place_lines(known.cells), lines),
    }
    if out is not None and out.suffix.lower() == ".xlsx":
        write_whole(out, tables_xlsx(sheets(found, top, others), found.manifest))
    elif out is not None and out.suffix.lower() == ".html":
        write_whole(out, hypotheses_html(found, top, near.head(ALIKE)))
    elif out is not None and out.suffix.lower() == ".gmt":
        write_whole(out, supporting_gmt(found))
    elif out is not None:
        full = json.dumps(figures(found, top, others), indent=1, ensure_ascii=False) + "\n"
        rows = table_csv(listed(found.table, top))
        write_together({out: rows, out.with_suffix(".json"): full})
    typer.echo(json.dumps(figures(found, top, others), indent=1) if as_json else words(found, out))
