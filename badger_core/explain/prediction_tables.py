"""An explanation as tables: its fragments, its pathways, its maps and how its members agree."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.explain.agreement import Agreement, agreement
from badger_core.explain.prediction_maps import NONE, Explanation, fragment_names

TAUGHT, KNOWN, INFERRED = "● taught", "○ known target", "inferred"
"""Marks of a pathway: it holds a known target and members were trained with that; it holds one
and no member was; it holds none."""


def fragment_table(explanation: Explanation) -> pd.DataFrame:
    """F rows, mean and standard deviation over members.

    Columns fragment, smiles, atoms (heavy atoms of one occurrence), occurrences, attention, used,
    order and size, each with its `_sd`; effects of deletion are NaN for a single fragment.
    """
    table = pd.DataFrame(
        {
            "fragment": fragment_names(explanation),
            "smiles": [f.smiles for f in explanation.fragments],
            "atoms": [len(f.atoms[0]) for f in explanation.fragments],
            "occurrences": [len(f.atoms) for f in explanation.fragments],
        }
    )
    return table.assign(**_means(explanation, ("attention", "used", "order", "size")))


def pathway_table(explanation: Explanation, by: str = "through") -> pd.DataFrame:
    """P rows, the strongest first.

    Columns pathway, name, source, url, mark, targets, shown_to (members trained with them),
    through, mass and use, each with its `_sd`, and none (share of the pseudo token).

    Args:
        explanation: of one prediction.
        by: 'through', 'mass' or 'use'.
    """
    known = explanation.pathways["targets"].map(bool)
    table = explanation.pathways.drop(columns="targets").assign(
        mark=marks(explanation),
        targets=[", ".join(targets) for targets in explanation.pathways["targets"]],
        shown_to=np.where(known, explanation.n_shown, 0),
        **_means(explanation, ("through", "mass", "use")),
        none=explanation.fragment_to_pathway[:, -1],
    )
    return table.iloc[explanation.order_by(by)].reset_index(drop=True)


def marks(explanation: Explanation) -> list[str]:
    """(P,) TAUGHT, KNOWN or INFERRED, in the order of the pathways."""
    of_target = TAUGHT if explanation.n_shown else KNOWN
    return [of_target if targets else INFERRED for targets in explanation.pathways["targets"]]


def fragment_map(explanation: Explanation, pathways: Sequence[int]) -> pd.DataFrame:
    """Attention of some pathways on every fragment: one row each, which sums to 1.

    Columns pathway, mark, one per fragment ('F1 SMILES') and the pseudo token.
    """
    names = fragment_names(explanation)
    columns = [f"{n} {f.smiles}" for n, f in zip(names, explanation.fragments, strict=True)]
    values = explanation.fragment_to_pathway[list(pathways)]
    return _with_pathways(explanation, pathways, values, [*columns, NONE])


def gene_map(
    explanation: Explanation, pathways: Sequence[int], genes: Sequence[int]
) -> pd.DataFrame:
    """Attention of some genes on some pathways: one row per pathway, one column per gene.

    The last row is the pseudo token; what a column lacks to 1 goes to other pathways.
    """
    symbols = explanation.genes["symbol"].iloc[list(genes)].tolist()
    values = explanation.pathway_to_gene[list(genes)].T  # (P + 1, g)
    table = _with_pathways(explanation, pathways, values[list(pathways)], symbols)
    last = pd.DataFrame([[NONE, "", *values[-1]]], columns=table.columns)
    return pd.concat([table, last], ignore_index=True)


def agreement_table(explanation: Explanation) -> pd.DataFrame:
    """How members agree: columns of, mean, lowest, highest (Spearman of pairs), in_words."""
    rows = [(of, *found[:3], found.words) for of, found in agreements(explanation).items()]
    return pd.DataFrame(rows, columns=["of", "mean", "lowest", "highest", "in_words"])


def agreements(explanation: Explanation) -> dict[str, Agreement]:
    """Agreement on fragments, on pathways by mass and by use, and on the effect of deletion."""
    return {
        "attention on fragments": agreement(explanation.attention),
        "effect of deleting fragments": agreement(explanation.order),
        "pathways by mass on fragments": agreement(explanation.mass),
        "pathways by use by genes": agreement(explanation.use),
    }


def _means(explanation: Explanation, names: Sequence[str]) -> dict[str, np.ndarray]:
    columns = {}
    for name in names:
        values = np.asarray(getattr(explanation, name), np.float64)  # (M, F) or (M, P)
        columns[name], columns[f"{name}_sd"] = values.mean(axis=0), values.std(axis=0)
    return columns


def _with_pathways(
    explanation: Explanation, pathways: Sequence[int], values: np.ndarray, columns: list[str]
) -> pd.DataFrame:
    said = np.array(marks(explanation), object)[list(pathways)]
    names = explanation.pathways["name"].iloc[list(pathways)].to_numpy(object)
    table = pd.DataFrame(np.asarray(values, np.float64), columns=columns)
    table.insert(0, "mark", said)
    table.insert(0, "pathway", names)
    return table
