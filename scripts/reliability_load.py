"""Many visitors at a time through real WebSockets, every answer checked beside the library.

python scripts/reliability_load.py [--visitors 25] [--minutes 5] [--port 8651] [--seed 0] [--json]

Starts the app with a fresh folder of runs and lets visitors come: one alone; a crowd; the crowd
while somebody has the library screened and others wait for the same; one alone during such a
screen. Whole runs (--minutes 5 and more) are written to data/benchmark/reliability_load.json. Ends
with status 1 where anything was wrong. Needs Linux; takes about twice the minutes and 4 more.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from badger_core.cli.app_server import served
from badger_core.cli.bench_record import four_digits, load_average
from badger_core.data.bundle import Bundle
from badger_core.paths import ROOT
from scripts.load import figures, judge, phases
from scripts.load.questions import Questions
from scripts.load.server import Watch, process_of
from scripts.load.trial import Trial

TO = ROOT / "data" / "benchmark" / "reliability_load.json"
_WHOLE_MINUTES = 5
_STRANGE = ("Traceback", "Incident", "ERROR")


def main(argv: list[str]) -> int:
    """Run the trial and tell; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=25, help="that come at a time")
    parser.add_argument("--minutes", type=float, default=5, help="that the crowd stays")
    parser.add_argument("--port", type=int, default=0, help="of the app; any free one without")
    parser.add_argument("--seed", type=int, default=0, help="of what visitors ask and do")
    parser.add_argument("--think", type=float, nargs=2, default=(1, 3), help="seconds of reading")
    parser.add_argument("--alone", type=int, default=40, help="predictions of a single visitor")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    asked = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the app is ended too
    found = tried(asked)
    if asked.minutes >= _WHOLE_MINUTES:
        TO.write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found) if asked.json else as_text(found))
    return 0 if found["ok"] else 1


def tried(asked: argparse.Namespace) -> dict:
    """The trial and its figures."""
    bundle, begun, load = Bundle(), time.monotonic(), load_average()
    questions = Questions(bundle, asked.seed)
    with tempfile.TemporaryDirectory() as runs:
        os.environ["BADGER_RUNS"] = runs
        with served(port=asked.port) as server:
            trial = Trial(server.url, questions, asked.seed, tuple(asked.think))
            process = process_of(int(server.url.rsplit(":", 1)[1]))
            watch = Watch(process, trial.count, lambda: trial.phase)
            watch.start()
            try:
                screens = asyncio.run(phases.all_of(trial, asked, phases.not_ready(bundle)))
            finally:
                watch.end()
            log = server.said()
    if any(word in log for word in _STRANGE):
        trial.wrong(f"the server's log: {log[-500:]}")
    print(f"{trial.count()} answers are compared with the library's ...", file=sys.stderr)
    verdicts = judge.judge(trial.answers, bundle)
    told = {name: figures.waits(trial.visits, name) for name in phases.ALL}
    found = {
        "visitors": asked.visitors,
        "minutes": asked.minutes,
        "think_s": list(asked.think),
        "seed": asked.seed,
        "phases": told,
        "ratio_crowd_to_alone": figures.ratios(told[phases.CROWD], told[phases.ALONE]),
        "ratio_screen_to_none": {
            "crowd": figures.ratios(told[phases.CROWD_SCREEN], told[phases.CROWD]),
            "alone": figures.ratios(told[phases.ALONE_SCREEN], told[phases.ALONE]),
        },
        "processor": {name: figures.processor(watch.samples, name) for name in phases.ALL},
        "pages": {name: figures.by_page(trial.visits, name) for name in phases.ALL},
        "answers": {"checked": trial.count(), **verdicts.count, "examples": verdicts.examples},
        **figures.counts(trial),
        "memory": figures.memory(watch.samples, phases.CROWD, phases.AFTER),
        "screens": screens,
        "machine": {
            "processors": os.cpu_count(),
            "load_before": load,
            "system": platform.system(),
            "python": platform.python_version(),
        },
        "seconds": time.monotonic() - begun,
    }
    wrong = verdicts.count[judge.WRONG] + verdicts.count[judge.CROSSED]
    found["ok"] = not (wrong or trial.errors or trial.misnamed) and trial.count() > 0
    return four_digits(found)


def as_text(found: dict) -> str:
    """The figures in a few lines."""
    lines = [
        f"{name:<28} {part['n']:>5} predictions, p50 {part['p50']:.2f} s, p95 {part['p95']:.2f} s"
        for name, part in found["phases"].items()
        if part["n"]
    ]
    memory, ratio = found["memory"], found["ratio_crowd_to_alone"]
    per_minute, per_1000 = memory["mb_per_minute"], memory["mb_per_1000_predictions"]
    return "\n".join(
        [
            *lines,
            f"{found['visitors']} visitors to one: {ratio}",
            f"with a screen to without: {found['ratio_screen_to_none']}",
            f"answers: {found['answers']}",
            f"errors {found['errors']}: {found['error_examples']}",
            f"of another question {found['pages_of_another_question']}: "
            f"{found['misnamed_examples']}",
            f"memory {memory['before_crowd_mb']:.0f} to {memory['end_of_crowd_mb']:.0f} MB, after "
            f"all left {memory['after_all_left_mb']} MB; MB a minute {per_minute}; MB per 1,000 "
            f"predictions {per_1000}",
            f"processor: {found['processor']}",
            f"screens: {found['screens']}",
            "held" if found["ok"] else "NOT held",
        ]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
