"""Deals compounds, scaffolds and lines to folds once, for the bundle to register.

Dealt once and written down, a fold does not change when rows are added or a seed is touched: what a
run was tested on can be said years later. Sizes are counted in testable conditions: numeric, of
known identity, distinct by line, compound, dose, time and source.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from badger_core.chem.scaffold import murcko_scaffold
from badger_core.data.conditions import KEYS
from badger_core.data.splits import ALWAYS_TRAINS, CHOOSING, FOLDS
from badger_core.schema import SPLIT_COLUMNS

SEED = 88
RICH = 20
"""Compounds from which a line counts as rich."""
PANEL_SOURCE = "l1ktools_modz272"
"""The source that measured three drugs in 65 lines."""
SAME_LINE = {"NEU.KCL": "NEU", "ssMCF7": "MCF7"}
"""Names of a line under another treatment (potassium chloride, no serum): one line in the deal."""


def split_table(signatures: pd.DataFrame, compounds: pd.DataFrame) -> pd.DataFrame:
    """Every split's groups and their folds, for all compounds and lines with any signature.

    A group is a compound or line; what is dealt is a unit: the compound itself, its scaffold (a
    compound without ring is a unit of its own), or the line, stratum by stratum. A group whose unit
    has no testable condition gets ALWAYS_TRAINS.

    Args:
        signatures: columns ik14, cell, kind, identity, dose_um, time_h, source.
        compounds: columns ik14, smiles (standardised).

    Returns:
        Columns SPLIT_COLUMNS, sorted.
    """
    testable = signatures[(signatures["kind"] == "numeric") & (signatures["identity"] == "given")]
    conditions = testable.drop_duplicates(KEYS)
    keys, lines = (sorted(set(signatures[c]) - {""}) for c in ("ik14", "cell"))
    smiles = compounds.set_index("ik14")["smiles"]
    scaffold = {key: murcko_scaffold(smiles[key]) for key in keys}
    stratum = line_strata(signatures)
    by_line = {line: SAME_LINE.get(line, line) for line in lines}
    by_scaffold = {key: scaffold[key] or key for key in keys}
    compound_folds = _folds(conditions["ik14"], {key: key for key in keys}, {})
    line_folds = _folds(conditions["cell"], by_line, stratum)
    parts = [
        _part("unseen-compound", "ik14", compound_folds, {}, {}),
        _part("unseen-scaffold", "ik14", _folds(conditions["ik14"], by_scaffold, {}), {}, scaffold),
        _part("unseen-line", "cell", line_folds, stratum, {}),
        _part("unseen-pair", "ik14", compound_folds, {}, {}),
        _part("unseen-pair", "cell", line_folds, stratum, {}),
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["split", "column", "group"], ignore_index=True)


def line_strata(signatures: pd.DataFrame) -> dict[str, str]:
    """Line to `rich` (RICH or more compounds), `panel` (of PANEL_SOURCE, and not rich) or `other`.

    Compounds are counted over numeric signatures of any identity.
    """
    numeric = signatures[signatures["kind"] == "numeric"]
    many = numeric.groupby("cell")["ik14"].nunique()
    rich = set(many.index[many >= RICH])
    panel = set(signatures.loc[signatures["source"] == PANEL_SOURCE, "cell"])
    lines = sorted(set(signatures["cell"]) - {""})
    return {c: "rich" if c in rich else "panel" if c in panel else "other" for c in lines}


def deal(size: Mapping[str, int]) -> dict[str, int]:
    """Unit to one of the folds CHOOSING to FOLDS, by falling size, so that folds are alike.

    Each goes where the square roots of the sizes add up to least, so that neither one large unit
    nor many small ones fill a fold; units of one size come in an order drawn with SEED.
    """
    names = sorted(size)
    shuffled = [names[i] for i in np.random.default_rng(SEED).permutation(len(names))]
    load = np.zeros(FOLDS + 1 - CHOOSING)
    folds: dict[str, int] = {}
    for unit in sorted(shuffled, key=lambda u: -size[u]):
        at = int(np.argmin(load))
        folds[unit] = at + CHOOSING
        load[at] += np.sqrt(size[unit])
    return folds


def fold_counts(table: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Groups by split, column and stratum, and by fold, for the manifest."""
    counts: dict[str, dict[str, int]] = {}
    for (split, column, stratum), part in table.groupby(["split", "column", "stratum"]):
        name = f"{split}, {column}, {stratum}".removesuffix(", ")
        of_fold = part["fold"].value_counts()
        counts[name] = {str(f): int(of_fold.get(f, 0)) for f in range(ALWAYS_TRAINS, FOLDS + 1)}
    return counts


def _folds(
    groups: pd.Series, unit_of: Mapping[str, str], stratum: Mapping[str, str]
) -> dict[str, int]:
    """Group to fold; `groups` has one entry per testable condition."""
    size = groups.map(unit_of).value_counts()
    dealt: dict[str, int] = {}
    for kind in sorted({stratum.get(unit, "") for unit in size.index}):
        dealt |= deal({u: n for u, n in size.items() if stratum.get(u, "") == kind})
    return {group: dealt.get(unit, ALWAYS_TRAINS) for group, unit in unit_of.items()}


def _part(
    split: str,
    column: str,
    folds: Mapping[str, int],
    stratum: Mapping[str, str],
    scaffold: Mapping[str, str],
) -> pd.DataFrame:
    rows = [
        (split, column, group, fold, stratum.get(group, ""), scaffold.get(group, ""))
        for group, fold in folds.items()
    ]
    return pd.DataFrame(rows, columns=list(SPLIT_COLUMNS))
