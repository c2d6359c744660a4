"""The whole validation of reversal as four tables and one record, from scores to a sentence."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.repurpose.connectivity import WTCS
from badger_core.repurpose.validate import (
    SEED,
    comparisons,
    redrawn,
    summarised,
)
from badger_core.repurpose.validate_cases import INDICATED, LEAST, Cases, cases
from badger_core.repurpose.validate_checks import (
    RightDisease,
    against_not,
    one_per_class,
    right_disease,
    subset,
)
from badger_core.repurpose.validate_rankers import (
    OURS,
    OWN_LINES,
    POPULARITY,
    PRIMARY,
    PROMISCUITY,
    RANDOM,
    SPECIFIC,
    STRENGTH,
    Ranker,
    line_rankers,
    named,
    own_lines,
    rankers,
)
from badger_core.repurpose.validate_scores import CONSENSUS, KINDS, MEASURED, Scores
from badger_core.repurpose.validate_words import is_solid_tumour, one_line, sentence


class Validation(NamedTuple):
    """What is written: tables by their file's name, and the record."""

    tables: dict[str, pd.DataFrame]
    record: dict


FILES = {
    "by_disease": "repurposing_by_disease.csv",
    "summary": "repurposing_summary.csv",
    "checks": "repurposing_checks.csv",
    "signatures": "repurposing_signatures.csv",
}
RECORD = "repurposing.json"
_TUMOURS = ", among solid tumours"
_AFTER = " (grouped after the results were seen)"
_RIGHT = (
    PRIMARY,
    named(OURS, "xsum"),
    named(OURS, "cosine"),
    named(OURS, "spearman"),
    SPECIFIC,
    named(CONSENSUS, WTCS),
    named(MEASURED, WTCS),
)
_NOT = (PRIMARY, named(OURS, "cosine"), SPECIFIC, PROMISCUITY, POPULARITY, STRENGTH, RANDOM)


def validation(bundle: Bundle, found: Scores, source: dict) -> Validation:
    """Everything from the scores on.

    Args:
        bundle: the data bundle.
        found: of `validate_scores.gather`.
        source: where the predictions are from, for the record.
    """
    known = cases(bundle, found.keys)
    ranked = rankers(bundle, found, known, SEED)
    by_name = {ranker.name: ranker for ranker in ranked}
    table = comparisons(ranked, known)
    summary = summarised(table, ranked)
    drawn = redrawn(ranked, known)
    right = {name: right_disease(by_name[name], known) for name in _RIGHT}
    tumours = [at for at, name in enumerate(known.diseases) if is_solid_tumour(name)]
    for name in (PRIMARY, SPECIFIC):
        right[f"{name}{_TUMOURS}"] = right_disease(by_name[name], known, SEED, tumours)
    signatures = pd.concat(
        [each.table.assign(ranker=name) for name, each in right.items()], ignore_index=True
    )
    checks = _checks(bundle, ranked, found, known)
    main = summary[
        (summary["ranker"] == PRIMARY)
        & (summary["category"] == "DM")
        & (summary["background"] == INDICATED)
    ].iloc[0]
    own = table[
        (table["ranker"] == PRIMARY)
        & (table["category"] == "DM")
        & (table["background"] == INDICATED)
    ]
    record = {
        "primary": {
            "endpoint": f"{PRIMARY}, DM drugs against drugs indicated for something else, mean "
            f"AUROC over diseases with at least {LEAST} DM drugs",
            "auroc": main["auroc"],
            "low": main["auroc_low"],
            "high": main["auroc_high"],
            "redrawn": drawn[drawn["ranker"] == PRIMARY].iloc[0].drop("ranker").to_dict(),
            "n_diseases": int(main["n_diseases"]),
            "n_pairs": int(own["n_known"].sum()),
            "n_above": int((own["low"] > 0.5).sum()),
            "n_below": int((own["high"] < 0.5).sum()),
        },
        "leads": drawn.to_dict("records"),
        "right_disease": {name: _named(each) for name, each in right.items()},
        "against_not": {name: against_not(by_name[name], known) for name in _NOT},
        "drugs": {
            "library": len(known.keys),
            "indicated": int(known.background[INDICATED].sum()),
            "seen": int(found.seen.sum()),
        },
        "badges": found.badges,
        "lines": list(found.lines),
        "own_lines": {
            known.diseases[at]: own_lines(bundle, found, doid)
            for at, doid in enumerate(known.doids)
            if own_lines(bundle, found, doid)
        },
        "seed": SEED,
        "source": source,
    }
    record |= {"sentence": sentence(record), "line": one_line(record)}
    tables = {"by_disease": table, "summary": summary, "checks": checks, "signatures": signatures}
    return Validation(tables, record)


def _checks(bundle: Bundle, ranked: list[Ranker], found: Scores, known: Cases) -> pd.DataFrame:
    by_name = {ranker.name: ranker for ranker in ranked}
    first = by_name[PRIMARY]
    everything = np.ones(len(known.keys), bool)
    usual = [by_name[name] for name in (PRIMARY, SPECIFIC, PROMISCUITY, POPULARITY, STRENGTH)]
    rows = []
    for ranker in usual:
        rows.append(one_per_class(ranker, known, known.moa, "mechanism"))
        rows.append(one_per_class(ranker, known, known.scaffold, "ring skeleton"))
    rows += subset(usual, known, found.seen, "measured expression of the drug was in training")
    rows += subset(usual, known, ~found.seen, "no measured expression of the drug was in training")
    for kind, words in KINDS.items():
        both = [by_name[named(source, m)] for m in found.predicted for source in (OURS, kind)]
        rows += subset([*both, by_name[PROMISCUITY]], known, everything, f"drugs with {words}")
    per_line = line_rankers(found)
    rows += subset([first, *per_line], known, everything, "one line at a time")
    has = [at for at, doid in enumerate(known.doids) if own_lines(bundle, found, doid)]
    tumours = [at for at, name in enumerate(known.diseases) if is_solid_tumour(name)]
    rest = sorted(set(range(len(known.doids))) - set(tumours))
    for words, kept in ((f"solid tumours{_AFTER}", tumours), (f"all others{_AFTER}", rest)):
        rows += subset(usual, _only(known, kept), everything, words)
    names = ("diseases with lines of their own", [first, by_name[OWN_LINES], by_name[PROMISCUITY]])
    rows += subset(names[1], _only(known, has), everything, names[0])
    return pd.DataFrame(rows)


def _only(known: Cases, kept: list[int]) -> Cases:
    """The same cases, without known drugs of the other diseases."""
    words = np.full(known.known.shape, "", known.known.dtype)
    words[kept] = known.known[kept]
    return known._replace(known=words)


def _named(right: RightDisease) -> dict:
    return {
        "n_diseases": len(right.table),
        "right": right.right,
        "others": right.others,
        "difference": right.difference._asdict(),
        "p": right.p,
        "median_place": float(right.table["place"].median()),
        "of_signatures": int(right.table["of_signatures"].iloc[0]),
    }
