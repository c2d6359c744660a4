"""Which lines a folder of screens holds, whole or in part, without opening a network.

Beside the chunks of a screen lies `plan.json`, which names what its key is a hash of. A screen of
other models, data or compounds, or one of several lines, is none of those that are found.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from badger_core import __version__
from badger_core.files import write_whole

if TYPE_CHECKING:
    from badger_core.repurpose.library_file import Candidate
    from badger_core.repurpose.screen_plan import Plan  # loads torch

_NOTE = "plan.json"


class KeptScreen(NamedTuple):
    """What is kept of the screen of one line."""

    chunks: int
    of_chunks: int
    complete: bool  # the result is there as a whole


def note_plan(plan: "Plan", folder: Path) -> None:
    """Write what a screen is of beside its chunks.

    Raises:
        WriteError: the folder cannot be written.
    """
    compounds = plan.library.candidates
    said = {
        **_sign(plan.predictor.bundle.content_hash, plan.models, compounds),
        "lines": [line.name for line in plan.seen_lines],
        "chunks": plan.n_chunks,
    }
    write_whole(folder / _NOTE, json.dumps(said, indent=1))


def kept_screens(
    work: Path, bundle: str, models: str, compounds: "Sequence[Candidate]"
) -> dict[str, KeptScreen]:
    """Name of a line to what is kept of its screen; lines without a chunk are left out.

    Args:
        work: folder of screens, see `screened.screened`.
        bundle: content hash of the data.
        models: `model_files.models_hash`.
        compounds: that were screened.
    """
    wanted, found = _sign(bundle, models, compounds), {}
    for path in sorted(work.glob(f"*/{_NOTE}")):
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            same = all(said[name] == value for name, value in wanted.items())
            (line,), of = said["lines"], int(said["chunks"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        chunks = min(len(list(path.parent.glob("chunk-*.sha256"))), of)
        complete = path.parent.with_name(f"{path.parent.name}.parquet").exists()
        if same and (chunks or complete):
            found[line] = KeptScreen(chunks, of, complete)
    return found


def _sign(bundle: str, models: str, compounds: "Sequence[Candidate]") -> dict[str, str]:
    digest = sha256(json.dumps(list(compounds)).encode()).hexdigest()[:16]
    return {"app": __version__, "bundle": bundle, "models": models, "compounds": digest}
