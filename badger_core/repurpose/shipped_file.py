"""The file of shipped predictions: a common basis and some lines, of which few may be read."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from badger_core import checked
from badger_core.data.build.write import write_npz
from badger_core.errors import SettingError
from badger_core.repurpose.compact import Compact, restored
from badger_core.repurpose.line_predictions import NUMBERS, WORDS, LinePredictions

_DOOR = checked.Door(
    SettingError,
    checked.restored("data/predictions", "make them again with 'badger ship-predictions'"),
)


def write_shipped(
    path: Path,
    basis: np.ndarray,
    words: Sequence[str],
    lines: Mapping[str, tuple[Compact, LinePredictions]],
) -> None:
    """Lines with the same compounds as one compressed npz; equal content gives equal bytes.

    Args:
        path: of the file.
        basis: (R, G) float16.
        words: every badge and domain that occurs, 256 at most.
        lines: name to its numbers, and to the rest of it (whose changes are not kept).
    """
    code = {word: at for at, word in enumerate(words)}
    first = next(iter(lines.values()))[1]
    arrays = {"basis": basis, "words": np.array(words), "ik14": first.ik14.astype("S14")}
    for name, (compact, rest) in lines.items():
        own = compact._asdict() | {field: getattr(rest, field) for field in NUMBERS}
        for field in WORDS:
            own[field] = np.array([code[word] for word in getattr(rest, field)], np.uint8)
        arrays |= {f"{name}.{field}": values for field, values in own.items()}
    write_npz(path, arrays)


class ShippedFile:
    """The arrays of a file, each unpacked when it is asked for.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def compounds(self) -> np.ndarray:
        """(S,) str, the ik14 of the compounds, sorted."""
        return self._arrays(["ik14"])["ik14"].astype(str)

    def line(self, name: str) -> LinePredictions:
        """One line.

        Raises:
            SettingError: the file is damaged or lacks the line.
        """
        fields = [f"{name}.{field}" for field in (*Compact._fields, *NUMBERS, *WORDS)]
        found = self._arrays(["basis", "words", "ik14", *fields])
        mean, coefficients, confidence, spread, *codes = (found[field] for field in fields)
        try:
            changes = restored(Compact(mean, coefficients), found["basis"])
            spoken = [found["words"][code] for code in codes]
        except (ValueError, IndexError, TypeError) as error:
            raise _DOOR.refuse(self.path, f"does not hold the line {name} whole") from error
        return LinePredictions(found["ik14"].astype(str), changes, confidence, spread, *spoken)

    def _arrays(self, names: Sequence[str]) -> dict[str, np.ndarray]:
        try:
            with np.load(self.path, allow_pickle=False) as file:
                return {name: file[name] for name in names}
        except MemoryError:
            raise
        except Exception as error:  # numpy and zipfile raise almost any kind for what is damaged
            raise _DOOR.refuse(self.path, "is missing or damaged") from error
