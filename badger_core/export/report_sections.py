"""The sections of a report about one prediction: genes, measured, explanation, sets, lines."""

from collections.abc import Mapping

from badger_core.explain.dossier import Dossier
from badger_core.explain.prediction_tables import fragment_table, pathway_table
from badger_core.explain.prediction_words import (
    agreement_words,
    deletion_words,
    reading,
    supervision_words,
)
from badger_core.export.report_html import Column, P, figure, paragraph, section, table
from badger_core.export.report_trust import measured_words
from badger_core.pathways.enrichment_beside import whatever_words
from badger_core.predict.evidence import MEASURED

Figures = Mapping[str, str]
TOP = 25
_N_PATHWAYS, _N_SETS = 15, 12
GENES = (
    Column("rank", "Rank", "d"),
    Column("symbol", "Gene"),
    Column("entrez", "Entrez", "d"),
    Column("score", "Score", "+.3f"),
    Column("spread", "± Spread", ".3f"),
    Column("chance", "Chance", ".0%"),
)
_MEASURED = (
    Column("rank", "Rank", "d"),
    Column("symbol", "Gene"),
    Column("score", "Predicted", "+.3f"),
    Column(MEASURED, "Measured (1 is up)", ".2f", "not measured"),
)
_FRAGMENTS = (
    Column("fragment", "Fragment"),
    Column("smiles", "SMILES"),
    Column("attention", "Attention", ".1%"),
    Column("attention_sd", "± over members", ".1%"),
    Column("order", "Deleting it: 1 − Spearman", ".3f", "nothing to delete"),
)
_PATHWAYS = (
    Column("name", "Pathway"),
    Column("source", "Source"),
    Column("mark", "Attention is"),
    Column("targets", "Known targets in it"),
    Column("through", "Attention through it", ".2%"),
    Column("through_sd", "± over members", ".2%"),
)
_SETS = (
    Column("name", "Gene set"),
    Column("source", "Source"),
    Column("size", "Genes", "d"),
    Column("nes", "NES", "+.2f"),
    Column("drug_free_nes", "Drug-free NES", "+.2f"),
    Column("p", "p", P),
    Column("fdr", "FDR", P),
    Column("leading", "Leading genes"),
)
_LINES = (
    Column("rank", "Rank", "d"),
    Column("display_name", "Line"),
    Column("disease", "Disease"),
    Column("lineage", "Lineage"),
    Column("likeness", "Similarity (centred Spearman)", "+.3f"),
    Column("percentile", "More similar than", ".1%"),
    Column("dependent", "Depends on it"),
    Column("n_compounds", "Compounds measured", "d"),
)


def genes(dossier: Dossier, figures: Figures) -> str:
    """The strongest genes each way."""
    ranking = dossier.ranking
    note = (
        "Score: predicted change, 1 is the typical standard deviation of a signature. Spread: "
        "standard deviation over the ensemble. Chance: how often a gene ranked like this in "
        "held-out predictions of like confidence was among the 200 measured to move most that way; "
        "by luck 20%."
    )
    tables = "".join(
        table(f"Top {TOP} predicted {way}", ranking.top(way, TOP), GENES) for way in ("up", "down")
    )
    return section(
        "genes",
        "Strongest genes",
        figure(
            figures.get("genes", ""),
            "The 20 genes predicted to move most each way; line: ± spread.",
        ),
        f"<div class='two'>{tables}</div>",
        paragraph(note, "note"),
    )


def measured(dossier: Dossier, figures: Figures) -> str:
    """What was measured of the pair."""
    words = paragraph(measured_words(dossier))
    if dossier.evidence.measured is None:
        return section("measured", "Measured", words)
    caption = "Each gene's predicted rank and its mean measured rank."
    drawing = figure(figures.get("measured", ""), caption)
    tables = "".join(
        table(f"Measured ranks of the top 10 {way}", dossier.ranking.top(way, 10), _MEASURED)
        for way in ("up", "down")
    )
    return section(
        "measured", "Measured", words, f"<div class='two'>{drawing}<div>{tables}</div></div>"
    )


def explanation(dossier: Dossier, figures: Figures) -> str:
    """Attention with its deletion test, and how its members agree."""
    told = dossier.explanation
    drawings = "".join(
        figure(svg, name.removeprefix("fragment ")) for name, svg in figures.items()
        if name.startswith("fragment ")
    )  # fmt: skip
    return section(
        "explanation",
        "Explanation: fragments and pathways",
        paragraph(reading(told)),
        f"<div class='fragments'>{drawings}</div>" if drawings else "",
        table("Fragments", fragment_table(told), _FRAGMENTS),
        paragraph(deletion_words(told, dossier.quoted)),
        figure(
            figures.get("pathways", ""), "Pathways by the genes' attention that passes through."
        ),
        table("Most attended pathways", pathway_table(told).head(_N_PATHWAYS), _PATHWAYS),
        paragraph(supervision_words(told)),
        paragraph(agreement_words(told, dossier.quoted)),
    )


def enrichment(dossier: Dossier, figures: Figures) -> str:
    """Gene sets at both ends of the ranking."""
    found = dossier.enrichment
    shown = found.assign(leading=[_first(text, 10) for text in found["genes"]])
    tables = "".join(
        table(
            f"Gene sets most towards {way}",
            shown[shown["direction"] == way].head(_N_SETS),
            _SETS,
        )
        for way in ("up", "down")
    )
    words = (
        f"Gene set enrichment over the whole ranking (gseapy, weight 1), {len(found)} sets of "
        "Hallmark, Reactome, WikiPathways and PID with 5 to 200 of the 978 genes, which are the "
        "background. FDR: Benjamini and Hochberg over all of them. Genes of a set move together, "
        "so p is smaller than a repetition of an experiment would bear out. Drug-free NES is of "
        f"the line's drug-free ranking: {whatever_words(found)}"
    )
    return section("enrichment", "Enriched gene sets", paragraph(words), tables)


def lines(dossier: Dossier, figures: Figures) -> str:
    """The lines most like this one."""
    words = (
        "Similarity (centred Spearman) of basal expression of the 978 genes, 1 is identical; "
        "beside it, which share of pairs of unrelated lines is less similar. One that depends on "
        "this line (same donor, derived) is no second witness."
    )
    shown = dossier.lines.replace("", "not known")
    shown = shown.assign(dependent=dossier.lines["dependent"].replace("", "no"))
    return section(
        "lines", "Similar lines", paragraph(words), table("Most similar lines", shown, _LINES)
    )


def _first(text: str, most: int) -> str:
    names = text.split(", ")
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
