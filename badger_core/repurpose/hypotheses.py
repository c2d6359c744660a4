"""A list of hypotheses: the whole library against a disease, with what speaks for and against."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.diseases.signature import DiseaseSignature
from badger_core.errors import SettingError
from badger_core.pathways.enrichment_sets import choose_sets
from badger_core.repurpose.annotation import annotated
from badger_core.repurpose.classes import classes
from badger_core.repurpose.controls import (
    DRUG_FREE,
    NO_DRUG,
    drug_free,
    drug_specific,
    mark,
    own_effect,
)
from badger_core.repurpose.hypotheses_manifest import (
    HypothesisSettings,
    control_figures,
    manifest_of,
)
from badger_core.repurpose.indications import Disease
from badger_core.repurpose.next_experiments import next_experiments
from badger_core.repurpose.predictions import Predictions
from badger_core.repurpose.promiscuity_kept import kept_promiscuity
from badger_core.repurpose.ready_scores import MEASURE, ReadyScores
from badger_core.repurpose.reversal import percentile, reversal_test
from badger_core.repurpose.support import pathways_of, supporting_genes

_SETS = ("hallmark", "reactome")
Tell = Callable[[str, int, int], object]


class Hypotheses(NamedTuple):
    """What came out.

    Attributes:
        table: the whole library by rising score (most reversal first) and one row without a drug:
            rank, the columns of `reversal_test`, promiscuity, of_diseases, reverses, phase, moa,
            targets, indication, disease_area, known, known_source, control, own_effect, n_genes,
            genes (turned back, strongest first) and pathways (the last three for the top only).
        genes: `support.GENE_COLUMNS`, for the top.
        pathways: `support.PATHWAY_COLUMNS` and genes, for the top.
        classes: `classes.COLUMNS`.
        next: `next_experiments.COLUMNS`.
        manifest: what it was made from, and what the list is worth.
    """

    table: pd.DataFrame
    genes: pd.DataFrame
    pathways: pd.DataFrame
    classes: pd.DataFrame
    next: pd.DataFrame
    manifest: dict


def hypotheses(
    bundle: Bundle,
    predictions: Predictions,
    signature: DiseaseSignature,
    settings: HypothesisSettings | None = None,
    disease: Disease | None = None,
    shared: pd.DataFrame | None = None,
    tell: Tell | None = None,
    ready: ReadyScores | None = None,
) -> Hypotheses:
    """Rank a library against a disease and gather what is known of the first.

    Args:
        bundle: signatures, indications, annotation and gene sets.
        predictions: S compounds in L lines.
        signature: of the disease, or of the user.
        settings: the defaults if None.
        disease: whose indications count as known; None where nobody said.
        shared: `promiscuity.promiscuity` of the same predictions and settings, if at hand.
        tell: called with what is under way, how much of it is done, and of how much.
        ready: of `ready_scores.ready_for` the same predictions.

    Raises:
        SettingError: for an unknown measure or summary, or a top below 1.
    """
    settings = settings or HypothesisSettings()
    if settings.top < 1:
        raise SettingError(f"A list of {settings.top} compounds is none. Give 1 or more.")
    effect = own_effect(predictions)
    scored = drug_specific(predictions) if settings.specific else predictions
    how = (settings.method, settings.summary)
    chance = (settings.n_permutations, settings.seed, _of(tell, "permutations x lines"))
    if settings.method != MEASURE or settings.specific:
        ready = None  # scores of another question
    own = None if ready is None else ready.of([signature])
    own = None if own is None else own[0]
    test = reversal_test(scored, signature, *how, *chance, settings.top, own)
    if shared is None:
        shared = kept_promiscuity(bundle, scored, *how, None, _of(tell, "diseases"), ready)
    table = pd.concat([test.table, shared.drop(columns="ik14")], axis=1)
    table = annotated(table, bundle, disease).assign(own_effect=effect)
    table["control"] = mark(table, effect)
    n_top = min(settings.top, len(table))
    first = np.lexsort((table["ik14"], table["score"]))[:n_top]
    genes = supporting_genes(
        table["ik14"].iloc[first].tolist(), scored.changes[:, first], signature, bundle.genes
    )
    background = bundle.genes.entrez[signature.universe]
    all_sets = bundle.pathways.table
    sets = pd.concat([choose_sets(all_sets, background, c) for c in _SETS], ignore_index=True)
    pathways = pathways_of(genes, sets, signature, bundle.genes)
    found = classes(table, table["moa"].map(_parts), table["targets"].map(_parts), n_top)
    following = next_experiments(table, predictions, bundle.cells)
    table = _with_support(table, genes, pathways)
    if not settings.specific:
        none = drug_free(predictions, test.lines, signature, *how)
        row = {"ik14": "", "name": NO_DRUG, "score": none.score, "control": DRUG_FREE}
        row |= {f"score_{n}": s for n, s in zip(predictions.lines, none.lines, strict=True)}
        row["percentile"] = float(percentile(np.array([none.score]), test.table["score"])[0])
        table = _with_row(table, row)
    table = table.sort_values(["score", "ik14"], ignore_index=True, na_position="last")
    compounds = table["control"] != DRUG_FREE
    table.insert(0, "rank", compounds.cumsum().where(compounds).astype("Int64"))
    manifest = manifest_of(bundle, predictions, signature, settings, disease, test.list_p, n_top)
    manifest["list"]["depth"] = test.depth
    manifest["controls"] = control_figures(table)
    return Hypotheses(table, genes, pathways, found, following, manifest)


def _with_row(table: pd.DataFrame, row: dict) -> pd.DataFrame:
    """The table with a row that has no more than some numbers; counts stay whole."""
    for name in table.select_dtypes("integer"):
        table[name] = table[name].astype("Int64")
    texts = dict.fromkeys(table.select_dtypes(exclude="number").columns, "")
    return pd.concat([table, pd.DataFrame([texts | row])], ignore_index=True)


def _of(tell: Tell | None, what: str) -> Callable[[int, int], object] | None:
    return None if tell is None else lambda done, of: tell(what, done, of)


def _parts(text: str) -> list[str]:
    return [part for part in text.split(" | ") if part]


def _with_support(table: pd.DataFrame, genes: pd.DataFrame, pathways: pd.DataFrame) -> pd.DataFrame:
    """Genes and sets of each compound of the top as texts."""
    sure = pathways[pathways["fdr"] < 0.05]
    names = sure.groupby("ik14")["name"].agg(" | ".join).to_dict()
    symbols = genes.groupby("ik14")["symbol"].agg(" | ".join).to_dict()
    return table.assign(
        n_genes=table["ik14"].map(genes.groupby("ik14").size()).astype("Int64"),
        genes=[symbols.get(key, "") for key in table["ik14"]],
        pathways=[names.get(key, "") for key in table["ik14"]],
    )
