"""A list of hypotheses as one HTML file that loads nothing, and its supporting genes as GMT."""

import json

import pandas as pd

from badger_core.export.hypotheses import listed, plain_missing
from badger_core.export.report_html import Column, P, escape, facts, paragraph, section, table
from badger_core.export.tables import one_field
from badger_core.paths import ROOT
from badger_core.repurpose.hypotheses import Hypotheses

MIME = "text/html"
ALIKE = 15
"""Similar diseases in a report."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_LIST = (
    Column("rank", "Rank", "d", "no drug"),
    Column("name", "Drug"),
    Column("score", "Reversal", "+.3f"),
    Column("percentile", "Percentile", ".1f"),
    Column("p", "p", P, "not worked out"),
    Column("fdr", "FDR", P, "not worked out"),
    Column("confidence", "Confidence", ".2f"),
    Column("domain_structure", "Structure"),
    Column("domain_line", "Line"),
    Column("promiscuity", "Reverses diseases", ".0f", "not worked out"),
    Column("sensitive", "Predicted sensitive"),
    Column("sensitive_percentile", "Kills more than, % of compounds", ".0f"),
    Column("acts", "Acts like or against gain of"),
    Column("phase", "Phase"),
    Column("moa", "Mechanism"),
    Column("targets", "Targets"),
    Column("known", "Known or new"),
    Column("control", "Control"),
    Column("genes", "Genes turned back"),
)
_NEXT = (
    Column("name", "Drug"),
    Column("cell", "Line"),
    Column("priority", "Priority", ".2f"),
    Column("reason", "Why"),
)
_CLASSES = (
    Column("kind", "Kind"),
    Column("class", "Class"),
    Column("members", "Members", "d"),
    Column("in_top", "In the list", "d"),
    Column("expected_in_top", "Expected", ".1f"),
    Column("auroc", "AUROC", ".2f"),
    Column("p", "p", P),
    Column("fdr", "FDR", P),
    Column("best", "Best members"),
)
_ALIKE = (
    Column("disease", "Disease"),
    Column("spearman", "Spearman", "+.2f"),
    Column("percentile", "Percentile of pairs", ".0f"),
    Column("fdr", "FDR", P),
)


def hypotheses_html(found: Hypotheses, top: int, alike: pd.DataFrame | None = None) -> str:
    """The file.

    Args:
        found: the hypotheses.
        top: length of the list; negative controls follow wherever they stand.
        alike: diseases alike, of `repurpose.disease_alike`.
    """
    m = found.manifest
    title = f"Drugs predicted to reverse {m['signature']} in {', '.join(m['lines'])}"
    controls = [
        (kind, f"{c['n']}, median percentile {c['median_percentile']:.0f}, highest "
         f"{c['highest_percentile']:.0f}")
        for kind, c in m["controls"].items()
    ]  # fmt: skip
    shown = tuple(column for column in _LIST if column.name in found.table)
    body = [
        section(
            "question",
            "Question",
            facts(
                [
                    ("Signature", f"{m['signature']} ({m['signature_source']})"),
                    ("Genes up and down", f"{m['genes_up']} and {m['genes_down']}"),
                    ("Lines", ", ".join(m["lines"])),
                    ("Compounds", f"{m['compounds']:,}"),
                    ("Measure", m["measure"]),
                ]
            ),
            paragraph(m["tested"]),
            paragraph(m["worth"]),
            paragraph(m.get("sensitive", "")),
            paragraph(m.get("acts", "")),
        ),
        section("controls", "Negative controls", facts(controls)),
        section("list", "The list", table(title, plain_missing(listed(found.table, top)), shown)),
    ]
    for anchor, heading, content, columns in (
        ("next", "Next experiments", found.next, _NEXT),
        ("classes", "Drug classes", found.classes.head(40), _CLASSES),
        ("alike", "Similar diseases", alike, _ALIKE),
    ):
        if content is not None and len(content):
            body.append(section(anchor, heading, table(heading, content, columns)))
    full = json.dumps(m, indent=1, ensure_ascii=False)
    body.append(
        section(
            "provenance",
            "Provenance",
            f"<details open><summary>Manifest</summary><pre>{escape(full)}</pre></details>",
        )
    )
    style = (ROOT / "assets" / "report.css").read_text(encoding="utf-8")
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        f"<meta http-equiv='Content-Security-Policy' content=\"{_POLICY}\">"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{style}</style></head>\n"
        f"<body><header><h1>{escape(title)}</h1><p class='quiet'>BADGER Studio "
        f"{escape(m['app_version'])}. For research use only.</p></header>\n<main>\n"
        + "\n".join(body)
        + "\n</main></body></html>\n"
    )


def supporting_gmt(found: Hypotheses) -> str:
    """Two lines for each compound of the top: disease genes lowered, and disease genes raised.

    Compounds without such a gene are left out.
    """
    names = dict(zip(found.table["ik14"], found.table["name"], strict=True))
    rows = []
    for (key, way), own in found.genes.groupby(["ik14", "turned"], sort=False):
        name = one_field(str(names.get(key, key)), key)
        genes = "\t".join(own["symbol"])
        rows.append(f"{name}_{way.upper()}\t{key}\t{genes}")
    return "\n".join(rows) + ("\n" if rows else "")
