"""What the forward pass should reach beside the literal one, and whether a record does."""

from typing import NamedTuple

RATIO, COMPILED_RATIO = 5.0, 8.0
MEMORY_SHARE = 0.6
DIFFERENCE = 1e-4


class Goal(NamedTuple):
    """One goal."""

    name: str
    goal: str  # in words
    value: float
    met: bool


def goals_of(record: dict) -> list[Goal]:
    """The goals on the published sizes at batch 8; that of the compiled pass only where it ran.

    Args:
        record: what `badger bench speed` measured.
    """
    compiled = record["compiled"]
    if compiled is None or compiled["ratio"] is None:
        compiled = None
    rows = [*record["published"], *record["shipped"], *filter(None, [record["all_threads"]])]
    rows += [compiled] if compiled else []
    rank = max(row["max_rank_change_top100"] for row in rows)
    difference = max(row["score_difference"] for row in rows)
    share, growth = record["memory_share"], record["linear"]["growth"]
    goals = [
        Goal("largest change of rank in the top 100", "0", rank, rank == 0),
        Goal("score difference", f"{DIFFERENCE:g} at most", difference, difference <= DIFFERENCE),
        Goal("pairs per second", f"{RATIO:g} times", record["ratio"], record["ratio"] >= RATIO),
        Goal("peak memory", f"{MEMORY_SHARE:g} times at most", share, share <= MEMORY_SHARE),
        Goal("time for twice the pairs", "1.5 to 2.5 times", growth, record["linear"]["linear"]),
    ]
    if compiled:
        ratio, words = compiled["ratio"], f"{COMPILED_RATIO:g} times"
        goals.append(Goal("pairs per second, compiled", words, ratio, ratio >= COMPILED_RATIO))
    return goals
