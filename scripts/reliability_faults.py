"""Faults tried on real commands: kills, full disks, stops, bad places, dead workers and clusters.

Writes data/benchmark/reliability_faults.json; docs/RELIABILITY.md shows it. Ends with 1 where a
fault is not survived. The full disk is a mounted one, which needs root; without it those rows say
so and the suite's injected ones stand in for them (tests/faults). The record grows row by row. Half
an hour of one quiet core, most of it for the build of the data (--part leaves it out).
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import torch  # noqa: E402

import badger_core.cli.main  # noqa: E402, F401 - loaded once, before the commands are forked
from badger_core.files import write_whole  # noqa: E402
from tests.faults import (  # noqa: E402
    app,
    cluster_screen,
    disk,
    kills,
    places,
    pools,
    stops,
    together,
)
from tests.faults.cases import CASES, Case  # noqa: E402
from tests.faults.forked import inputs_in  # noqa: E402

TO = ROOT / "data" / "benchmark" / "reliability_faults.json"
SIGNATURES = 24_000
"""Of the made-up release: 24 MB a quarter of which is noted at a time."""
Rows = Iterator[dict]


class Bench:
    """Where faults are tried.

    Args:
        folder: empty.
        raw: folder of the raw data.
        times: kills of each command.
        seed: of their moments.
        part: only commands with one of these words, divided by commas.
        inputs: folder of inputs that are made already.
    """

    def __init__(
        self, folder: Path, raw: Path, times: int, seed: int, part: str, inputs: Path | None
    ) -> None:
        self.folder, self.times, self.seed = folder, times, seed
        self.inputs = inputs or inputs_in(folder / "in", raw, SIGNATURES)
        self.cases = [case for case in CASES if any(p in case.name for p in part.split(","))]
        self.mounts = disk.can_mount(kills.cleared(folder / "mount"))
        self._seconds: dict[str, float] = {}

    def place(self, *names: str) -> Path:
        """An empty folder."""
        return kills.cleared(self.folder / "-".join(names).replace(" ", "_"))

    def reference(self, case: Case) -> Path:
        """What an undisturbed run leaves, made once."""
        place = self.folder / f"whole-{case.name}".replace(" ", "_")
        if case.name not in self._seconds:
            self._seconds[case.name] = kills.whole_run(case, self.inputs, kills.cleared(place))
        return place

    def kill(self) -> Rows:
        """Kill -9 at random moments."""
        for case in self.cases:
            known = self.reference(case)
            place, seconds = self.place("kill", case.name), self._seconds[case.name]
            yield kills.killed_again_and_again(
                case, self.inputs, known, place, seconds, self.times, self.seed
            )

    def disk(self) -> Rows:
        """A disk that is full."""
        if not self.mounts:
            yield _untried("full disk", "a small disk cannot be mounted here: this needs root")
            return
        for case in self.cases:
            known = self.reference(case)
            yield disk.filled(case, self.inputs, known, self.place("disk", case.name))
        yield app.full_disk(self.place("disk", "app"))

    def stop(self) -> Rows:
        """Ctrl-C and SIGTERM."""
        for at, case in enumerate(self.cases):
            number = list(stops.SIGNALS)[at % 2]
            known = self.reference(case)
            yield stops.stopped(case, self.inputs, known, self.place("stop", case.name), number)

    def places(self) -> Rows:
        """Places that cannot be written, and one that two write to."""
        yield from places.refused(self.place("places"), self.mounts)
        yield from together.rows(self.inputs, self.place("together"))

    def workers(self) -> Rows:
        """Local worker processes that die."""
        yield from pools.rows(self.inputs, self.reference, self.place)

    def dask(self) -> Rows:
        """A Dask cluster that fails."""
        yield from cluster_screen.rows(self.place("dask"))


KINDS: dict[str, Callable[[Bench], Rows]] = {
    name: getattr(Bench, name) for name in ("kill", "disk", "stop", "places", "workers", "dask")
}


def main() -> None:
    """Try the faults and write what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[*KINDS], action="append", help="kind; may be repeated")
    parser.add_argument(
        "--part",
        default="",
        help="only commands with one of these (divided by commas) in their name",
    )
    parser.add_argument("--times", type=int, default=4, help="kills of each command")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--raw", type=Path, help="folder of the raw data")
    parser.add_argument("--inputs", type=Path, help="folder with bundle, release and raw, if made")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    given = parser.parse_args()
    torch.set_num_threads(1)
    raw = given.raw or Path(os.environ.get("BADGER_RAW_DATA") or ROOT.parent / "shared" / "data")
    kinds, part = given.only or [*KINDS], given.only or given.part
    told = json.loads(TO.read_text("utf-8"))["rows"] if part and TO.exists() else []
    rows: list[dict] = []
    survived = "nothing was tried"
    with tempfile.TemporaryDirectory(prefix="badger-faults-") as folder:
        bench = Bench(Path(folder), raw, given.times, given.seed, given.part, given.inputs)
        for kind in kinds:
            for row in KINDS[kind](bench):
                seen = row["seen"].replace(folder, "...")  # no path of this machine
                rows.append({"kind": kind, **row, "seen": seen})
                print(as_line(rows[-1]), file=sys.stderr, flush=True)
                survived = _write(told, rows, given.seed)
    print(json.dumps(rows, indent=1) if given.json else survived)
    if any(not row["survived"] for row in rows):
        sys.exit(1)


def _write(told: list[dict], rows: list[dict], seed: int) -> str:
    """Record the rows beside those of another run, as each comes; how many survived, in words."""
    made = {(row["kind"], row["where"], row["fault"]) for row in rows}
    kept = [row for row in told if (row["kind"], row["where"], row["fault"]) not in made]
    every = sorted(kept + rows, key=lambda row: [*KINDS].index(row["kind"]))
    tried = sum(row["tried"] for row in every)
    survived = sum(row["tried"] for row in every if row["survived"])
    content = {"seed": seed, "tried": tried, "survived": survived, "rows": every}
    write_whole(TO, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return f"{survived} of {tried} survived"


def as_line(row: dict) -> str:
    """A row for people."""
    became = "survived" if row["survived"] else f"NOT SURVIVED: {row['wrong']}"
    return f"{row['fault']}, {row['where']}: {row['tried']} tried, {became}. {row['seen']}"


def _untried(fault: str, why: str) -> dict:
    return {
        "fault": fault, "where": "", "tried": 0, "survived": True, "seen": why, "wrong": [],
    }  # fmt: skip


if __name__ == "__main__":
    main()
