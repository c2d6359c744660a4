"""Genes that a drug's answers rest on: scores freed of hubs, held against permuted labels.

D drugs, E genes, R permuted refits.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.errors import ResponseError
from badger_core.response.contract import Report, Train
from badger_core.response.drgt import Drgt
from badger_core.response.drgt_fitted import FittedDrgt

COLUMNS = ("symbol", "entrez", "rank", "score", "share", "z")


def freed_of_hubs(scores: np.ndarray) -> np.ndarray:
    """(D, E) scores as multiples of the gene's mean over drugs; 0 where no drug has any.

    A gene that stands high for every drug says nothing of one.
    """
    mean = scores.mean(axis=0)
    return np.divide(scores, mean, out=np.zeros_like(scores), where=mean > 0)


def against_null(scores: np.ndarray, null: np.ndarray) -> np.ndarray:
    """(D, E) how many standard deviations a score lies above what permuted labels give.

    The mean is of the same drug and gene; the standard deviation is pooled over drugs for each
    gene, since there are few refits. 0 where nothing varies.

    Args:
        scores: (D, E).
        null: (R, D, E) of at least two refits.

    Raises:
        ResponseError: for fewer refits.
    """
    if len(null) < 2:
        raise ResponseError(f"{len(null)} permuted refits were given; a null needs at least two.")
    above = scores - null.mean(axis=0)
    sd = np.sqrt(null.var(axis=0, ddof=1).mean(axis=0))
    return np.divide(above, sd, out=np.zeros_like(above), where=sd > 0)


def permuted(train: Train, seed: int) -> Train:
    """The same training with the labels of each line dealt anew among its labelled drugs.

    What a line is like on the whole stays; what a drug does to it is lost.
    """
    chance = np.random.default_rng(seed)
    labels = train.labels.copy()
    for line in range(labels.shape[1]):
        known = np.flatnonzero(np.isfinite(labels[:, line]))
        labels[known, line] = chance.permutation(labels[known, line])
    return train._replace(labels=labels)


def permuted_refits(
    model: Drgt, train: Train, count: int, seed: int, report: Report
) -> list[FittedDrgt]:
    """The model fitted `count` times to labels that are permuted in other ways."""
    fitted = []
    for number in range(count):
        report(f"permuted labels, refit {number + 1} of {count}")
        fitted.append(model.fit(permuted(train, seed + number), seed + number, lambda _: None))
    return fitted


def gene_table(
    genes: pd.DataFrame, score: np.ndarray, share: np.ndarray, z: np.ndarray | None = None
) -> pd.DataFrame:
    """Genes of one drug, the highest score first.

    Args:
        genes: (E rows) symbol, entrez.
        score: (E,) by which they are ranked, such as the share freed of hubs.
        share: (E,) as the model gave it.
        z: (E,) against permuted labels; NaN where it was not asked for.

    Returns:
        COLUMNS, one row per gene.
    """
    table = genes[["symbol", "entrez"]].assign(
        score=score, share=share, z=np.nan if z is None else z
    )
    order = np.argsort(-np.asarray(score), kind="stable")
    table = table.iloc[order].reset_index(drop=True)
    return table.assign(rank=np.arange(1, len(table) + 1))[list(COLUMNS)]


def rows_of(fitted: FittedDrgt, keys: Sequence[str]) -> np.ndarray:
    """Places of structures among the known drugs of a model.

    Raises:
        ResponseError: for a structure that it has no label of.
    """
    place = {key: i for i, key in enumerate(fitted.drugs.keys)}
    strange = [key for key in keys if key not in place]
    if strange:
        raise ResponseError(
            f"The structure '{strange[0]}' was not measured, so no attention is paid to it. Choose "
            "a drug of the screen."
        )
    return np.array([place[key] for key in keys], np.int64)
