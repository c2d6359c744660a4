"""Reversal scores for the validation: by predictions in each line, and by what was measured."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from badger_core.data.bundle import Bundle
from badger_core.ranks import average_ranks, van_der_waerden
from badger_core.repurpose.connectivity import METHODS
from badger_core.repurpose.line_predictions import LinePredictions
from badger_core.repurpose.line_scores import line_scores
from badger_core.repurpose.promiscuity import all_signatures
from badger_core.repurpose.ready_scores import MEASURE, ReadyScores

CONSENSUS, MEASURED = "consensus", "measured"
KINDS = {
    CONSENSUS: "measured consensus signatures of dhimmel/lincs",
    MEASURED: "mean of the measured signatures of the bundle",
}
"""Two sources of measured signatures, one per drug and pooled over lines."""
_SEEN = ("measured pair", "unseen pair", "unseen line")
"""Badges of compounds of which measured expression was in training."""


class Scores(NamedTuple):
    """Reversal of D diseases by S drugs; negative is reversal.

    Attributes:
        keys: (S,) ik14.
        lines: names of L lines.
        predicted: method to (D, S, L).
        measured: (kind, method) to (D, S), NaN where a drug was not measured.
        strength: (S,) root mean square predicted change, mean over lines.
        seen: (S,) bool, measured expression of the drug was in training.
        badges: line to {badge: number of drugs}.
    """

    keys: np.ndarray
    lines: tuple[str, ...]
    predicted: dict[str, np.ndarray]
    measured: dict[tuple[str, str], np.ndarray]
    strength: np.ndarray
    seen: np.ndarray
    badges: dict[str, dict[str, int]]


def gather(
    bundle: Bundle,
    lines: Iterable[tuple[str, LinePredictions]],
    tell: Callable[[str], object] = lambda text: None,
    ready: Callable[[str, np.ndarray], ReadyScores | None] = lambda name, ik14: None,
) -> Scores:
    """All scores, one line in memory at a time; some ten seconds a line and measure.

    Args:
        bundle: the data bundle.
        lines: names and predictions, with the same drugs in the same order.
        tell: called with what is under way.
        ready: gives the scores of a line and its drugs where they are at hand.
    """
    signatures = all_signatures(bundle)
    names, parts, strength, badges = [], {method: [] for method in METHODS}, [], {}
    seen = None
    for name, found in lines:
        tell(f"scoring {name}")
        names.append(name)
        held = ready(name, found.ik14)
        at_hand = {} if held is None else {MEASURE: held.of(signatures)}
        for method, done in parts.items():
            scores = at_hand.get(method)
            if scores is None:
                scores = line_scores(found.changes[None], signatures, method)
            done.append(scores[:, :, 0])
        strength.append(np.sqrt((found.changes.astype(np.float64) ** 2).mean(axis=1)))
        words, counts = np.unique(found.badge, return_counts=True)
        badges[name] = dict(zip(words.tolist(), counts.tolist(), strict=True))
        now = np.isin(found.badge, _SEEN)
        seen, keys = now if seen is None else seen | now, found.ik14
    measured = {}
    for kind in KINDS:
        tell(f"scoring the {KINDS[kind]}")
        drugs, changes = measured_changes(bundle, kind, keys)
        place = {key: at for at, key in enumerate(drugs)}
        rows = np.array([place.get(key, -1) for key in keys])
        for method in METHODS:
            scores = line_scores(changes[None], signatures, method)[:, :, 0]
            measured[kind, method] = np.where(rows >= 0, scores[:, rows], np.nan)
    predicted = {method: np.stack(done, axis=2) for method, done in parts.items()}
    return Scores(keys, tuple(names), predicted, measured, np.mean(strength, axis=0), seen, badges)


def measured_changes(
    bundle: Bundle, kind: str, among: Sequence[str] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """(S',) ik14, sorted, and (S', G) their measured changes as normal scores of the ranks.

    Sources have units of their own, so only the order of genes within a signature counts. The
    consensus has one signature per drug; of several with the same structure the mean is taken. For
    the bundle's own signatures the mean is taken over conditions of a line, then over lines.

    Args:
        bundle: the data bundle.
        kind: of KINDS.
        among: ik14 of the drugs that are wanted; all if not given.
    """
    stored = "pooled" if kind == CONSENSUS else "numeric"
    table = bundle.signatures.table
    table = table[(table["kind"] == stored) & (table["ik14"].fillna("") != "")]
    table = table if among is None else table[table["ik14"].isin(set(among))]
    values = bundle.signatures.values(table["row"].to_numpy(int))
    scores = _normal(values)
    lines = table["cell"].fillna("").to_numpy(str)
    pairs = np.char.add(np.char.add(table["ik14"].to_numpy(str), "\t"), lines)
    per_pair, of_pairs = _means(pairs, scores)
    drugs = np.array([pair.split("\t")[0] for pair in of_pairs])
    per_drug, keys = _means(drugs, per_pair)
    return keys, per_drug


def _normal(values: np.ndarray) -> np.ndarray:
    """(N, G) normal scores of each row's ranks, NaN where not measured."""
    out = np.full(values.shape, np.nan)
    counts = (~np.isnan(values)).sum(axis=1)
    ranks = average_ranks(values)
    for count in np.unique(counts):
        rows = counts == count
        known = ~np.isnan(values[rows])
        part = np.full(known.shape, np.nan)
        part[known] = van_der_waerden(ranks[rows][known], int(count))
        out[rows] = part
    return out


def _means(names: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(U, G) means of rows of the same name, NaN left out, and the U names, sorted."""
    unique, place = np.unique(names, return_inverse=True)
    known = ~np.isnan(values)
    total, count = np.zeros((2, len(unique), values.shape[1]))
    np.add.at(total, place, np.where(known, values, 0.0))
    np.add.at(count, place, known)
    mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return mean, unique
