"""How far to trust one prediction: what was learnt from held-out predictions like it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core import checked
from badger_core.errors import CheckpointError
from badger_core.evaluation.trust import Trust

FILE = "trust.json"
_DOOR = checked.Door(
    CheckpointError, checked.restored("data/models", "make it again with 'badger calibrate'")
)
SPLIT_OF = {
    "measured pair": "unseen-compound",
    "unseen pair": "unseen-compound",
    "unseen compound": "unseen-compound",
    "unseen line": "unseen-line",
    "unseen compound and line": "unseen-pair",
}
"""Badge to the split whose held-out predictions are most like it; for the first two, which were
seen in part or whole, that is a cautious choice."""


@dataclass(frozen=True, eq=False)
class Trusted:
    """What is said of one prediction.

    Attributes:
        split: whose held-out predictions it is compared with.
        confidence: expected share of the 50 strongest genes each way in the measured top 200.
        alike: how many held-out predictions were about as confident.
        domain: inside, edge or outside, by structure and by line.
        signs: what it rests on.
        up, down: (G,) chance of each gene to be in the measured top 200.
    """

    split: str
    confidence: float
    alike: int
    domain: dict[str, str]
    signs: dict[str, float]
    up: np.ndarray
    down: np.ndarray

    def record(self) -> dict:
        """For a manifest: everything but the chances of single genes, which are in the table."""
        rounded = {
            name: None if np.isnan(value) else round(value, 4) for name, value in self.signs.items()
        }
        return {
            "compared_with": self.split,
            "confidence": round(self.confidence, 4),
            "alike": self.alike,
            "domain": self.domain,
            "signs": rounded,
        }


def load_trust(folder: Path) -> dict[str, Trust] | None:
    """Split to what it taught; None where the models of a folder come without.

    Raises:
        CheckpointError: if the file is damaged.
    """
    path = folder / FILE
    if not path.exists():
        return None
    record = checked.card(path, _DOOR)
    try:
        return {split: Trust.from_dict(part) for split, part in record.items()}
    except Exception as error:  # what is no trust breaks anything
        raise _DOOR.refuse(path, "is damaged") from error


def trust_in(
    learnt: dict[str, Trust], badge: str, signs: pd.DataFrame, score: np.ndarray
) -> Trusted:
    """What the split of this badge says of one prediction.

    Args:
        learnt: by split.
        badge: of its familiarity.
        signs: (1, signs) mean over the members.
        score: (G,) predicted change.
    """
    split = SPLIT_OF[badge]
    trust = learnt[split]
    confidence = float(trust.confidence.predict(signs)[0])
    up, down = trust.of_genes(score, confidence)
    return Trusted(
        split=split,
        confidence=confidence,
        alike=int(trust.confidence.alike(signs)[0]),
        domain=trust.domain(signs),
        signs={name: float(value) for name, value in signs.iloc[0].items()},
        up=up,
        down=down,
    )
