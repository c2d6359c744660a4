"""What `badger repurpose` is asked: a signature, whose known drugs are marked, and lines."""

import logging
from pathlib import Path

import typer

from badger_core.cells.catalogue import CellLine
from badger_core.cli.cells import lines_asked
from badger_core.cli.options import divided
from badger_core.data.bundle import Bundle
from badger_core.data.signature_file import SignatureFile, signature_of_files
from badger_core.diseases.signature import DiseaseSignature, catalogue_signature
from badger_core.errors import SettingError
from badger_core.paths import models_dir, predictions_dir
from badger_core.repurpose.disease_lines import choose_lines
from badger_core.repurpose.indications import Disease, find_disease
from badger_core.repurpose.shipped import read_shipped

_log = logging.getLogger(__name__)


def question(
    bundle: Bundle,
    disease: str | None,
    files: list[Path],
    column: str | None,
    sheet: str | None,
    of_disease: str | None,
) -> tuple[DiseaseSignature, Disease | None]:
    """The signature, and the disease whose known drugs are marked."""
    if (disease is None) == (not files):
        raise SettingError("Give either --disease NAME or --signature FILE.")
    if disease is not None:
        found = catalogue_signature(bundle.diseases, disease, bundle.genes)
        of = of_disease or bundle.diseases.find(disease)
        return found, find_disease(bundle.diseases, of)
    of = find_disease(bundle.diseases, of_disease) if of_disease else None
    found = signature_of_files([SignatureFile(file) for file in files], bundle.genes, column, sheet)
    report = found.report
    _log.info(
        "%s: %d of %d landmark genes have a value; %d ids are no landmark.",
        report.file,
        report.n_landmarks,
        report.n_panel,
        len(report.unused),
    )
    for warning in report.warnings:
        _log.info("%s", warning)
    return found, of


def lines_of(
    bundle: Bundle,
    disease: Disease | None,
    cells: list[str],
    expression: Path | None,
    samples: list[str],
    platform: str,
    models: Path | None,
) -> tuple[list[CellLine], str]:
    """The lines that were named, or those chosen for the disease, and a sentence about it."""
    names = divided(cells)
    if names or expression is not None or samples:
        return lines_asked(bundle, names, expression, samples, platform), "Named by the user."
    ready = read_shipped(predictions_dir(), bundle, models or models_dir() / "badger").lines
    if not ready:
        raise SettingError(
            "No line was given and no predictions come with this program's models. Name lines by "
            "--cells A375,MCF7, or give a file by --expression."
        )
    doid, name = disease or ("", "")
    found = choose_lines(bundle.cells, doid, name, ready)
    typer.echo(found.why, err=True)
    return list(found.lines), found.why
