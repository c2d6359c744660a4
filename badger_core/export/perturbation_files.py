"""Tables of genetic perturbation as they go out: their columns explained, and provenance."""

from collections.abc import Sequence

MATCH_COLUMNS = {
    "rank": "place by p, the surest match first",
    "symbol": "the gene that was over-expressed",
    "entrez": "NCBI Gene id of it",
    "match": "acts like gain of, or acts against gain of, the gene",
    "score": "cosine of what the drug does beyond the library's mean, and the over-expression",
    "z": "the score in standard deviations of the library, mean over the lines",
    "percentile": "place of z among the genes, 100 acts most like",
    "p": "two-sided, against the library's compounds in the same lines",
    "fdr": "false discovery rate over the genes (Benjamini-Hochberg)",
    "landmarks": "landmark genes in the over-expression's signature",
}
EFFECT_COLUMNS = {
    "target": "the gene that was knocked out",
    "cells": "cells of the target that were taken",
    "gene": "the gene whose change is told",
    "measured": "log2 difference of normalised transcripts to control cells",
    "low": "lower end of the 95% interval, cells drawn anew",
    "high": "upper end of it",
    "t": "Student's t over cells, within replicates",
    "p": "two-sided; 1e-300 stands for that or less",
    "fdr": "false discovery rate over the genes of the target (Benjamini-Hochberg), from p",
    "predicted": "the same difference by the model",
    "predicted_low": "lower end of the model's 90% interval",
    "predicted_high": "upper end of it",
}
_MATCH = "a compound's predicted ranking against over-expressions of genes (L1000)"
_EFFECTS = "effects of knocking genes out in single cells"
_LIMITS = "For research use only, not for diagnosis or treatment."


def match_provenance(compound: str, ik14: str, lines: Sequence[str], library: int) -> dict:
    """What a table of matches is.

    Args:
        compound: name as asked for.
        ik14: first block of its InChIKey.
        lines: shown names of the lines.
        library: compounds in the null.
    """
    null = f"the library's own predictions in these lines, {library:,} compounds"
    return {
        "what": _MATCH,
        "compound": compound,
        "ik14": ik14,
        "lines": ", ".join(lines),
        "null": null,
        "columns": MATCH_COLUMNS,
        "limits": _LIMITS,
    }


def effect_provenance(screen: str, target: str = "") -> dict:
    """What a table of effects is: of which screen, and of one target or all."""
    return {
        "what": _EFFECTS,
        "screen": screen,
        "target": target or "all",
        "columns": EFFECT_COLUMNS,
        "limits": _LIMITS,
    }
