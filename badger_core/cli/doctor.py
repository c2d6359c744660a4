"""`badger doctor`: looks at the installation, the data and the machine, and says what to do."""

import json
from typing import Annotated

import typer

from badger_core import __version__
from badger_core.cli.app import PORT
from badger_core.cli.doctor_browser import chromium_finding, parts_finding
from badger_core.cli.doctor_data import bundle_finding, tables_finding
from badger_core.cli.doctor_finding import FAILS, STATES, WARNING, Finding
from badger_core.cli.doctor_machine import (
    disk_finding,
    memory_finding,
    port_finding,
    writing_finding,
)
from badger_core.cli.doctor_models import models_finding, predictions_finding
from badger_core.cli.doctor_packages import import_finding, package_findings, python_finding
from badger_core.errors import ProgramError
from badger_core.paths import (
    ROOT,
    bundle_dir,
    models_dir,
    perturbation_dir,
    predictions_dir,
    response_dir,
    runs_dir,
)

MODEL = "badger"
LEARNT_OF_RESPONSE = {
    "predictor.json": "badger response train",
    "predictor.npz": "badger response train",
    "drug_genes.parquet": "badger response genes",
}
LEARNT_OF_PERTURBATION = dict.fromkeys(
    ("model.json", "model.safetensors", "edges.parquet"), "badger perturbation train"
)
"""File beside the tables to the command that learns it from them."""


def doctor(
    port: Annotated[int, typer.Option(help="Port to try.", min=1, max=65535)] = PORT,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check versions, checksums, models, browser parts, disk, memory, rights and the port.

    Every line is ok, a warning (it works, but look) or a failure. Exits with 1 on a failure.
    """
    found = findings(port)
    if as_json:
        counts = {state: sum(one.state == state for one in found) for state in STATES}
        content = {
            "version": __version__,
            "counts": counts,
            "findings": [f._asdict() for f in found],
        }
        typer.echo(json.dumps(content, indent=1))
    else:
        for one in found:
            typer.echo(in_words(one))
    failing = [one for one in found if one.state == FAILS]
    if failing:
        said = "; ".join(f"{one.name}: {one.found}. {one.remedy}" for one in failing)
        raise ProgramError(f"{len(failing)} of {len(found)} checks fail. {said}")
    if not as_json:
        warned = sum(one.state == WARNING for one in found)
        typer.echo(
            f"BADGER Studio {__version__} is ready" + f", {warned} to look at." * bool(warned)
        )


def findings(port: int = PORT) -> list[Finding]:
    """All that is looked at, in the order in which it is told.

    Args:
        port: that the app would listen on.
    """
    bundle, models = bundle_dir(), models_dir() / MODEL
    return [
        python_finding(),
        *package_findings(ROOT / "requirements.txt"),
        import_finding(),
        bundle_finding(bundle),
        models_finding(models, bundle),
        predictions_finding(predictions_dir(), models, bundle),
        tables_finding(
            "drug sensitivity",
            response_dir(),
            "badger data build-response",
            "no such answers",
            LEARNT_OF_RESPONSE,
        ),
        tables_finding(
            "perturbation",
            perturbation_dir(),
            "badger data build-perturbation",
            "no answers on genetic perturbation",
            LEARNT_OF_PERTURBATION,
        ),
        parts_finding(ROOT),
        chromium_finding(),
        disk_finding(runs_dir()),
        memory_finding(),
        writing_finding(runs_dir()),
        port_finding(port),
    ]


def in_words(one: Finding) -> str:
    """A finding as one line, and a second one where there is something to do."""
    line = f"{one.state:<8} {one.name}: {one.found}"
    return f"{line}\n{'':<8} → {one.remedy}" if one.remedy else line
