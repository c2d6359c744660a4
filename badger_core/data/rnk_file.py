"""RNK files, the ranked lists of GSEA: a gene and its score a line, highest first or not.

Format: https://software.broadinstitute.org/cancer/software/gsea/wiki/index.php/Data_formats
"""

import math

import pandas as pd

from badger_core.errors import SignatureError


def read_rnk(text: str, name: str) -> pd.DataFrame:
    """Columns symbol and score, in the order of the file; a heading and comments are left out.

    Raises:
        SignatureError: for a line that is no gene with a number, or a file without any.
    """
    genes: list[str] = []
    scores: list[float] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        gene, _, score = line.partition("\t")
        value = _number(score.strip())
        if value is None and not genes and score.strip():
            continue  # a heading
        if value is None or not gene.strip():
            raise SignatureError(
                f"Line {number} of '{name}' is no gene with a score. An RNK line is a gene, a tab "
                "and a number."
            )
        genes.append(gene.strip())
        scores.append(value)
    if not genes:
        raise SignatureError(f"'{name}' holds no genes with scores. Export the ranked list again.")
    return pd.DataFrame({"symbol": genes, "score": scores})


def _number(text: str) -> float | None:
    """The number; NaN for nothing; None for a text."""
    try:
        return float(text) if text else math.nan
    except ValueError:
        return None
