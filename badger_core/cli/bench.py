"""`badger bench`: how fast the app is on this machine, as multiples of what cannot be avoided."""

import json
import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from badger_core import __version__
from badger_core.cli.app_browser import chromium
from badger_core.cli.app_speed import measure, summarise
from badger_core.cli.bench_import import bench_import
from badger_core.cli.bench_record import load_average
from badger_core.cli.bench_repurposing import bench_repurposing
from badger_core.cli.bench_speed import bench_speed
from badger_core.errors import ProgramError, SettingError
from badger_core.export.speed_page import speed_page
from badger_core.files import write_whole
from badger_core.paths import ROOT, benchmark_dir

app = typer.Typer(help="Measure the speed of the app.", no_args_is_help=True)
_PACKAGES = ("streamlit", "torch", "rdkit", "playwright")
FILE = "app_speed.json"
PAGE = ROOT / "docs" / "SPEED.md"


@app.callback()
def bench() -> None:
    """Measure the speed of the app."""


app.command("import")(bench_import)
app.command("repurposing")(bench_repurposing)
app.command("speed")(bench_speed)


@app.command("app")
def bench_app(
    repeat: Annotated[int, typer.Option(help="Rounds; medians are taken over them.")] = 5,
    out: Annotated[Path | None, typer.Option(help="JSON to write.")] = None,
    page: Annotated[Path | None, typer.Option(help="Markdown to write.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Time cold start and warm prediction in a real Chromium, beside an empty page and the imports.

    Exits with 1 where a goal is missed.
    """
    if repeat < 1:
        raise SettingError(f"--repeat {repeat} measures nothing. Give 1 or more.")
    load_before = load_average()
    with chromium() as browser:
        machine = {
            "processors": os.cpu_count(),
            "load_before": load_before,
            "system": platform.system(),
            "python": platform.python_version(),
            "chromium": browser.version,
            **{name: version(name) for name in _PACKAGES},
        }
        rounds = measure(browser, repeat, lambda line: typer.echo(line, err=True))
    found = summarise(rounds)
    record = {
        "app": __version__,
        "date": date.today().isoformat(),
        "machine": machine,
        **found._asdict(),
        "goals": [goal._asdict() for goal in found.goals],
        "met": all(goal.met for goal in found.goals),
        "rounds": rounds,
    }
    text = json.dumps(_rounded(record), indent=1)
    target, shown = out or benchmark_dir() / FILE, page or PAGE
    write_whole(target, text + "\n")
    write_whole(shown, speed_page(json.loads(text)))
    typer.echo(text if as_json else f"The figures are in {target} and {shown}.")
    missed = [
        f"{goal.name} takes {goal.value:.2f} of the floor, and {goal.at_most} is the goal"
        for goal in found.goals
        if not goal.met
    ]
    if missed:
        raise ProgramError(f"Too slow: {'; '.join(missed)}. See {shown}.")


def _rounded(value: object) -> object:
    """Every number of seconds or ratio to the millisecond or thousandth."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list | tuple) else value
