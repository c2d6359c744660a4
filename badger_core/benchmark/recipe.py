"""The recipe that is frozen before test labels are opened: who is judged, and on which rows."""

from collections.abc import Mapping

from badger_core.data.bundle import Bundle
from badger_core.data.conditions import STRENGTH_KEPT


def recipe_of(
    bundle: Bundle, run: str, settings: Mapping[str, object], split: str, fold: int
) -> dict[str, object]:
    """What `data.sealed.freeze` writes down; the same recipe has the same hash everywhere.

    Args:
        bundle: the data.
        run: name of the run, the group or the plain predictor that is judged.
        settings: all of its settings by name.
        split: name of the split.
        fold: its tested fold.
    """
    return {
        "run": run,
        "settings": settings,
        "split": split,
        "fold": fold,
        "bundle": bundle.content_hash,
        "strength_kept": STRENGTH_KEPT,
    }
