"""The scores of a validation on disk, so that its tables can be made again in seconds."""

import json
from pathlib import Path

import numpy as np

from badger_core.data.build.write import write_npz
from badger_core.errors import SettingError
from badger_core.repurpose.connectivity import METHODS
from badger_core.repurpose.validate_scores import KINDS, Scores


def write_scores(path: Path, scores: Scores, source: dict) -> None:
    """Write them with what they were made from."""
    words = {"lines": scores.lines, "badges": scores.badges, "source": source}
    arrays = {"keys": scores.keys, "strength": scores.strength, "seen": scores.seen}
    arrays |= {f"predicted {method}": values for method, values in scores.predicted.items()}
    arrays |= {f"{kind} {method}": each for (kind, method), each in scores.measured.items()}
    write_npz(path, arrays | {"words": np.array(json.dumps(words, sort_keys=True))})


def read_scores(path: Path, source: dict) -> Scores:
    """Read them.

    Raises:
        SettingError: the file cannot be read, or its scores were made from something else.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
        words = json.loads(found["words"].item())
        scores = Scores(
            found["keys"],
            tuple(words["lines"]),
            {method: found[f"predicted {method}"] for method in METHODS},
            {(kind, method): found[f"{kind} {method}"] for kind in KINDS for method in METHODS},
            found["strength"],
            found["seen"],
            words["badges"],
        )
    except Exception as error:  # numpy and zipfile raise almost any kind for what is damaged
        raise SettingError(f"'{path}' holds no scores. Delete it and run again.") from error
    if words["source"] != source:
        raise SettingError(
            f"The scores in '{path}' were made from {words['source']}, and these are {source}. "
            "Delete the file, or name another one."
        )
    return scores
