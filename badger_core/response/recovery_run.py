"""Puts attention to the test: fits the graph without the targets of some drugs and looks for them.

D drugs, E genes. Drugs with a known target are dealt to FOLDS parts by structure; the targets of a
part are no edges of the graph that is asked for them.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.kept import keep, kept
from badger_core.response.attention import attention_times_gradient, gene_shares
from badger_core.response.contract import Report, Train
from badger_core.response.drgt import Drgt
from badger_core.response.drgt_fitted import FittedDrgt
from badger_core.response.drug_genes import read_drug_genes
from badger_core.response.explain import (
    against_null,
    freed_of_hubs,
    permuted_refits,
    rows_of,
)
from badger_core.response.occlusion import gene_effects
from badger_core.response.recovery import (
    by_key,
    columns_of,
    commonest,
    recovered,
    tanimoto_vote,
    without_drugs,
)
from badger_core.response.units import digest, folds_at, opened

FOLDS, SEED, REFITS, PLACES = 3, 42, 2, 5
SCREEN = ("nci60", "nci60")
METHODS = ("attention", "attention against permuted labels", "attention x gradient", "occlusion")
SHIPPED = "shipped genes"
"""Attention freed of hubs in a graph without any target, as `drug_genes` holds it."""


@dataclass(frozen=True)
class RecoveryPlan:
    """How much is done: REFITS of permuted labels, and whether genes are occluded one by one."""

    refits: int = REFITS
    occlusion: bool = True


def run_recovery(root: Path, plan: RecoveryPlan, report: Report) -> pd.DataFrame:
    """One row per method: drugs, pairs, hits, recall, most, precision, hub_share.

    A finished part is one file under `root` and not done again.
    """
    one = opened(*SCREEN)
    columns = columns_of(one.genes["symbol"].tolist(), one.about_drugs["targets"].tolist())
    part = parts_of(one.drugs.groups, columns)
    n_genes = len(one.genes)
    scores = {name: np.zeros((len(columns), n_genes)) for name in METHODS}
    for number in range(FOLDS):
        path = root / "recovery" / f"part{number + 1}_{digest(*SCREEN)}_{_named(plan)}.npz"
        held = np.flatnonzero(part == number)
        content = kept(path)
        if content is None:
            report(f"part {number + 1} of {FOLDS}: {len(held)} drugs with a known target")
            found = _scored(held, columns, plan, report)
            buffer = io.BytesIO()
            np.savez_compressed(buffer, **found)
            content = buffer.getvalue()
            keep(path, content)
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            for name in arrays.files:
                scores[name][held] = arrays[name]
    targets = [genes if part[i] >= 0 else () for i, genes in enumerate(columns)]
    groups, bits = one.drugs.groups, one.drugs.bits
    scores = {name: values for name, values in scores.items() if values.any()}
    scores["attention, freed of hubs"] = _freed(scores["attention"], part)
    scores[SHIPPED] = shipped_scores(read_drug_genes(), one.drugs.keys, one.genes["symbol"])
    scores["Tanimoto vote"] = tanimoto_vote(bits, groups, columns, n_genes)
    scores["constant list"] = commonest(groups, columns, n_genes)
    scores["chance"] = np.random.default_rng(SEED).random((len(columns), n_genes))
    rows = [
        {"method": name} | recovered(values, targets, PLACES)._asdict()
        for name, values in scores.items()
    ]
    return pd.DataFrame(rows).sort_values("recall", ascending=False, ignore_index=True)


def shipped_scores(table: pd.DataFrame, keys: np.ndarray, symbols: pd.Series) -> np.ndarray:
    """(D, E) scores of the shipped genes; 0 for those that are not shipped.

    Args:
        table: `drug_genes.COLUMNS`.
        keys: (D,) structures.
        symbols: (E,) of the panel.
    """
    place = {symbol: i for i, symbol in enumerate(symbols)}
    row = pd.Series(range(len(keys)), keys).groupby(level=0).agg(list)
    out = np.zeros((len(keys), len(place)))
    for key, symbol, score in zip(table["ik14"], table["symbol"], table["score"], strict=True):
        out[row.get(key, []), place[symbol]] = score
    return out


def parts_of(groups: np.ndarray, columns: list[tuple[int, ...]]) -> np.ndarray:
    """(D,) part of each drug with a target, -1 for the others; twins stay together."""
    has = np.array([bool(genes) for genes in columns])
    named = np.unique(groups[has])
    dealt = np.random.default_rng(SEED).permutation(len(named)) % FOLDS
    place = dict(zip(named.tolist(), dealt.tolist(), strict=True))
    return np.array([place[g] if own else -1 for g, own in zip(groups.tolist(), has, strict=True)])


def _scored(
    held: np.ndarray, columns: list[tuple[int, ...]], plan: RecoveryPlan, report: Report
) -> dict[str, np.ndarray]:
    """(held, E) scores by method, from a graph without the targets of these drugs."""
    one = opened(*SCREEN)
    keys = one.drugs.keys[held].tolist()
    twins = np.isin(one.drugs.groups, one.drugs.groups[held])
    targets = without_drugs(by_key(one.drugs.keys, columns), one.drugs.keys[twins].tolist())
    model = Drgt(targets=targets, symbols=tuple(one.genes["symbol"]))
    valid = folds_at(*SCREEN, "random")[0].valid
    train = Train(one.kind, one.drugs, one.lines, one.labels, valid)
    fitted = model.fit(train, SEED, report)
    rows = rows_of(fitted, keys)
    found = {"attention": gene_shares(fitted)[rows]}
    report("attention x gradient")
    found["attention x gradient"] = attention_times_gradient(fitted, rows.tolist())
    if plan.refits > 1:
        null = [
            gene_shares(one_fit)[rows_of(one_fit, keys)]
            for one_fit in permuted_refits(model, train, plan.refits, SEED, report)
        ]
        name = "attention against permuted labels"
        found[name] = against_null(found["attention"], np.stack(null))
    if plan.occlusion:
        found["occlusion"] = _occluded(fitted, rows, columns, len(one.genes), report)
    return found


def _occluded(
    fitted: FittedDrgt,
    rows: np.ndarray,
    columns: list[tuple[int, ...]],
    n_genes: int,
    report: Callable[[str], None],
) -> np.ndarray:
    """(held, E) effects of the genes that are anyone's known target; the others stay at 0."""
    asked = sorted({gene for genes in columns for gene in genes})
    report(f"occlusion of {len(asked)} genes")
    out = np.zeros((len(rows), n_genes))
    out[:, asked] = gene_effects(fitted, asked)[rows]
    return out


def _freed(attention: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Attention freed of hubs within each part, whose shares come from one fit."""
    out = np.zeros_like(attention)
    for number in range(FOLDS):
        out[part == number] = freed_of_hubs(attention[part == number])
    return out


def _named(plan: RecoveryPlan) -> str:
    return f"refits{plan.refits}_{'with' if plan.occlusion else 'without'}"
