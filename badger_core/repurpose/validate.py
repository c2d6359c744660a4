"""Does reversal find known drugs? Every ranker, disease and background, as tables.

The primary endpoint was fixed before any result was seen: reversal by predicted signatures, WTCS,
mean over all shipped lines; disease-modifying (DM) drugs against drugs that are indicated for
something else; mean AUROC over the diseases with at least 5 DM drugs. All else is secondary, and no
interval is widened for the number of comparisons.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.repurpose.validate_cases import BACKGROUNDS, INDICATED, LEAST, LIBRARY, Cases
from badger_core.repurpose.validate_rankers import PRIMARY, Ranker
from badger_core.repurpose.validate_stats import (
    bounds,
    delong,
    enrichment_factor,
    mean_with_interval,
    redrawn_aurocs,
    redrawn_mean,
)

SEED = 20161
TOPS = {"ef1": 0.01, "ef5": 0.05}
REDRAWN = 1000
BY_DISEASE = (
    "ranker", "category", "background", "doid", "disease", "n_known", "n_others",
    "auroc", "low", "high", *TOPS,
)  # fmt: skip


class Drawn(NamedTuple):
    """The diseases of a comparison, with the positions of both sides among the drugs."""

    at: list[int]
    sides: list[tuple[np.ndarray, np.ndarray]]


def by_disease(
    ranked: Sequence[Ranker], known: Cases, category: str, background: str, within: np.ndarray
) -> pd.DataFrame:
    """One row per ranker and disease that has enough known drugs with a score; columns BY_DISEASE.

    Args:
        ranked: the rankers.
        known: the cases.
        category: DM or SYM.
        background: its name, for the table.
        within: (S,) bool, drugs that take part on both sides.
    """
    rows = []
    for ranker in ranked:
        for at, doid in enumerate(known.doids):
            sides = known.sides(at, category, within & ~np.isnan(ranker.scores[at]))
            if len(sides[0]) < LEAST or not len(sides[1]):
                continue
            positive, negative = (ranker.scores[at][side] for side in sides)
            tops = (enrichment_factor(positive, negative, share) for share in TOPS.values())
            name = known.diseases[at]
            sizes = len(positive), len(negative)
            found = (*sizes, *delong(positive, negative), *tops)
            rows.append((ranker.name, category, background, doid, name, *found))
    return pd.DataFrame(rows, columns=BY_DISEASE)


def summarised(table: pd.DataFrame, ranked: Sequence[Ranker]) -> pd.DataFrame:
    """Means over diseases with bootstrap intervals over them, and the primary ranker's lead.

    Args:
        table: of `by_disease`, of one comparison or several.
        ranked: rankers, for their words.

    Returns:
        One row per ranker, category and background: n_diseases, auroc, ef1 and ef5 with their
        bounds, and `lead`, the mean over the shared diseases of the primary ranker's AUROC less
        this one's, with bounds.
    """
    words = {ranker.name: (ranker.group, ranker.words) for ranker in ranked}
    rows = []
    for (category, background), part in table.groupby(["category", "background"], sort=False):
        ours = part[part["ranker"] == PRIMARY].set_index("doid")["auroc"]
        for name, own in part.groupby("ranker", sort=False):
            row = {"ranker": name, "group": words[name][0], "category": category}
            row |= {"background": background, "n_diseases": len(own)}
            for field in ("auroc", *TOPS):
                row |= _fields(field, mean_with_interval(own[field], SEED))
            lead = (ours - own.set_index("doid")["auroc"]).dropna()
            row |= _fields("lead", mean_with_interval(lead, SEED))
            rows.append(row | {"words": words[name][1]})
    return pd.DataFrame(rows)


def comparisons(ranked: Sequence[Ranker], known: Cases) -> pd.DataFrame:
    """`by_disease` of DM drugs for all backgrounds, and of SYM drugs for the first and the last."""
    parts = [by_disease(ranked, known, "DM", name, known.background[name]) for name in BACKGROUNDS]
    parts += [
        by_disease(ranked, known, "SYM", name, known.background[name])
        for name in (INDICATED, LIBRARY)
    ]
    return pd.concat(parts, ignore_index=True)


def redrawn(ranked: Sequence[Ranker], known: Cases) -> pd.DataFrame:
    """The primary comparison with drugs and diseases drawn anew, which gives wider intervals.

    Diseases that share drugs are no independent witnesses; here a drug is drawn for all of them at
    once.

    Args:
        ranked: rankers that have a score for all drugs of the background.
        known: the cases.

    Returns:
        Columns ranker, auroc and lead (of the primary ranker) with bounds.
    """
    within = known.background[INDICATED]
    every = drawn_sides(known, within)
    draws = {
        ranker.name: redrawn_aurocs(every.sides, ranker.scores[every.at], SEED, REDRAWN)
        for ranker in ranked
        if not np.isnan(ranker.scores[every.at][:, within]).any()
    }
    table = by_disease(ranked, known, "DM", INDICATED, within)
    means = table.groupby("ranker")["auroc"].mean()
    rows = []
    for name, drawn in draws.items():
        value = bounds(means[name], redrawn_mean(drawn, SEED))
        lead = redrawn_mean(draws[PRIMARY] - drawn, SEED)
        row = {"ranker": name} | _fields("auroc", value)
        rows.append(row | _fields("lead", bounds(means[PRIMARY] - means[name], lead)))
    return pd.DataFrame(rows)


def drawn_sides(known: Cases, within: np.ndarray, category: str = "DM") -> Drawn:
    """The diseases with enough known drugs among some."""
    sides = [known.sides(at, category, within) for at in range(len(known.doids))]
    at = [place for place, side in enumerate(sides) if len(side[0]) >= LEAST and len(side[1])]
    return Drawn(at, [sides[place] for place in at])


def _fields(name: str, estimate: tuple[float, float, float]) -> dict[str, float]:
    value, low, high = estimate
    return {name: value, f"{name}_low": low, f"{name}_high": high}
