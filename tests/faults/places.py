"""Places that cannot be written: a read-only disk, a folder for a file, a file for a folder."""

import subprocess
from pathlib import Path

from tests.faults import running
from tests.faults.disk import sentence, small_disk


def refused(place: Path, mounts: bool) -> list[dict]:
    """Ask for a report in each kind of bad place; rows of the report.

    Args:
        place: empty folder.
        mounts: whether a read-only disk can be had.
    """
    (place / "file").write_text("a file")
    (place / "folder.csv").mkdir()
    rows = [
        _row("output path is a folder", place / "folder.csv", "is a folder", place),
        _row("parent folder is a file", place / "file" / "r.csv", "is a file and no folder", place),
        _row("parent folder is missing", place / "none" / "of" / "it" / "r.csv", "", place),
    ]
    if mounts:
        disk = place / "disk"
        disk.mkdir()
        with small_disk(disk, "1m"):
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            rows.append(_row("read-only disk", disk / "r.csv", "read-only", place))
    return rows


def _row(fault: str, out: Path, says: str, place: Path) -> dict:
    """Each with a command that takes long and one that is quick; both must end at once."""
    wrong, seen = [], ""
    commands = {
        "screen": (
            "screen",
            "--cells",
            "A375",
            "--limit",
            "2",
            "--work",
            place / "w",
            "--out",
            out,
        ),
        "predict": ("predict", "--compound", "vemurafenib", "--cell", "A375", "--out", out),
    }
    for name, arguments in commands.items():
        ended = running.finish(arguments, place / "said")
        seen = sentence(ended)
        if (ended.code == 1) != bool(says) or says not in seen or "Traceback" in ended.err:
            wrong.append(f"{name}: {ended.code} {ended.err[-500:]}")
    return {
        "fault": fault,
        "where": " and ".join(commands),
        "tried": len(commands),
        "survived": not wrong,
        "seen": seen if says else "the folders are made",
        "wrong": wrong,
    }
