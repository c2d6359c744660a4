"""`badger bench import`: the cost of a whole release, and docs/SCALE.md."""

import json
import os
import platform
import shutil
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from badger_core import __version__
from badger_core.benchmark.import_file import write_files
from badger_core.benchmark.import_speed import Imported, forget, time_import, time_training
from badger_core.cli import options
from badger_core.cli.bench_record import four_digits, load_average
from badger_core.data.bundle import Bundle
from badger_core.errors import ProgramError, SettingError
from badger_core.export.scale_page import scale_page
from badger_core.files import write_whole
from badger_core.paths import ROOT, benchmark_dir

FILE = "import_speed.json"
PAGE = ROOT / "docs" / "SCALE.md"
_BYTES = 978 * 6.5  # of a signature: the file and the bundle made of it
TRAIN_ROWS = 100_000
_GOALS = {"raw_ratio": 0.5, "peak_mb": 2000.0}


def bench_import(
    sizes: Annotated[str, typer.Option(help="Signatures, by commas.")] = (
        "10000,100000,700000,1000000"
    ),
    repeat: Annotated[int, typer.Option(help="Rounds; each time is the least of them.")] = 3,
    train: Annotated[bool, typer.Option(help="Also train two epochs on 100,000 rows.")] = True,
    change: Annotated[
        list[str] | None, typer.Option("--set", help="Setting of that run, such as hidden=64.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; some 7 GB for a million.")
    ] = None,
    bundle: options.BundleFolder = None,
    out: Annotated[Path | None, typer.Option(help="JSON to write.")] = None,
    page: Annotated[Path | None, typer.Option(help="Markdown to write.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Import files of these sizes beside a plain read of them; exits with 1 if a goal is missed."""
    if repeat < 1:
        raise SettingError(f"--repeat {repeat} measures nothing. Give 1 or more.")
    counts, opened = _counts(sizes), Bundle(bundle)
    load, rows, trained = load_average(), [], None
    with tempfile.TemporaryDirectory(prefix="badger-import-", dir=folder) as name:
        work = Path(name)
        _check_space(work, max(counts))
        for count in counts:
            files = write_files(work, opened, count)
            for path in files:
                forget(path)
            rows.append(time_import(files, work / "bundle", repeat))
            typer.echo(f"{count:,} signatures: {rows[-1].whole_s:.1f} s", err=True)
            if train and count == TRAIN_ROWS:
                trained = time_training(work / "bundle", work / "state", tuple(change or ()))
                typer.echo(f"two epochs: {trained['seconds']:.0f} s", err=True)
            shutil.rmtree(work / "bundle")
    record = {
        "app": __version__,
        "date": date.today().isoformat(),
        "machine": {
            "processors": os.cpu_count() or 1,
            "load_before": load,
            "load_after": load_average(),
            "system": platform.system(),
            "python": platform.python_version(),
            "h5py": version("h5py"),
        },
        "rounds": repeat,
        **_summary(rows[-1]),
        "sizes": [row._asdict() | _summary(row) for row in rows],
        "training": trained,
        "settings": list(change or ()),
    }
    record["goals"] = [
        {"name": name, "goal": goal, "value": record[name], "met": _met(name, record[name])}
        for name, goal in _GOALS.items()
    ]
    text = json.dumps(four_digits(record), indent=1)
    target, shown = out or benchmark_dir() / FILE, page or PAGE
    write_whole(target, text + "\n")
    write_whole(shown, scale_page(json.loads(text)))
    typer.echo(text if as_json else f"The figures are in {target} and {shown}.")
    missed = [
        f"{goal['name']} is {goal['value']:.3g}" for goal in record["goals"] if not goal["met"]
    ]
    if missed:
        raise ProgramError(f"Goals are missed: {'; '.join(missed)}. See {shown}.")


def _summary(row: Imported) -> dict[str, float]:
    return {
        "signatures_per_s": row.signatures / row.whole_s,
        "values_per_s": row.signatures / row.values_s,
        "raw_ratio": row.raw_ratio,
        "forgetting_ratio": row.forgetting_ratio,
        "cached_ratio": row.cached_ratio,
        "whole_ratio": row.whole_ratio,
        "peak_mb": row.peak_mb,
    }


def _met(name: str, value: float) -> bool:
    return value >= _GOALS[name] if name == "raw_ratio" else value <= _GOALS[name]


def _counts(text: str) -> list[int]:
    try:
        counts = sorted({int(part) for part in text.split(",") if part.strip()})
    except ValueError as error:
        raise SettingError(f"--sizes '{text}'? Write numbers as in '10000,100000'.") from error
    if not counts or counts[0] < 100:
        raise SettingError(f"--sizes '{text}'? Give numbers of at least 100 signatures.")
    return counts


def _check_space(folder: Path, count: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < count * _BYTES * 1.2:
        raise SettingError(
            f"{count:,} signatures take {count * _BYTES / 1e9:.1f} GB, and {free / 1e9:.1f} GB are "
            "left. Choose another place by --folder."
        )
