"""How far each compared ranking can be trusted: seen before, confidence, and what was measured."""

import numpy as np
import pandas as pd

from badger_core.data.signatures import SignatureStore
from badger_core.evaluation.correlation import spearman
from badger_core.explain.compare import Comparison
from badger_core.genes.panel import GenePanel
from badger_core.predict.measured import measured_pair


def trust_table(
    comparison: Comparison, signatures: SignatureStore, panel: GenePanel
) -> pd.DataFrame:
    """One row per ranking; None and NaN where nothing was learnt or measured.

    Args:
        comparison: the rankings, as predicted or as contrasts.
        signatures: what was measured.
        panel: its genes in order.

    Returns:
        Columns pair, seen_before, confidence, held_out_alike, domain_structure, domain_line,
        nearest_compound, tanimoto, nearest_line, line_correlation, measured_signatures and
        measured_spearman (of the predicted scores with the mean measured ranks).
    """
    rows = []
    at = pd.Index(comparison.genes["entrez"]).get_indexer(panel.entrez)
    for number, manifest in enumerate(comparison.manifests):
        known, trust = manifest["familiarity"], manifest["trust"]
        domain = trust["domain"] if trust else {"structure": "", "line": ""}
        key, line = comparison.pairs.loc[number, ["ik14", "line"]]
        found = measured_pair(signatures, key, line)
        score = comparison.scores[number][at]
        rows.append(
            {
                "pair": comparison.labels[number],
                "seen_before": known["badge"],
                "confidence": trust["confidence"] if trust else np.nan,
                "held_out_alike": trust["alike"] if trust else None,
                "domain_structure": domain["structure"],
                "domain_line": domain["line"],
                "nearest_compound": known["compound"],
                "tanimoto": round(known["compound_similarity"], 4),
                "nearest_line": known["line"],
                "line_correlation": round(known["line_similarity"], 4),
                "measured_signatures": known["n_measured"],
                "measured_spearman": np.nan
                if found is None
                else round(float(spearman(found.ranks, score)[0]), 4),
            }
        )
    return pd.DataFrame(rows)
