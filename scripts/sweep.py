"""Compare training settings on validation groups: `python scripts/sweep.py --fold 1`.

Writes one row per setting and fold to data/benchmark/sweep.csv; a row that is there stays.
A fold's own test rows are never looked at.
"""

import argparse
import csv
import time
from pathlib import Path

import torch

from badger_core.data.bundle import Bundle
from badger_core.data.conditions import STRENGTH_KEPT
from badger_core.paths import ROOT, runs_dir
from badger_core.training.fit import device_named, fit
from badger_core.training.prepare import prepare
from badger_core.training.settings import changed, run_named

SETTINGS = (
    "kinds=numeric+pooled",
    "kinds=numeric+pooled decoder=dense gene_self_attention=true",
    "kinds=numeric",
    "kinds=numeric+pooled hidden=64",
    "kinds=numeric+pooled mse_weight=10",
    "kinds=numeric+pooled pathway_weight=0",
    "kinds=numeric+pooled decoder=dense",
    "kinds=numeric+pooled dropout=0.3",
    "kinds=numeric+pooled mse_weight=1",
    "kinds=numeric+pooled+gene_set",
)
COLUMNS = (
    "strength_kept",
    "setting",
    "fold",
    "ms_per_sample",
    "valid_score",
    "best_epoch",
    "epochs",
)
TABLE = ROOT / "data" / "benchmark" / "sweep.csv"


def main() -> None:
    """Run every setting that has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--device", default="auto")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    bundle = Bundle()
    for text in SETTINGS:
        if (str(STRENGTH_KEPT), text, str(arguments.fold)) not in finished(TABLE):
            append(TABLE, run(bundle, text, arguments.fold, arguments.epochs, arguments.device))


def run(bundle: Bundle, text: str, number: int, epochs: int, device: str) -> dict:
    """Train one setting on one fold and return its row."""
    settings = changed(run_named("badger"), [*text.split(), f"epochs={epochs}", "patience=3"])
    fold = prepare(bundle, settings.kinds, "unseen-compound", number)
    start = time.monotonic()
    state = runs_dir() / "sweep" / (text.replace(" ", "_") or "base") / f"fold{number}"
    _, progress = fit(
        fold.network(settings),
        fold.loader(fold.split.train),
        fold.validation(),
        settings,
        state,
        fold.content_hash(),
        device_named(device),
        lambda line: print(f"{time.monotonic() - start:5.0f} s  {text}: {line}", flush=True),
    )
    samples = len(fold.split.train) * progress.epoch
    return {
        "strength_kept": STRENGTH_KEPT,
        "setting": text,
        "fold": number,
        "ms_per_sample": round(1000 * progress.seconds / samples, 2),
        "valid_score": round(progress.best_score, 4),
        "best_epoch": progress.best_epoch,
        "epochs": progress.epoch,
    }


def finished(table: Path) -> set[tuple[str, str, str]]:
    """Strength kept, setting and fold of every row in the table."""
    if not table.exists():
        return set()
    with table.open(newline="", encoding="utf-8") as file:
        return {(r["strength_kept"], r["setting"], r["fold"]) for r in csv.DictReader(file)}


def append(table: Path, row: dict) -> None:
    """Add one row, with the header first in a new file."""
    table.parent.mkdir(parents=True, exist_ok=True)
    new = not table.exists()
    with table.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(row)


if __name__ == "__main__":
    main()
