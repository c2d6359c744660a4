"""`badger bench speed`: the forward pass against the literal one, and docs/FORWARD.md."""

import json
import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from badger_core import __version__
from badger_core.benchmark.speed import MAIN, race, race_compiled, race_linear
from badger_core.benchmark.speed_case import CASES, case_named
from badger_core.benchmark.speed_goals import goals_of
from badger_core.benchmark.speed_memory import peak_mb
from badger_core.cli import options
from badger_core.cli.bench_record import four_digits, load_average
from badger_core.cli.bench_screen import timed_screen
from badger_core.errors import ProgramError, SettingError
from badger_core.export.forward_page import forward_page
from badger_core.files import write_whole
from badger_core.paths import ROOT, benchmark_dir, models_dir

FILE = "forward_speed.json"
PAGE = ROOT / "docs" / "FORWARD.md"


def bench_speed(
    repeat: Annotated[int, typer.Option(help="Rounds; medians are taken over them.")] = 5,
    batches: Annotated[str, typer.Option(help="Batch sizes beside 8, divided by commas.")] = "1,32",
    compiled: Annotated[bool, typer.Option(help="Also with a compiled loop.")] = True,
    screen: Annotated[bool, typer.Option(help="Also a screen of the whole library.")] = True,
    models: options.ModelsFolder = None,
    bundle: options.BundleFolder = None,
    out: Annotated[Path | None, typer.Option(help="JSON to write.")] = None,
    page: Annotated[Path | None, typer.Option(help="Markdown to write.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Time the forward pass beside the literal one, compare their results and their memory.

    Exits with 1 where the results differ or a goal is missed.
    """
    if repeat < 1:
        raise SettingError(f"--repeat {repeat} measures nothing. Give 1 or more.")
    sizes = _sizes(batches)
    folder, load_before = models or models_dir() / "badger", load_average()
    cases = {name: case_named(name, folder, bundle, max(sizes)) for name in CASES}
    raced = {
        name: [_told(name, race(case, size, 1, repeat)) for size in sizes]
        for name, case in cases.items()
    }
    cores = os.cpu_count() or 1
    published = cases["published"]
    peaks = [peak_mb("published", ours, MAIN, folder, bundle) for ours in (True, False)]
    main = next(row for row in raced["published"] if row.batch == MAIN)
    record = {
        "app": __version__,
        "date": date.today().isoformat(),
        "machine": {
            "processors": cores,
            "load_before": load_before,
            "system": platform.system(),
            "python": platform.python_version(),
            "torch": version("torch"),
        },
        "rounds": repeat,
        "threads": main.threads,
        "batch": main.batch,
        **{
            name: value
            for name, value in main._asdict().items()
            if name not in ("batch", "threads")
        },
        "peak_mb": peaks[0],
        "reference_peak_mb": peaks[1],
        "memory_share": peaks[0] / peaks[1],
        "linear": race_linear(published, 2 * MAIN, repeat)._asdict(),
        "compiled": race_compiled(published, repeat)._asdict() if compiled else None,
        "published": [row._asdict() for row in raced["published"]],
        "shipped": [row._asdict() for row in raced["shipped"]],
        "all_threads": race(published, MAIN, cores, repeat)._asdict() if cores > 1 else None,
        "screen": timed_screen(models, bundle) if screen else None,
    }
    record["machine"]["load_after"] = load_average()
    goals = goals_of(record)
    record |= {"goals": [g._asdict() for g in goals], "met": all(g.met for g in goals)}
    text = json.dumps(four_digits(record), indent=1)
    target, shown = out or benchmark_dir() / FILE, page or PAGE
    write_whole(target, text + "\n")
    write_whole(shown, forward_page(json.loads(text)))
    typer.echo(text if as_json else f"The figures are in {target} and {shown}.")
    missed = "; ".join(f"{g.name}: {g.value:.4g}, the goal is {g.goal}" for g in goals if not g.met)
    if missed:
        raise ProgramError(f"Goals are missed. {missed}. See {shown}; a busy machine slows both.")


def _sizes(text: str) -> list[int]:
    try:
        sizes = {int(part) for part in text.split(",") if part.strip()} | {MAIN}
    except ValueError as error:
        raise SettingError(f"--batches '{text}'? Write numbers as in '1,32'.") from error
    if min(sizes) < 1:
        raise SettingError(f"--batches '{text}' holds a batch of nothing. Give 1 or more.")
    return sorted(sizes)


def _told(name: str, row: object) -> object:
    typer.echo(f"{name}, batch {row.batch}: {row.ratio:.2f} times the literal pass", err=True)
    return row
