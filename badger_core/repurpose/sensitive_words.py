"""Whether a compound of a list is predicted to kill its lines, in words alone."""

from collections.abc import Mapping

YES, NO, UNKNOWN = "yes", "no", "unknown"


def sensitivity_fact(row: Mapping[str, object]) -> list[tuple[str, str]]:
    """Name and words for the card of a compound; none where the list does not have the column.

    Args:
        row: of a list of hypotheses.
    """
    word = row.get("sensitive")
    if not word:
        return []
    if word == UNKNOWN:
        return [("Kills the lines", "unknown: unlike every tested drug")]
    place, auc = float(row["sensitive_percentile"]), float(row["sensitive_auc"])
    said = f"{word}: more than {place:.0f}% of the compounds do (predicted AUC {auc:.1f})"
    return [("Kills the lines", said)]
