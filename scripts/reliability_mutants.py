"""Can the tests fail? Puts faults into metrics, splits and connectivity, and runs their tests.

Writes data/benchmark/reliability_mutants.json; docs/RELIABILITY.md shows it. Works on a copy of the
repository in a temporary folder. Ends with 1 if a fault goes unnoticed that
scripts/mutation/equivalent.json does not give a reason for. A fault that was noticed once is not
tried again until its function changes (runs/mutants.jsonl remembers), but with --anew: so a stopped
run goes on, and new tests are tried on what is left. Tests that are dropped need --anew.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

from mutation.cold import ARGUMENTS, load_libraries, outcome
from mutation.faults import FAULTS
from mutation.operators import EVERY, Mutant, mutants
from mutation.rooms import ROOMS
from mutation.warm import ELSEWHERE, KILLED, SURVIVED, TIMED_OUT, Warm

ROOT = Path(__file__).resolve().parent.parent
TO = ROOT / "data" / "benchmark" / "reliability_mutants.json"
NOTICED = ROOT / "runs" / "mutants.jsonl"
EQUIVALENT = ROOT / "scripts" / "mutation" / "equivalent.json"
_COPIED = ("badger_core", "tests", "pages", "scripts", "pyproject.toml", "app.py", "run.py")
_LINKED = ("data", "assets", "docs")


def main() -> int:
    """Try all faults, or some, and write what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="part of a path, such as evaluation/rows")
    parser.add_argument("--room", choices=ROOMS, help="one of the rooms alone")
    parser.add_argument("--sample", type=int, default=0, help="so many of the faults, drawn")
    parser.add_argument("--seed", type=int, default=0, help="of the draw")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--anew", action="store_true", help="also what was noticed before")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"  # before a fork imports numpy
    reasons = json.loads(EQUIVALENT.read_text())
    with tempfile.TemporaryDirectory() as folder:
        root = _copy(Path(folder))
        found: dict[Mutant, str] = {}
        for name in ROOMS:
            other = given.room not in (None, name)
            faults = [] if other else _faults(root, name, given)
            if faults:
                found |= _tried(root, name, faults, given)
    seeded = [
        {"name": m.text, "file": m.path, "became": became}
        for m, became in found.items()
        if m.function == EVERY
    ]
    found = {m: became for m, became in found.items() if m.function != EVERY}
    rows, open_ones = _rows(found, reasons)
    stale = sorted(set(reasons) - {m.key for m, became in found.items() if became == SURVIVED})
    told = {
        "mutants": len(found),
        **_totals(rows),
        "rows": rows,
        "seeded": seeded,
        "survived": [{"line": m.line, "key": m.key} for m in open_ones],
    }
    whole = not (given.only or given.sample or given.room)
    if whole:
        TO.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(told, ensure_ascii=False) if given.json else _as_text(told))
    if whole and stale:
        print("Not survivors any more:", *stale, sep="\n", file=sys.stderr)
    missed = [row for row in seeded if row["became"] != KILLED]
    return 1 if open_ones or missed or (whole and stale) else 0


def _copy(folder: Path) -> Path:
    for name in _COPIED:
        if (ROOT / name).is_dir():
            kept = shutil.ignore_patterns("__pycache__", "browser")
            shutil.copytree(ROOT / name, folder / name, ignore=kept)
        else:
            shutil.copy(ROOT / name, folder / name)
    for name in _LINKED:
        (folder / name).symlink_to(ROOT / name)
    return folder


def _faults(root: Path, room: str, given: argparse.Namespace) -> list[Mutant]:
    paths = sorted(path for pattern in ROOMS[room]["files"] for path in root.glob(pattern))
    names = [path.relative_to(root).as_posix() for path in paths]
    faults = [m for n in names if given.only in n for m in mutants(n, (root / n).read_text())]
    if 0 < given.sample < len(faults):
        kept = random.Random(given.seed).sample(range(len(faults)), given.sample)
        return [faults[at] for at in sorted(kept)]
    by_hand = [fault.mutant(root) for fault in FAULTS if fault.room == room]
    return [m for m in by_hand if given.only in m.path] + faults


def _tried(
    root: Path, name: str, faults: list[Mutant], given: argparse.Namespace
) -> dict[Mutant, str]:
    """Each fault in a process that has all loaded; what survives outside of functions anew."""
    found = {} if given.anew else {m: known for m in faults if (known := _known().get(_id(m)))}
    left = [m for m in faults if m not in found]
    if left:
        tests = ROOMS[name]["tests"]
        told, own = _warm(root, left, tests, given.jobs)
        if ELSEWHERE in told:
            load_libraries(root, tests)
        for fault, became in zip(left, told, strict=True):
            if became == ELSEWHERE:
                became, _ = outcome(root, own[fault.path] or tests, {fault.path: fault.code}, 300)
                _tell(fault, became)
            found[fault] = became
    print(f"{name}: {len(faults)} faults, {dict(Counter(found.values()))}", file=sys.stderr)
    return {fault: found[fault] for fault in faults}


def _id(fault: Mutant) -> str:
    return f"{fault.digest} {fault.key}"


@cache
def _known() -> dict[str, str]:
    """What was noticed before."""
    lines = NOTICED.read_text().splitlines() if NOTICED.exists() else []
    return dict(json.loads(line) for line in lines)


def _tell(fault: Mutant, became: str) -> None:
    """Remember what was noticed, and say what was not."""
    if became == KILLED:
        NOTICED.parent.mkdir(exist_ok=True)
        with NOTICED.open("a") as file:
            file.write(json.dumps([_id(fault), became]) + "\n")
    elif became == SURVIVED:
        print(f"survived: {fault.path}:{fault.line} {fault.text}", file=sys.stderr, flush=True)


def _warm(
    root: Path, faults: list[Mutant], tests: tuple[str, ...], jobs: int
) -> tuple[list[str], dict[str, list[str]]]:
    """What became of each fault, and the tests of each file, from a process of its own."""
    file = root / "warm.json"
    pid = os.fork()
    if not pid:
        status = 1
        try:
            import pytest

            os.chdir(root)
            sys.path.insert(0, str(root))
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            became: dict[int, str] = {}

            def tell(fault: Mutant, what: str) -> None:
                became[faults.index(fault)] = what
                _tell(fault, what)
                if len(became) % 100 == 0:
                    print(f"{len(became)} of {len(faults)}", file=sys.stderr, flush=True)

            plugin = Warm(root, faults, jobs, tell)
            pytest.main([*tests, *ARGUMENTS], plugins=[plugin])
            file.write_text(json.dumps([[became[at] for at in range(len(faults))], plugin.tests]))
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(pid, 0)[1]:
        sys.exit("The tests do not run without a fault.")
    return json.loads(file.read_text())


def _rows(
    found: dict[Mutant, str], reasons: dict[str, str]
) -> tuple[list[dict[str, object]], list[Mutant]]:
    """A row for each file, and the faults that went unnoticed without a reason."""
    rows, open_ones = [], []
    for path in sorted({fault.path for fault in found}):
        count: Counter[str] = Counter()
        for fault, became in found.items():
            if fault.path == path:
                known = became == SURVIVED and fault.key in reasons
                count["equivalent" if known else became] += 1
                open_ones += [fault] if became == SURVIVED and not known else []
        names = (KILLED, TIMED_OUT, SURVIVED, "equivalent")
        rows.append({"file": path, **{n: count[n] for n in names}, "score": _score(count)})
    return rows, open_ones


def _totals(rows: list[dict[str, object]]) -> dict[str, object]:
    count = Counter({n: sum(r[n] for r in rows) for n in (KILLED, TIMED_OUT, SURVIVED)})
    return {**count, "equivalent": sum(r["equivalent"] for r in rows), "score": _score(count)}


def _score(count: Counter[str]) -> float | None:
    """Share of the faults that are any, and were noticed."""
    noticed = count[KILLED] + count[TIMED_OUT]
    every = noticed + count[SURVIVED]
    return round(noticed / every, 4) if every else None


def _as_text(told: dict) -> str:
    lines = [
        f"{r['file']:<48} {r[KILLED]:>4} killed {r[TIMED_OUT]:>3} timed out {r[SURVIVED]:>3} "
        f"survived {r['equivalent']:>3} equivalent"
        for r in told["rows"]
        if r["score"] is not None
    ]
    caught = sum(r["became"] == KILLED for r in told["seeded"])
    lines.append(f"{told['mutants']} faults, score {told['score']}")
    lines.append(f"{caught} of {len(told['seeded'])} faults by hand noticed")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
