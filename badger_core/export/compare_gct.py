"""A comparison as GCT 1.3: genes by rankings, with what is known of each."""

import pandas as pd

from badger_core.explain.compare import Comparison
from badger_core.export.gct import gct


def comparison_gct(comparison: Comparison, trust: pd.DataFrame) -> str:
    """Scores of K rankings; rows are Entrez ids.

    Args:
        comparison: as predicted, or a contrast.
        trust: of `compare_trust.trust_table`; rankings that the comparison lacks are left out.
    """
    ids = comparison.genes["entrez"].astype(str)
    values = pd.DataFrame(comparison.scores.T.round(6), index=ids, columns=comparison.labels)
    rows = comparison.genes.set_index(ids).rename(
        columns={"symbol": "pr_gene_symbol", "entrez": "pr_gene_id"}
    )
    known = trust.set_index("pair")
    about = comparison.pairs.set_index("pair")
    columns = pd.DataFrame(
        {
            "pert_iname": about["compound"],
            "cell_iname": about["cell"],
            "seen_before": known["seen_before"],
            "confidence": known["confidence"],
        }
    ).reindex(comparison.labels)
    columns["drug_specific_part"] = str(comparison.is_contrast)
    return gct(values, rows, columns)
