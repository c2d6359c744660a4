"""Writes docs/RELIABILITY.md: the words of docs/reliability, the figures of the records."""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from badger_core.files import write_whole

ROOT = Path(__file__).resolve().parent.parent
TO = ROOT / "docs" / "RELIABILITY.md"
WORDS = ROOT / "docs" / "reliability"
RECORDS = ROOT / "data" / "benchmark"


def main() -> int:
    """Write the page; 1 where `--check` finds another one, 2 where a record is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether it is up to date")
    check = parser.parse_args().check
    try:
        text = page()
    except FileNotFoundError as error:
        print(f"{error.filename} is missing: run the command that makes it.", file=sys.stderr)
        return 2
    if not check:
        write_whole(TO, text)
    elif not TO.exists() or TO.read_text(encoding="utf-8") != text:
        print(f"{TO.name} differs from the records: run this without --check.", file=sys.stderr)
        return 1
    return 0


def page() -> str:
    """The whole page.

    Raises:
        FileNotFoundError: a record was not made.
    """
    parts = {f.__name__: f(_record(f.__name__)) for f in (inputs, faults, load, mutants, coverage)}
    words = (WORDS / "page.md").read_text(encoding="utf-8")
    defects = (WORDS / "defects.md").read_text(encoding="utf-8").strip()
    return words.format(**parts, defects=defects)


def inputs(found: dict) -> dict:
    """What was tried of each kind."""
    kinds: dict[str, list[dict]] = defaultdict(list)
    for row in found["rows"]:
        kinds[row["kind"]].append(row)
    rows = [
        (
            kind,
            f"{sum(row['accepted'] for row in part):,}",
            f"{sum(row['refused'] for row in part):,}",
            f"{max(row['slowest_s'] for row in part):.1f}",
        )
        for kind, part in sorted(kinds.items(), key=lambda item: item[0].lower())
    ]
    head = ("kind", "answered", "refused", "slowest, s")
    return found | {"kinds": len(kinds), "table": _table(head, rows)}


def faults(found: dict) -> dict:
    """What was done to running commands, and what became of them."""
    rows = [(r["fault"], r["where"], r["tried"], _became(r), r["seen"]) for r in found["rows"]]
    return found | {"table": _table(("fault", "where", "tried", "survived", "seen"), rows)}


def load(found: dict) -> dict:
    """How long visitors wait, as ratios; the memory; whether anything was wrong."""
    alone, memory = found["phases"]["alone"], found["memory"]
    rows = [
        (
            *(name, part["n"]),
            *(f"{part[p] / alone[p]:.2f}" for p in ("p50", "p95")),
            *(f"{part[p]:.2f}" for p in ("p50", "p95")),
        )
        for name, part in found["phases"].items()
        if part["n"]
    ]
    head = ("phase", "predictions", "p50, ratio", "p95, ratio", "p50, s", "p95, s")
    crowd = found["processor"]["crowd"]
    return {
        "visitors": found["visitors"],
        "minutes": found["minutes"],
        "processors": found["machine"]["processors"],
        "think": "{:g} to {:g}".format(*found["think_s"]),
        "table": _table(head, rows),
        **{name: found["answers"][name] for name in ("checked", "wrong", "crossed")},
        "errors": found["errors"] + found["pages_of_another_question"],
        "spent": crowd["seconds_per_prediction"],
        "per_second": crowd["predictions_per_second"],
        "busy": crowd["busy_processors"],
        "warm": memory["warm_mb"],
        "end": memory["end_of_crowd_mb"],
        "most": memory["most_mb"],
        "left": memory["after_all_left_mb"],
        "per_minute": _slope(memory["mb_per_minute"], "MB a minute"),
        "per_1000": _slope(memory["mb_per_1000_predictions"], "MB per 1,000 predictions"),
        "places": ", ".join(found["screens"]["places"]) or "nobody had to",
    }


def mutants(found: dict) -> dict:
    """Whether the tests of metrics, splits and connectivity can fail."""
    names = ("killed", "timed out", "equivalent", "survived")
    rows = [
        (f"`{row['file'].removeprefix('badger_core/')}`", *(row[name] for name in names))
        for row in found["rows"]
    ]
    head = ("module", "noticed", "without end", "no difference", "not noticed")
    return found | {
        "score": f"{100 * found['score']:.1f}",
        "open": len(found["survived"]),
        "table": _table(head, rows),
        "thought_up": len(found["seeded"]),
        "caught": sum(row["became"] == "killed" for row in found["seeded"]),
        "names": "; ".join(row["name"] for row in found["seeded"]),
    }


def coverage(found: dict) -> dict:
    """What the fast suite runs through."""
    rows = [(row["room"], f"{row['statements']:,}", row["percent"]) for row in found["rooms"]]
    low = ", ".join(f"`{row['file']}` ({row['percent']})" for row in found["modules_below"])
    return {
        "percent": found["all"]["percent"],
        "below": found["below"],
        "low": low or "none",
        "table": _table(("room", "statements", "covered, %"), rows),
    }


def _record(name: str) -> dict:
    return json.loads((RECORDS / f"reliability_{name}.json").read_text(encoding="utf-8"))


def _became(row: dict) -> str:
    if not row["tried"]:
        return "not tried"
    return "yes" if row["survived"] else "**no**"


def _slope(found: dict, unit: str) -> str:
    """A slope with its interval, in words."""
    if found["slope"] is None:
        return f"too short for a slope in {unit}"
    return f"{found['slope']:+.1f} {unit} [{found['low']:+.1f}, {found['high']:+.1f}]"


def _table(head: tuple, rows: list[tuple]) -> str:
    """A table in Markdown; bars in texts are escaped."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


if __name__ == "__main__":
    sys.exit(main())
