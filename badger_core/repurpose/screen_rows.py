"""Predictions of one line as rows of the result: scores in thousandths, spread, trust and badge."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from badger_core.evaluation.trust import DOMAIN, TOP, Trust
from badger_core.predict.trust import SPLIT_OF
from badger_core.repurpose.library_file import Candidate

UNIT = 0.001
"""Predicted change that a stored score of 1 stands for."""
_LARGEST = np.iinfo(np.int16).max
_SIGNS = ("strength", "agreement", "structure", "line", "known")


def schema(genes: int) -> pa.Schema:
    """Columns of a screen, one row per compound x line; G genes in panel order."""
    word = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        [
            ("ik14", pa.string()),
            ("name", pa.string()),
            ("cell", word),
            ("badge", word),
            ("confidence", pa.float32()),  # NaN where the models come without trust
            ("domain_structure", word),
            ("domain_line", word),
            ("spread", pa.float32()),  # mean over genes of the sd over members
            ("spread_top", pa.float32()),  # the same over the 50 strongest genes each way
            *[(f"sign_{name}", pa.float32()) for name in _SIGNS],
            ("scores", pa.list_(pa.int16(), genes)),
        ]
    )


def rows_of(
    candidates: Sequence[Candidate],
    cell: str,
    score: np.ndarray,
    spread: np.ndarray,
    signs: pd.DataFrame | None,
    badges: Sequence[str],
    learnt: dict[str, Trust] | None,
) -> pa.Table:
    """One row per compound, in the columns of `schema`.

    Args:
        candidates: B compounds.
        cell: name of the line.
        score: (B, G) mean predicted change.
        spread: (B, G) its standard deviation over the members.
        signs: (B, signs) what trust rests on; None where there is none.
        badges: B badges of familiarity.
        learnt: split to what it taught; None where the models come without.
    """
    size, genes = score.shape
    strongest = np.sort(_strongest(score), axis=1)  # (B, 100), sorted so that sums are alike
    trusted = _trusted(signs, badges, learnt, size)
    unknown = np.full(size, np.nan)
    columns = {
        "ik14": [candidate.ik14 for candidate in candidates],
        "name": [candidate.name for candidate in candidates],
        "cell": [cell] * size,
        "badge": list(badges),
        "confidence": trusted["confidence"],
        "domain_structure": trusted["structure"],
        "domain_line": trusted["line"],
        "spread": spread.mean(axis=1),
        "spread_top": np.take_along_axis(spread, strongest, axis=1).mean(axis=1),
        **{f"sign_{name}": unknown if signs is None else signs[name] for name in _SIGNS},
    }
    types = schema(genes)
    arrays = [pa.array(values, types.field(name).type) for name, values in columns.items()]
    flat = pa.array(thousandths(score).ravel())
    return pa.Table.from_arrays(
        [*arrays, pa.FixedSizeListArray.from_arrays(flat, genes)], schema=types
    )


def thousandths(score: np.ndarray) -> np.ndarray:
    """Scores as int16 multiples of UNIT: off by half a thousandth at most, up to 32.767."""
    return np.clip(np.rint(score / UNIT), -_LARGEST, _LARGEST).astype(np.int16)


def _strongest(score: np.ndarray) -> np.ndarray:
    """(B, 2 TOP) genes predicted to move most, TOP each way."""
    order = np.argsort(-score, axis=1, kind="stable")
    return np.concatenate([order[:, :TOP], order[:, -TOP:]], axis=1)


def _trusted(
    signs: pd.DataFrame | None, badges: Sequence[str], learnt: dict[str, Trust] | None, size: int
) -> dict[str, np.ndarray]:
    """Confidence and domains, each by the split whose held-out predictions are most like it."""
    found = {
        "confidence": np.full(size, np.nan),
        "structure": np.full(size, None, object),
        "line": np.full(size, None, object),
    }
    if signs is None or learnt is None:
        return found
    splits = np.array([SPLIT_OF[badge] for badge in badges])
    for split in sorted(set(splits)):
        rows = np.flatnonzero(splits == split)
        own = signs.iloc[rows]
        found["confidence"][rows] = learnt[split].confidence.predict(own)
        for name in DOMAIN:
            found[name][rows] = _domain(learnt[split].quantiles[name], own[name].to_numpy())
    return found


def _domain(quantiles: tuple[float, float], values: np.ndarray) -> np.ndarray:
    """(B,) words of `Trust.domain` for one sign of B questions; what is unknown is outside."""
    edge, outside = quantiles
    return np.where(values >= outside, np.where(values < edge, "edge", "inside"), "outside")
