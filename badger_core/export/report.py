"""A report: everything of one analysis as one HTML file that loads nothing and needs no script."""

from base64 import b64encode
from collections.abc import Callable, Collection, Mapping

from badger_core.errors import SettingError
from badger_core.explain.dossier import PARTS, Dossier
from badger_core.export import report_compare, report_provenance, report_sections
from badger_core.export.report_html import Column, escape, facts, figure, paragraph, section, table
from badger_core.export.report_sections import GENES
from badger_core.export.report_trust import trust_facts
from badger_core.export.tables import ranking_csv
from badger_core.paths import ROOT
from badger_core.predict.evidence import MEASURED

MIME = "text/html"
SECTIONS = {
    "genes": "Strongest genes",
    "measured": "Measured",
    "explanation": "Explanation",
    "enrichment": "Enriched gene sets",
    "lines": "Similar lines",
    "compare": "Comparison",
    "sources": "Sources and licences",
    "ranking": "All 978 genes",
}
"""Sections that can be chosen; question, trust, limits and provenance always stand in a report."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_Write = Callable[[Dossier, Mapping[str, str]], str]


def parts_for(sections: Collection[str]) -> frozenset[str]:
    """The parts of a dossier that these sections need.

    Raises:
        SettingError: for an unknown section.
    """
    if unknown := sorted(set(sections) - set(SECTIONS)):
        known = ", ".join(SECTIONS)
        raise SettingError(f"There is no section '{unknown[0]}'. Choose among {known}.")
    return frozenset(sections) & frozenset(PARTS)


def report_html(
    dossier: Dossier, drawings: Mapping[str, str], sections: Collection[str] = tuple(SECTIONS)
) -> str:
    """The file; the same dossier, drawings and sections give the same bytes.

    Args:
        dossier: with the parts of `parts_for(sections)`.
        drawings: name to `<svg>`, of `plots.report.drawings`.
        sections: of `SECTIONS`; what a dossier does not hold is left out.

    Raises:
        SettingError: for an unknown section.
    """
    parts_for(sections)
    chosen = [name for name in SECTIONS if name in sections and _is_there(dossier, name)]
    body = [_question(dossier, drawings), _trust(dossier)]
    body += [_WRITERS[name](dossier, drawings) for name in chosen if name not in _LAST]
    body += [report_provenance.limits(dossier), report_provenance.provenance(dossier)]
    body += [_WRITERS[name](dossier, drawings) for name in chosen if name in _LAST]
    title = f"{dossier.asked.name} in {dossier.line.display_name}"
    style = (ROOT / "assets" / "report.css").read_text(encoding="utf-8")
    m = dossier.ranking.manifest
    made = f"{m['app']} {m['app_version']}, {m['date']}. For research use only."
    stem = escape(dossier.ranking.file_stem)
    csv = b64encode(ranking_csv(dossier.ranking).encode()).decode()
    return "\n".join(
        [
            "<!doctype html>",
            "<html lang='en'>",
            "<head>",
            "<meta charset='utf-8'>",
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            "<meta name='viewport' content='width=device-width, initial-scale=1'>",
            f"<title>{escape(title)} · BADGER Studio</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            "<header>",
            f"<h1>{escape(title)}: predicted gene ranking</h1>",
            f"<p class='quiet'>{escape(made)} <a href='data:text/csv;base64,{csv}' "
            f"class='screen' download='{stem}.csv'>Save the whole ranking as CSV</a></p>",
            _contents(chosen),
            "</header>",
            "<main>",
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _question(dossier: Dossier, drawings: Mapping[str, str]) -> str:
    asked, line, known = dossier.asked, dossier.line, dossier.asked.compound
    pairs = [
        ("Asked", f"Which of the 978 L1000 landmark genes does {asked.name} move in "
                  f"{line.display_name}?"),
        ("Compound", f"{asked.name}, asked as {asked.text}" if asked.text != asked.name
         else asked.name),
        ("InChIKey", asked.molecule.inchikey),
        ("SMILES, standardised", asked.molecule.smiles),
        ("Standard form", " ".join(asked.molecule.notes) or "nothing was removed or neutralised"),
    ]  # fmt: skip
    if known is not None:
        pairs += [
            ("Phase", known.phase or "not given"),
            ("Mechanism", ", ".join(known.moa) or "not given"),
            ("Targets", ", ".join(known.targets) or "none given"),
        ]
    pairs += [
        ("Cell line", f"{line.display_name} ({dossier.line_words or 'not known'})"),
        ("Line ids", ", ".join(filter(None, (line.depmap_id, line.cellosaurus_id))) or "none"),
        ("Basal expression", line.platform or "not known"),
    ]
    drawing = figure(drawings.get("structure", ""), "The structure as the model sees it.")
    return section("question", "Question", f"<div class='question'>{facts(pairs)}{drawing}</div>")


def _trust(dossier: Dossier) -> str:
    return section("trust", "How far to trust this", facts(trust_facts(dossier)))


def _all_genes(dossier: Dossier, drawings: Mapping[str, str]) -> str:
    columns: tuple[Column, ...] = GENES
    if MEASURED in dossier.ranking.table:
        columns = (*GENES, Column(MEASURED, "Measured (1 is up)", ".2f", "not measured"))
    title = "All genes, from the most raised to the most lowered"
    note = paragraph("The numbers of the CSV; each cell holds the full value.", "note")
    return section("ranking", "All 978 genes", note, table(title, dossier.ranking.table, columns))


def _sources(dossier: Dossier, drawings: Mapping[str, str]) -> str:
    return report_provenance.sources(dossier)


def _contents(chosen: list[str]) -> str:
    first = {"question": "Question", "trust": "Trust"}
    last = {"limits": "Limits", "provenance": "Provenance"}
    names = {
        **first,
        **{name: SECTIONS[name] for name in chosen if name not in _LAST},
        **last,
        **{name: SECTIONS[name] for name in chosen if name in _LAST},
    }
    links = "".join(
        f"<li><a href='#{name}'>{escape(words)}</a></li>" for name, words in names.items()
    )
    return f"<nav aria-label='Contents'><ul>{links}</ul></nav>"


def _is_there(dossier: Dossier, name: str) -> bool:
    """Whether a dossier holds what a section shows."""
    needs = {"compare": "comparison", **{part: part for part in PARTS}}
    return name not in needs or getattr(dossier, needs[name]) is not None


_LAST = ("sources", "ranking")
_WRITERS: dict[str, _Write] = {
    "genes": report_sections.genes,
    "measured": report_sections.measured,
    "explanation": report_sections.explanation,
    "enrichment": report_sections.enrichment,
    "lines": report_sections.lines,
    "compare": report_compare.compare,
    "sources": _sources,
    "ranking": _all_genes,
}
