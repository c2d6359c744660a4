"""The raw sources of genetic perturbation; STRING and the names of genes stand elsewhere."""

from badger_core.data.source import Source

PERTURBATION = (
    Source(
        "perturbation/papalexi2021_thp1_crispr.h5ad",
        "single-cell CRISPR-knockout screen in THP-1 (ECCITE-seq)",
        "Papalexi et al. 2021, via sceptredata",
        "MIT",
        "2021",
    ),
    Source(
        "perturbation/lincs_overexpression_dysregulated.csv.gz",
        "significant L1000 z-scores after over-expressing 2,088 genes",
        "dhimmel/lincs",
        "CC0",
        "2015",
    ),
)
