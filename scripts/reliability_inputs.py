"""Bad input by the thousand: runs tests/hostile with many made-up inputs and counts what was tried.

Writes data/benchmark/reliability_inputs.json; docs/RELIABILITY.md shows it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TO = ROOT / "data" / "benchmark" / "reliability_inputs.json"
DONE = ROOT / "runs" / "reliability_inputs.json"


def main() -> None:
    """Run every file and write what it tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=1000, help="made up for each test")
    parser.add_argument("--only", default="", help="part of a file name, such as structures")
    parser.add_argument("--go-on", action="store_true", help="keep what a stopped run finished")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args()
    files = sorted(
        path for path in (ROOT / "tests" / "hostile").glob("test_*.py") if given.only in path.name
    )
    if not files:
        sys.exit(f"No file of tests/hostile has '{given.only}' in its name.")
    done = json.loads(DONE.read_text()) if given.go_on and DONE.exists() else {}
    rows: list[dict[str, object]] = []
    for at, path in enumerate(files, 1):
        print(f"{at} of {len(files)}: {path.name}", file=sys.stderr)
        key = f"{path.name} {given.examples}"
        done[key] = done.get(key) or tried(path, given.examples)
        rows += done[key]
        DONE.parent.mkdir(exist_ok=True)
        DONE.write_text(json.dumps(done))
    told = Counter()
    for row in rows:
        told.update({name: row[name] for name in ("accepted", "refused")})
    found = {"examples": given.examples, "inputs": sum(told.values()), **told, "rows": rows}
    if not given.only:
        TO.write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found) if given.json else as_text(found))


def tried(path: Path, examples: int) -> list[dict[str, object]]:
    """What one file of tests tried, a row for each kind of input; ends the program on a failure."""
    with tempfile.TemporaryDirectory() as folder:
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)],
            cwd=ROOT,
            env=os.environ
            | {"BADGER_HOSTILE_EXAMPLES": str(examples), "BADGER_HOSTILE_TALLY": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            sys.exit(f"{path.name} failed:\n{ended.stdout[-4000:]}{ended.stderr[-1000:]}")
        tallies = [json.loads(file.read_text()) for file in Path(folder).glob("*.json")]
    return [
        {"file": path.name, "kind": kind, **told, "peak_mb": round(content["peak_mb"])}
        for content in tallies  # none where a file counts no inputs
        for kind, told in sorted(content["kinds"].items())
    ]


def as_text(found: dict[str, object]) -> str:
    """The rows as lines."""
    lines = [
        f"{row['kind']:<40} {row['accepted']:>7,} read {row['refused']:>7,} refused  "
        f"slowest {row['slowest_s']:.1f} s"
        for row in found["rows"]
    ]
    return "\n".join([*lines, f"{found['inputs']:,} inputs"])


if __name__ == "__main__":
    main()
