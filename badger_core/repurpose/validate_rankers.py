"""The ways of ranking drugs for a disease that are compared: ours, measured, and without biology.

Higher is better throughout, so reversal enters with its sign turned.
"""

from typing import NamedTuple

import numpy as np

from badger_core.data.bundle import Bundle
from badger_core.repurpose.aggregate import MEAN, over_lines
from badger_core.repurpose.connectivity import METHODS, WTCS
from badger_core.repurpose.disease_lines import lines_of_disease
from badger_core.repurpose.line_scores import on_one_scale
from badger_core.repurpose.validate_cases import Cases
from badger_core.repurpose.validate_scores import CONSENSUS, MEASURED, Scores

OURS = "ours"
OWN_LINES, SPECIFIC, PROMISCUITY, RANDOM = (
    "ours own lines",
    "ours specific",
    "promiscuity",
    "random",
)
POPULARITY, PHASE, N_MEASURED, STRENGTH = "popularity", "phase", "n measured", "strength"
_MEASURED_WORDS = {CONSENSUS: "measured consensus", MEASURED: "measured mean"}


class Ranker(NamedTuple):
    """One way of ranking.

    Attributes:
        name: short and unique.
        group: ours, measured or plain.
        words: what it is.
        scores: (D, S), higher is better; NaN where it says nothing.
    """

    name: str
    group: str
    words: str
    scores: np.ndarray


def named(kind: str, method: str) -> str:
    """The name of a ranker by reversal, such as 'ours wtcs'."""
    return f"{_MEASURED_WORDS.get(kind, kind)} {method}"


PRIMARY = named(OURS, WTCS)
"""The ranker of the primary endpoint, chosen before any result was seen."""


def rankers(bundle: Bundle, found: Scores, known: Cases, seed: int) -> list[Ranker]:
    """All that are compared, the primary one first.

    Args:
        bundle: the data bundle, for the lines of a disease.
        found: reversal scores of S drugs and D diseases.
        known: cases of the same drugs and diseases.
        seed: of the random order.
    """
    shape = known.known.shape
    all_lines = f"mean over {len(found.lines)} lines"
    out = []
    for method, words in METHODS.items():
        out.append(
            Ranker(
                named(OURS, method),
                OURS,
                f"reversal by predicted signatures, {words}, {all_lines}",
                -_over(found.predicted[method], method),
            )
        )
    first = out[0].scores
    specific, general = specificity(first)
    out.append(
        Ranker(
            OWN_LINES,
            OURS,
            "the same as the first, only in shipped lines of the disease",
            -_own_lines(bundle, found, known),
        )
    )
    words = "the first, less the drug's mean over the other diseases (both standardised)"
    out.append(Ranker(SPECIFIC, OURS, words, specific))
    for (kind, method), scores in found.measured.items():
        words = f"reversal by the {_MEASURED_WORDS[kind]} signature, {METHODS[method]}"
        out.append(Ranker(named(kind, method), "measured", words, -scores))
    same = {
        STRENGTH: (found.strength, "size of the predicted change, whatever the disease"),
        N_MEASURED: (known.n_measured, "number of measured signatures in the bundle"),
        PHASE: (known.phase, "clinical phase by the Repurposing Hub"),
    }
    words = "mean predicted reversal of the other 48 diseases".replace("48", str(shape[0] - 1))
    out.append(Ranker(PROMISCUITY, "plain", words, general))
    words = "number of other diseases that the drug is indicated for (PharmacotherapyDB)"
    out.append(Ranker(POPULARITY, "plain", words, known.others.astype(float)))
    for name, (values, words) in same.items():
        scores = np.broadcast_to(np.asarray(values, float), shape)
        out.append(Ranker(name, "plain", words, scores))
    chance = np.random.default_rng(seed).normal(size=shape)
    out.append(Ranker(RANDOM, "plain", "a random order", chance))
    return out


def specificity(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What of a drug's score is of this disease, and what it has with all others.

    Args:
        scores: (D, S) of D diseases, higher is better.

    Returns:
        (D, S) score less the mean over the other diseases, and (D, S) that mean; each disease is
        standardised over the drugs first.
    """
    centre = np.nanmean(scores, axis=1, keepdims=True)
    size = np.nanstd(scores, axis=1, keepdims=True)
    z = (scores - centre) / np.where(size > 0, size, 1.0)
    general = (z.sum(axis=0) - z) / (len(z) - 1)
    return z - general, general


def line_rankers(found: Scores, method: str = WTCS) -> list[Ranker]:
    """One per line, by predictions in that line alone."""
    scores = found.predicted[method]
    return [
        Ranker(f"ours in {name}", "line", f"reversal in {name} alone", -scores[:, :, at])
        for at, name in enumerate(found.lines)
    ]


def own_lines(bundle: Bundle, found: Scores, doid: str) -> list[str]:
    """The scored lines that are of a disease."""
    of_it = set(lines_of_disease(bundle.cells, doid)["cell"])
    return [name for name in found.lines if name in of_it]


def _over(scores: np.ndarray, method: str) -> np.ndarray:
    """(D, S) mean over the lines of (D, S, L)."""
    return np.stack([over_lines(on_one_scale(each, method), MEAN).score for each in scores])


def _own_lines(bundle: Bundle, found: Scores, known: Cases) -> np.ndarray:
    out = np.full(known.known.shape, np.nan)
    for at, doid in enumerate(known.doids):
        chosen = [found.lines.index(name) for name in own_lines(bundle, found, doid)]
        if chosen:
            out[at] = over_lines(found.predicted[WTCS][at][:, chosen], MEAN).score
    return out
