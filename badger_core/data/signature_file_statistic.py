"""Which column of a differential-expression table is the signed statistic, and in which words.

The test statistic is preferred because it weighs a change by its certainty; where a program writes
none that has a sign (edgeR's F and LR), sign(log fold change) x -log10 p says the same.
"""

from collections import Counter
from typing import NamedTuple

import numpy as np

from badger_core.errors import SignatureError
from badger_core.naming import fold, shown

_STATISTICS = ("stat", "t", "tstat", "tstatistic", "tvalue", "waldstat", "statistic", "z", "zscore")
_FOLDS = (
    "log2foldchange", "logfc", "log2fc", "lfc", "avglog2fc", "avglogfc",
    "logfoldchange", "logfoldchanges", "log2foldchanges",
)  # fmt: skip
_P = ("pvalue", "p", "pval", "pvals", "rawp")
_ADJUSTED = (
    "padj", "adjpval", "adjp", "adjpvalue", "pvaladj", "fdr", "qvalue", "qval", "pvalsadj"
)  # fmt: skip
_MOST_OUTSIDE = 0.1
"""Share of p-values outside 0 to 1 from which they are none."""
_SMALLEST_P = 1e-300


class Statistic(NamedTuple):
    """Signed numbers of a table.

    Attributes:
        values: (R,) numbers; NaN where the table has none.
        words: what they are, and why these.
    """

    values: np.ndarray
    words: str


def choose_statistic(
    titles: list[str], columns: np.ndarray, column: str | None, name: str
) -> Statistic:
    """The named column; else the statistic, the signed p, the log fold change or the only column.

    Args:
        titles: K titles of columns of numbers.
        columns: (R, K) numbers.
        column: title of the column to take, in any spelling.
        name: of the file, for messages.

    Raises:
        SignatureError: if no column is called so, several could be meant, or the p-values are
            none.
    """
    at: dict[str, int] = {}
    for place, title in enumerate(titles):
        at.setdefault(fold(title), place)
    count = Counter(map(fold, titles))

    def called(place: int) -> str:
        alike = count[fold(titles[place])]
        more = f" (the first of {alike} of that name)" if alike > 1 else ""
        return f"'{shown(titles[place], 40)}'{more}"

    if column is not None:
        return _named(titles, columns, column, name)
    change = _first(at, _FOLDS)
    statistic = _first(at, _STATISTICS)
    unsigned = ""
    if statistic is not None:
        values = columns[:, statistic]
        signed = bool((values < 0).any()) or change is None or not (columns[:, change] < 0).any()
        if signed:
            return Statistic(values, f"the column {called(statistic)} (a signed statistic)")
        unsigned = f"; {called(statistic)} has no sign"
    p = _first(at, _P)
    p = p if p is not None else _first(at, _ADJUSTED)
    if change is not None and p is not None:
        outside = _outside(columns[:, p], titles[p], name)
        values = signed_p(columns[:, change], columns[:, p])
        words = f"sign({called(change)}) x -log10({called(p)})"
        return Statistic(values, f"{words}, as there is no signed statistic{unsigned}{outside}")
    if change is not None:
        words = f"the column {called(change)} (there is no statistic and no p-value{unsigned})"
        return Statistic(columns[:, change], words)
    if len(titles) == 1:
        return Statistic(columns[:, 0], f"the only column of numbers, {called(0)}")
    raise SignatureError(
        f"'{name}' has {len(titles)} columns of numbers ({_listed(titles)}), and none is called as "
        "DESeq2, edgeR or limma call a signed statistic or log fold change. Name the column to "
        "take."
    )


def signed_p(change: np.ndarray, p: np.ndarray) -> np.ndarray:
    """(R,) sign(change) x -log10 p; NaN where either is missing or p is outside 0 to 1.

    p of 0, which is a p too small for the program that wrote it, counts as 1e-300.
    """
    fit = (p >= 0) & (p <= 1)
    size = -np.log10(np.clip(np.where(fit, p, 1.0), _SMALLEST_P, 1.0))
    return np.where(fit, np.sign(change) * size, np.nan)


def _outside(p: np.ndarray, title: str, name: str) -> str:
    """What is said of p-values outside 0 to 1.

    Raises:
        SignatureError: if most are.
    """
    known = p[~np.isnan(p)]
    outside = known[(known < 0) | (known > 1)]
    if not len(outside):
        return ""
    if len(outside) > _MOST_OUTSIDE * len(known):
        raise SignatureError(
            f"{len(outside):,} of {len(known):,} numbers of '{shown(title, 40)}' in '{name}' lie "
            f"outside 0 to 1 (such as {outside[0]:.4g}), so they are no p-values. Give p as it is, "
            "not as -log10 p or percent, or name the column to take."
        )
    return f"; {len(outside):,} p-values outside 0 to 1 (such as {outside[0]:.4g}) count as gaps"


def _named(titles: list[str], columns: np.ndarray, column: str, name: str) -> Statistic:
    exact = [place for place, title in enumerate(titles) if title == column]
    found = exact or [place for place, title in enumerate(titles) if fold(title) == fold(column)]
    if not found:
        raise SignatureError(
            f"'{name}' has no column of numbers '{shown(column, 60)}'. It has {_listed(titles)}."
        )
    more = f" (the first of {len(found)} of that name)" if len(found) > 1 else ""
    words = f"the column '{shown(titles[found[0]], 40)}'{more}, as chosen"
    return Statistic(columns[:, found[0]], words)


def _first(at: dict[str, int], names: tuple[str, ...]) -> int | None:
    return next((at[name] for name in names if name in at), None)


def _listed(titles: list[str]) -> str:
    more = f" and {len(titles) - 8} more" if len(titles) > 8 else ""
    return ", ".join(f"'{shown(title, 30)}'" for title in titles[:8]) + more
