"""What else could explain the result: the wrong disease, kinship of drugs, training, the lines."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.repurpose.validate import SEED, Drawn, by_disease, drawn_sides
from badger_core.repurpose.validate_cases import CATEGORIES, INDICATED, LEAST, Cases, class_weights
from badger_core.repurpose.validate_rankers import Ranker
from badger_core.repurpose.validate_stats import (
    DRAWS,
    Estimate,
    auroc,
    bounds,
    mean_with_interval,
)

PERMUTATIONS = 10_000


class RightDisease(NamedTuple):
    """Known drugs under the signature of their disease and under those of others.

    Attributes:
        table: per disease doid, disease, right, others (mean AUROC) and place (of the right
            signature among all, 1 is best), with of_signatures.
        right, others: mean AUROC over diseases.
        difference: mean of right - others, with a bootstrap over diseases.
        p: of as high a mean when signatures are dealt to diseases at random.
    """

    table: pd.DataFrame
    right: float
    others: float
    difference: Estimate
    p: float


def right_disease(
    ranker: Ranker, known: Cases, seed: int = SEED, among: Sequence[int] | None = None
) -> RightDisease:
    """Does a disease's own signature find its drugs better than another disease's does?

    Drugs that score high against everything do so under any signature, so this asks for what is
    specific to the disease. Signatures of related diseases count as wrong ones, which is hard on
    the method.

    Args:
        ranker: the ranker.
        known: the cases.
        seed: of the deals and draws.
        among: positions of the diseases, and signatures, that take part; all if not given.
    """
    within = known.background[INDICATED]
    every = drawn_sides(known, within)
    chosen = list(range(len(known.doids))) if among is None else sorted(among)
    kept = [at for at, place in enumerate(every.at) if place in chosen]
    every = Drawn([every.at[at] for at in kept], [every.sides[at] for at in kept])
    areas = np.array(
        [
            [auroc(ranker.scores[at][positive], ranker.scores[at][negative]) for at in chosen]
            for positive, negative in every.sides
        ]
    )
    size = areas.shape[1]
    own = areas[np.arange(len(every.at)), [chosen.index(at) for at in every.at]]
    others = (areas.sum(axis=1) - own) / (size - 1)
    random = np.random.default_rng(seed)
    dealt = random.permuted(np.tile(np.arange(size), (PERMUTATIONS, 1)), axis=1)
    null = areas[np.arange(len(every.at)), dealt[:, : len(every.at)]].mean(axis=1)
    table = pd.DataFrame(
        {
            "doid": [known.doids[at] for at in every.at],
            "disease": [known.diseases[at] for at in every.at],
            "right": own,
            "others": others,
            "place": 1 + (areas > own[:, None]).sum(axis=1),
            "of_signatures": size,
        }
    )
    p = (1 + (null >= own.mean() - 1e-12).sum()) / (1 + PERMUTATIONS)
    lead = mean_with_interval(own - others, seed)
    return RightDisease(table, float(own.mean()), float(others.mean()), lead, float(p))


def against_not(ranker: Ranker, known: Cases, seed: int = SEED) -> dict:
    """DM against NOT pairs of all diseases together: each drug's place within the library counts.

    Returns:
        n_dm and n_not pairs, n_drugs, auroc with bounds (drugs drawn anew), and `within`, the same
        over pairs of one disease only, of which there are n_pairs, the most of them of `largest`.
    """
    pairs = {name: [] for name in ("DM", "NOT")}
    for at in range(len(known.doids)):
        scores = ranker.scores[at]
        order = np.sort(scores[~np.isnan(scores)])
        for category, found in pairs.items():
            drugs = np.flatnonzero((known.known[at] == CATEGORIES[category]) & ~np.isnan(scores))
            share = np.searchsorted(order, scores[drugs], "left") / max(len(order), 1)
            found += [(at, drug, value) for drug, value in zip(drugs, share, strict=True)]
    (at_dm, drug_dm, dm), (at_not, drug_not, no) = (np.array(p).T for p in pairs.values())
    drugs = np.unique(np.concatenate([drug_dm, drug_not]))
    won = (dm[:, None] > no) + 0.5 * (dm[:, None] == no)
    same = at_dm[:, None] == at_not
    random = np.random.default_rng(seed)
    weights = random.multinomial(len(drugs), np.full(len(drugs), 1 / len(drugs)), DRAWS)
    more, less = (weights[:, np.searchsorted(drugs, d)].astype(float) for d in (drug_dm, drug_not))

    def area(kept: np.ndarray) -> Estimate:
        pairs = ((more @ kept) * less).sum(axis=1)
        drawn = ((more @ (won * kept)) * less).sum(axis=1) / np.where(pairs > 0, pairs, np.nan)
        return bounds(float((won * kept).sum() / kept.sum()), drawn)

    counts = {int(at): int(same[at_dm == at].sum()) for at in np.unique(at_dm)}
    most = max(counts, key=counts.get)
    return {
        "largest": known.diseases[most],
        "largest_share": counts[most] / max(int(same.sum()), 1),
        "n_dm": len(dm),
        "n_not": len(no),
        "n_drugs": len(drugs),
        "auroc": area(np.ones(won.shape))._asdict(),
        "within": area(same.astype(float))._asdict(),
        "n_pairs": int(same.sum()),
    }


def one_per_class(ranker: Ranker, known: Cases, classes: np.ndarray, words: str) -> dict:
    """The primary comparison with each class of drugs counted once on each side.

    Args:
        ranker: the ranker.
        known: the cases.
        classes: (S,) names; LEAST classes are needed among the known drugs.
        words: what the classes are.
    """
    within, values = known.background[INDICATED], []
    for at in range(len(known.doids)):
        sides = known.sides(at, "DM", within & ~np.isnan(ranker.scores[at]))
        if len(np.unique(classes[sides[0]])) < LEAST:
            continue
        scores = (ranker.scores[at][side] for side in sides)
        values.append(auroc(*scores, *(class_weights(classes[side]) for side in sides)))
    return _check(f"one per {words}", ranker, values)


def subset(
    ranked: Sequence[Ranker], known: Cases, kept: np.ndarray, words: str, least: int = LEAST
) -> list[dict]:
    """The primary comparison among some drugs, the same for all rankers.

    Args:
        ranked: the rankers; only drugs that all of them score take part.
        known: the cases.
        kept: (S,) bool.
        words: what these drugs are.
        least: of known drugs.
    """
    scored = np.all([~np.isnan(ranker.scores).all(axis=0) for ranker in ranked], axis=0)
    table = by_disease(ranked, known, "DM", INDICATED, known.background[INDICATED] & kept & scored)
    enough = table[table["n_known"] >= least]
    shared = enough.groupby("doid")["ranker"].nunique()
    rows = enough[enough["doid"].isin(shared[shared == len(ranked)].index)]
    return [
        _check(words, ranker, rows.loc[rows["ranker"] == ranker.name, "auroc"]) for ranker in ranked
    ]


def _check(words: str, ranker: Ranker, values: Sequence[float]) -> dict:
    value, low, high = mean_with_interval(values, SEED)
    row = {"check": words, "ranker": ranker.name, "n_diseases": len(values)}
    return row | {"auroc": value, "low": low, "high": high}
