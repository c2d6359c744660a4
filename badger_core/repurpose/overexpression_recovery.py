"""Does a drug act against the gain of its own target? Matching put to the test on the Hub's drugs.

An inhibitor's target should stand low among the over-expressed genes of its table (it acts against
the gain), an activator's high. Chance is not one half for every gene: signatures with many genes
stand at the ends more often. So the drugs of a kind exchange their tables at random, whole, and
targets stay. S drugs, M over-expressed genes, L lines.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.predict.measured import mean_ranks, unit_ranks
from badger_core.repurpose.overexpression import Gains, likeness
from badger_core.repurpose.overexpression_match import within
from badger_core.repurpose.overexpression_null import standard

DRAWS, SEED = 2000, 8
LEAST_MEASURED = 50
"""Compounds measured in a line, for the line's mean and spread to be told."""
INHIBITOR, ACTIVATOR = "inhibitor", "activator"
_INHIBITORS = ("inhibitor", "antagonist", "blocker", "inverse agonist")
_ACTIVATORS = ("agonist", "activator", "stimulant", "opener")
PREDICTED, SAME, MEASURED = "predicted", "predicted, the measured drugs", "measured"


class Drugs(NamedTuple):
    """Standardised scores of S drugs: ik14 (S,), z (S, M), and the lines they are means over."""

    ik14: np.ndarray
    z: np.ndarray
    lines: tuple[str, ...]


def known_pairs(bundle: Bundle, gains: Gains) -> pd.DataFrame:
    """Drugs of the Hub with a target among the over-expressed genes.

    The Hub gives mechanisms and targets of a drug, not which goes with which: a drug counts as
    inhibitor (activator) where its mechanisms name only such.

    Returns:
        Columns ik14, gene (position among the M) and action ('' for neither or both).
    """
    place = {int(entrez): at for at, entrez in enumerate(gains.table["entrez"])}
    rows = []
    for drug in bundle.library.hub.itertuples(index=False):
        ids = drug.target_entrez
        targets = () if ids is None or isinstance(ids, float) else {int(each) for each in ids}
        rows += [(drug.ik14, place[t], action(drug.moa)) for t in sorted(targets) if t in place]
    return pd.DataFrame(rows, columns=["ik14", "gene", "action"]).drop_duplicates(["ik14", "gene"])


def action(mechanisms: object) -> str:
    """INHIBITOR or ACTIVATOR where the mechanisms name one of the two alone, else ''."""
    if mechanisms is None or isinstance(mechanisms, float):
        return ""
    found = set()
    for name in mechanisms:
        if any(word in name.lower() for word in _INHIBITORS):
            found.add(INHIBITOR)
        elif any(word in name.lower() for word in _ACTIVATORS):
            found.add(ACTIVATOR)
    return found.pop() if len(found) == 1 else ""


def measured_drugs(bundle: Bundle, gains: Gains) -> Drugs:
    """The measured drugs, scored like predicted ones: mean ranks of each pair less the line's mean.

    Of the lines in which `LEAST_MEASURED` compounds were measured.
    """
    rows = bundle.signatures.table
    rows = rows[(rows["kind"] == "numeric") & (rows["ik14"] != "")].dropna(subset=["ik14"])
    many = rows.groupby("cell")["ik14"].nunique()
    lines = sorted(many[many >= LEAST_MEASURED].index)
    total: dict[str, list[np.ndarray]] = {}
    for line in lines:
        own = rows[rows["cell"] == line]
        keys, ranks = [], []
        for key, part in own.groupby("ik14"):
            values = bundle.signatures.values(part["row"].to_numpy())
            keys.append(str(key))
            ranks.append(mean_ranks(unit_ranks(values), part["source"].to_numpy()))
        changes = np.stack(ranks)
        known = np.isfinite(changes)
        count = known.sum(axis=0)
        mean = np.where(known, changes, 0.0).sum(axis=0) / np.maximum(count, 1)
        score = likeness(changes - mean, gains)
        z = standard(score, np.nanmean(score, axis=0), np.nanstd(score, axis=0))
        for key, row in zip(keys, z, strict=True):
            total.setdefault(key, []).append(row)
    names = sorted(total)
    return Drugs(
        np.array(names), np.array([np.mean(total[key], axis=0) for key in names]), tuple(lines)
    )


def recovery(
    drugs: Drugs, pairs: pd.DataFrame, source: str, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """Where the targets stand, by kind of drug.

    Args:
        drugs: scored.
        pairs: of `known_pairs`.
        source: what the row is of, in words.
        draws: exchanges of tables, 1 at least.
        seed: of them.

    Returns:
        A row for inhibitors and one for activators, where there are two drugs: source, action,
        lines, pairs, drugs, genes, percentile (mean of the targets', 0: acts most against),
        chance, low and high (mean and 95% of the exchanges), p (one-sided: lower for inhibitors,
        higher for activators), lowest_tenth and highest_tenth (shares of the pairs).
    """
    place = {key: at for at, key in enumerate(drugs.ik14.tolist())}
    percentile = 100 * within(drugs.z)
    rng = np.random.default_rng(seed)
    rows = []
    for kind in (INHIBITOR, ACTIVATOR):
        own = pairs[(pairs["action"] == kind) & pairs["ik14"].isin(place)]
        at, drug = np.unique([place[key] for key in own["ik14"]], return_inverse=True)
        if len(at) < 2:
            continue
        gene = own["gene"].to_numpy()
        stands = percentile[at[drug], gene]
        chance = np.array(
            [percentile[rng.permutation(at)[drug], gene].mean() for _ in range(draws)]
        )
        mean = stands.mean()
        beyond = chance <= mean if kind == INHIBITOR else chance >= mean
        low, high = np.quantile(chance, [0.025, 0.975])
        rows.append(
            {
                "source": source,
                "action": kind,
                "lines": len(drugs.lines),
                "pairs": len(own),
                "drugs": len(at),
                "genes": len(set(gene.tolist())),
                "percentile": mean,
                "chance": chance.mean(),
                "low": low,
                "high": high,
                "p": (1 + beyond.sum()) / (1 + draws),
                "lowest_tenth": (stands <= 10).mean(),
                "highest_tenth": (stands >= 90).mean(),
            }
        )
    return pd.DataFrame(rows)


def recoveries(bundle: Bundle, predicted: Drugs, gains: Gains) -> pd.DataFrame:
    """The whole test: predicted, the measured drugs as predicted, and measured."""
    pairs, measured = known_pairs(bundle, gains), measured_drugs(bundle, gains)
    both = np.isin(predicted.ik14, measured.ik14)
    same = Drugs(predicted.ik14[both], predicted.z[both], predicted.lines)
    each = ((predicted, PREDICTED), (same, SAME), (measured, MEASURED))
    return pd.concat([recovery(d, pairs, name) for d, name in each], ignore_index=True)
