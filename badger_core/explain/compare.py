"""Several rankings side by side: the same genes in the same order, and what is the drug's own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from badger_core.cells.catalogue import CellLine
from badger_core.errors import SettingError
from badger_core.predict.ask import Asked
from badger_core.predict.ranking import Ranking

MOST = 36
"""Rankings of one comparison: what a matrix can still show and a person will wait for."""

Question = tuple[Asked, CellLine]
Ask = Callable[[Asked, CellLine], Ranking]
"""One question to its ranking: `Predictor.rank`, or a remembered one."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """K rankings of the same G genes.

    Attributes:
        questions: K, compound and line of each.
        pairs: K rows; columns pair (a label that occurs once), compound, cell, ik14, line
            (the name by which it is asked).
        genes: G rows by symbol; columns symbol, entrez.
        scores: (K, G) predicted change.
        manifests: K, of the rankings, in the order of `pairs`.
        is_contrast: whether `scores` are what remains after the mean of each line.
    """

    questions: tuple[Question, ...]
    pairs: pd.DataFrame
    genes: pd.DataFrame
    scores: np.ndarray
    manifests: tuple[dict, ...]
    is_contrast: bool = False

    @property
    def ranks(self) -> np.ndarray:
        """(K, G) 1 for the gene that goes up most; equal scores keep the order of `genes`."""
        return rankdata(-self.scores, axis=1, method="ordinal").astype(int)

    @property
    def labels(self) -> list[str]:
        """K labels of the pairs."""
        return self.pairs["pair"].tolist()

    def ranking(self, number: int) -> pd.DataFrame:
        """One of the K: columns symbol, entrez, rank and score, by rank."""
        table = self.genes.assign(rank=self.ranks[number], score=self.scores[number])
        return table.sort_values("rank", ignore_index=True)

    def __len__(self) -> int:
        return len(self.pairs)


def compounds_that_fit(n_compounds: int, n_cells: int) -> int:
    """How many of the compounds can be compared in all of the lines, at least one."""
    return min(n_compounds, max(MOST // max(n_cells, 1), 1))


def ask_all(
    ask: Ask,
    compounds: Sequence[Asked],
    lines: Sequence[CellLine],
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Comparison:
    """Every compound in every line; a structure or a line that stands twice counts once.

    Args:
        ask: gives the ranking of one pair.
        compounds: in the order to be shown.
        lines: in the order to be shown.
        tell: told how many of how many rankings are done.

    Raises:
        SettingError: if there is nothing to compare, or more than `MOST` rankings.
    """
    first: dict[str, Asked] = {}
    for asked in compounds:
        first.setdefault(asked.molecule.ik14, asked)
    structures = list(first.values())
    places = list({line.name: line for line in lines}.values())
    total = len(structures) * len(places)
    if total > MOST:
        raise SettingError(
            f"{len(structures)} compounds in {len(places)} lines are {total} rankings; at most "
            f"{MOST} are compared at once. Take out some compounds or lines."
        )
    questions = [(asked, line) for asked in structures for line in places]
    rankings = []
    for asked, line in questions:
        tell(len(rankings), total)
        rankings.append(ask(asked, line))
    tell(total, total)
    return compare(rankings, questions)


def compare(rankings: Sequence[Ranking], questions: Sequence[Question]) -> Comparison:
    """Put rankings side by side.

    Args:
        rankings: of the same genes.
        questions: compound and line of each.

    Raises:
        SettingError: without rankings, or if they are of different genes.
    """
    if not rankings:
        raise SettingError("There is nothing to compare. Give at least one compound and one line.")
    genes = rankings[0].table[["symbol", "entrez"]].sort_values(["symbol", "entrez"])
    genes = genes.reset_index(drop=True)
    scores = np.empty((len(rankings), len(genes)))
    for row, ranking in enumerate(rankings):
        score = ranking.table.set_index("entrez")["score"]
        if len(score) != len(genes) or not genes["entrez"].isin(score.index).all():
            raise SettingError("These rankings are of different genes. Use one model for all.")
        scores[row] = score.reindex(genes["entrez"]).to_numpy()
    table = pd.DataFrame(
        {
            "pair": _unique([f"{asked.name} · {line.display_name}" for asked, line in questions]),
            "compound": [asked.name for asked, _ in questions],
            "cell": [line.display_name for _, line in questions],
            "ik14": [asked.molecule.ik14 for asked, _ in questions],
            "line": [line.name for _, line in questions],
        }
    )
    manifests = tuple(ranking.manifest for ranking in rankings)
    return Comparison(tuple(questions), table, genes, scores, manifests)


def contrast(comparison: Comparison) -> Comparison:
    """Each score less the mean of the compared compounds in the same line: the drug's own part.

    Lines with one compound are left out: nothing can be told apart there. Within a line the
    contrasts sum to 0, so that they oppose each other by construction.

    Raises:
        SettingError: if no line holds two compounds.
    """
    line = comparison.pairs["line"]
    shared = line.map(line.value_counts()) > 1
    if not shared.any():
        raise SettingError(
            "The drug-specific part needs at least two compounds in the same line. Add a compound."
        )
    rows = np.flatnonzero(shared)
    table = pd.DataFrame(comparison.scores[rows])
    own = table - table.groupby(line.to_numpy()[rows]).transform("mean")
    return replace(
        comparison,
        questions=tuple(comparison.questions[row] for row in rows),
        pairs=comparison.pairs.iloc[rows].reset_index(drop=True),
        scores=own.to_numpy(),
        manifests=tuple(comparison.manifests[row] for row in rows),
        is_contrast=True,
    )


def _unique(labels: Sequence[str]) -> list[str]:
    """The same labels, a number behind those that stand a second time."""
    seen: dict[str, int] = {}
    out = []
    for label in labels:
        clean = re.sub(r"\s+", " ", label)
        seen[clean] = seen.get(clean, 0) + 1
        out.append(clean if seen[clean] == 1 else f"{clean} ({seen[clean]})")
    return out
