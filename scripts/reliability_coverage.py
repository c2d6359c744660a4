"""How much of each room the tests run: the suite without its slow and raw tests, under coverage.

Writes data/benchmark/reliability_coverage.json; docs/RELIABILITY.md shows it. Arguments that follow
go to pytest, such as tests/evaluation; then nothing is written.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TO = ROOT / "data" / "benchmark" / "reliability_coverage.json"
LOW = 80.0
"""Percent below which a module is named."""
_PARTS = {
    "statements": "num_statements",
    "covered": "covered_lines",
    "branches": "num_branches",
    "branches_covered": "covered_branches",
}


def main() -> int:
    """Run the tests and write the figures; the exit status is that of the tests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given, more = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        status = _run(report, more)
        if not report.exists():
            return status or 1
        found = summary(json.loads(report.read_text())["files"])
    if not more and not status:
        TO.write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found) if given.json else _as_text(found))
    return status


def summary(files: dict[str, dict]) -> dict[str, object]:
    """Rooms, the whole, and the modules below LOW.

    Args:
        files: path to coverage's own record of it.
    """
    count: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_PARTS, 0))
    low = []
    for path, record in sorted(files.items()):
        parts = Path(path).parts
        room = parts[1] if len(parts) > 2 else "the lowest floor"
        for name in (room, "all"):
            for ours, theirs in _PARTS.items():
                count[name][ours] += record["summary"][theirs]
        percent = record["summary"]["percent_covered"]
        if percent < LOW:
            low.append({"file": Path(path).as_posix(), "percent": round(percent, 1)})
    rows = [{"room": name, **own, "percent": _percent(own)} for name, own in sorted(count.items())]
    return {
        "all": next((row for row in rows if row["room"] == "all"), None),
        "rooms": [row for row in rows if row["room"] != "all"],
        "below": LOW,
        "modules_below": sorted(low, key=lambda each: each["percent"]),
    }


def _percent(own: dict[str, int]) -> float:
    """Of statements and branches together, as coverage counts them."""
    of = own["statements"] + own["branches"]
    return round(100 * (own["covered"] + own["branches_covered"]) / of, 1) if of else 100.0


def _run(report: Path, more: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "--cov", f"--cov-report=json:{report}"]
    command += ["-m", "not browser and not slow and not raw", "-p", "no:cacheprovider"]
    command += more or ["-n", "auto"]
    environment = os.environ | {
        "OMP_NUM_THREADS": "1",
        "COVERAGE_FILE": str(report.with_suffix(".parts")),
    }
    told = subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr, check=False)
    return told.returncode


def _as_text(found: dict) -> str:
    lines = [
        f"{row['room']:<18} {row['covered']:>6,} of {row['statements']:>6,} statements  "
        f"{row['branches_covered']:>5,} of {row['branches']:>5,} branches  {row['percent']:5.1f}%"
        for row in [*found["rooms"], found["all"]]
        if row
    ]
    lines += [f"below {LOW:.0f}%: {m['file']} {m['percent']}%" for m in found["modules_below"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
