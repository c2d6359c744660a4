"""Compared rankings in numbers: correlation, shared strongest genes, and by line or compound."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from badger_core.errors import SettingError
from badger_core.explain.compare import Comparison
from badger_core.explain.matching import spearman_matrix

TIE = 0.05
"""Two means of correlations nearer than this are called alike."""


class Leaning(NamedTuple):
    """Mean Spearman between rankings, by what they share; NaN where no two do.

    n counts pairs of rankings.
    """

    same_line: float
    n_same_line: int
    same_compound: float
    n_same_compound: int
    neither: float
    n_neither: int


def correlations(comparison: Comparison) -> np.ndarray:
    """(K, K) Spearman between the scores of any two rankings."""
    return spearman_matrix(comparison.scores, comparison.scores)


def leaning(comparison: Comparison) -> Leaning:
    """Whether rankings agree by line or by compound."""
    first, second = np.triu_indices(len(comparison), k=1)
    found = correlations(comparison)[first, second]
    line, compound = (comparison.pairs[name].to_numpy() for name in ("line", "ik14"))
    same_line, same_compound = line[first] == line[second], compound[first] == compound[second]
    parts = (same_line, same_compound, ~same_line & ~same_compound)
    values = []
    for part in parts:
        values += [float(found[part].mean()) if part.any() else float("nan"), int(part.sum())]
    return Leaning(*values)


def leaning_words(comparison: Comparison) -> str:
    """The structure of a comparison in sentences."""
    found = leaning(comparison)
    if len(comparison) < 2:
        return "There is one ranking: add a compound or a line to compare it with."
    if comparison.is_contrast:
        return _contrast_words(found)
    said = [
        f"{what} {value:.2f} (n = {n})"
        for what, value, n in (
            ("of the same line", found.same_line, found.n_same_line),
            ("of the same compound", found.same_compound, found.n_same_compound),
            ("of neither", found.neither, found.n_neither),
        )
        if n
    ]
    text = f"Mean Spearman between two rankings {', '.join(said)}."
    if not (found.n_same_line and found.n_same_compound):
        return text
    gap = found.same_line - found.same_compound
    if abs(gap) < TIE:
        return f"{text} Line and compound shape them about equally here."
    word = "line" if gap > 0 else "compound"
    return f"{text} Here the model leans on the {word}."


def _contrast_words(found: Leaning) -> str:
    start = "After taking away what the compared compounds share in each line"
    if not found.n_same_compound:
        return f"{start}, add a second line to see whether a compound's own part carries over."
    carries = "carries over between lines" if found.same_compound > 0.3 else "hardly carries over"
    return (
        f"{start}, rankings of the same compound in different lines agree to "
        f"{found.same_compound:.2f} (mean Spearman, n = {found.n_same_compound}): a "
        f"compound's own part {carries}. Within a line the parts sum to zero and oppose each other "
        "by construction."
    )


def tops(comparison: Comparison, count: int, direction: str) -> np.ndarray:
    """(K, G) bool: the `count` genes at the upper or lower end of each ranking.

    Raises:
        SettingError: for a count below 1 or above the number of genes, or another direction.
    """
    total = comparison.scores.shape[1]
    if not 1 <= count <= total:
        raise SettingError(f"Top {count} was asked for; give a number from 1 to {total}.")
    if direction not in ("up", "down"):
        raise SettingError(f"'{direction}' is no direction. Choose 'up' or 'down'.")
    ranks = comparison.ranks
    return ranks <= count if direction == "up" else ranks > total - count


def overlap_counts(is_top: np.ndarray) -> np.ndarray:
    """(K, K) genes that any two rankings have in common among their strongest; (K, G) bool in."""
    chosen = is_top.astype(int)
    return chosen @ chosen.T


def overlap_p(shared: np.ndarray, count: int, total: int) -> np.ndarray:
    """Chance of at least `shared` common genes between two random choices of `count` of `total`.

    The upper tail of the hypergeometric distribution. Genes move together, so that real choices
    are not random ones: it is too small, and good for an order.
    """
    return hypergeom.sf(np.asarray(shared) - 1, total, count, count)


def overlap_table(comparison: Comparison, count: int, direction: str) -> pd.DataFrame:
    """One row per two rankings, most shared first: shared, expected, p, Spearman."""
    shared = overlap_counts(tops(comparison, count, direction))
    total = comparison.scores.shape[1]
    first, second = np.triu_indices(len(comparison), k=1)
    labels = np.array(comparison.labels, object)
    table = pd.DataFrame(
        {
            "ranking": labels[first],
            "other": labels[second],
            "direction": direction,
            "top": count,
            "shared": shared[first, second],
            "expected": round(count * count / total, 2),
            "p": overlap_p(shared[first, second], count, total),
            "spearman": correlations(comparison)[first, second].round(4),
        }
    )
    return table.sort_values(["shared", "spearman"], ascending=False, kind="stable").reset_index(
        drop=True
    )


def shared_genes(comparison: Comparison, count: int, direction: str) -> pd.DataFrame:
    """Genes among the strongest of at least two rankings: symbol, entrez, n_rankings, in, mean."""
    is_top = tops(comparison, count, direction)
    number = is_top.sum(axis=0)
    labels = np.array(comparison.labels, object)
    table = comparison.genes.assign(
        n_rankings=number,
        mean_score=comparison.scores.mean(axis=0).round(6),
        rankings=["; ".join(labels[column]) for column in is_top.T],
    )
    table = table[table["n_rankings"] > 1]
    sign = -1 if direction == "up" else 1
    order = np.lexsort((sign * table["mean_score"], -table["n_rankings"]))
    return table.iloc[order].reset_index(drop=True)


def wide_table(comparison: Comparison, value: str = "score") -> pd.DataFrame:
    """One row per gene: symbol, entrez, a column per ranking, mean, sd, and the largest difference.

    Args:
        comparison: the rankings.
        value: score or rank.
    """
    if value not in ("score", "rank"):
        raise SettingError(f"'{value}' is no value of a ranking. Choose 'score' or 'rank'.")
    numbers = comparison.ranks if value == "rank" else comparison.scores.round(6)
    table = comparison.genes.copy()
    for label, row in zip(comparison.labels, numbers, strict=True):
        table[label] = row
    table["mean"] = numbers.mean(axis=0).round(4)
    table["sd"] = numbers.std(axis=0).round(4)
    table["range"] = np.ptp(numbers, axis=0).round(4)
    return table
