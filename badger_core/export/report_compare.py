"""The section of a report that shows the baskets side by side."""

from collections.abc import Mapping

from badger_core.explain.compare import contrast
from badger_core.explain.compare_measures import (
    leaning,
    leaning_words,
    overlap_table,
    shared_genes,
    wide_table,
)
from badger_core.explain.dossier import Dossier
from badger_core.export.report_html import Column, figure, paragraph, section, table

TOP = 50
_N_GENES, _N_OVERLAPS = 20, 20
_TRUST = (
    Column("pair", "Ranking"),
    Column("seen_before", "Seen before?"),
    Column("confidence", "Confidence", ".0%"),
    Column("measured_signatures", "Signatures", "d"),
    Column("measured_spearman", "Spearman with measured", ".2f", "not measured"),
    Column("nearest_compound", "Nearest training compound"),
    Column("tanimoto", "Tanimoto", ".2f"),
)
_OVERLAP = (
    Column("ranking", "Ranking"),
    Column("other", "Other"),
    Column("shared", f"Shared of top {TOP}", "d"),
    Column("expected", "By luck", ".1f"),
    Column("p", "p", ".2g"),
    Column("spearman", "Spearman", ".2f"),
)
_SHARED = (
    Column("symbol", "Gene"),
    Column("n_rankings", "Rankings", "d"),
    Column("mean_score", "Mean score", "+.3f"),
)


def compare(dossier: Dossier, figures: Mapping[str, str]) -> str:
    """Correlations, overlaps, the genes that differ most, and the trust in each ranking."""
    found = dossier.comparison
    words = [paragraph(leaning_words(found))]
    held = leaning(found)
    if held.n_same_line:
        words.append(paragraph(leaning_words(contrast(found))))
    trust = table("Trust in each ranking", dossier.comparison_trust, _TRUST)
    if len(found) < 2:
        return section("compare", "Comparison", *words, trust)
    wide = wide_table(found).sort_values(["range", "symbol"], ascending=[False, True])
    scores = [Column(label, label, "+.2f") for label in found.labels]
    columns = [Column("symbol", "Gene"), *scores, Column("range", "Range", ".2f")]
    overlaps = overlap_table(found, TOP, "up").head(_N_OVERLAPS)
    shared = "".join(
        table(f"Shared among the top {TOP} {way}", shared_genes(found, TOP, way).head(15), _SHARED)
        for way in ("up", "down")
    )
    return section(
        "compare",
        "Comparison",
        *words,
        figure(figures.get("compare", ""), "Spearman between any two rankings, over 978 genes."),
        trust,
        table(f"Genes in common among the top {TOP} up", overlaps, _OVERLAP),
        f"<div class='two'>{shared}</div>",
        table("Scores of the genes that differ most", wide.head(_N_GENES), columns),
        paragraph(
            "p is hypergeometric; genes move together, so it is too small: read it as an order.",
            "note",
        ),
    )
