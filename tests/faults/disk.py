"""A small disk: a tmpfs of its own that is too small for a command, until room is made on it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.alike import different, halves
from tests.faults.cases import Case
from tests.faults.running import Ended

PLENTY = "2g"
EARLIER = "an earlier result"


class SmallDisk:
    """A mounted tmpfs.

    Args:
        place: empty folder to mount it on.
    """

    def __init__(self, place: Path) -> None:
        self.place = place

    def resize(self, size: str) -> None:
        """Give it another size, such as 300k."""
        subprocess.run(["mount", "-o", f"remount,size={size}", self.place], check=True)


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[SmallDisk]:
    """Mount a tmpfs, which only root may."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "badger-faults", str(place)]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def can_mount(place: Path) -> bool:
    """Whether this process may mount a disk there."""
    try:
        with small_disk(place, "64k"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def filled(case: Case, inputs: Path, reference: Path, place: Path) -> dict:
    """Run a command on a disk that is too small, make room, and run it again; a row of the report.

    Args:
        case: the command.
        inputs: folder of its inputs.
        reference: what an undisturbed run left.
        place: empty folder to mount the disk on.
    """
    need = sum(p.stat().st_size for p in reference.rglob("*") if p.is_file())
    size = max(8, int(need * case.room) // 1024)
    wrong = []
    with small_disk(place, f"{size}k") as disk:
        (place / "out").mkdir()
        earlier = place / "out" / "earlier.txt"
        earlier.write_text(EARLIER)
        first = case.finish(inputs, place)
        said = sentence(first)
        if first.code != 1:
            wrong.append(f"it ended with {first.code}: {first.err[-500:]}")
        wrong += [f"{said!r} lacks '{word}'" for word in case.says if word not in said]
        if "Traceback" in first.err:
            wrong.append(first.err[-800:])
        if earlier.read_text() != EARLIER:
            wrong.append("the earlier file was lost")
        wrong += halves(place, reference)
        disk.resize(PLENTY)
        last = case.finish(inputs, place)
        if last.code:
            wrong.append(f"with room it ended with {last.code}: {last.err[-500:]}")
        earlier.unlink()
        wrong += different(place, reference, case.leaves)
        went_on = case.went_on(last)
    return {
        "fault": "full disk",
        "where": case.name,
        "tried": 1,
        "survived": not wrong,
        "seen": said + (f" Then: {went_on}." if went_on else ""),
        "wrong": wrong,
    }


def sentence(ended: Ended) -> str:
    """What the command said last, after its name."""
    lines = [line for line in ended.err.splitlines() if line.startswith("badger: ")]
    return lines[-1].removeprefix("badger: ") if lines else ended.err[-300:]
