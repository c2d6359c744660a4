"""Two processes that write to the same place at the same time."""

from pathlib import Path

from tests.faults import running
from tests.faults.alike import halves
from tests.faults.cases import CASES


def rows(inputs: Path, place: Path) -> list[dict]:
    """A file, where the last one wins whole, and unfinished work, which one of the two holds."""
    return [_same_file(place / "file"), _same_work(inputs, place / "work")]


def _same_file(place: Path) -> dict:
    out = place / "r.csv"
    asked = [["predict", "--compound", c, "--cell", "A375"] for c in ("vemurafenib", "imatinib")]
    alone = []
    for number, arguments in enumerate(asked):
        running.finish([*arguments, "--out", place / f"{number}.csv"], place / "said")
        alone.append((place / f"{number}.csv").read_bytes())
    both = [
        running.Running([*arguments, "--out", out], place / f"said{number}")
        for number, arguments in enumerate(asked)
    ]
    ended = [one.wait() for one in both]
    wrong = [one.err[-300:] for one in ended if one is None or one.code]
    wrong += [] if out.read_bytes() in alone else ["the file is of neither"]
    return _row("predict", "the last one wins, whole", wrong)


def _same_work(inputs: Path, place: Path) -> dict:
    case = next(case for case in CASES if case.name == "train")
    both = [case.start(inputs, place, said) for said in ("first", "second")]
    ended = [one.wait() for one in both]
    codes = sorted(one.code for one in ended if one is not None)
    said = [one.err.splitlines()[-1] for one in ended if one is not None and one.code]
    wrong = halves(place, place)
    if codes not in ([0, 1], [0, 0]):  # the other one may have come when the first was done
        wrong.append(f"they ended with {codes}: {said}")
    if codes == [0, 1] and "Another process is at work" not in said[0]:
        wrong.append(said[0])
    seen = said[0].removeprefix("badger: ") if said else "one after the other"
    return _row("train", seen, wrong)


def _row(where: str, seen: str, wrong: list[str]) -> dict:
    return {
        "fault": "two processes write to one place",
        "where": where,
        "tried": 1,
        "survived": not wrong,
        "seen": seen,
        "wrong": wrong,
    }
