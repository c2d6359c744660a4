"""Compare settings of badger on the choosing fold of unseen-compound: `python scripts/sweep.py`.

Writes one row per setting to data/benchmark/sweep.csv; a row that is there stays. What decides is
never tested; the tested folds only train here.
"""

import argparse
import csv
import io
import time
from pathlib import Path

import torch
from torch import nn

from badger_core.data.bundle import Bundle
from badger_core.data.splits import CHOOSING
from badger_core.evaluation.evaluate import score_conditions, selection_score
from badger_core.files import write_whole
from badger_core.paths import benchmark_dir, runs_dir
from badger_core.training.expression import Validation
from badger_core.training.fit import device_named
from badger_core.training.prepare import prepare
from badger_core.training.run import fit_fold
from badger_core.training.settings import changed, run_named

UNTAUGHT = "taught=0 smoothing=0"
SETTINGS = (
    "",
    f"{UNTAUGHT}",
    f"{UNTAUGHT} dropout=0.5 learning_rate=5e-4",
    "taught=0",
    "smoothing=0",
    "hidden=64",
    "heads=1",
    "pathway_weight=0",
    "decoder=dense",
    "kinds=numeric",
    "kinds=numeric+pooled+gene_set",
)
COLUMNS = ("setting", "pairs", "ms_per_sample", "badger", "cascade", "kernel", "epochs")
"""Scores are chance-corrected NDCG@100, mean of up and down, over line x compound pairs."""
TABLE = benchmark_dir() / "sweep.csv"


def main() -> None:
    """Run every setting that has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="auto")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    bundle = Bundle()
    for text in SETTINGS:
        if text not in finished(TABLE):
            append(TABLE, run(bundle, text, arguments.device))


def run(bundle: Bundle, text: str, device: str) -> dict:
    """Train one setting on the choosing fold; the row of its best epoch."""
    settings = changed(run_named("badger"), [*text.split(), "patience=99"])
    fold = prepare(bundle, settings.kinds, "unseen-compound", CHOOSING)
    start = time.monotonic()
    state = runs_dir() / "sweep" / (text.replace(" ", "_") or "base")
    model, progress, lesson = fit_fold(
        fold,
        settings,
        state,
        device_named(device),
        lambda line: print(f"{time.monotonic() - start:5.0f} s  {text}: {line}", flush=True),
    )
    valid = fold.validation(knowledge=lesson.knowledge)
    return {
        "setting": text,
        "pairs": len(lesson.rows),
        "ms_per_sample": round(1000 * progress.seconds / len(lesson.rows) / progress.epoch, 2),
        **{name: round(score, 4) for name, score in scores(model, valid).items()},
        "epochs": progress.epoch,
    }


def scores(model: nn.Module, valid: Validation) -> dict[str, float]:
    """Score of the whole and of each part."""
    with torch.inference_mode():
        outputs = [model(batch) for batch in valid.loader.ordered(64)]
    found = {"badger": [output.change for output in outputs]}
    found |= {name: [output.parts[name] for output in outputs] for name in outputs[0].parts}
    return {
        name: selection_score(score_conditions(valid.change, torch.cat(p).numpy()), valid.table)
        for name, p in found.items()
    }


def finished(table: Path) -> set[str]:
    """Settings that have a row in the table."""
    if not table.exists():
        return set()
    with table.open(newline="", encoding="utf-8") as file:
        return {row["setting"] for row in csv.DictReader(file)}


def append(table: Path, row: dict) -> None:
    """Add one row, with the header first in a new file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    if table.exists():
        text.write(table.read_text(encoding="utf-8"))
    else:
        writer.writeheader()
    writer.writerow(row)
    write_whole(table, text.getvalue())


if __name__ == "__main__":
    main()
