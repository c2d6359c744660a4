"""The long commands that faults are tried on: how they are started and what they leave."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults import running
from tests.faults.running import Ended


@dataclass(frozen=True)
class Case:
    """A command on small inputs.

    Attributes:
        name: of the row in the report.
        arguments: after `badger`; {out} and {runs} stand for folders, {in} for that of the inputs.
        leaves: patterns of files that it ends with, from the folder above {out} and {runs}.
        goes_on: what it says when it takes up earlier work; '' for one that begins anew.
        begun: what it says when the work begins that is kept; '' for at once.
        room: share of the place that a whole run takes on which it is first let run.
        says: words of its message when the disk is full.
    """

    name: str
    arguments: tuple[str, ...]
    leaves: tuple[str, ...]
    goes_on: str = ""
    begun: str = ""
    room: float = 0.5
    says: tuple[str, ...] = ("the disk is full", "It needs", "free in", "Make room")
    env: dict[str, str] = field(default_factory=dict)

    def start(self, inputs: Path, place: Path, said: str = "said") -> running.Running:
        """Start it; all that it writes lies below `place`, and beside it what it says."""
        folders = {"in": inputs, "out": place / "out", "runs": place / "runs"}
        arguments = [part.format(**folders) for part in self.arguments]
        env = {"BADGER_RUNS": str(place / "runs"), **self.env}
        return running.Running(arguments, place.parent / f"{place.name}.{said}", env)

    def finish(self, inputs: Path, place: Path) -> Ended:
        """Run it to its end."""
        ended = self.start(inputs, place).wait()
        assert ended is not None
        return ended

    def has_begun(self, run: running.Running) -> bool:
        """Whether a command under way has come to the work that is kept."""
        return not self.begun or re.search(self.begun, run.said()) is not None

    def went_on(self, ended: Ended) -> str:
        """What it said of earlier work; '' for nothing."""
        found = re.search(self.goes_on, ended.err + ended.out) if self.goes_on else None
        return found[0] if found else ""


_RELEASE = ("--gctx", "{in}/release/level5_synthetic_size.gctx", "--siginfo")
_RELEASE += ("{in}/release/siginfo_beta.txt", "--pertinfo", "{in}/release/compoundinfo_beta.txt")
_RELEASE += ("--geneinfo", "{in}/release/geneinfo_beta.txt")


def _case(name: str, command: str, leaves: str, **more: Any) -> Case:
    """A case whose command and patterns are divided by spaces; `_` stands for one inside a word."""
    words = [word.replace("_", " ") for word in command.split()]
    filled = [word.replace("{small}", "{in}/bundle") for word in words]
    return Case(name, tuple(filled), tuple(leaves.split()), **more)


CASES = (
    _case(
        "screen",
        "screen --cells A375 --limit 32 --chunk 2 --json --out {out}/s.parquet "
        "--work {runs}/screen",
        "out/s.parquet",
        goes_on=r'"chunks_reused": [1-9]\d*',
        begun="pairs, chunk",
    ),
    _case(
        "train",
        "train mlp --bundle {small} --end-fold 1 --device cpu --threads 1 --set epochs=12 "
        "--out {out}",
        "out/fold1.json out/fold1.safetensors",
        goes_on=r"going on after epoch \d+",
        begun="epoch 1/",
    ),
    _case(
        "benchmark",
        "benchmark --quick --bundle {small} --out {out}",
        "out/*.csv runs/**/knn.parquet runs/**/predictions.npz",
        goes_on=r"\d of 3 units were done before|going on after epoch \d+",
        begun="1 of 3 units done",
    ),
    _case(
        "report",
        "report --compound vemurafenib --cell A375 --out {out}/r.html --zip {out}/r.zip",
        "out/r.html out/r.zip",
        begun=r"\.\.\.",
    ),
    _case(
        "repurpose",
        "repurpose --disease melanoma --cells A375 --permutations 10 --out {out}/h.csv",
        "out/h.csv out/h.json",
        begun="permutations",
    ),
    _case(
        "response test",
        "response test --screen nci60 --split random --model line_mean --folds 5 --no-tables",
        "runs/response/**/*.npz",
        goes_on=r"\d of 5 units were done before",
        begun="1 of 5 units",
    ),
    _case(
        "perturbation test",
        "perturbation test --question no_effect --seeds 2 --epochs 4 --no-tables",
        "runs/perturbation/units/*.json",
        goes_on=r"\d of 2 units were done before|going on after epoch \d+",
        begun="epoch 1/",
    ),
    Case(
        "data import",
        ("data", "import", *_RELEASE, "--out", "{out}"),
        ("out/*",),
        goes_on=r"went on after [\d,]+ signatures",
        begun="values of",
        says=("left, and about", "are needed. Make room there"),
    ),
    _case("data build", "data build --raw {in}/raw --out {out}", "out/*", begun="splits"),
    Case(
        "data convert",
        ("data", "convert", "{in}/release/level5_synthetic_size.gctx", "{out}/c.gctx"),
        ("out/c.gctx",),
    ),
)
